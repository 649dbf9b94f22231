"""`concerted backup`: the store as one sealed file, made while it is in use."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from concerted.common.progress import Progress
    from concerted.web.backup.manifest import Manifest


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("backup", help="write the store into one sealed file, while it is in use")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="FILE", help="must not be there yet")
    what.add_argument("--verify", type=Path, metavar="FILE", help="read all of a backup and say whether it is whole")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: written, or whole. A backup that is cut short or was changed: 1. Another key, or a file that is there: 2."""
    from concerted.common.progress import watched
    from concerted.web.backup.sealed import key_of

    key = key_of()
    with watched() as progress:
        if args.verify:
            from concerted.web.backup.reading import looked_through

            made = looked_through(args.verify, key, progress)
        else:
            made = _made(args.out, key, progress)
    said = {
        "file": str(args.verify or args.out),
        **{name: one for name, one in made.to_dict().items() if name != "key"},
    }
    print(json.dumps(said, indent=1) if args.json else told(made, "Whole" if args.verify else "Backed up"))
    return 0


def told(made: Manifest, how: str) -> str:
    """What it holds, for people."""
    rows = sum(table.rows for table in made.tables.values())
    events = sum(number for number, _ in made.heads.values())
    of = "PostgreSQL" if made.vendor == "postgresql" else "the embedded store"
    return (
        f"{how}: {of} at {made.made}, {counted(len(made.tables), 'table')}, {counted(rows, 'row')}, "
        f"{counted(events, 'event')} in {counted(len(made.heads), 'chain')}."
    )


def _made(out: Path, key: bytes, progress: Progress) -> Manifest:
    from concerted.cli.on_store import by_command
    from concerted.web.beginning import begin, in_words

    begin()
    from django.db import connection

    from concerted.audit.acts import Act
    from concerted.audit.services import record
    from concerted.instance.endings import carry
    from concerted.web.backup.making import backed_up
    from concerted.web.store import check_current

    check_current()
    with in_words():
        carry()
        made = backed_up(connection, out, key, progress)
        record(by_command(), Act.BACKUP_MADE, made=made.made)
    return made
