"""Decisions that people made about pairs of records, kept with the folder."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from concerted.common.folders import new_file
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import write_rows
from concerted.desk.store import Store
from concerted.linkage import Decision
from concerted.linkage.decisions import COLUMNS, current

State = Literal["counts", "waits", "suspended", "superseded", "undone", "undo"]
"""counts: it holds. waits: it names a record that is not here. suspended: others keep the two sets apart. undo: it only
takes another back."""

_COLUMNS: Final = (
    "left_source, left_id, right_source, right_id, decision, who, at, why, number, "
    "coalesce(supersedes, 0), coalesce(undoes, 0)"
)
_INSERT: Final = (
    "insert into decision (left_source, left_id, right_source, right_id, decision, who, at, why, number, supersedes, "
    "undoes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0))"
)
_NEXT: Final = (  # also of one that was erased the number is not given again
    "select 1 + max((select coalesce(max(number), 0) from decision), "
    "(select coalesce(max(last_decision), 0) from change))"
)


def add(store: Store, decisions: Iterable[Decision]) -> None:
    """Keep these, in their order; one that is there already in every word is not kept twice, though it be undone."""
    there = {one.said for one in all_of(store)}
    new = [one for one in dict.fromkeys(decisions) if one.said not in there]
    first = next_number(store)
    keep(store, [replace(one, number=number) for number, one in enumerate(new, first)])


def keep(store: Store, decisions: Iterable[Decision]) -> None:
    """Keep these as they are, with their numbers."""
    store.run_many(
        _INSERT,
        (
            [*one.left, *one.right, one.decision, one.who, one.when, one.why, one.number, one.supersedes, one.undoes]
            for one in decisions
        ),
    )


def next_number(store: Store) -> int:
    """The number of the next decision."""
    return int(store.run(_NEXT).fetchone()[0])


def all_of(store: Store) -> list[Decision]:
    """Every decision, in the order in which they came; `linkage.decisions.current` says which counts."""
    rows = store.run(f"select {_COLUMNS} from decision order by number")
    return [Decision(RecordKey(*row[:2]), RecordKey(*row[2:4]), *row[4:]) for row in map(tuple, rows)]


def states(store: Store) -> list[tuple[Decision, State, int]]:
    """Every decision with what became of it, and the number of the one that superseded or undid it, else 0."""
    every = all_of(store)
    counts = {one.number for one in current(every).values()}
    entity = {
        RecordKey(source, record_id): found
        for source, record_id, found in store.run(
            "select source, record_id, entity from member where (source, record_id) in (select left_source, left_id "
            "from decision union select right_source, right_id from decision)"
        )
    }
    return [(one, *_state(one, every, entity, counts=one.number in counts)) for one in every]


def write(store: Store, path: Path) -> int:
    """Write those that count as a file that `--decisions` reads. Gives how many. Raises FileExistsError."""
    found = current(all_of(store)).values()
    with new_file(path) as part:
        return write_rows(part, COLUMNS, ([*one.left, *one.right, *one.said[2:]] for one in found))


def _state(one: Decision, every: list[Decision], entity: dict[RecordKey, str], *, counts: bool) -> tuple[State, int]:
    if one.undoes:
        return "undo", 0
    if not counts:
        return _over(one, every)
    sides = [entity.get(key) for key in one.pair]
    if None in sides:
        return "waits", 0
    return ("suspended", 0) if one.decision == "same" and sides[0] != sides[1] else ("counts", 0)


def _over(one: Decision, every: list[Decision]) -> tuple[State, int]:
    """By what it no longer counts: undone before all, else superseded by the next on its pair that was not undone, or
    that superseded it in so many words."""
    undone = {other.undoes: other.number for other in every if other.undoes}
    if one.number in undone:
        return "undone", undone[one.number]
    later = (other for other in every if other.pair == one.pair and other.number > one.number and not other.undoes)
    return "superseded", next(other.number for other in later if other.supersedes or other.number not in undone)
