"""What a change made of the records that it touches, kept in the folder's store; of all others it says nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from concerted.common.ids import RecordKey, permanent_ids
from concerted.desk import results, strengths
from concerted.desk.pairs_change import keep_pairs
from concerted.desk.store import Store, statements
from concerted.linkage.linked import STRONGEST_FIRST
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.joining import Change

Entities = dict[RecordKey, str]
_TOUCHED: Final = "(source, record_id) in (select source, record_id from temp.touched)"
_SETS: Final = f"entity in (select entity from member where {_TOUCHED})"
_DROP: Final = """
create temp table dropped (number integer primary key, reasons integer, against integer);
insert into temp.dropped select number, reasons, against from link
where one in (select number from temp.linked) or other in (select number from temp.linked);
delete from asked where link in (select number from temp.dropped);
delete from link where number in (select number from temp.dropped);
create temp table unsaid (number integer primary key);
insert into temp.unsaid select reasons from temp.dropped union select against from temp.dropped;
delete from temp.unsaid where number in (
    select reasons from link where reasons in (select number from temp.unsaid)
    union select against from link where against in (select number from temp.unsaid)
);
delete from said where number in (select number from temp.unsaid);
drop table temp.dropped;
drop table temp.unsaid;
drop table temp.linked;
"""


class _Member(NamedTuple):
    number: int
    entity: str
    arrival: int
    name: str  # its permanent id


@dataclass(frozen=True)
class Moved:
    """The entities of the records that a change touches, and of those that were with them, before and after."""

    before: Entities
    after: Entities


def keep_change(store: Store, was: Growing, picture: Growing, change: Change) -> Moved:
    """Keep what a change made of the records that it touches, in the place of what was kept of them. was, picture:
    without the change, and with it."""
    numbers = picture.numbers(change.linked.keys)
    _note_touched(store, [*change.gone, *change.keys])
    there = _of_their_sets(store)
    _drop_links(store, was.numbers(change.gone).values())
    after = _keep_members(store, change, numbers, there)
    links = change.links.sort_by(STRONGEST_FIRST)
    results.add_links(store, links, np.array([numbers[key] for key in change.linked.keys], np.int32))
    gone, new = keep_pairs(store, picture, change, numbers)
    strengths.change(store, picture, strengths.of_links(was, gone), strengths.of_links(picture, new))
    store.run("drop table temp.touched")
    results.renew(store, whole=False)
    return Moved({key: one.entity for key, one in there.items()}, after)


def _note_touched(store: Store, keys: Iterable[RecordKey]) -> None:
    store.run("create temp table touched (source text, record_id text, primary key (source, record_id)) without rowid")
    store.run_many("insert or ignore into temp.touched values (?, ?)", keys)


def _of_their_sets(store: Store) -> dict[RecordKey, _Member]:
    """The records that a change touches, and those that are in one set with any."""
    rows = store.run(f"select source, record_id, number, entity, arrival, permanent_id from member where {_SETS}")
    return {RecordKey(*row[:2]): _Member(*row[2:]) for row in map(tuple, rows.fetchall())}


def _keep_members(
    store: Store, change: Change, numbers: Mapping[RecordKey, int], there: Mapping[RecordKey, _Member]
) -> Entities:
    """Keep the records that were judged anew, with their entities. there: those of their sets as they were. Gives the
    entities of these records now, and those of what is left of sets that others have gone from."""
    ids = {key: (one.arrival, one.name) for key, one in there.items()}
    new = sorted((key for key in change.keys if key not in ids), key=numbers.__getitem__)
    last = int(store.get("arrivals", "0"))
    arrivals = range(last + 1, last + 1 + len(new))
    ids |= dict(zip(new, zip(arrivals, permanent_ids(store.secret, new, arrivals), strict=True), strict=True))
    sets = [*change.sets, *_left(change, there)]
    entity = {key: min(ids[one] for one in members)[1] for members in sets for key in members}
    store.run_many("delete from member where source = ? and record_id = ?", change.gone)
    stay = ((key, numbers.get(key, one.number), one) for key, one in there.items() if key in entity)
    rows = ((number, entity[key], *key) for key, number, one in stay if (number, entity[key]) != one[:2])
    store.run_many("update member set number = ?, entity = ? where source = ? and record_id = ?", rows)
    came = ((numbers[key], *key, *ids[key], entity[key]) for key in new)
    store.run_many("insert into member values (?, ?, ?, ?, ?, ?)", came)
    store.put("arrivals", str(last + len(new)))
    return entity


def _left(change: Change, there: Mapping[RecordKey, _Member]) -> list[list[RecordKey]]:
    """The records that were in one set with some that are judged anew or gone, and are neither."""
    touched = {*change.gone, *change.keys}
    found: dict[str, list[RecordKey]] = {}
    for key, one in there.items():
        if key not in touched:
            found.setdefault(one.entity, []).append(key)
    return list(found.values())


def _drop_links(store: Store, gone: Iterable[int]) -> None:
    """Drop the links of touched records, with what is asked of them, and what is said of them and of no other link.
    gone: the numbers of records that may be no members any more, since a withdrawal or an erasure took them out."""
    store.run("create temp table linked (number integer primary key)")
    store.run(f"insert into temp.linked select number from member where {_TOUCHED}")
    store.run_many("insert or ignore into temp.linked values (?)", ([number] for number in gone))
    for statement in statements(_DROP):
        store.run(statement)
