"""`concerted withdrawals list|approve|keep`: records that a later delivery no longer holds."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from concerted.desk.withdrawals import State, Withdrawal


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("withdrawals", help="let go or keep records that a delivery no longer holds")
    parts = parser.add_subparsers(required=True, metavar="list|approve|keep")
    shown = parts.add_parser("list", help="the records that wait for somebody's word")
    shown.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    shown.add_argument("--all", action="store_true", help="also those that were let go, kept, or are there again")
    shown.add_argument("--json", action="store_true", help="for machines")
    shown.set_defaults(run=run_list, on_folder=True)
    _add_decision(parts.add_parser("approve", help="let records go: nothing shows them any more"), "withdrawn")
    _add_decision(parts.add_parser("keep", help="keep records though their owner's file no longer holds them"), "kept")


def _add_decision(parser: argparse.ArgumentParser, state: State) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("numbers", type=int, nargs="*", metavar="NUMBER", help="as `list` shows it")
    parser.add_argument("--all", action="store_true", help="every record that waits")
    parser.add_argument("--who", required=True, metavar="NAME", help="who decides it")
    parser.add_argument("--why", required=True, metavar="REASON", help="how they know")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run_decide, state=state, on_folder=True)


def run_list(args: argparse.Namespace) -> int:
    """0: listed, also when nothing waits."""
    from concerted.desk import withdrawals
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        found = withdrawals.all_of(store, withdrawals.STATES if args.all else ["waiting"])
    if args.json:
        print(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(_line, found)) if found else "No record waits to be withdrawn.")
    return 0


def run_decide(args: argparse.Namespace) -> int:
    """0: done, and the folder written anew. A number that does not wait raises UsedWronglyError: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.common.progress import watched
    from concerted.desk import withdrawals
    from concerted.desk.anew import changed
    from concerted.desk.current import gather
    from concerted.desk.history import By
    from concerted.desk.store import Store

    if bool(args.numbers) == args.all:
        raise UsedWronglyError("which records is not said", mend="write their numbers, or --all for every one")
    found: list[Withdrawal] = []

    def change(store: Store) -> list[str]:
        chosen = withdrawals.chosen(store, args.numbers)
        withdrawals.settle(store, chosen, args.state, args.who, args.why)
        numbers = {one.number for one in chosen}
        found.extend(one for one in withdrawals.all_of(store, [args.state]) if one.number in numbers)
        gather(store)
        return []

    with watched() as progress:
        summary = changed(args.folder, change, progress, by=By("withdrawals", args.who))
    if args.json:
        print(json.dumps({"decided": [asdict(one) for one in found], "summary": summary.to_dict()}, indent=1))
    else:
        was = "is let go" if args.state == "withdrawn" else "is kept"
        were = "are let go" if args.state == "withdrawn" else "are kept"
        print(f"{counted(len(found), f'record {was}', f'records {were}')}. {summary.records:,} records stand.")
    return 0


def _line(one: Withdrawal) -> str:
    state = "" if one.state == "waiting" else f" [{one.state}]"
    who = f", by {one.who}: {one.why}" if one.who else ""
    text = f"{one.number}  {one.key}  ({one.kind.replace('_', ' ')}), missing from {one.file}{state}{who}"
    return "".join(char if char.isprintable() else " " for char in text)
