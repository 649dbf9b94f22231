"""`concerted quarantine mend|dismiss`: one item, all that are like it, or a spreadsheet of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.plain import printable, short
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.mended_alike import Alike
    from concerted.desk.store import Store

SHOWN = 5  # items of a --dry-run
ONE_WAY = (
    "write ID --set COLUMN=VALUE, or ID --line LINE, or --like ID --set COLUMN=VALUE, or --like ID --replace OLD=NEW, "
    "or --from FILE.csv"
)


def add_mend(parser: argparse.ArgumentParser) -> None:
    """Register `mend`."""
    _add_which(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="COLUMN=VALUE", help="what a column should hold; may be repeated"
    )
    parser.add_argument("--line", help="for a row that could not be split: the whole line as it should be")
    parser.add_argument(
        "--replace", metavar="OLD=NEW", help="with --like: write NEW for OLD in every value of that cause, as in .=/"
    )
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE.csv", help="the file of `list --csv`, mended")
    parser.add_argument("--who", required=True, metavar="NAME", help="who mends it")
    parser.add_argument("--why", required=True, metavar="REASON", help="how they know")
    parser.set_defaults(run=run_mend, on_folder=True)


def add_dismiss(parser: argparse.ArgumentParser) -> None:
    """Register `dismiss`."""
    _add_which(parser)
    parser.add_argument("--who", required=True, metavar="NAME", help="who looked at it")
    parser.add_argument("--why", required=True, metavar="REASON", help="why nothing is to be mended")
    parser.set_defaults(run=run_dismiss, on_folder=True)


def _add_which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("id", type=_number, nargs="?", metavar="ID", help="its number, as `list` shows it")
    parser.add_argument(
        "--like", type=_number, metavar="ID", help="everything that waits for the cause of this one, with the same text"
    )
    parser.add_argument("--dry-run", action="store_true", help="with --like: say what would be done, and do nothing")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number; `concerted quarantine list` shows the numbers")
    return int(text)


def run_mend(args: argparse.Namespace) -> int:
    """0: recorded, or shown. A number or column that is not there raises UsedWronglyError: 2."""
    from concerted.desk import mending
    from concerted.desk.store import Store

    _insist_one_way(args)
    with Store.open(args.folder) as store, store.writing():
        if args.like is not None:
            return _many(args, _alike(args, store), "mended")
        if args.file:
            count = mending.mend_from(store, args.file, args.who, args.why)
        elif args.line:
            count = mending.mend_line(store, args.id, args.line, args.who, args.why)
        else:
            count = mending.mend(store, args.id, mending.settings(args.set), args.who, args.why)
    done = f"Number {args.id} is mended" if args.file is None else counted(count, "item is mended", "items are mended")
    print(f"{done}. {_replay(args.folder, count)}")
    return 0


def run_dismiss(args: argparse.Namespace) -> int:
    """0: recorded, or shown. A number that is not there raises UsedWronglyError: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.desk import mended_alike, mending
    from concerted.desk.store import Store

    if (args.id is None) == (args.like is None) or (args.dry_run and args.like is None):
        raise UsedWronglyError("what to dismiss is said in one way", mend="write ID, or --like ID")
    with Store.open(args.folder) as store, store.writing():
        if args.like is not None:
            return _many(args, mended_alike.dismissing(store, args.like), "dismissed")
        mending.dismiss(store, args.id, args.who, args.why)
    print(f"Number {args.id} is dismissed: `list` shows it only with --all, and it is still counted.")
    return 0


def _insist_one_way(args: argparse.Namespace) -> None:
    from concerted.common.errors import UsedWronglyError

    which = sum(one is not None for one in (args.id, args.like, args.file))
    how = [bool(args.set), bool(args.line), args.replace is not None]
    fits = {
        "id": how in ([True, False, False], [False, True, False]),
        "like": how in ([True, False, False], [False, False, True]),
        "file": not any(how),
    }
    given = next((name for name in fits if getattr(args, name) is not None), "")
    if which != 1 or not fits[given] or (args.dry_run and given != "like"):
        raise UsedWronglyError("what to mend is said in one way", mend=ONE_WAY)


def _alike(args: argparse.Namespace, store: Store) -> Alike:
    from concerted.common.errors import UsedWronglyError
    from concerted.desk import mended_alike, mending

    if args.replace is None:
        return mended_alike.setting(store, args.like, mending.settings(args.set))
    old, equals, new = args.replace.partition("=")
    if not equals or not old:
        raise UsedWronglyError(f"{args.replace!r} does not say OLD=NEW", mend="write --replace .=/")
    return mended_alike.replacing(store, args.like, old, new)


def _many(args: argparse.Namespace, alike: Alike, done: str) -> int:
    count = len(alike.what)
    if args.dry_run:
        print(f"{counted(count, 'item')} would be {done}; nothing is written.")
        print("\n".join(map(printable, _shown(alike))))
        return 0
    alike.record(args.who, args.why)
    said = counted(count, f"item is {done}", f"items are {done}")
    rest = "`list` shows them only with --all, and they are still counted."
    print(f"{said}. {_replay(args.folder, count) if done == 'mended' else rest}")
    return 0


def _shown(alike: Alike) -> Iterator[str]:
    for item, values in alike.some(SHOWN):
        becomes = "; ".join(f"{column} becomes {short(value) or 'empty'}" for column, value in values.items())
        yield f"{item.id}  {item.kind}  {item.place}: {short(item.raw)}{': ' if becomes else ''}{becomes}"
    if len(alike.what) > SHOWN:
        yield f"and {len(alike.what) - SHOWN:,} more"


def _replay(folder: Path, count: int) -> str:
    return f"`concerted quarantine replay {folder}` reads {'it' if count == 1 else 'them'} again."
