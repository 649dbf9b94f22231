"""Conditions over one pair at a time, each made a function once: what answers a question, where pairs are few."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from concerted.linkage import conditions as c

Side = Mapping[str, Any]  # a record: for each column the number of its value, 0 for none; of a list those of all, a set
Alike = Callable[[str, str], bool]


class Seen(NamedTuple):
    """What was looked at while one question is answered. text: of a number. known: whether two texts are alike, by how
    and by their numbers."""

    text: Callable[[int], str]
    known: dict[tuple[Alike, int, int], bool]


Holds = Callable[[Side, Side, Seen], bool]


def holds(condition: c.Condition, has: Callable[[str], bool]) -> Holds:
    """Whether the condition holds of two records. has: whether any record has a value in a column; neither side is
    asked for another."""
    match condition:
        case c.All(conditions):
            return _all([holds(one, has) for one in conditions])
        case c.Some(conditions, least):
            return _some([holds(one, has) for one in conditions], least)
        case c.Not(inner):
            return _not(holds(inner, has))
        case c.Missing(columns):
            return _missing([name for name in columns if has(name)])
        case c.Crossed(first, second):
            return _crossed(first, second) if has(first) and has(second) else _never
        case c.Among(column, members):
            return _among(column, members) if has(column) and has(members) else _never
        case _:
            return _of_one_column(condition) if has(condition.column) else _never


def _never(one: Side, other: Side, seen: Seen) -> bool:  # noqa: ARG001 - it is asked as any other
    return False


def _all(conditions: Sequence[Holds]) -> Holds:
    def of(one: Side, other: Side, seen: Seen) -> bool:
        for asked in conditions:  # noqa: SIM110 - a plain loop is quicker, and nothing is asked more often
            if not asked(one, other, seen):
                return False
        return True

    return of


def _some(conditions: Sequence[Holds], least: int) -> Holds:
    def of(one: Side, other: Side, seen: Seen) -> bool:
        lacking = least
        for asked in conditions:
            if asked(one, other, seen):
                lacking -= 1
                if not lacking:
                    return True
        return False

    return of


def _not(asked: Holds) -> Holds:
    return lambda one, other, seen: not asked(one, other, seen)


def _missing(columns: Sequence[str]) -> Holds:
    if len(columns) == 1:
        (name,) = columns
        return lambda one, other, _: not one[name] or not other[name]

    def of(one: Side, other: Side, _: Seen) -> bool:
        return not any(one[name] for name in columns) or not any(other[name] for name in columns)

    return of


def _crossed(first: str, second: str) -> Holds:
    def of(one: Side, other: Side, _: Seen) -> bool:
        given, family = one[first], one[second]
        return bool(given and family and given == other[second] and family == other[first] and given != family)

    return of


def _among(column: str, members: str) -> Holds:
    def of(one: Side, other: Side, _: Seen) -> bool:
        ours, theirs = one[column], other[column]
        return bool((ours and ours in other[members]) or (theirs and theirs in one[members]))

    return of


def _of_one_column(
    condition: c.Same | c.Like | c.Slip | c.Begins | c.Shares | c.Overlaps | c.Within | c.Says,
) -> Holds:
    name = condition.column
    match condition:
        case c.Same():
            return lambda one, other, _: one[name] == other[name] != 0
        case c.Shares():
            return lambda one, other, _: not one[name].isdisjoint(other[name])
        case c.Overlaps(_, share):
            return lambda one, other, _: _overlap(one[name], other[name], share)
        case c.Within(_, most):
            return lambda one, other, _: bool(one[name] and other[name] and abs(one[name] - other[name]) <= most)
        case c.Says(_, number):
            return lambda one, other, _: one[name] == other[name] == number
        case c.Like(_, least):
            return _near(name, lambda one, other: JaroWinkler.similarity(one, other) >= least)
        case c.Slip():
            return _near(name, lambda one, other: OSA.distance(one, other, score_cutoff=1) <= 1)
        case c.Begins():
            return _near(name, lambda one, other: one.startswith(other) or other.startswith(one))


def _overlap(one: frozenset[int], other: frozenset[int], share: float) -> bool:
    return bool(one and other) and len(one & other) >= share * max(len(one), len(other))


def _near(name: str, alike: Alike) -> Holds:
    """A text is looked at once for each two values that differ."""

    def of(one: Side, other: Side, seen: Seen) -> bool:
        left, right = one[name], other[name]
        if left == right or not left or not right:
            return bool(left == right != 0)
        key = (alike, left, right)
        if key not in seen.known:
            seen.known[key] = alike(seen.text(left), seen.text(right))
        return seen.known[key]

    return of
