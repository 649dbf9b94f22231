"""`concerted store create|upgrade`: a store for real work made, and brought to this version of the program."""

from __future__ import annotations

import argparse


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("store", help="make the store, or bring it to this version")
    parts = parser.add_subparsers(required=True, metavar="create|upgrade")
    create = parts.add_parser("create", help="make the store that CONCERTED_STORE names, for real work")
    create.set_defaults(run=run_create)
    upgrade = parts.add_parser("upgrade", help="bring it to this version; back it up and stop the service before")
    upgrade.set_defaults(run=run_upgrade)


def run_create(_: argparse.Namespace) -> int:
    """0: made. One that is there already, or of a later version: 2."""
    from concerted.cli.on_store import by_command
    from concerted.common.progress import watched
    from concerted.web.beginning import begin

    begin()
    with watched() as progress:
        from concerted.instance.models import WORKING
        from concerted.web import store

        made = store.create(by_command(), WORKING, progress)
    print(f"Made the store {made.instance}, for real work. Next: concerted check --deploy")
    return 0


def run_upgrade(_: argparse.Namespace) -> int:
    """0: it is of this version now, or was already. One that is not there, or of a later version: 2."""
    from concerted.common.progress import watched
    from concerted.common.words import counted
    from concerted.web.beginning import begin

    begin()
    with watched() as progress:
        from concerted.web import store

        taken = store.upgrade(progress)
    print(
        f"The store took {counted(len(taken), 'step')} and is of this version."
        if taken
        else "The store is of this version already: nothing is to be done."
    )
    return 0
