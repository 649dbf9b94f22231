"""`concerted quarantine list|mend|dismiss|replay`: what could not be read, and reading it again."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.quarantine import Item
    from concerted.desk.store import Store

RAW_SHOWN = 160  # characters of what stands in the file; --json and --csv have all


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("quarantine", help="list, mend and read again what could not be read")
    parts = parser.add_subparsers(required=True, metavar="list|mend|dismiss|replay")
    _add_list(parts.add_parser("list", help="what could not be read, why, and what would mend it"))
    _add_mend(parts.add_parser("mend", help="say what a row or value should be"))
    _add_dismiss(parts.add_parser("dismiss", help="say that nothing is to be mended in a row or value"))
    replay = parts.add_parser("replay", help="read again what was mended, and write the folder anew")
    replay.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    replay.add_argument("--json", action="store_true", help="for machines")
    replay.set_defaults(run=run_replay, on_folder=True)


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--kind", choices=["row", "value"], default="", help="only whole rows, or only values")
    parser.add_argument("--reason", default="", metavar="TEXT", help="only those whose reason holds this text")
    parser.add_argument("--all", action="store_true", help="also what was mended and read again, or dismissed")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="for machines")
    how.add_argument("--csv", type=Path, metavar="FILE", help="write a file to mend in a spreadsheet")
    parser.set_defaults(run=run_list, on_folder=True)


def _add_mend(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("id", type=_number, nargs="?", metavar="ID", help="its number, as `list` shows it")
    parser.add_argument(
        "--set", action="append", default=[], metavar="COLUMN=VALUE", help="what a column should hold; may be repeated"
    )
    parser.add_argument("--line", help="for a row that could not be split: the whole line as it should be")
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE.csv", help="the file of `list --csv`, mended")
    parser.add_argument("--who", required=True, metavar="NAME", help="who mends it")
    parser.add_argument("--why", required=True, metavar="REASON", help="how they know")
    parser.set_defaults(run=run_mend, on_folder=True)


def _add_dismiss(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("id", type=_number, metavar="ID", help="its number, as `list` shows it")
    parser.add_argument("--who", required=True, metavar="NAME", help="who looked at it")
    parser.add_argument("--why", required=True, metavar="REASON", help="why nothing is to be mended")
    parser.set_defaults(run=run_dismiss, on_folder=True)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number; `concerted quarantine list` shows the numbers")
    return int(text)


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
            print("\n".join(map(_printable, plain)))
    return 0


def run_mend(args: argparse.Namespace) -> int:
    """0: recorded. A number or column that is not there raises UsedWronglyError: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.desk import mending
    from concerted.desk.store import Store

    if (args.id is None) == (args.file is None) or (args.id is not None and bool(args.set) == bool(args.line)):
        raise UsedWronglyError(
            "what to mend is said in one way", mend="write ID --set COLUMN=VALUE, or ID --line LINE, or --from FILE.csv"
        )
    with Store.open(args.folder) as store, store.writing():
        if args.file:
            count = mending.mend_from(store, args.file, args.who, args.why)
        elif args.line:
            count = mending.mend_line(store, args.id, args.line, args.who, args.why)
        else:
            count = mending.mend(store, args.id, mending.settings(args.set), args.who, args.why)
    done = f"Number {args.id} is mended" if args.file is None else counted(count, "item is mended", "items are mended")
    print(f"{done}. `concerted quarantine replay {args.folder}` reads {'it' if count == 1 else 'them'} again.")
    return 0


def run_dismiss(args: argparse.Namespace) -> int:
    """0: recorded. A number that is not there raises UsedWronglyError: 2."""
    from concerted.desk import mending
    from concerted.desk.store import Store

    with Store.open(args.folder) as store, store.writing():
        mending.dismiss(store, args.id, args.who, args.why)
    print(f"Number {args.id} is dismissed: `list` shows it only with --all, and it is still counted.")
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
        yield f"    it stands there: {_short(one.raw)}"
        yield f"    why: {one.reason}. To mend it: {one.mend}."
        if one.state == "dismissed":
            yield f"    {one.who} dismissed it on {str(one.when)[:10]}: {one.why}"
        elif one.mended:
            yield f"    {one.who} wrote: {json.dumps(one.mended, ensure_ascii=False)} ({one.why})"


def _short(raw: str) -> str:
    return raw if len(raw) <= RAW_SHOWN else f"{raw[:RAW_SHOWN]} ... ({len(raw):,} characters)"


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)
