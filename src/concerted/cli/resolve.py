"""`concerted resolve`: extracts in, a result folder out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from concerted.desk.resolve import Options
    from concerted.desk.summary import Summary


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("resolve", help="read extracts, join their people, and write a result folder")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="an extract")
    parser.add_argument(
        "--profile", type=Path, action="append", required=True, metavar="PROFILE.yaml", help="which column is what"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the result folder")
    parser.add_argument(
        "--model", default="auto", metavar="default|train|FILE", help="the shipped model, a new one, or a model.json"
    )
    parser.add_argument("--truth", action="store_true", help="keep the profile's truth column, and measure against it")
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
    from concerted.desk.resolve import resolve

    options = _options(args)
    with watched() as progress:
        summary = resolve(args.files, args.profile, args.out, options, progress)
    if args.json:
        print(json.dumps(summary.to_dict(), indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(summary, args.out)))
    return 0


def _options(args: argparse.Namespace) -> Options:
    from concerted.desk.limits import Limit
    from concerted.desk.resolve import Options

    return Options(
        model=args.model,
        truth=args.truth,
        decisions=args.decisions,
        replace=args.replace,
        limit=Limit.parse(args.max_quarantine) if args.max_quarantine is not None else None,
        as_of=day_given(args.as_of),
        words=tuple(args.words),
        purpose=asked_purpose(args.purpose, args.out),
    )


def asked_purpose(given: str | None, out: Path, region: Path | None = None) -> str | None:
    """The purpose as it was given, or as a person says when asked. Asked once a folder, and on a terminal alone.

    region: extracts that may be of an invented region, which needs none.
    """
    import sys

    from concerted.desk import purpose
    from concerted.desk.given import day_of_region
    from concerted.desk.store import DATABASE

    if given is not None:
        return purpose.read(given)
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not (out / DATABASE).exists()
    if not asks or (region and day_of_region(region)):
        return None
    print("What is this folder for? Its records may be used for one of these, and nothing else:", file=sys.stderr)
    for number, words in enumerate(purpose.purposes(), 1):
        print(f"  {number}  {words}", file=sys.stderr)
    print("Number: ", end="", file=sys.stderr, flush=True)
    return purpose.read(sys.stdin.readline())


def day_given(text: str | None) -> date | None:
    """The day of --as-of. Raises UsedWronglyError for what is none."""
    from datetime import date

    from concerted.common.errors import UsedWronglyError

    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsedWronglyError(f"{text!r} is no day", mend="write --as-of 2026-03-02") from None


def lines(summary: Summary, out: Path) -> Iterator[str]:
    """The summary for people."""
    for file in summary.files:
        yield _file(file)
    yield from joined(summary, out)


def joined(summary: Summary, out: Path) -> Iterator[str]:
    """What came of the files together."""
    yield (
        f"{counted(summary.records, 'record')}, {counted(summary.entities, 'entity', 'entities')}: "
        f"{counted(summary.links, 'link joins', 'links join')} records, "
        f"{counted(summary.review, 'pair waits', 'pairs wait')} for review"
    )
    yield f"Model: {summary.model['why']}."
    yield from (f"Mind: {note}{'' if note.endswith(('.', '?')) else '.'}" for note in summary.notes)
    if summary.evaluation:
        figures = ", ".join(f"{name} {summary.evaluation[name]:.4f}" for name in ("pair_f1", "b3_f1"))
        yield f"Against the truth: {figures}."
    yield f"Open {out / 'report.html'}"


def _file(file: dict[str, object]) -> str:
    counts = {name: f"{file[name]:,}" for name in ("read", "quarantined", "blank")}
    rows, values = int(str(file["rows"])), int(str(file["values_quarantined"]))
    name = f"{file['file']}, mended" if file["mends"] else str(file["file"])
    blank = f", {counts['blank']} blank" if file["blank"] else ""
    return (
        f"{name}: {counted(rows, 'row')}, {counts['read']} read, {counts['quarantined']} in quarantine{blank}; "
        f"{counted(values, 'value')} in quarantine"
    )
