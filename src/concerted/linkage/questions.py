"""What a person can be asked: whether two entities are one, and whether a large entity's one weak link holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.common.words import counted, listed
from concerted.linkage.bridges import bridges, strongest_tree
from concerted.linkage.components import components
from concerted.linkage.linked import Linked
from concerted.linkage.partition import differing
from concerted.linkage.weigh import probability

SURE: Final = 0.99  # a link at or above it is not asked about, whatever it holds
PART: Final = 2  # records at least on either side of a link that is asked about

Rows = NDArray[np.intp]  # of `Linked.shown`


class Columns(NamedTuple):
    """The columns of `Linked.shown` that questions are made of."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    weight: NDArray[np.float64]
    band: NDArray[np.str_]

    @classmethod
    def of(cls, linked: Linked) -> "Columns":
        """Those of this result."""
        return cls(*(linked.shown[name].to_numpy() for name in cls._fields))


@dataclass(frozen=True, slots=True)
class Side:
    """A set of records that an answer joins to another or parts from it. claimed: what they hold of which a person has
    one."""

    records: Sequence[int]
    sources: frozenset[str]
    claimed: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """rows: of `Linked.shown`, the strongest first. entities: that it is about. at_stake: how many pairs of records an
    answer can be expected to join or to part. across: whether it joins or parts sources. conflict: whether it settles
    one. words: what "same" would change of what waits, and "different" of what is joined."""

    rows: Sequence[int]
    entities: tuple[int, ...]
    at_stake: float
    across: bool
    conflict: bool
    words: str


def questions(linked: Linked) -> Iterator[Question]:
    """Everything worth asking, in no order."""
    columns = Columns.of(linked)
    entity = np.asarray(linked.entity, np.int32)
    yield from _waiting(linked, columns, entity)
    yield from _weak_bridges(linked, columns, entity)


def _waiting(linked: Linked, columns: Columns, entity: NDArray[np.int32]) -> Iterator[Question]:
    """Whether two entities are one: all pairs between them that wait."""
    between: dict[tuple[int, int], list[int]] = {}
    rows = _strongest_first(linked, columns, np.flatnonzero(columns.band == "review"))
    for row in rows:
        one, two = sorted((int(entity[columns.left[row]]), int(entity[columns.right[row]])))
        between.setdefault((one, two), []).append(row)
    members = _members(entity, {one for pair in between for one in pair})
    sides = {one: _side(linked, records) for one, records in members.items()}
    for (one, two), held in between.items():
        if one == two:
            words = "nothing in who is joined; it settles a doubt about one of the links"
            yield Question(held, (one,), 0.0, across=False, conflict=True, words=words)
        else:
            yield _of_two(linked, columns, held, (one, two), (sides[one], sides[two]))


def _of_two(
    linked: Linked, columns: Columns, rows: Sequence[int], entities: tuple[int, int], sides: tuple[Side, Side]
) -> Question:
    one, two = sides
    sizes = sorted((len(one.records), len(two.records)), reverse=True)
    words = f"{sum(sizes)} records would be one person ({sizes[0]} and {sizes[1]})"
    across = one.sources != two.sources
    if across:
        words += f"; it would join {listed(sorted(one.sources | two.sources))}"
    if differ := differing(one.claimed, two.claimed):
        words += f"; each has another {listed(differ)}"
    before = bool(linked.held) and any((int(columns.left[row]), int(columns.right[row])) in linked.held for row in rows)
    if before:
        words += "; the release before held them together, and `same` joins them again"
    late = any(linked.decided.get((int(columns.left[row]), int(columns.right[row]))) == "same" for row in rows)
    if late:
        words += "; a decision that they are the same waits, since others keep them apart"
    pairs, odds = sizes[0] * sizes[1], 2.0 ** min(float(columns.weight[rows[0]]), 1000.0)
    at_stake = pairs * odds / (odds + pairs)  # the strongest of many pairs is so many times as likely strong by chance
    return Question(rows, entities, at_stake, across, bool(differ) or late or before, words)


def _weak_bridges(linked: Linked, columns: Columns, entity: NDArray[np.int32]) -> Iterator[Question]:
    """Whether a link holds that is not sure and alone holds two parts of an entity together, each of more than one
    record. What a person decided is not asked again."""
    joined = np.flatnonzero(columns.band == "join")
    sizes = np.bincount(entity, minlength=1)
    one, other = columns.left[joined], columns.right[joined]
    of_row = entity[one]
    holds = probability(columns.weight[joined]) >= SURE
    part = components(len(entity), one[holds], other[holds])  # sure links go round any link inside a part
    weak = (sizes[of_row] >= 2 * PART) & ~holds & (part[one] != part[other])
    wanted = np.unique(of_row[weak])
    held: dict[int, list[int]] = {one: [] for one in wanted.tolist()}
    for row in joined[np.isin(of_row, wanted)].tolist():
        held[int(entity[columns.left[row]])].append(row)
    members = _members(entity, set(held))
    for asked, rows in held.items():
        number = {(int(columns.left[row]), int(columns.right[row])): row for row in rows}
        links = [(*pair, float(columns.weight[row])) for pair, row in number.items()]
        for (left, right, weight), side in bridges(links, strongest_tree(links)):
            sure = float(probability(np.array([weight]))[0])
            if len(side) >= PART and sure < SURE and (left, right) not in linked.decided:
                parts = _side(linked, side), _side(linked, sorted({*members[asked]} - {*side}))
                yield _of_a_bridge([number[left, right]], asked, parts, 1 - sure)


def _of_a_bridge(rows: Sequence[int], entity: int, parts: tuple[Side, Side], doubt: float) -> Question:
    small, rest = sorted(parts, key=lambda part: (len(part.records), sorted(part.sources)))
    sizes = len(small.records), len(rest.records)
    words = (
        f"decided different, {sizes[0]} of {counted(sum(sizes), 'record')} would come away: no other link holds them"
    )
    across = small.sources != rest.sources
    if across:
        words += f"; it alone joins {listed(sorted(small.sources))} to {listed(sorted(rest.sources))}"
    conflict = bool(differing(small.claimed, rest.claimed))
    return Question(rows, (entity,), sizes[0] * sizes[1] * doubt, across, conflict, words)


def _strongest_first(linked: Linked, columns: Columns, rows: Rows) -> list[int]:
    """These rows by weight; equal ones by the keys of their records."""
    named: dict[int, list[RecordKey]] = {
        row: sorted((linked.keys[columns.left[row]], linked.keys[columns.right[row]])) for row in rows.tolist()
    }
    return sorted(named, key=lambda row: (-columns.weight[row], named[row]))


def _members(entity: NDArray[np.int32], wanted: set[int]) -> dict[int, list[int]]:
    """The records of these entities."""
    found: dict[int, list[int]] = {one: [] for one in sorted(wanted)}
    for record in np.flatnonzero(np.isin(entity, sorted(wanted))).tolist():
        found[int(entity[record])].append(record)
    return found


def _side(linked: Linked, records: Sequence[int]) -> Side:
    claimed: dict[str, set[str]] = {}
    for record in records:
        for kind, value in linked.claims.get(record, {}).items():
            claimed.setdefault(kind, set()).add(value)
    return Side(records, frozenset(linked.keys[record].source for record in records), claimed)
