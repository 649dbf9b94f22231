"""The tables of a scope's records once they stand in their order, tied to each other."""

from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.extracts.fields import KIND_FIELDS, KINDS, PERSON, Kind
from concerted.networks.beside import beside
from concerted.networks.keys import NONE, Numbers, find, find_each, pick
from concerted.networks.people import Flags
from concerted.networks.periods import periods
from concerted.networks.records import MARKS, READ, Records
from concerted.networks.spans import Spans

TO: Final[dict[str, Kind]] = {kind: kind for kind in KINDS} | {"other_person": PERSON, "protected_person": PERSON}
"""The kind of record that a field names."""


class Held(NamedTuple):
    """tables: of each kind its records in order. first: the number of the first record of each kind, where records of
    all kinds are counted through. when: of each record the time of which it says something.

    refers: of each record of a kind the row of the record that a field of it names; NONE where that is not there.
    entity: of each person record the text of its entity. mentions: of things, by records that are there; said_in: of
    each the row of its record.
    """

    tables: dict[Kind, pa.Table]
    first: dict[Kind, int]
    when: dict[Kind, Spans]
    refers: dict[tuple[Kind, str], Numbers]
    entity: Any
    mentions: pa.Table
    said_in: Numbers

    @property
    def near(self) -> Flags:
        """Of each mention whether it is held to be its thing by a near key."""
        found: Flags = pc.fill_null(pc.equal(self.mentions["how"], "near"), False).to_numpy(zero_copy_only=False)
        return found

    def near_in(self, kind: Kind) -> Flags:
        """Of each record of a kind whether it mentions anything by a near key."""
        by = self.mentioned(kind)
        found = np.zeros(self.tables[kind].num_rows, bool)
        found[self.said_in[by[self.near[by]]]] = True
        return found

    def numbered(self, kind: Kind, rows: Numbers) -> Numbers:
        """The numbers of the records in these rows of a kind."""
        return np.where(rows == NONE, NONE, rows + self.first[kind]).astype(np.int32)

    def all_of(self, kind: Kind) -> Numbers:
        """The rows of a kind."""
        return np.arange(self.tables[kind].num_rows, dtype=np.int32)

    def mentioned(self, kind: Kind) -> Numbers:
        """The mentions by records of a kind, by row."""
        by = pc.equal(self.mentions["record_kind"], kind).to_numpy(zero_copy_only=False)
        return np.flatnonzero(by).astype(np.int32)


def held(records: Records) -> Held:
    """The records in their order, tied to each other."""
    with beside(sum(table.num_rows for table in records.tables.values())) as pool:
        told = pool.submit(records.mentions)
        tables = dict(zip(KINDS, pool.map(records.of, KINDS), strict=True))
        mentions = told.result()
    sizes = np.cumsum([0, *(tables[kind].num_rows for kind in KINDS)]).tolist()
    refers, said_in = _found(tables, mentions)
    entity = _entities(records.person_entities(), tables["person"])
    when = periods(tables, refers["person_in_event", "event"])
    first = dict(zip(KINDS, sizes, strict=False))
    there = said_in != NONE
    if not there.all():
        mentions, said_in = mentions.take(pa.array(np.flatnonzero(there))), said_in[there]
    return Held(tables, first, when, refers, entity, mentions, said_in)


def _entities(known: pa.Table, people: pa.Table) -> Any:
    """The text of the entity of each person record. Mostly the same records stand in both tables."""
    if all(known[name].equals(people[name]) for name in ("source", "record_id")):
        return known["entity"]
    return pick(known["entity"], find(known, people["source"], people["record_id"]))


def _found(tables: dict[Kind, pa.Table], mentions: pa.Table) -> tuple[dict[tuple[Kind, str], Numbers], Numbers]:
    """Of each record the row of each record that it names, and of each mention the row of the record that says it. A
    field names a record of the same source."""
    refers: dict[tuple[Kind, str], Numbers] = {}
    said = np.full(mentions.num_rows, NONE, np.int32)

    def look(to: Kind) -> None:
        fields = [(kind, field) for kind in KINDS for field in _references(kind) if TO[field] == to]
        by = np.flatnonzero(pc.equal(mentions["record_kind"], to).to_numpy(zero_copy_only=False))
        own = mentions.select(["source", "record_id"]).take(pa.array(by))
        wanted = [(tables[kind]["source"], tables[kind][field]) for kind, field in fields]
        *named, said[by] = find_each(tables[to], [*wanted, (own["source"], own["record_id"])])
        refers.update(zip(fields, named, strict=True))

    with beside(sum(table.num_rows for table in tables.values())) as pool:
        list(pool.map(look, KINDS))
    return refers, said


def _references(kind: Kind) -> list[str]:
    return [field for field in READ[kind] if KIND_FIELDS[kind][field].reference]


def all_records(of: Held) -> pa.Table:
    """Every record: its kind, key and marks. A part in an event has the marks of the event where it has none itself,
    and is handled as strictly as either says."""
    parts = []
    for number, kind in enumerate(KINDS):
        table = of.tables[kind].select(["source", "record_id", "recorded_on", *MARKS])
        if kind == "person_in_event":
            table = _as_its_event(of, table)
        codes = np.full(table.num_rows, number, np.int8)
        parts.append(table.append_column("kind", pa.DictionaryArray.from_arrays(codes, pa.array(KINDS))))
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _as_its_event(of: Held, parts: pa.Table) -> pa.Table:
    for name in ("recorded_on", *MARKS):
        event = pick(of.tables["event"][name], of.refers["person_in_event", "event"])
        said = stricter(name, parts[name], event)
        parts = parts.set_column(parts.column_names.index(name), name, said)
    return parts


def stricter(mark: str, own: Any, other: Any) -> Any:
    """Of two handling codes or classifications the stricter: C before P, OFFICIAL-SENSITIVE before OFFICIAL. Of other
    marks the own, else the other."""
    if mark == "handling":
        return pc.min_element_wise(own, other)
    return pc.max_element_wise(own, other) if mark == "classification" else pc.coalesce(own, other)
