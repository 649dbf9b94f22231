"""Which records count otherwise in one store than in another: those that come or are told otherwise, and those gone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk.current import record_files
from concerted.desk.feeds import connected
from concerted.desk.store import RECORDS, Store
from concerted.linkage.link import record_keys
from concerted.linkage.standard import standardise

_KEY: Final = ("source", "record_id")
_ROW: Final = "row"  # where it stood in its file, which says nothing of the person


def between(old: Store, new: Store) -> tuple[list[RecordKey], pa.Table | None]:
    """The keys of records that count in `old` and not in `new`; and those that count in `new` alone, or otherwise,
    standardised, in their order, if there are any."""
    files = record_files(old), record_files(new)
    if same(*files):
        return [], None
    with connected(new.folder / RECORDS) as connection:
        _named(connection, *files)
        gone = _found(connection, "SELECT source, record_id FROM old ANTI JOIN new USING (source, record_id)")
        come = _found(connection, "SELECT source, record_id FROM new ANTI JOIN old USING (source, record_id, said)")
    return sorted(gone), _standardised(new.folder / RECORDS, files[1], come) if come else None


def same(old: Sequence[Path], new: Sequence[Path]) -> bool:
    """Whether these are the very same files, which never change."""
    return len(old) == len(new) and all(one.samefile(other) for one, other in zip(old, new, strict=True))


def _named(connection: duckdb.DuckDBPyConnection, old: Sequence[Path], new: Sequence[Path]) -> None:
    """The two as views: the key of each record, and a hash of all that it says."""
    held = [{name for path in files for name in pq.read_schema(path).names} for files in (old, new)]
    names = sorted((held[0] | held[1]) - {_ROW})
    for view, files, there in zip(("old", "new"), (old, new), held, strict=True):
        said = ", ".join(f"{_quoted(name) if name in there else 'NULL'}::VARCHAR" for name in names)
        connection.execute(f"CREATE VIEW {view} AS SELECT source, record_id, hash({said}) AS said FROM {_rows(files)}")


def _rows(files: Sequence[Path]) -> str:
    if not files:
        return "(SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS record_id WHERE false)"
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{listed}], union_by_name=true)"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _found(connection: duckdb.DuckDBPyConnection, asked: str) -> set[RecordKey]:
    columns = connection.execute(asked).fetchnumpy()
    return set(map(RecordKey, *(columns[name].tolist() for name in _KEY)))


def _standardised(folder: Path, files: Sequence[Path], wanted: set[RecordKey]) -> pa.Table:
    """These records of the files, in their order."""
    place = folder / "coming.parquet"
    ids = pa.array([key.record_id for key in wanted], pa.string())
    near = pa.concat_tables(
        [pq.read_table(path, filters=pc.field("record_id").isin(ids)) for path in files],
        promote_options="default",
    )
    pq.write_table(near.filter(pa.array([key in wanted for key in record_keys(near)], pa.bool_())), place)
    try:
        return standardise([place])
    finally:
        place.unlink()
