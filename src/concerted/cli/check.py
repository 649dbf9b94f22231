"""`concerted check`: whether the instance works, and with --deploy whether it is safe to serve real work with it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concerted.web.safe import Unsafe


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("check", help="whether the store opens; --deploy: whether it is safe to serve")
    parser.add_argument("--deploy", action="store_true", help="list all that is unsafe in the settings")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: in order. 1: something is not, as it says. Without --deploy settings that cannot be read are 2."""
    found = all_unsafe() if args.deploy else []
    if not args.deploy:
        opened()
    if args.json:
        print(json.dumps({"unsafe": [one._asdict() for one in found]}, indent=1))
        return 1 if found else 0
    for one in found:
        print(f"{one.what[:1].upper()}{one.what[1:]}.\n    {one.mend[:1].upper()}{one.mend[1:]}.")
    if not found:
        print("Safe to serve." if args.deploy else "The store opens and is of this version.")
    return 1 if found else 0


def all_unsafe() -> list[Unsafe]:
    """Of the environment; where that is read, of the store too."""
    import os

    from concerted.web.beginning import begin
    from concerted.web.environment import tried
    from concerted.web.safe import unsafe, unsafe_store

    found = unsafe()
    unreadable: list[object] = []
    tried(os.environ, unreadable)  # type: ignore[arg-type]
    if unreadable:
        return found
    begin()
    return [*found, *unsafe_store()]


def opened() -> None:
    """UsedWronglyError where the store does not open or is of another version."""
    from concerted.web.beginning import begin

    begin()
    from concerted.web.store import check_current

    check_current()
