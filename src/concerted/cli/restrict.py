"""`concerted restrict`: records that are kept and not used."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from concerted.cli.changing import add_verb, run_changed

if TYPE_CHECKING:
    from concerted.desk.store import Store


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    about = "keep a record and use it nowhere, also when it is delivered again"
    parser = add_verb(subparsers, "restrict", about)
    parser.add_argument("--lift", action="store_true", help="end the restriction")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: done, and the folder written anew. A record that is restricted already, or is not, raises: 2."""
    from concerted.common.ids import RecordKey
    from concerted.desk import ended
    from concerted.desk.current import gather

    key = RecordKey.parse(args.record)

    def change(store: Store) -> list[str]:
        (ended.lift if args.lift else ended.restrict)(store, key, args.who, args.why)
        gather(store)
        return []

    return run_changed(args, change, f"{key} is {'used again' if args.lift else 'kept and not used'}")
