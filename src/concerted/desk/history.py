"""What each change of the folder made of its entities: kept with the change, and told for one record or one change.

A change keeps the key of each record that came, went, or whose set became another one. What is told is told of records
that stand now: nothing names one that is erased, withdrawn, restricted or let go.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from concerted.common import clock
from concerted.common.ids import RecordKey
from concerted.desk import decisions, results
from concerted.desk.columns import Columns
from concerted.desk.schema import INDEXES
from concerted.desk.store import Store, statements
from concerted.linkage import Decision

Sets = list[list[RecordKey]]


@dataclass(frozen=True, slots=True)
class By:
    """What changes the folder. command: its verb. who: as they named themselves. files: those that it brings."""

    command: str
    who: str = ""
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A command that changed the folder. at: when, as `clock.stamp` writes it. decisions: those that came with it, of
    records that stand. release, model: id and name of what the records were linked by."""

    number: int
    at: str
    command: str
    who: str
    files: tuple[str, ...]
    decisions: tuple[Decision, ...]
    release: str
    model: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a change made of one record's entity. came, went: the record itself came into the picture, or left it.
    joined: sets that it was not with and came to. new: records that were not there before and came to it. parted: sets
    that it was with and is no more. gone: records that were with it, left the picture then, and have come back."""

    change: Change
    came: bool
    went: bool
    joined: Sets
    new: list[RecordKey]
    parted: Sets
    gone: list[RecordKey]


@dataclass(frozen=True, slots=True)
class Shift:
    """Sets that a change made into others: before, after. Records that were there all the time."""

    before: Sets
    after: Sets

    def to_dict(self) -> dict[str, list[list[str]]]:
        """For machines."""
        return {
            "before": [list(map(str, one)) for one in self.before],
            "after": [list(map(str, one)) for one in self.after],
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of a history, for a folder that replaces another. entities: who was with whom last."""

    changes: list[tuple[Any, ...]]
    moved: list[tuple[Any, ...]]
    entities: dict[RecordKey, str]


def note(
    store: Store,
    before: Mapping[RecordKey, str],
    by: By,
    after: Mapping[RecordKey, str] | None = None,
    held: Columns | None = None,
) -> int:
    """Keep what a change made of the entities, once its result is kept. before: the entity that each record was of.
    after: the one that each is of now, where both are given of some whole entities alone. held: the result, where it is
    at hand. Gives the number of the change."""
    model, _ = results.release(store)
    number = int(store.run("select coalesce(max(number), 0) + 1 from change").fetchone()[0])
    store.run(
        "insert into change values (?, ?, ?, ?, ?, "
        "(select min(number) from decision where number > coalesce((select max(last_decision) from change), 0)), "
        "(select max(number) from decision where number > coalesce((select max(last_decision) from change), 0)), ?, ?)",
        [
            *(number, clock.stamp(clock.now()), by.command, by.who.strip()),
            *(json.dumps(list(by.files), ensure_ascii=False), model.id, model.name),
        ],
    )
    if before or after is not None:
        after = results.entities(store) if after is None else after
        rows = ([*key, number, was, became] for key, was, became in _moved(before, after))
        store.run_many("insert into moved values (?, ?, ?, ?, ?)", rows)
    else:
        _came(store, number, held or Columns.of(store))
    return number


def _came(store: Store, number: int, held: Columns) -> None:
    """Every record came with this change, into a set that was not there before: that of its entity's earliest."""
    store.run("drop index if exists moved_to")  # made once over all rows, which is quicker than row by row
    rows = held.members.select(["source", "record_id"]).append_column("became", pa.array(held.set_number))
    rows = rows.sort_by([("source", "ascending"), ("record_id", "ascending")])  # as the table has them
    into = f"insert into moved (source, record_id, became, change) values (?, ?, ?, {number})"
    store.run_columns(into, [column.to_pylist() for column in rows.columns])
    for statement in statements(INDEXES):
        store.run(statement)


def _moved(
    before: Mapping[RecordKey, str], after: Mapping[RecordKey, str]
) -> list[tuple[RecordKey, int | None, int | None]]:
    """The records whose set became another one, with both sets as numbers."""
    pairs: dict[RecordKey, tuple[str | None, str | None]]
    pairs = {key: (before.get(key), entity) for key, entity in after.items()}
    pairs |= {key: (entity, None) for key, entity in before.items() if key not in after}
    was, became, both = Counter(before.values()), Counter(after.values()), Counter(pairs.values())
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    found: list[tuple[RecordKey, int | None, int | None]] = []
    for key, pair in pairs.items():
        one, other = pair
        if one is None or other is None or not was[one] == both[pair] == became[other]:
            sides = zip(pair, numbers, strict=True)
            left, right = (None if name is None else known.setdefault(name, len(known)) for name, known in sides)
            found.append((key, left, right))
    return found


def forget(store: Store, where: str, values: Sequence[object]) -> None:
    """Take records out of the history, out of what releases held, and out of what the last change is measured against.
    where: on source and record_id."""
    for table in ("moved", "member", "held"):
        store.run(f"delete from {table} where {where}", values)


