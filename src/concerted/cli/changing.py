"""What the commands that change one record of a folder have in common: their options, and the folder written anew."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from concerted.desk.store import Store


def add_verb(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str
) -> argparse.ArgumentParser:
    """A verb on a record of a folder."""
    parser = subparsers.add_parser(name, help=about)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("record", metavar="SOURCE:ID", help="the record; of a row with several, the row or one of them")
    parser.add_argument("--who", required=True, metavar="NAME", help="who asks for it")
    parser.add_argument("--why", required=True, metavar="REASON", help="on what ground")
    parser.add_argument("--json", action="store_true", help="for machines")
    return parser


def run_changed(
    args: argparse.Namespace, change: Callable[[Store], list[str]], said: str, words: Sequence[str] = ()
) -> int:
    """Change the folder, and print what was done. words: the command for the folder's own record, where it is not to
    be written there as it was given. 0: done."""
    from concerted.common.progress import watched
    from concerted.desk.anew import changed
    from concerted.desk.history import By

    with watched() as progress:
        summary = changed(args.folder, change, progress, words, By(args.words[1], args.who))
    print(json.dumps(summary.to_dict(), indent=1) if args.json else f"{said}. {summary.records:,} records stand.")
    return 0
