"""How a store is made, how far it is, and how it is brought to this version of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from concerted.audit.acting import Acting
from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Progress
from concerted.instance import selectors, services
from concerted.instance.models import KINDS, Store
from concerted.web.beginning import in_words

Fill = Callable[[Acting, Progress], object]
_CREATE: Final = "make it: concerted store create"


@dataclass(frozen=True)
class State:
    """How far a store is. there: it has tables. kind: what it is for, or empty where it is not set up. missing: steps
    of this version that it has not taken. unknown: steps that it took and this version does not know."""

    there: bool
    kind: str = ""
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def state() -> State:
    """Of the store that the environment names. UsedWronglyError where it does not open."""
    if connection.vendor == "sqlite" and not _file_is_there():
        return State(there=False)
    with in_words():
        executor = MigrationExecutor(connection)
        taken = set(executor.loader.applied_migrations)
        if not taken:
            return State(there=False)
        known = set(executor.loader.disk_migrations)
        kind = "" if ("instance", "0001_initial") not in taken else _kind()
        return State(True, kind, _named(known - taken), _named(taken - known))


def create(acting: Acting, kind: str, progress: Progress, fill: Fill | None = None) -> Store:
    """Make the store with all its tables and say what it is for. fill: what is put into it at once; it is set up with
    that or not at all, so that one whose making was stopped is made again. UsedWronglyError where it is there."""
    found = state()
    if found.kind:
        raise UsedWronglyError(
            f"this store is there already, {_article(found.kind)} one", mend="use it, or name another place"
        )
    _check_known(found)
    _migrate(progress)
    with in_words(), transaction.atomic():
        if fill:
            fill(acting, progress)
        made = services.set_up(acting, kind)
    progress.finish()
    return made


def upgrade(progress: Progress) -> tuple[str, ...]:
    """Bring the store to this version; gives the steps that it took. UsedWronglyError where it is not set up, or of a
    later version."""
    found = state()
    check_there(found)
    _check_known(found)
    if found.missing:
        _migrate(progress)
        progress.finish()
    return found.missing


def check_current() -> State:
    """UsedWronglyError where the store is not there, of an earlier version or of a later one."""
    found = state()
    check_there(found)
    _check_known(found)
    if found.missing:
        raise UsedWronglyError(
            "the store is of an earlier version than this program",
            mend="back it up, then bring it to this version: concerted store upgrade",
        )
    return found


def check_there(found: State) -> None:
    """UsedWronglyError where there is none, or its making was stopped."""
    if not found.there:
        raise UsedWronglyError("there is no store yet where CONCERTED_STORE points", mend=_CREATE)
    if not found.kind:
        raise UsedWronglyError("this store was never set up, or setting it up was stopped", mend=_CREATE)


def _check_known(found: State) -> None:
    if found.unknown:
        raise UsedWronglyError(
            "the store is of a later version than this program",
            why=f"it took {len(found.unknown)} steps that are not known here, as {found.unknown[0]}",
            mend="run the later version of Concerted; a store is never taken back",
        )


def _migrate(progress: Progress) -> None:
    progress.step("tables", "making the store's tables")
    with in_words():
        call_command("migrate", verbosity=0, interactive=False)


def _kind() -> str:
    found = selectors.store()
    return found.kind if found else ""


def _file_is_there() -> bool:
    name = str(connection.settings_dict["NAME"])
    return name.startswith("file:") or Path(name).is_file()  # `file:`: in memory, as in tests


def _named(steps: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(f"{application} {step}" for application, step in steps))


def _article(kind: str) -> str:
    return f"a {KINDS[kind].lower()}"
