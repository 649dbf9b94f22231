"""The places, telephones, vehicles and accounts that the records of a folder mention, joined and kept."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow.parquet as pq

from concerted.common.ids import RecordKey, permanent_id
from concerted.desk.current import record_files
from concerted.desk.results import entities
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS, SEVERAL_JOINED, Kind
from concerted.linkage.things import Mention, Thing, ThingKind, join_things

Row = dict[str, str | None]

# Fields that mention a thing, by what it is of. A place is told by several fields together.
_SINGLE: Final[dict[str, ThingKind]] = {
    "phone": "telephone",
    "phone_from": "telephone",
    "phone_to": "telephone",
    "registration": "vehicle",
    "other_registration": "vehicle",
    "handle": "account",
    "email": "account",
}
_PLACE: Final = ("address", "town", "postcode")
_NAMED: Final[dict[Kind, str]] = {"location": "name", "event": "place"}
_ABOUT: Final = ("make", "model", "colour", "platform")
_READ: Final = frozenset({"source", "record_id", "person", *_SINGLE, *_PLACE, *_ABOUT, "name", "place"})


def join_anew(store: Store) -> None:
    """Join everything that the records mention, in place of what was kept before."""
    store.run("delete from thing")
    found = join_things(list(mentions(store)))
    store.run_many(f"insert into thing values ({', '.join('?' * 10)})", _rows(store, found))


def mentions(store: Store) -> Iterator[Mention]:
    """Everything that the records mention: by kind of record, and in the order in which they came."""
    people = entities(store)
    for kind in KINDS:
        for path in record_files(store, kind):
            columns = [name for name in pq.read_schema(path).names if name in _READ]
            for row in pq.read_table(path, columns=columns).to_pylist():
                yield from _of(row, kind, people)


def _of(row: dict[str, Any], kind: Kind, people: dict[RecordKey, str]) -> Iterator[Mention]:
    source, record_id = row["source"], row["record_id"]
    holder = record_id if kind == "person" else row.get("person")
    person = people.get(RecordKey(source, holder)) if holder else None
    about = " ".join(row[name] for name in _ABOUT if row.get(name)) or None
    for field, of in _SINGLE.items():
        for value in (row.get(field) or "").split(SEVERAL_JOINED):
            if value:
                yield Mention(of, source, record_id, kind, field, value, person=person, about=about)
    name = row.get(_NAMED[kind]) if kind in _NAMED else None
    if name or row.get("address"):
        told = {field: row.get(field) for field in _PLACE}
        value = ", ".join(text for text in (name, *told.values()) if text)
        yield Mention(
            "location", source, record_id, kind, "address" if told["address"] else "place", value,
            person=person, name=name, **told,
        )  # fmt: skip


def _rows(store: Store, found: list[Thing]) -> Iterator[tuple[object, ...]]:
    """A thing is shown under its earliest mention and named by a keyed hash of it, as an entity is."""
    ids: dict[int, str] = {}
    for number, thing in enumerate(found):
        one = thing.mention
        if thing.first not in ids:
            first = found[thing.first].mention
            told = RecordKey(first.source, f"{first.record_id}\x1f{first.kind}\x1f{first.field}\x1f{first.value}")
            ids[thing.first] = permanent_id(store.secret, told, 0)
        yield (
            number, one.kind, one.source, one.record_id, one.record_kind, one.field, one.value, ids[thing.first],
            thing.how, thing.reason,
        )  # fmt: skip
