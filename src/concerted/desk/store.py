"""The file store: a result folder is the store. One SQLite file, Parquet beside it; the rest are views of these.

`store.sqlite` has no key. `records/NNN.parquet` holds the records of delivery NNN and never changes;
`records/current.parquet`, once something was mended, the records that count; `pairs.parquet` every pair compared.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from sqlcipher3 import dbapi2 as sqlite

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import recover
from concerted.desk.schema import INDEXES, RELEASES, SCHEMA, VERSION

DATABASE: Final = "store.sqlite"
RECORDS: Final = "records"
PAIRS: Final = "pairs.parquet"
MATCH: Final = "match"  # the picture written down for questions, when the first was asked
TRUTH: Final = "truth.csv"
LOG: Final = "log.jsonl"
THINGS: Final = {kind: f"entities-{kind}.csv" for kind in ("location", "telephone", "vehicle", "account")}
VIEWS: Final = ("entities.csv", "links.csv", "review.csv", "model.json", "summary.json", "report.html", "quality.html")
FAIRNESS: Final = "fairness.html"  # made by `evaluate`, and gone when the folder changes: it was of the old result
OURS: Final = frozenset(
    {DATABASE, f"{DATABASE}-journal", RECORDS, PAIRS, MATCH, TRUTH, LOG, FAIRNESS, *VIEWS, *THINGS.values()}
)
REFUSALS: Final = ("readonly database", "disk is full", "disk I/O error")  # what SQLite says that the system refused
WAIT: Final = 5.0  # seconds for another command that writes in the same folder


class Store:
    """An open result folder. Use it in a `with` block."""

    def __init__(self, folder: Path, connection: Any) -> None:
        self.folder = folder
        self._connection = connection

    @classmethod
    def create(cls, folder: Path, secret: bytes | None = None) -> Self:
        """A new store in this folder. secret: what permanent ids are made with; a new one when not given."""
        store = cls(folder, _connect(folder / DATABASE, "rwc"))
        (folder / RECORDS).mkdir()
        with store.writing():
            for statement in _statements(SCHEMA + RELEASES + INDEXES):
                store.run(statement)
            store.put("version", str(VERSION))
            store.put("secret", (secret or secrets.token_bytes(32)).hex())
        return store

    @classmethod
    def open(cls, folder: Path, *, to_read: bool = False) -> Self:
        """The store in this folder. Raises UsedWronglyError when the folder is none, or of another version. to_read: it
        is not written in, so that nobody who writes has to wait."""
        if not folder.exists():
            recover(folder.absolute())  # a killed replacement may have left it under another name
        if not (folder / DATABASE).is_file():
            raise not_a_result(folder)
        try:
            store, version = cls._opened(folder, to_read=to_read)
        except sqlite.DatabaseError as error:
            raise UsedWronglyError(
                "its store cannot be read", where=Place(file=folder.name), why=str(error), mend="write the folder again"
            ) from error
        if version != str(VERSION):
            raise UsedWronglyError(
                f"the folder was written by another version of Concerted (its store is {version}, ours {VERSION})",
                where=Place(file=folder.name),
                mend="run `concerted resolve` again into a new folder",
            )
        return store

    @classmethod
    def _opened(cls, folder: Path, *, to_read: bool) -> tuple[Self, str]:
        """The store, and which version it is of. What a killed command left half written is taken back first, which
        takes who may write."""
        if to_read:
            with suppress(sqlite.OperationalError):
                store = cls(folder, _connect(folder / DATABASE, "ro"))
                return store, store.get("version")
        store = cls(folder, _connect(folder / DATABASE, "rw"))
        return store, store.get("version")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def run(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Run one statement; its rows can be iterated."""
        return self._connection.execute(statement, tuple(map(storable, values)))

    def run_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of values."""
        self._connection.executemany(statement, (tuple(map(storable, row)) for row in rows))

    def run_columns(self, statement: str, columns: Sequence[Iterable[object]]) -> None:
        """The same for a row from each place of some columns of one length. Their text is kept as it is, so it must be
        such as Arrow holds: of whole characters."""
        self._connection.executemany(statement, zip(*columns, strict=True))

    def get(self, key: str, default: str = "") -> str:
        """What is kept under this key."""
        found = self.run("select value from meta where key = ?", [key]).fetchone()
        return str(found[0]) if found else default

    def put(self, key: str, value: str) -> None:
        """Keep this under that key."""
        self.run("insert or replace into meta values (?, ?)", [key, value])

    def count(self, table: str, where: str = "true") -> int:
        """How many rows of a table are so."""
        return int(self.run(f"select count(*) from {table} where {where}").fetchone()[0])

    @property
    def secret(self) -> bytes:
        """What permanent ids are made with."""
        return bytes.fromhex(self.get("secret"))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Raises UsedWronglyError when another command is writing."""
        try:
            self.run("begin immediate")
        except sqlite.OperationalError as error:
            if _refused(error):
                raise _cannot_be_written(self.folder, error) from error
            raise UsedWronglyError(
                "the folder cannot be written in just now",
                where=Place(file=self.folder.name),
                why=str(error),
                mend="wait until the other command is done, or see whether you may write there",
            ) from error
        try:
            yield
            self.run("commit")
        except BaseException as error:
            if self._connection.in_transaction:  # SQLite ends it itself when the disk is full
                self.run("rollback")
            if _refused(error):
                raise _cannot_be_written(self.folder, error) from error
            raise


def storable(value: object) -> object:
    """Text that SQLite can keep: halves of characters, which no file should hold, are written out."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _refused(error: BaseException) -> bool:
    return isinstance(error, sqlite.OperationalError) and any(one in str(error) for one in REFUSALS)


def _cannot_be_written(folder: Path, error: BaseException) -> UsedWronglyError:
    return UsedWronglyError(
        "its store cannot be written",
        where=Place(file=folder.name),
        why=str(error),
        mend="see that you may write there and that the disk is not full; nothing was changed",
    )


def not_a_result(folder: Path) -> UsedWronglyError:
    """The error for a folder that `resolve` did not write."""
    what = "there is no such folder" if not folder.exists() else "it is no result folder"
    return UsedWronglyError(what, where=Place(file=folder.name), mend="name a folder that `concerted resolve` wrote")


def _connect(path: Path, mode: str) -> Any:
    connection = sqlite.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma secure_delete = on")  # what is erased is overwritten
    return connection


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one, so that they stay in the transaction that is open."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite.complete_statement(waiting):
            yield waiting
            waiting = ""
