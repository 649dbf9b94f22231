"""`concerted withdraw`: a source, a file or a record that its owner takes back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.changing import run_changed

if TYPE_CHECKING:
    from concerted.desk.store import Store


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    about = "take back a source, a file or a record: what came only from it goes, as if it had never come"
    parser = subparsers.add_parser("withdraw", help=about)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--source", metavar="NAME", help="everything of a source")
    which.add_argument("--file", metavar="NAME", help="a file, as the folder calls it")
    which.add_argument("--record", metavar="SOURCE:ID", help="a record; of a row with several, the row or one of them")
    parser.add_argument("--delivery", type=int, metavar="N", help="with --file: which of several of this name")
    parser.add_argument("--who", required=True, metavar="NAME", help="who asks for it")
    parser.add_argument("--why", required=True, metavar="REASON", help="on what ground")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: done, and the folder written anew. What is not there raises UsedWronglyError: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.common.ids import RecordKey
    from concerted.desk import erase, withdraw

    if args.delivery is not None and not args.file:
        raise UsedWronglyError("--delivery says which file of a name is meant", mend="give --file NAME")
    if not args.who.strip() or not args.why.strip():
        raise UsedWronglyError("who asks for it, and why, is not said", mend="write --who NAME --why REASON")
    key = RecordKey.parse(args.record) if args.record else None

    def change(store: Store) -> list[str]:
        if key:
            return withdraw.record(store, key)
        if args.file:
            return withdraw.file(store, args.file, args.delivery)
        return withdraw.source(store, args.source)

    words = [withdraw.WITHDRAWN if key and erase.mentions(word, key) else word for word in args.words]
    return run_changed(args, change, f"{_called(args)} is withdrawn", words)


def _called(args: argparse.Namespace) -> str:
    return "The record" if args.record else f"{args.file or args.source}"
