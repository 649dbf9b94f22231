"""The folder's own record: who ran which command, when, on which files, for what purpose. Lines are only added."""

import getpass
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from concerted.common import clock
from concerted.desk import deliveries, purpose
from concerted.desk.store import LOG, Store

NOT_SAID: Final = "not said"


def add(store: Store, words: Sequence[str]) -> None:
    """Add a line for a command that wrote the folder, or looked into it. words: the command as it was given."""
    line = {
        "when": clock.stamp(clock.now()),
        "who": _who(),
        "command": list(words),
        "purpose": purpose.of(store) or NOT_SAID,
        "files": {one.file: one.sha256 for one in deliveries.all_of(store) if one.mends is None},
    }
    with (store.folder / LOG).open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(line, ensure_ascii=False) + "\n")


def looked_into(folder: Path, words: Sequence[str]) -> None:
    """Add a line for a command that read the folder."""
    with Store.open(folder) as store:
        add(store, words)


def read(folder: Path) -> str:
    """The lines so far."""
    place = folder / LOG
    return place.read_text(encoding="utf-8") if place.exists() else ""


def carry(lines: str, folder: Path) -> None:
    """Take the lines of a folder that is replaced over into the new one."""
    if lines:
        (folder / LOG).write_text(lines, encoding="utf-8")


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a machine that knows no name for the account
        return NOT_SAID
