"""`concerted picture`: a folder of many agencies' extracts in, one picture out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.joining import add_options, joined, options
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
    add_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: written. More in quarantine than allowed raises FoundWrongError: 1. Anything unusable: 2."""
    from concerted.common.progress import watched
    from concerted.desk.given import day_of_region
    from concerted.desk.picture import picture

    chosen = options(args, needs_purpose=day_of_region(args.folder) is None)
    with watched() as progress:
        summary = picture(args.folder, args.profiles, args.out, chosen, progress)
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
