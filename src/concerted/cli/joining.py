"""What the commands that join have in common: their options, the purpose that is asked, what is said of the result."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from concerted.desk.given import Extract
    from concerted.desk.resolve import Options
    from concerted.desk.summary import Summary


def add_options(parser: argparse.ArgumentParser) -> None:
    """How to join, and where to."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="DIR", help="the result folder")
    where.add_argument("--into", type=Path, metavar="DIR", help="a folder that stands, to deliver into")
    parser.add_argument("--add", action="store_true", help="with --into: the folder is there, and none is to be made")
    parser.add_argument("--missing", type=int, metavar="N", help="with --into: so many rows are meant to be missing")
    parser.add_argument("--emptied", action="store_true", help="with --into: fields that it empties are meant to be")
    parser.add_argument("--again", action="store_true", help="with --into: a file that came before is meant")
    parser.add_argument(
        "--model", default="auto", metavar="default|train|FILE", help="the shipped model, a new one, or a model.json"
    )
    parser.add_argument(
        "--without", metavar="NAME,NAME", help="leave out of what is compared, to see what it does: place,country"
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


def options(args: argparse.Namespace, *, needs_purpose: bool = True) -> Options:
    """The options as they were given. needs_purpose: whether a person is asked for it, where none was given."""
    from concerted.desk.limits import Limit
    from concerted.desk.resolve import Options

    return Options(
        model=args.model,
        truth=args.truth,
        decisions=args.decisions,
        replace=args.replace,
        limit=Limit.parse(args.max_quarantine) if args.max_quarantine is not None else None,
        as_of=day(args.as_of),
        words=tuple(args.words),
        without=tuple(name.strip() for name in (args.without or "").split(",") if name.strip()),
        purpose=_purpose(args.purpose, args.into or args.out, needs_purpose),
    )


def run_joined(
    args: argparse.Namespace,
    given: Callable[[], Sequence[Extract]],
    chosen: Options,
    lines: Callable[[Summary, Path], Iterator[str]],
) -> int:
    """Join what was given, in a new folder or into one that stands, and print what came of it. 0: written, or nothing
    had changed. A question, or more in quarantine than allowed, raises FoundWrongError: 1. Anything unusable: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.common.progress import watched
    from concerted.desk.into import Delivered, deliver
    from concerted.desk.resolve import joined as joined_anew
    from concerted.desk.store import DATABASE, not_a_result
    from concerted.desk.told import Arrival

    if args.out and (args.missing is not None or args.again or args.emptied or args.add):
        what = "--add, --missing, --again and --emptied are for a folder that stands"
        raise UsedWronglyError(what, mend="give --into DIR")
    if args.add and not (args.into / DATABASE).is_file():
        raise not_a_result(args.into)
    with watched() as progress:
        if args.into:
            arrival = Arrival(missing=args.missing, again=args.again, emptied=args.emptied, limit=chosen.limit)
            done = deliver(given, args.into, chosen, arrival, progress)
        else:
            done = Delivered([], [], joined_anew(given, args.out, chosen, progress))
    if args.json:
        print(json.dumps(done.to_dict() if args.into else done.summary_dict(), indent=1, ensure_ascii=False))
        return 0
    for name in done.same:
        print(f"{name}: delivered already, and nothing of it has changed")
    if done.summary:
        print("\n".join(lines(done.summary, args.into or args.out)))
    return 0


def _purpose(given: str | None, out: Path, needed: bool) -> str | None:
    """As it was given, or as a person says when asked. Asked once a folder, and on a terminal alone."""
    from concerted.desk import purpose
    from concerted.desk.store import DATABASE

    if given is not None:
        return purpose.read(given)
    if not (needed and sys.stdin.isatty() and sys.stderr.isatty()) or (out / DATABASE).exists():
        return None
    print("What is this folder for? Its records may be used for one of these, and nothing else:", file=sys.stderr)
    for number, words in enumerate(purpose.purposes(), 1):
        print(f"  {number}  {words}", file=sys.stderr)
    print("Number: ", end="", file=sys.stderr, flush=True)
    return purpose.read(sys.stdin.readline())


def day(text: str | None) -> date | None:
    """The day of --as-of. Raises UsedWronglyError for what is none."""
    from datetime import date

    from concerted.common.errors import UsedWronglyError

    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsedWronglyError(f"{text!r} is no day", mend="write --as-of 2026-03-02") from None


def joined(summary: Summary, out: Path) -> Iterator[str]:
    """What came of the files together."""
    from concerted.desk.error_words import in_short

    yield (
        f"{counted(summary.records, 'record')}, {counted(summary.entities, 'entity', 'entities')}: "
        f"{counted(summary.links, 'link joins', 'links join')} records, "
        f"{counted(summary.review, 'pair waits', 'pairs wait')} for review"
    )
    yield f"Model: {summary.model['why']}."
    if said := in_short(summary.errors):
        yield said
    yield from (f"Mind: {note}{'' if note.endswith(('.', '?')) else '.'}" for note in summary.notes)
    if summary.evaluation:
        figures = ", ".join(f"{name} {summary.evaluation[name]:.4f}" for name in ("pair_f1", "b3_f1"))
        yield f"Against the truth: {figures}."
    yield f"Open {out / 'report.html'}"
