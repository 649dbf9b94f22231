"""Feeds: what one organisation delivers by one profile, week after week, and the rows of it that stand.

Of every feed the folder keeps which rows stand: the key of each, and a keyed digest of its cells. So a row that arrives
again as it was is known without being read, and what a later delivery no longer holds can be found.
"""

import hashlib
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk.store import RECORDS
from concerted.extracts import Profile
from concerted.extracts.chunks import KIND_MARK
from concerted.extracts.sources import constant_source

ANY: Final = "*"  # stands for the source where it is in a column
MEMORY: Final = "256MB"
_SCHEMA: Final = pa.schema(
    [("source", pa.string()), ("record_id", pa.string()), ("digest", pa.binary(16)), ("profile", pa.string())]
)
_ARRIVED: Final = f"""
SELECT source, substr(record_id, strpos(record_id, '{KIND_MARK}') + 1) AS record_id, digest, $profile AS profile
FROM read_parquet($files)
"""
_MISSING: Final = (
    "SELECT source, record_id FROM old ANTI JOIN arrived USING (source, record_id) "
    "ANTI JOIN aside USING (source, record_id) ORDER BY ALL"
)
_OVERLAID: Final = "SELECT * FROM arrived UNION ALL SELECT * FROM old ANTI JOIN arrived USING (source, record_id)"


def feed_of(profile: Profile, name: str) -> str:
    """The feed that a file of this name belongs to."""
    return f"{profile.id}:{ANY if profile.source.column else constant_source(profile, name)}"


def reading_of(text: str) -> str:
    """A profile as it reads: rows that another text read are read again."""
    return hashlib.sha256(text.encode()).hexdigest()


def rows_of(key: RecordKey) -> list[tuple[str, str]]:
    """The row that a record may be of: one with its very id, or the row that it is a part of."""
    whole = key.record_id.rpartition("/")[0]
    return [(key.source, one) for one in (key.record_id, whole) if one]


class FeedRows:
    """The rows of one feed that stand."""

    def __init__(self, folder: Path, feed: str) -> None:
        self.path = folder / RECORDS / f"feed-{hashlib.sha256(feed.encode()).hexdigest()[:16]}.parquet"

    def digests(self, reading: str) -> bytes:
        """Of the rows that this very profile read."""
        if not self.path.exists():
            return b""
        table = pq.read_table(self.path, columns=["digest"], filters=[("profile", "=", reading)])
        return b"".join(table["digest"].to_pylist())

    def count(self) -> int:
        """How many rows stand."""
        return int(pq.read_metadata(self.path).num_rows) if self.path.exists() else 0

    def overlay(self, arrived: Sequence[Path], reading: str) -> None:
        """Take in what arrived: a key that stood has its new digest. arrived: files of keys."""
        with connected(self.path.parent) as connection:
            self._load(connection, arrived, reading)
            self._write(connection.execute(_OVERLAID).to_arrow_table())

    def compare(
        self, arrived: Sequence[Path], reading: str, put_aside: Sequence[tuple[str, str]], *, snapshot: bool
    ) -> "Compared":
        """What of the rows that stood did not arrive, and what arrived otherwise than it stood, or is read otherwise.

        put_aside: keys of rows that arrived and went to quarantine. snapshot: whether all that there is should have
        arrived; else nothing is missing.
        """
        with connected(self.path.parent) as connection:
            self._load(connection, arrived, reading)
            connection.execute("CREATE TEMP TABLE aside (source VARCHAR, record_id VARCHAR)")
            if put_aside:
                connection.executemany("INSERT INTO aside VALUES (?, ?)", [list(one) for one in put_aside])
            missing = connection.execute(_MISSING).fetchall() if snapshot else []
            again = connection.execute(
                "SELECT DISTINCT source, record_id FROM arrived SEMI JOIN old USING (source, record_id) "
                "ANTI JOIN old AS same USING (source, record_id, digest, profile) ORDER BY ALL"
            ).fetchall()
        return Compared([(str(one), str(two)) for one, two in missing], [(str(one), str(two)) for one, two in again])

    def forget(self, keys: Sequence[tuple[str, str]]) -> None:
        """These rows no longer stand: when they arrive again they are read."""
        if not self.path.exists():
            return
        gone = set(keys)
        table = pq.read_table(self.path)
        pairs = zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)
        self._write(table.filter(pa.array([pair not in gone for pair in pairs], pa.bool_())))

    def put_back(self, rows: Mapping[tuple[str, str], tuple[bytes, str] | None]) -> None:
        """What stands of these rows now, each with its digest and how it was read; None of one that stands no more."""
        if not self.path.exists():
            return
        table = pq.read_table(self.path)
        pairs = zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)
        left = table.filter(pa.array([pair not in rows for pair in pairs], pa.bool_()))
        new = [[*key, *told] for key, told in rows.items() if told is not None]
        columns = zip(*new, strict=True) if new else ([], [], [], [])
        added = pa.table(
            [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)], _SCHEMA
        )
        self._write(pa.concat_tables([left, added]))

    def standing(self) -> set[tuple[str, str]]:
        """The keys of the rows that stand."""
        if not self.path.exists():
            return set()
        table = pq.read_table(self.path, columns=["source", "record_id"])
        return set(zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True))

    def _load(self, connection: duckdb.DuckDBPyConnection, arrived: Sequence[Path], reading: str) -> None:
        old = pq.read_table(self.path) if self.path.exists() else _SCHEMA.empty_table()
        connection.register("old", old)
        connection.execute(
            f"CREATE TEMP TABLE arrived AS {_ARRIVED}", {"profile": reading, "files": list(map(str, arrived))}
        )

    def _write(self, table: pa.Table) -> None:
        new = self.path.with_suffix(".new")
        pq.write_table(table.cast(_SCHEMA), new, compression="zstd")
        new.replace(self.path)


class Compared:
    """missing: keys of rows that stood and did not arrive. again: of rows that arrived otherwise than they stood."""

    def __init__(self, missing: list[tuple[str, str]], again: list[tuple[str, str]]) -> None:
        self.missing, self.again = missing, again


@contextmanager
def connected(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB for a question or two, its memory bounded. spill: a folder in which it may put what does not fit."""
    place = spill / f".spill-{uuid.uuid4().hex[:8]}"
    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "temp_directory": str(place),
        "threads": 1,
        "autoload_known_extensions": False,
    }
    try:
        with duckdb.connect(":memory:", config=settings) as connection:
            yield connection
    finally:
        shutil.rmtree(place, ignore_errors=True)
