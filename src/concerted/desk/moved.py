"""What a delivery brought: records that are new, records told otherwise than before, and which fields moved how."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk.feeds import connected

_KEYS = frozenset({"source", "record_id", "row"})
_AS_GIVEN = "_as_given"
Moves = dict[str, tuple[int, int, int]]
"""By field, of records that stood before: how often it was filled, emptied, and changed from one value to another."""


def moved(old: Sequence[Path], new: Sequence[Path]) -> tuple[int, int, Moves]:
    """Of one kind: how many records of `new` are not in `old`, how many are there with other values, and what moved."""
    if not new:
        return 0, 0, {}
    if not old:
        return sum(pq.read_metadata(path).num_rows for path in new), 0, {}
    with connected(new[0].parent) as connection:
        columns = _views(connection, old, new)
        total = _one(connection, "SELECT count(*) FROM new")[0]
        known = _one(connection, "SELECT count(*) FROM new SEMI JOIN old USING (source, record_id)")[0]
        if not columns:
            return total - known, 0, {}
        asked = ", ".join(f"{count}" for name in columns for count in _counts(name))
        differs = " OR ".join(f"{_text('new', name)} <> {_text('old', name)}" for name in columns)
        joined = "FROM new JOIN old USING (source, record_id)"
        changed = _one(connection, f"SELECT count(*) {joined} WHERE {differs}")[0]
        counts = _one(connection, f"SELECT {asked} {joined}")
    moves = {name: (counts[3 * at], counts[3 * at + 1], counts[3 * at + 2]) for at, name in enumerate(columns)}
    return total - known, changed, {name: move for name, move in moves.items() if any(move)}


def elsewhere(old: Sequence[Path], new: Sequence[Path]) -> RecordKey | None:
    """A record of `new` that `old` tells otherwise, if there is one: two feeds may not differ on one record."""
    if not old or not new:
        return None
    with connected(new[0].parent) as connection:
        columns = _views(connection, old, new)
        differs = " OR ".join(f"{_text('new', name)} <> {_text('old', name)}" for name in columns)
        if not differs:
            return None
        found = connection.execute(
            f"SELECT source, record_id FROM new JOIN old USING (source, record_id) WHERE {differs} ORDER BY ALL LIMIT 1"
        ).fetchone()
    return RecordKey(*found) if found else None


def _views(connection: duckdb.DuckDBPyConnection, old: Sequence[Path], new: Sequence[Path]) -> list[str]:
    """The latest records of the two as views, each with every column, and the fields that either has."""
    names: dict[str, None] = {}
    for view, files in (("old", old), ("new", new)):
        _name(connection, view, files)
        names.update(dict.fromkeys(_columns(connection, view)))
    for view in ("old", "new"):
        there = set(_columns(connection, view))
        lacking = "".join(f", NULL::VARCHAR AS {_quoted(name)}" for name in names if name not in there)
        connection.execute(f"CREATE VIEW {view} AS SELECT *{lacking} FROM {view}_as_is")
    return [name for name in names if name not in _KEYS and not name.endswith(_AS_GIVEN)]


def _name(connection: duckdb.DuckDBPyConnection, view: str, files: Sequence[Path]) -> None:
    """A view of these files: of a record that stands in several, what the last of them has."""
    listed = "[" + ", ".join(f"'{str(path).replace(chr(39), chr(39) * 2)}'" for path in files) + "]"
    rows = f"read_parquet({listed}, union_by_name=true, filename=true)"
    if len(files) > 1:
        place = f"list_position({listed}, filename)"
        last = f"SELECT source, record_id, max({place}) AS place FROM {rows} GROUP BY ALL"
        rows = f"{rows} AS one SEMI JOIN ({last}) AS last ON one.source = last.source "
        rows += f"AND one.record_id = last.record_id AND {place} = last.place"
    connection.execute(f"CREATE VIEW {view}_as_is AS SELECT * EXCLUDE (filename) FROM {rows}")


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"DESCRIBE {view}_as_is").fetchall()]


def _counts(name: str) -> tuple[str, str, str]:
    new, old = _text("new", name), _text("old", name)
    return (
        f"sum(({old} = '' AND {new} <> '')::INT)",
        f"sum(({old} <> '' AND {new} = '')::INT)",
        f"sum(({old} <> '' AND {new} <> '' AND {old} <> {new})::INT)",
    )


def _text(view: str, name: str) -> str:
    return f"coalesce({view}.{_quoted(name)}, '')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _one(connection: duckdb.DuckDBPyConnection, asked: str) -> list[int]:
    return [int(count or 0) for count in connection.execute(asked).fetchone() or (0,)]
