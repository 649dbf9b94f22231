"""`concerted quarantine`: what could not be read, and reading it again. What mends it, and gives it back, is beside."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli import quarantine_causes, quarantine_mend, quarantine_return
from concerted.cli.plain import printable, short
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.quarantine import Item
    from concerted.desk.store import Store


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("quarantine", help="list, mend, read again and give back what could not be read")
    parts = parser.add_subparsers(required=True, metavar="list|causes|mend|dismiss|replay|return")
    _add_list(parts.add_parser("list", help="what could not be read, why, and what would mend it"))
    quarantine_causes.add(parts.add_parser("causes", help="why things wait, most frequent cause first"))
    quarantine_mend.add_mend(
        parts.add_parser("mend", help="say what a row or value should be, or all that are like it")
    )
    quarantine_mend.add_dismiss(parts.add_parser("dismiss", help="say that nothing is to be mended in a row or value"))
    replay = parts.add_parser("replay", help="read again what was mended, and write the folder anew")
    replay.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    replay.add_argument("--json", action="store_true", help="for machines")
    replay.set_defaults(run=run_replay, on_folder=True)
    quarantine_return.add(parts.add_parser("return", help="the sender's file with what was mended, to be given back"))


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--kind", choices=["row", "value"], default="", help="only whole rows, or only values")
    parser.add_argument("--reason", default="", metavar="TEXT", help="only those whose reason holds this text")
    parser.add_argument("--all", action="store_true", help="also what was mended and read again, or dismissed")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="for machines")
    how.add_argument("--csv", type=Path, metavar="FILE", help="write a file to mend in a spreadsheet")
    parser.set_defaults(run=run_list, on_folder=True)


def run_list(args: argparse.Namespace) -> int:
    """0: listed, also when the quarantine is empty."""
    from concerted.desk import mending, quarantine
    from concerted.desk.store import Store

    states = quarantine.STATES if args.all else quarantine.OPEN
    with Store.open(args.folder) as store:
        found = quarantine.items(store, kind=args.kind, reason=args.reason, states=states)
        if args.csv:
            lines = mending.write_csv(store, found, args.csv)
            print(f"{lines:,} lines written to {args.csv}: change the column `value`, then `mend --from` takes it.")
        elif args.json:
            print(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
        else:
            plain = _lines(found) if found else [_none(store, filtered=bool(args.kind or args.reason))]
            print("\n".join(map(printable, plain)))
    return 0


def run_replay(args: argparse.Namespace) -> int:
    """0: read again and written, also when some are faulty still. Nothing mended raises UsedWronglyError: 2."""
    from concerted.cli.resolve import lines
    from concerted.common.progress import watched
    from concerted.desk.replay import replay

    with watched() as progress:
        done = replay(args.folder, progress)
    if args.json:
        said = {"read": done.read, "still_in_quarantine": done.still, "summary": done.summary.to_dict()}
        print(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        print(f"{done.read:,} read again, {done.still:,} faulty still.")
        print("\n".join(lines(done.summary, args.folder)))
    return 0


def _none(store: Store, *, filtered: bool) -> str:
    from concerted.desk import quarantine

    if filtered:
        return "Nothing in quarantine is of that kind."
    dismissed = len(quarantine.items(store, states=["dismissed"]))
    if dismissed:
        return f"Nothing waits in quarantine. {counted(dismissed, 'item was', 'items were')} dismissed: see --all."
    return "Nothing is in quarantine."


def _lines(found: list[Item]) -> Iterator[str]:
    for one in found:
        state = "" if one.state == "waiting" else f" [{one.state}]"
        yield f"{one.id}  {one.kind}  {one.place}{state}"
        yield f"    it stands there: {short(one.raw)}"
        yield f"    why: {one.reason}. To mend it: {one.mend}."
        if one.state == "dismissed":
            yield f"    {one.who} dismissed it on {str(one.when)[:10]}: {one.why}"
        elif one.mended:
            yield f"    {one.who} wrote: {json.dumps(one.mended, ensure_ascii=False)} ({one.why})"
