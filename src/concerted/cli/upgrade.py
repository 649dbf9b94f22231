"""`concerted upgrade`: a folder of an earlier version made one of this version."""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("upgrade", help="make a folder of an earlier version of Concerted one of this")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: it is of this version now, or was already. One that cannot be upgraded raises UsedWronglyError: 2."""
    from concerted.desk.schema import VERSION
    from concerted.desk.upgrade import upgrade

    was = upgrade(args.folder)
    if args.json:
        print(json.dumps({"was": was, "version": VERSION}, indent=1))
    elif was == VERSION:
        print(f"The store of {args.folder} is of version {VERSION} already: nothing is to be done.")
    else:
        print(f"The store of {args.folder} was of version {was}, and is of version {VERSION} now.")
    return 0
