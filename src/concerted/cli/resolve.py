"""`concerted resolve`: extracts in, a result folder out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.joining import add_options, joined, options, run_joined
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.summary import Summary


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("resolve", help="read extracts, join their people, and write a result folder")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="an extract")
    parser.add_argument(
        "--profile",
        type=Path,
        action="append",
        required=True,
        metavar="PROFILE",
        help="which column is what: a YAML file, or the name of a shipped one",
    )
    add_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """As `run_joined`."""
    from concerted.desk.given import named

    return run_joined(args, lambda: named(args.files, args.profile), options(args), lines)


def lines(summary: Summary, out: Path) -> Iterator[str]:
    """The summary for people."""
    yield from map(_file, summary.last_files())
    yield from joined(summary, out)


def _file(file: dict[str, object]) -> str:
    counts = {name: f"{file[name]:,}" for name in ("read", "quarantined", "blank")}
    rows, values = int(str(file["rows"])), int(str(file["values_quarantined"]))
    name = f"{file['file']}, mended" if file["mends"] else str(file["file"])
    blank = f", {counts['blank']} blank" if file["blank"] else ""
    blank += f", {int(str(file['erased'])):,} passed over as erased" if file["erased"] else ""
    return (
        f"{name}: {counted(rows, 'row')}, {counts['read']} read, {counts['quarantined']} in quarantine{blank}; "
        f"{counted(values, 'value')} in quarantine"
    )
