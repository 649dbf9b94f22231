"""What events and relations of a folder say of two people: that they are two."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk.current import record_files
from concerted.desk.store import Store
from concerted.extracts.fields import Kind
from concerted.linkage import Witness

Row = dict[str, str | None]
KINDS: Final[tuple[Kind, ...]] = ("event", "person_in_event", "relation")


def witnesses(store: Store) -> list[Witness]:
    """One for each event with two people or more, and for each relation between two."""
    return [*_events(store), *_relations(store)]


def _events(store: Store) -> Iterator[Witness]:
    present: defaultdict[RecordKey, set[RecordKey]] = defaultdict(set)
    for row in _rows(store, "person_in_event", ("event", "person")):
        if row["event"] and row["person"]:
            present[_key(row, "event")].add(_key(row, "person"))
    there = {_key(row, "record_id") for row in _rows(store, "event", ())}
    for event, members in present.items():
        if event in there and len(members) > 1:
            yield Witness("one_event", event, tuple(sorted(members)))


def _relations(store: Store) -> Iterator[Witness]:
    for row in _rows(store, "relation", ("person", "other_person")):
        if row["person"] and row["other_person"] and row["person"] != row["other_person"]:
            yield Witness("related", _key(row, "record_id"), (_key(row, "person"), _key(row, "other_person")))


def _rows(store: Store, kind: Kind, fields: tuple[str, ...]) -> Iterator[Row]:
    """The records of a kind that count, by these columns; empty where a file has none."""
    for path in record_files(store, kind):
        held = [name for name in ("source", "record_id", *fields) if name in pq.read_schema(path).names]
        for row in pq.read_table(path, columns=held).to_pylist():
            yield {name: row.get(name) for name in ("source", "record_id", *fields)}


def _key(row: Row, field: str) -> RecordKey:
    return RecordKey(row["source"] or "", row[field] or "")
