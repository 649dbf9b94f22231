"""Rows that have the record id of an earlier one: in the same file, and in another file of the same command.

DuckDB finds them among the staged keys with its memory bounded, spilling to disk; nothing here grows with the file.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import duckdb

MEMORY: Final = "64MB"

# Most files hold no repeat. So only hashes of the keys are counted first; what occurs twice is then looked at exactly.
_CANDIDATES: Final = """
CREATE OR REPLACE TEMP TABLE candidates AS
WITH keys AS NOT MATERIALIZED (SELECT *, hash(source, record_id) AS mark FROM read_parquet($files)),
     twice AS (SELECT mark FROM keys GROUP BY mark HAVING count(*) > 1)
SELECT file, "row", source, record_id, content FROM keys SEMI JOIN twice USING (mark)
"""
_IN_FILES: Final = """
INSERT INTO repeats
SELECT file, "row", first_row, content = first_content FROM (
    SELECT file, "row", content,
           first_value("row") OVER one AS first_row, first_value(content) OVER one AS first_content
    FROM candidates WINDOW one AS (PARTITION BY file, source, record_id ORDER BY "row"))
WHERE "row" > first_row
"""
_ACROSS: Final = """
CREATE OR REPLACE TEMP TABLE across AS
SELECT * FROM (
    SELECT file, "row", source, record_id, content,
           first_value(file) OVER one AS first_file, first_value("row") OVER one AS first_row,
           first_value(content) OVER one AS first_content
    FROM candidates ANTI JOIN repeats USING (file, "row")
    WINDOW one AS (PARTITION BY source, record_id ORDER BY file, "row"))
WHERE file > first_file
"""
_CLASH: Final = """
SELECT source, record_id, first_file, first_row, file, "row" FROM across
WHERE content <> first_content ORDER BY file, "row" LIMIT 1
"""
_KEYS: Final = frozenset({"source", "record_id", "row"})


class Repeat(NamedTuple):
    """A row with the record id of an earlier row of its file, numbered `first`. same: its content is the same too."""

    row: int
    first: int
    same: bool


class Clash(NamedTuple):
    """One record id with different content in two files, by the files' numbers."""

    source: str
    record_id: str
    first_file: int
    first_row: int
    file: int
    row: int


class Repeats:
    """What repeats among the keys of the files of one command. spill: a folder that may be written in."""

    def __init__(self, keys: Sequence[Path], spill: Path) -> None:
        self._keys = keys
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": str(spill),
            "threads": 1,
            "autoload_known_extensions": False,
        }
        self._connection = duckdb.connect(":memory:", config=settings)

    def __enter__(self) -> Self:
        self._connection.execute('CREATE TEMP TABLE repeats (file INT, "row" BIGINT, first_row BIGINT, same BOOLEAN)')
        self._connection.execute(_CANDIDATES, {"files": [str(path) for path in self._keys]})
        self._connection.execute(_IN_FILES)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def count(self, file: int, *, same: bool) -> int:
        """How many rows of a file repeat an earlier one, the same or differing."""
        asked = "SELECT count(*) FROM repeats WHERE file = ? AND same = ?"
        return int(self._one(asked, file, same)[0])

    def between(self, file: int, low: int, high: int) -> list[Repeat]:
        """The repeats of a file whose row numbers lie between the two, both included, in order."""
        asked = 'SELECT "row", first_row, same FROM repeats WHERE file = ? AND "row" BETWEEN ? AND ? ORDER BY "row"'
        return list(map(Repeat._make, self._connection.execute(asked, [file, low, high]).fetchall()))

    def rows_between(self, file: int, low: int, high: int, *, same: bool = True) -> list[int]:
        """The numbers of those rows. same: also of those whose content is the same."""
        return [repeat.row for repeat in self.between(file, low, high) if same or not repeat.same]

    def across(self) -> Clash | None:
        """Compare the files with each other. Gives the first record that two of them tell differently, if there is one;
        else what stands the same in an earlier file counts from here on as repeated."""
        self._connection.execute(_ACROSS)
        clash = self._connection.execute(_CLASH).fetchone()
        if clash:
            return Clash._make(clash)
        self._connection.execute('INSERT INTO repeats SELECT file, "row", first_row, true FROM across')
        return None

    def earlier(self, file: int, records: Path, taken: Sequence[Path]) -> None:
        """Compare a file's records with those of extracts taken before: what stands there already is a repeat."""
        find = [str(path) for path in taken]
        asked = "SELECT * FROM read_parquet($files, union_by_name=true) LIMIT 0"
        there = {column[0] for column in self._connection.execute(asked, {"files": find}).description}
        here = self._connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(records)]).description
        told = [name for name, *_ in here if name in there and f"{name}_as_given" not in there and name not in _KEYS]
        alike = [f"coalesce(new.{_quoted(name)}, '') = coalesce(old.{_quoted(name)}, '')" for name in told]
        self._connection.execute(
            f"""
            INSERT INTO repeats
            SELECT $file, new."row", min(old."row"), bool_and(old."row" IS NOT NULL AND {" AND ".join(alike) or "true"})
            FROM read_parquet($records) AS new
            LEFT JOIN read_parquet($files, union_by_name=true) AS old USING (source, record_id)
            WHERE new."row" NOT IN (SELECT "row" FROM repeats WHERE file = $file)
            GROUP BY new."row" HAVING min(old."row") IS NOT NULL
            """,
            {"file": file, "records": str(records), "files": find},
        )

    def _one(self, asked: str, *values: object) -> tuple[int]:
        found = self._connection.execute(asked, values).fetchone()
        return (int(found[0]),) if found else (0,)


def _quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'
