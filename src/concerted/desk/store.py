"""The file store: a result folder is the store. One SQLite file, Parquet beside it; the rest are views of these.

`store.sqlite` has no key. `records/NNN.parquet` holds the records of delivery NNN and never changes;
`records/current.parquet`, once something was mended, the records that count; `pairs.parquet` every pair compared;
`standing/` how records were compared, to which changes are joined.
"""

import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from sqlcipher3 import dbapi2 as sqlite

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import recover, settle
from concerted.desk.schema import FINDINGS, INDEXES, OLDEST, RELEASES, SCHEMA, VERSION
from concerted.desk.schema_links import LINKS

DATABASE: Final = "store.sqlite"
RECORDS: Final = "records"
PAIRS: Final = "pairs.parquet"
MATCH: Final = "match"  # the picture written down for questions, when the first was asked
STANDING: Final = "standing"  # what linking found, so that a change looks only at what it touches
TRUTH: Final = "truth.csv"
LOG: Final = "log.jsonl"
THINGS: Final = {kind: f"entities-{kind}.csv" for kind in ("location", "telephone", "vehicle", "account")}
FOUND: Final = "findings.json"
NETWORKS: Final = "networks.html"
VIEWS: Final = (
    *("entities.csv", "links.csv", "review.csv", "model.json", "summary.json", "report.html", "quality.html"),
    *(FOUND, NETWORKS),
)
FAIRNESS: Final = "fairness.html"  # made by `evaluate`, and gone when the folder changes: it was of the old result
OURS: Final = frozenset(
    {DATABASE, f"{DATABASE}-journal", RECORDS, PAIRS, STANDING, MATCH, TRUTH, LOG, FAIRNESS, *VIEWS, *THINGS.values()}
)
REFUSALS: Final = ("readonly database", "disk is full", "disk I/O error")  # what SQLite says that the system refused
CACHE: Final = 256 * 1024  # KiB of a store's pages that are kept in memory while it is built aside
WAIT: Final = 5.0  # seconds for another command that writes in the same folder
_File = tuple[int, int]  # which file it is, whatever its name: device and inode


class Store:
    """An open result folder. Use it in a `with` block."""

    def __init__(self, folder: Path, mode: str, *, aside: bool = False) -> None:
        """aside: the folder is built where nobody looks, and stands only once it is whole."""
        self.folder = folder
        self._mode, self._aside = mode, aside
        self._connection, self._file = _connected(folder, mode)
        if aside:
            self._connection.execute("pragma synchronous = off")  # a crash leaves nothing: the folder does not stand
            self._connection.execute(f"pragma cache_size = {-CACHE}")

    @classmethod
    def create(cls, folder: Path, secret: bytes | None = None) -> Self:
        """A new store in this folder, which is built aside. secret: what permanent ids are made with; a new one when
        not given."""
        _connect(folder / DATABASE, "rwc").close()
        store = cls(folder, "rw", aside=True)
        (folder / RECORDS).mkdir()
        with store.writing():
            for statement in statements(SCHEMA + LINKS + RELEASES + FINDINGS + INDEXES):
                store.run(statement)
            store.put("version", str(VERSION))
            store.put("secret", (secret or secrets.token_bytes(32)).hex())
        return store

    @classmethod
    def open(cls, folder: Path, *, to_read: bool = False, older: bool = False) -> Self:
        """The store in this folder. Raises UsedWronglyError when the folder is none, or of another version. to_read: it
        is not written in, so that nobody who writes has to wait. older: to be upgraded, if it can be."""
        try:
            store, version = cls._opened(folder, to_read=to_read)
        except sqlite.DatabaseError as error:
            raise UsedWronglyError(
                "its store cannot be read", where=Place(file=folder.name), why=str(error), mend="write the folder again"
            ) from error
        if not (older and version.isdecimal() and OLDEST <= int(version) <= VERSION):
            _refuse_another(folder, version)
        return store

    @classmethod
    def _opened(cls, folder: Path, *, to_read: bool) -> tuple[Self, str]:
        """The store, and which version it is of. What a killed command left half written is taken back first, which
        takes who may write."""
        if to_read:
            with suppress(sqlite.OperationalError):
                store = cls(folder, "ro")
                return store, store.get("version")
        store = cls(folder, "rw")
        return store, store.get("version")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, raised: type[BaseException] | None, *_: object) -> None:
        self._connection.close()
        if self._aside and raised is None:
            settle(self.folder / DATABASE)

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

    def copy_to(self, folder: Path) -> Self:
        """Write down what is committed as the store of another folder, which is built aside. SQLite reads it: who opens
        and closes the file beside SQLite ends every lock that this process holds on it."""
        places = (_connect(self.folder / DATABASE, "ro"), _connect(folder / DATABASE, "rwc"))
        with closing(places[0]) as source, closing(places[1]) as target:
            target.execute("pragma synchronous = off")
            source.backup(target)
        return type(self)(folder, "rw", aside=True)

    @property
    def secret(self) -> bytes:
        """What permanent ids are made with."""
        return bytes.fromhex(self.get("secret"))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Who comes second waits up to WAIT seconds, and works on what the first
        left; UsedWronglyError when the first is not done by then."""
        try:
            self._begin()
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

    def _begin(self) -> None:
        """The lock of the store that is in the folder now. Another may have come in its place while we waited, and who
        holds the old one holds nothing."""
        self.run("begin immediate")
        while _file_in(self.folder) != self._file:
            self._connection.close()
            self._connection, self._file = _connected(self.folder, self._mode)
            self.run("begin immediate")
            _refuse_another(self.folder, self.get("version"))


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


def _refuse_another(folder: Path, version: str) -> None:
    """Say what is to be done with a store that is not of this version."""
    if version == str(VERSION):
        return
    number = int(version) if version.isdecimal() else 0
    if number > VERSION:
        why, mend = "it is newer than this program", "take that version of Concerted, or a later one"
    elif number >= OLDEST:
        why, mend = "", f"`concerted upgrade {folder}` makes it one of this version, and changes nothing else"
    else:
        why, mend = "it is too old to be upgraded", "run `concerted resolve` again into a new folder"
    raise UsedWronglyError(
        f"the folder was written by another version of Concerted (its store is {version}, ours {VERSION})",
        where=Place(file=folder.name),
        why=why,
        mend=mend,
    )


def _file_in(folder: Path) -> _File:
    """Which file the store in this folder is. Waits while another folder is put in its place, and finishes what a
    killed replacement left. Raises UsedWronglyError when there is none."""
    for _ in range(2):
        with suppress(FileNotFoundError, NotADirectoryError):
            found = (folder / DATABASE).stat()
            if stat.S_ISREG(found.st_mode):
                return found.st_dev, found.st_ino
        if not folder.exists():
            recover(folder.absolute())
    raise not_a_result(folder)


def _connected(folder: Path, mode: str) -> tuple[Any, _File]:
    """A connection to the store in this folder, and which file that is, though it be replaced just then."""
    while True:
        before = _file_in(folder)
        try:
            connection = _connect(folder / DATABASE, mode)
        except sqlite.OperationalError:
            if _file_in(folder) == before:
                raise
            continue
        if _file_in(folder) == before:
            return connection, before
        connection.close()


def _connect(path: Path, mode: str) -> Any:
    connection = sqlite.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma secure_delete = on")  # what is erased is overwritten
    return connection


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one, so that they stay in the transaction that is open."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite.complete_statement(waiting):
            yield waiting
            waiting = ""
