"""Records that are restricted or erased: both hold for the source key, and before anything that arrives is compared.

A restricted record is kept and not used: it is in no entity, list or page. Of an erased one nothing is kept but a keyed
hash of its key, so that it does not come back with the next delivery.
"""

from collections.abc import Collection
from dataclasses import dataclass

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import deliveries
from concerted.desk.store import Store
from concerted.desk.who import refuse_nobody
from concerted.extracts.before import key_hash


@dataclass(frozen=True, slots=True)
class Ended:
    """One of them. key: SOURCE:ID of a restricted record, a keyed hash of that of an erased one."""

    act: str
    key: str
    who: str
    at: str
    why: str
    lifted_by: str | None = None
    lifted_at: str | None = None
    lifted_why: str | None = None


_SELECT = "select act, key, who, at, why, lifted_by, lifted_at, lifted_why from ended"


def all_of(store: Store) -> list[Ended]:
    """Every one, in the order in which they came, those that were lifted too."""
    return [Ended(*row) for row in store.run(f"{_SELECT} order by number")]


def keep(store: Store, found: Collection[Ended]) -> None:
    """Take over those of a folder that is replaced."""
    insert = (
        "insert into ended (act, key, who, at, why, lifted_by, lifted_at, lifted_why) values (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    store.run_many(
        insert,
        ([one.act, one.key, one.who, one.at, one.why, one.lifted_by, one.lifted_at, one.lifted_why] for one in found),
    )


def erased(store: Store) -> frozenset[str]:
    """Keyed hashes of the keys of erased records."""
    return frozenset(one.key for one in all_of(store) if one.act == "erased")


def restricted(store: Store) -> frozenset[RecordKey]:
    """The records that are restricted now. Of a row with several parts its key stands for all of them."""
    return frozenset(RecordKey.parse(one.key) for one in all_of(store) if one.act == "restricted" and not one.lifted_by)


def is_restricted(key: RecordKey, rows: Collection[RecordKey]) -> bool:
    """Whether a record is one of these, or a part of a row that is."""
    return key in rows or RecordKey(key.source, key.record_id.rpartition("/")[0]) in rows


def restrict(store: Store, key: RecordKey, who: str, why: str) -> None:
    """Record that this record is kept and not used from now on."""
    refuse_nobody(who, why)
    if not deliveries.has(store, key):
        raise UsedWronglyError(f"nothing of {key} is in this folder", mend="check the source and the id")
    if key in restricted(store):
        raise UsedWronglyError(f"{key} is restricted already", mend="`concerted restrict DIR --lift` ends it")
    _add(store, "restricted", str(key), who, why)


def lift(store: Store, key: RecordKey, who: str, why: str) -> None:
    """Record that it may be used again."""
    refuse_nobody(who, why)
    if key not in restricted(store):
        raise UsedWronglyError(f"{key} is not restricted", mend="check the source and the id")
    store.run(
        "update ended set lifted_by = ?, lifted_at = ?, lifted_why = ? "
        "where act = 'restricted' and key = ? and lifted_by is null",
        [who.strip(), clock.stamp(clock.now()), why.strip(), str(key)],
    )


def note_erased(store: Store, key: RecordKey, who: str, why: str) -> None:
    """Keep the keyed hash of its key, with who and why: what is written there must not name the person."""
    refuse_nobody(who, why)
    _add(store, "erased", key_hash(store.secret, key), who, why)


def _add(store: Store, act: str, key: str, who: str, why: str) -> None:
    insert = "insert into ended (act, key, who, at, why) values (?, ?, ?, ?, ?)"
    store.run(insert, [act, key, who.strip(), clock.stamp(clock.now()), why.strip()])
