"""The graph of a result folder: of the records that count now, as they are joined now."""

from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import json

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import PERMANENT, RecordKey
from concerted.desk import deliveries
from concerted.desk.current import record_files
from concerted.desk.store import RECORDS, Store
from concerted.extracts.fields import KINDS, PERSON, Kind
from concerted.networks import Graph, Records, graph
from concerted.networks.records import COLUMNS, ENTITIES, THINGS
from concerted.values import REGISTRATION, TELEPHONE

_ROWS: Final = 50_000  # that are read at a time


def records(store: Store) -> Records:
    """What the graph is made from. Of columns that it does not read none is read from the disk. Raises UsedWronglyError
    where files of records are damaged or not there: what they held would be told of as if it never was."""
    try:
        tables = {kind: table for kind in KINDS if (table := _table(store, kind)) is not None}
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(store, str(error)) from error
    here = tables[PERSON].num_rows if PERSON in tables else 0
    if here < (wanted := store.count("member")):
        raise _unreadable(store, f"its folder {RECORDS} has {here:,} records of people, and its store {wanted:,}")
    entities = _columns(store, "member", ENTITIES)
    return Records(tables, entities, _columns(store, "thing", THINGS))


def graph_of(store: Store) -> Graph:
    """The graph of the folder, as of its own day."""
    return graph(records(store), deliveries.as_of(store))


def node_named(store: Store, graph: Graph, text: str) -> int:
    """The node of what is named by SOURCE:ID, by the permanent id of a person, or of a thing by its value: a telephone
    number, a registration, an address as it stands in `entities-location.csv`. Raises UsedWronglyError, of what went
    or is not to be seen as of what never was."""
    key = _by_id(store, text) if PERMANENT.fullmatch(text) else RecordKey(*text.partition(":")[::2])
    node = graph.node_at(key) if key else None
    node = _by_value(store, graph, text) if node is None else node
    if node is None:
        raise UsedWronglyError(
            f"{text} is not among the records",
            mend="name a record by source, colon and record_id, or a place, telephone, vehicle or account by its value",
        )
    return node


def _unreadable(store: Store, why: str) -> UsedWronglyError:
    place = Place(file=store.folder.name)
    return UsedWronglyError("its records cannot be read", where=place, why=why, mend="write the folder again")


def _by_id(store: Store, text: str) -> RecordKey | None:
    found = store.run("select source, record_id from member where permanent_id = ?", [text]).fetchone()
    return RecordKey(*found) if found else None


def _by_value(store: Store, graph: Graph, text: str) -> int | None:
    """The first thing that some record has under this value."""
    values = {text.casefold(), *(kind.clean(text).value or "" for kind in (TELEPHONE, REGISTRATION))} - {""}
    rows = store.run("select entity, value from thing").fetchall()
    things = {entity for entity, value in rows if value in values or value.casefold() in values}
    return graph.thing_called({value for entity, value in rows if entity in things})


def _table(store: Store, kind: Kind) -> pa.Table | None:
    parts = []
    for path in record_files(store, kind):
        held = pq.read_schema(path).names
        parts.append(pq.read_table(path, columns=[name for name in COLUMNS[kind] if name in held]))
    return pa.concat_tables(parts, promote_options="default") if parts else None


def _columns(store: Store, table: str, names: tuple[str, ...]) -> pa.Table:
    """Columns of text of a table of the store, so many rows of it at a time. SQLite writes them as JSON and Arrow reads
    it: in less than half of the time that a Python text for each value takes."""
    lists = ", ".join(f"'{name}', json_group_array({name})" for name in names)
    some = f"select json_object({lists}) from {table} where number >= ? and number < ?"
    parts = [pa.table({name: pa.array([], pa.string()) for name in names})]
    first, last = store.run(f"select min(number), max(number) from {table}").fetchone()
    for begin in range(first, last + 1, _ROWS) if first is not None else ():
        [told] = store.run(some, [begin, begin + _ROWS]).fetchone()
        parts.append(_read(told.encode(), names))
    return pa.concat_tables(parts)


def _read(told: bytes, names: tuple[str, ...]) -> pa.Table:
    """One object with a list of texts for each name."""
    schema = pa.schema([(name, pa.list_(pa.string())) for name in names])
    whole = json.ReadOptions(block_size=len(told) + 1)
    lists = json.read_json(pa.BufferReader(told), whole, json.ParseOptions(explicit_schema=schema))
    return pa.table({name: lists[name].combine_chunks().values for name in names})