def keep_files(store: Store, names: set[str]) -> None:
    """Name no file that is not among these."""
    for number, files in store.run("select number, files from change").fetchall():
        told = json.loads(files)
        left = [name for name in told if name in names]
        if left != told:
            store.run("update change set files = ? where number = ?", [json.dumps(left, ensure_ascii=False), number])


def of(store: Store, key: RecordKey) -> list[Step]:
    """What joined or parted the entity of a record that stands, the earliest first."""
    rows = store.run("select change, was, became from moved where source = ? and record_id = ? order by change", key)
    steps = (_step(store, key, *row) for row in rows.fetchall())
    return [one for one in steps if one.came or one.went or one.joined or one.new or one.parted or one.gone]


def _step(store: Store, key: RecordKey, number: int, was: int | None, became: int | None) -> Step:
    sides: tuple[defaultdict[int | None, list[RecordKey]], ...] = (defaultdict(list), defaultdict(list))
    for other, from_set, to_set in _others(store, key, number, was, became):
        if became is not None and to_set == became and (from_set != was or was is None):
            sides[0][from_set].append(other)
        if was is not None and from_set == was and (to_set != became or became is None):
            sides[1][to_set].append(other)
    new, gone = (side.pop(None, []) for side in sides)
    joined, parted = (list(side.values()) for side in sides)
    return Step(_change(store, number), was is None, became is None, joined, new, parted, gone)


def _others(
    store: Store, key: RecordKey, number: int, was: int | None, became: int | None
) -> list[tuple[RecordKey, int | None, int | None]]:
    """The records that stand and were with this one before or after a change, by their arrival."""
    rows = store.run(
        "with near as (select source, record_id, was, became from moved where change = ? and was = ? "
        "union select source, record_id, was, became from moved where change = ? and became = ?) "
        "select source, record_id, was, became from near join member using (source, record_id) order by arrival",
        [number, was, number, became],
    )
    found = [(RecordKey(source, record_id), one, other) for source, record_id, one, other in rows]
    return [row for row in found if row[0] != key]


def _change(store: Store, number: int) -> Change:
    row = store.run("select * from change where number = ?", [number]).fetchone()
    _, at, command, who, files, first, last, release, model = row
    made = [one for one in decisions.all_of(store) if first is not None and first <= one.number <= last]
    made = [one for one in made if all(results.stands(store, key) for key in one.pair)]
    return Change(number, at, command, who, tuple(json.loads(files)), tuple(made), release, model)


def last_shifts(store: Store) -> list[Shift]:
    """Those of the last change."""
    return shifts(store, int(store.run("select max(number) from change").fetchone()[0]))


def shifts(store: Store, number: int) -> list[Shift]:
    """The sets that a change made into others, those that hang together at once, by their earliest record."""
    rows = store.run(
        "select m.source, m.record_id, m.was, m.became from moved m join member using (source, record_id) "
        "where m.change = ? and m.was is not null and m.became is not null order by arrival",
        [number],
    )
    return shifted((RecordKey(source, record_id), was, became) for source, record_id, was, became in rows)


def shifted(records: Iterable[tuple[RecordKey, int, int]]) -> list[Shift]:
    """The sets that were made into others, those that hang together at once. records: each with the set that it was in
    and the one that it came to, by their arrival."""
    sides: tuple[defaultdict[int, list[RecordKey]], ...] = (defaultdict(list), defaultdict(list))
    meet: defaultdict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for key, was, became in records:
        sides[0][was].append(key)
        sides[1][became].append(key)
        meet[0, was].add((1, became))
        meet[1, became].add((0, was))
    found = []
    while meet:
        group, edge = {next(iter(meet))}, [next(iter(meet))]
        while edge:
            near = meet.pop(edge.pop())
            edge += sorted(near - group)
            group |= near
        before, after = ([sides[side][one] for at, one in sorted(group) if at == side] for side in (0, 1))
        found.append(Shift(before, after))
    return [one for one in found if len(one.before) > 1 or len(one.after) > 1]


def counts(found: Sequence[Shift]) -> dict[str, int]:
    """How many sets were `joined`, `split`, or `made_over`, and how many `records` are in them."""
    joined, split = sum(len(one.after) == 1 for one in found), sum(len(one.before) == 1 for one in found)
    records = sum(len(one) for shift in found for one in shift.after)
    return {"joined": joined, "split": split, "made_over": len(found) - joined - split, "records": records}


def kept(store: Store) -> Kept:
    """What a folder that replaces this one takes over."""
    changes, moved = (list(map(tuple, store.run(f"select * from {table}"))) for table in ("change", "moved"))
    return Kept(changes, moved, results.entities(store))


def keep(store: Store, rows: Kept) -> None:
    """Take it over."""
    store.run_many("insert into change values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.changes)
    store.run_many("insert into moved values (?, ?, ?, ?, ?)", rows.moved)
