"""Decisions that people made about pairs of records, kept with the folder."""

from collections.abc import Iterable

from concerted.common.ids import RecordKey
from concerted.desk.store import Store
from concerted.linkage import Decision

_INSERT = (
    "insert into decision (left_source, left_id, right_source, right_id, decision, who, at, why) "
    "values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT = "select left_source, left_id, right_source, right_id, decision, who, at, why from decision order by number"


def add(store: Store, decisions: Iterable[Decision]) -> None:
    """Keep these, in their order; one that is there already in every word is not kept twice."""
    there = set(all_of(store))
    new = [one for one in dict.fromkeys(decisions) if one not in there]
    store.run_many(_INSERT, ([*one.left, *one.right, one.decision, one.who, one.when, one.why] for one in new))


def all_of(store: Store) -> list[Decision]:
    """Every decision, in the order in which they came: the last on a pair counts."""
    return [Decision(RecordKey(*row[:2]), RecordKey(*row[2:4]), *row[4:]) for row in map(tuple, store.run(_SELECT))]
