"""The graph of a result folder: of the records that count now, as they are joined now."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.desk.current import record_files
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS, Kind
from concerted.networks import Graph, Records, graph
from concerted.networks.records import COLUMNS, ENTITIES, THINGS


def records(store: Store) -> Records:
    """What the graph is made from. Of columns that it does not read none is read from the disk."""
    tables = {kind: table for kind in KINDS if (table := _table(store, kind)) is not None}
    entities = _columns(store, "member", ENTITIES)
    return Records(tables, entities, _columns(store, "thing", THINGS))


def graph_of(store: Store, as_of: date) -> Graph:
    """The graph of the folder as of a day."""
    return graph(records(store), as_of)


def _table(store: Store, kind: Kind) -> pa.Table | None:
    parts = []
    for path in record_files(store, kind):
        held = pq.read_schema(path).names
        parts.append(pq.read_table(path, columns=[name for name in COLUMNS[kind] if name in held]))
    return pa.concat_tables(parts, promote_options="default") if parts else None


def _columns(store: Store, table: str, names: tuple[str, ...]) -> pa.Table:
    rows = store.run(f"select {', '.join(names)} from {table}").fetchall()
    return pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})
