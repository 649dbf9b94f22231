"""A backup brought back into an empty place: whole and as it was, or not at all."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from concerted.common.errors import UsedWronglyError
from concerted.common.folders import settle
from concerted.common.progress import Progress
from concerted.web.backup import embedded, postgresql
from concerted.web.backup.manifest import Manifest, compare
from concerted.web.backup.parts import MANIFEST, parts
from concerted.web.backup.reading import looked_through
from concerted.web.backup.sealed import Opening

Then = Callable[[], object]


@contextmanager
def restored_file(file: Path, key: bytes, into: Path, store_key: str, progress: Progress) -> Iterator[Manifest]:
    """Bring a backup of the embedded store back into the file `into`, encrypted with its new key, and compare it. The
    file stays only where the block ends well. UsedWronglyError where `into` is there."""
    if into.exists():
        raise UsedWronglyError("there is something where the store is to be", mend="name a place where nothing is yet")
    manifest = looked_through(file, key, progress)
    _check_vendor(manifest, "sqlite")
    progress.step("restore", "bringing the store back")
    try:
        _write(file, key, into)
        embedded.rekey(into, manifest.key, store_key)
        progress.step("compare", "comparing it")
        with closing(embedded.opened(into, store_key)) as store:
            compare(manifest, embedded.tables(store), embedded.heads(store))
        yield manifest
        settle(into)
    except BaseException:
        for left in ("", "-wal", "-shm", "-journal"):
            into.with_name(into.name + left).unlink(missing_ok=True)
        raise
    progress.finish()


def restored_database(file: Path, key: bytes, into: BaseDatabaseWrapper, progress: Progress, then: Then) -> Manifest:
    """Bring a backup of PostgreSQL back into an empty database, compare it, do what is to be done `then`: all of it, or
    the database stays empty. UsedWronglyError where it is not empty."""
    manifest = looked_through(file, key, progress)
    _check_vendor(manifest, "postgresql")
    with transaction.atomic(using=into.alias), into.cursor() as wrapped:
        cursor: Any = wrapped.cursor
        if postgresql.names(cursor):
            raise UsedWronglyError("this database is not empty", mend="name a new one: createdb NAME")
        _tables(into, manifest, progress)
        _rows(file, key, cursor, progress)
        progress.step("compare", "comparing it")
        compare(manifest, postgresql.tables(cursor), postgresql.heads(cursor))
        postgresql.count_on(cursor)
        then()
    progress.finish()
    return manifest


def _tables(into: BaseDatabaseWrapper, manifest: Manifest, progress: Progress) -> None:
    """As they were when the backup was made, empty."""
    progress.step("tables", "making the store's tables")
    executor = MigrationExecutor(into)
    unknown = set(manifest.migrations) - set(executor.loader.disk_migrations)
    if unknown:
        raise UsedWronglyError("the backup is of a later version than this program", mend="use the later version")
    executor.migrate(_last(manifest.migrations, executor))
    with into.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        postgresql.empty(cursor.cursor)


def _last(taken: list[tuple[str, str]], executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last step of each application: to name an earlier one would take the later back."""
    nodes = executor.loader.graph.node_map
    after = {one: {child.key for child in nodes[one].children if child.key[0] == one[0]} for one in taken}
    return [one for one in taken if not after[one] & set(taken)]


def _rows(file: Path, key: bytes, cursor: Any, progress: Progress) -> None:
    columns = postgresql.names(cursor)
    with file.open("rb") as handle:
        for name, blocks in parts(Opening(handle, key)):
            if name != MANIFEST:
                progress.step("restore", f"bringing {name} back")
                postgresql.into(cursor, name, columns[name], blocks)


def _write(file: Path, key: bytes, into: Path) -> None:
    with file.open("rb") as handle, into.open("xb") as out:
        into.chmod(0o600)
        for name, blocks in parts(Opening(handle, key)):
            if name == embedded.PART:
                out.writelines(blocks)


def _check_vendor(manifest: Manifest, vendor: str) -> None:
    if manifest.vendor != vendor:
        of = "the embedded store" if manifest.vendor == "sqlite" else "PostgreSQL"
        raise UsedWronglyError(f"this is a backup of {of}", mend="name such a place with --into")
