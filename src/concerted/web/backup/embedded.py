"""The embedded store out of use and into it: its pages, copied by SQLite itself while others write."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from sqlcipher3 import dbapi2

from concerted.web.backup.manifest import Table

PART: Final = "store"
BLOCK: Final = 2**20
_EACH: Final = 1_000
_HEADS: Final = "select name, number, lower(hex(head)) from audit_chain"


@contextmanager
def copied(of: BaseDatabaseWrapper, folder: Path) -> Iterator[tuple[Path, str]]:
    """A copy of one moment in that folder, gone when the block ends, and its key: one of its own, so that neither the
    store's key opens a backup nor a backup's the store."""
    key, copy = secrets.token_hex(32), folder / f".copy-{secrets.token_hex(4)}"
    source = of.copy()
    try:
        with closing(opened(copy, key)) as to:
            source.ensure_connection()
            source.connection.backup(to)
        yield copy, key
    finally:
        source.close()
        for left in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + left).unlink(missing_ok=True)


def opened(file: Path, key: str) -> Any:
    """A connection of SQLCipher, outside Django."""
    made = dbapi2.connect(str(file), isolation_level=None)
    made.execute(f"pragma key = \"x'{key}'\"")
    return made


def rekey(file: Path, before: str, after: str) -> None:
    """Encrypt the file anew."""
    with closing(opened(file, before)) as store:
        store.execute("pragma journal_mode = delete")
        store.execute(f"pragma rekey = \"x'{after}'\"")


def tables(store: Any) -> dict[str, Table]:
    """Each with its rows and digest."""
    names = store.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").fetchall()
    return {name: _table(store, name) for (name,) in sorted(names)}


def heads(store: Any) -> dict[str, tuple[int, str]]:
    """Of the audit's chains."""
    return {name: (number, head) for name, number, head in store.execute(_HEADS).fetchall()}


def blocks(file: Path) -> Iterator[bytes]:
    """The file's bytes."""
    with file.open("rb") as handle:
        while some := handle.read(BLOCK):
            yield some


def _table(store: Any, name: str) -> Table:
    found, digest, rows = store.execute(f'select * from "{name}" order by rowid'), hashlib.sha256(), 0
    while some := found.fetchmany(_EACH):
        digest.update(repr(some).encode())
        rows += len(some)
    return Table(rows, digest.hexdigest())
