"""The graph of a result folder: of the records that count now, as they are joined now."""

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import PERMANENT, RecordKey
from concerted.desk import deliveries
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


def graph_of(store: Store) -> Graph:
    """The graph of the folder, as of the day of its last delivery."""
    return graph(records(store), deliveries.as_of(store))


def node_named(store: Store, graph: Graph, text: str) -> int:
    """The node of what is named by SOURCE:ID, or by the permanent id of a person. Raises UsedWronglyError, of what went
    or is not to be seen as of what never was."""
    key = _by_id(store, text) if PERMANENT.fullmatch(text) else RecordKey.parse(text)
    node = graph.node_at(key) if key else None
    if node is None:
        raise UsedWronglyError(
            f"{text} is not among the records",
            mend="name a person, place, telephone, vehicle, account, event, order or case by source, colon, record_id",
        )
    return node


def _by_id(store: Store, text: str) -> RecordKey | None:
    found = store.run("select source, record_id from member where permanent_id = ?", [text]).fetchone()
    return RecordKey(*found) if found else None


def _table(store: Store, kind: Kind) -> pa.Table | None:
    parts = []
    for path in record_files(store, kind):
        held = pq.read_schema(path).names
        parts.append(pq.read_table(path, columns=[name for name in COLUMNS[kind] if name in held]))
    return pa.concat_tables(parts, promote_options="default") if parts else None


def _columns(store: Store, table: str, names: tuple[str, ...]) -> pa.Table:
    rows = store.run(f"select {', '.join(names)} from {table}").fetchall()
    return pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})
