"""`concerted picture`: a folder of many agencies' extracts in, one picture out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.joining import add_options, joined, options, run_joined
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
    """As `run_joined`."""
    from concerted.desk.given import day_of_region, found_in
    from concerted.desk.picture import for_picture

    region = day_of_region(args.folder)
    chosen = for_picture(options(args, needs_purpose=region is None), region)
    return run_joined(args, lambda: found_in(args.folder, args.profiles), chosen, lines)


def lines(summary: Summary, out: Path) -> Iterator[str]:
    """The summary for people: a line an agency."""
    by_agency: dict[str, list[dict[str, object]]] = {}
    for file in summary.last_files():
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
    yield f"Patterns to check: {out / 'networks.html'}"
