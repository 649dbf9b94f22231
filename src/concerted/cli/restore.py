"""`concerted restore`: a backup brought back into an empty place."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from concerted.common.progress import Progress
    from concerted.instance.endings import Replayed
    from concerted.web.backup.manifest import Manifest


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("restore", help="bring a backup back into an empty place")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `concerted backup` wrote")
    parser.add_argument("--into", required=True, metavar="STORE", help="a file that is not there, or an empty database")
    ended = parser.add_mutually_exclusive_group()
    ended.add_argument("--endings", type=Path, metavar="FILE", help="the journal of what ended (CONCERTED_ENDINGS)")
    ended.add_argument("--without-endings", action="store_true", help="there is none: who left since may sign in again")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: brought back, compared, and what ended since has ended. A damaged backup: 1. Another key, a place that is not
    empty, a journal that is not named: 2. Whatever fails, nothing of it stays."""
    from concerted.common.progress import watched
    from concerted.web.backup.sealed import key_of

    key, journal = key_of(), _journal(args)
    os.environ["CONCERTED_STORE"] = args.into
    with watched() as progress:
        bring = _database if "://" in args.into else _file
        made, ended = bring(args.file, args.into, key, journal, progress)
    from concerted.cli.backup import told

    print(told(made, "Restored and compared"))
    if journal is None:
        print("Nothing was ended again: look through everybody's roles before the store serves.")
    else:
        print(f"{counted(ended.lines, 'ending')} since the backup; ended again: {ended.ended:,}.")
    if ended.damaged:
        print(f"{counted(ended.damaged, 'line')} of the journal cannot be read: look through everybody's roles.")
    print("Every session has ended: everybody signs in anew.")
    return 0


def _journal(args: argparse.Namespace) -> Path | None:
    from concerted.common.errors import UsedWronglyError

    named = args.endings or os.environ.get("CONCERTED_ENDINGS")
    if args.without_endings:
        return None
    if not named or not Path(named).is_file():
        raise UsedWronglyError(
            "the journal of what ended since the backup is not named, or not there",
            mend="name it with --endings; where there is none, say --without-endings and look through all roles",
        )
    return Path(named)


def _file(file: Path, into: str, key: bytes, journal: Path | None, progress: Progress) -> tuple[Manifest, Replayed]:
    """The place has the store's name once all is done."""
    from concerted.common.folders import new_file
    from concerted.web.backup.restoring import restored_file
    from concerted.web.environment import environment

    store_key = environment().store_key
    with new_file(Path(into)) as part, restored_file(file, key, part, store_key, progress) as made:
        os.environ["CONCERTED_STORE"] = str(part)
        ended = _ready(journal, progress)
    return made, ended


def _database(file: Path, _: str, key: bytes, journal: Path | None, progress: Progress) -> tuple[Manifest, Replayed]:
    from concerted.web.beginning import begin, in_words

    begin()
    from django.db import connection

    from concerted.web.backup.restoring import restored_database

    ended: list[Replayed] = []
    with in_words():
        made = restored_database(file, key, connection, progress, lambda: ended.append(_ready(journal, progress)))
    return made, ended[0]


def _ready(journal: Path | None, progress: Progress) -> Replayed:
    from concerted.audit.acting import Acting
    from concerted.cli.on_store import by_command
    from concerted.web.beginning import begin, in_words

    begin()
    from django.db import connections

    from concerted.web.backup.after import made_ready

    with in_words():
        done = made_ready(Acting(None, None, "", "", by_command().where, system="backup"), journal, progress)
        if not connections["default"].in_atomic_block:
            connections.close_all()
    return done
