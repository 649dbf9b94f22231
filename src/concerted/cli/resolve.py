"""`concerted resolve`: extracts in, a result folder out."""

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
    """0: written. More in quarantine than allowed raises FoundWrongError: 1. Anything unusable: 2."""
    from concerted.common.progress import watched
    from concerted.desk.resolve import resolve

    chosen = options(args)
    with watched() as progress:
        summary = resolve(args.files, args.profile, args.out, chosen, progress)
    if args.json:
        print(json.dumps(summary.to_dict(), indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(summary, args.out)))
    return 0


def lines(summary: Summary, out: Path) -> Iterator[str]:
    """The summary for people."""
    for file in summary.files:
        yield _file(file)
    yield from joined(summary, out)


def _file(file: dict[str, object]) -> str:
    counts = {name: f"{file[name]:,}" for name in ("read", "quarantined", "blank")}
    rows, values = int(str(file["rows"])), int(str(file["values_quarantined"]))
    name = f"{file['file']}, mended" if file["mends"] else str(file["file"])
    blank = f", {counts['blank']} blank" if file["blank"] else ""
    return (
        f"{name}: {counted(rows, 'row')}, {counts['read']} read, {counts['quarantined']} in quarantine{blank}; "
        f"{counted(values, 'value')} in quarantine"
    )
