"""`concerted picture`: a folder of many agencies' extracts in, one picture out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.resolve import asked_purpose, day_given, joined
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.summary import Summary

_COUNTS = ("rows", "read", "quarantined", "values_quarantined")
_THINGS = {
    "location": ("place", "places"),
    "telephone": ("telephone", "telephones"),
    "vehicle": ("vehicle", "vehicles"),
    "account": ("account", "accounts"),
}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("picture", help="join a folder of many agencies' extracts into one picture")
    parser.add_argument("folder", type=Path, metavar="DIR_OF_EXTRACTS", help="the extracts, a folder for each agency")
    parser.add_argument(
        "--profiles", type=Path, required=True, metavar="DIR", help="which column is what, for each file"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the result folder")
    parser.add_argument(
        "--model", default="auto", metavar="default|train|FILE", help="the shipped model, a new one, or a model.json"
    )
    parser.add_argument("--decisions", type=Path, metavar="FILE.csv", help="what people decided about pairs")
    parser.add_argument(
        "--replace", action="store_true", help="replace a folder that holds decisions or mendings, and keep these"
    )
    parser.add_argument("--max-quarantine", metavar="N|N%", help="stop with exit code 1 when more rows cannot be read")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day that ages are reckoned from; today if not given")
    parser.add_argument("--purpose", metavar="PURPOSE", help="what the folder is for; asked on a terminal if not given")
    parser.add_argument("--json", action="store_true", help="for machines: print summary.json")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: written. More in quarantine than allowed raises FoundWrongError: 1. Anything unusable: 2."""
    from concerted.common.progress import watched
    from concerted.desk.limits import Limit
    from concerted.desk.picture import picture
    from concerted.desk.resolve import Options

    options = Options(
        model=args.model,
        decisions=args.decisions,
        replace=args.replace,
        limit=Limit.parse(args.max_quarantine) if args.max_quarantine is not None else None,
        as_of=day_given(args.as_of),
        words=tuple(args.words),
        purpose=asked_purpose(args.purpose, args.out, args.folder),
    )
    with watched() as progress:
        summary = picture(args.folder, args.profiles, args.out, options, progress)
    if args.json:
        print(json.dumps(summary.to_dict(), indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(summary, args.out)))
    return 0


def lines(summary: Summary, out: Path) -> Iterator[str]:
    """The summary for people: a line an agency."""
    by_agency: dict[str, list[dict[str, object]]] = {}
    for file in summary.files:
        by_agency.setdefault(str(file["file"]).rpartition("/")[0] or "the folder itself", []).append(file)
    for agency, files in by_agency.items():
        rows, read, aside, values = (sum(int(str(file[name])) for file in files) for name in _COUNTS)
        said = (
            f"{agency}: {counted(len(files), 'file')}, {counted(rows, 'row')}, {read:,} read, {aside:,} in quarantine"
        )
        yield f"{said}; {counted(values, 'value')} in quarantine"
    found = ", ".join(counted(count, *_THINGS[kind]) for kind, count in summary.things.items())
    yield f"{counted(summary.kinds.get('event', 0), 'event')}; {found or 'no places or things'}"
    yield from joined(summary, out)
