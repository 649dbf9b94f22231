"""Ties in one line each, to find patterns of them, and the same patterns by a search that tries everything."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from concerted.networks.findings.ties import Ties

DAYS = 100
ORDERS = 900  # occasions from this one on are orders


class Tie(NamedTuple):
    """Two people, of whom 0 to 3 are grown and the others are children; an occasion; a day. late: told years later.
    together: in one occasion, not each by a record of their own at one place."""

    one: int
    other: int
    at: int
    day: int
    grave: bool = True
    crime: bool = False
    late: bool = False
    together: bool = True

    @property
    def prompt(self) -> bool:
        return self.crime and not self.late

    @property
    def with_child(self) -> bool:
        return self.one < 4 <= self.other


def ties(rows: Sequence[Tie]) -> Ties:
    """The same as the evaluators hold them."""

    def column(of: Callable[[Tie], int], dtype: type) -> Any:
        return np.array([of(row) for row in rows], dtype)

    at = column(lambda row: row.at, np.int64)
    return Ties(
        one=column(lambda row: row.one, np.int32),
        other=column(lambda row: row.other, np.int32),
        with_child=column(lambda row: row.with_child, bool),
        children=column(lambda row: min(row.one, row.other) > 3, bool),
        at=at,
        event=at,
        beside=at + column(lambda row: 0 if row.together else 10_000, np.int64),
        grave=column(lambda row: row.grave, bool),
        crime=column(lambda row: row.crime, bool),
        years_later=column(lambda row: row.late, bool),
        day=column(lambda row: row.day, np.int32),
        record=at.astype(np.int32),
    )


def slow_rings(rows: Sequence[Tie]) -> list[bool]:
    """Rings, by trying every two, three and four ties."""
    some = [chosen for size in (2, 3, 4) for chosen in itertools.combinations(rows, size) if _is_ring(chosen)]
    return _marked(rows, some)


def slow_graves(rows: Sequence[Tie]) -> list[bool]:
    """Two grave occasions of one person with two others, by trying every two ties."""
    found = []
    for one, two in itertools.combinations(rows, 2):
        three_people = len({one.one, one.other, two.one, two.other}) == 3
        events = [tie for tie in (one, two) if tie.at < ORDERS and not tie.prompt]
        child = one.with_child or two.with_child
        if three_people and child and one.grave and two.grave and events and _near((one, two)) and one.day != two.day:
            found.append((one, two))
    return _marked(rows, found)


def _is_ring(some: Sequence[Tie]) -> bool:
    children_alone = all(min(one.one, one.other) > 3 for one in some)
    if len(some) > 2 and not any(one.with_child for one in some):
        return False
    if len(some) == 2 and some[0].day == some[1].day:
        return False
    return _near(some) and _closed(some) and not children_alone and _says_something(some)


def _says_something(some: Sequence[Tie]) -> bool:
    against = any(one.crime and one.grave for one in some)
    prompt = sum(one.prompt for one in some)
    meeting = any(one.together and not one.prompt for one in some)
    met_twice = len(some) == 2 and all(one.together and not one.prompt for one in some)
    needed = 1 if met_twice else 2
    return (against or sum(one.grave for one in some) >= needed) and prompt <= len(some) / 2 and meeting


def _near(some: Sequence[Tie]) -> bool:
    days = [one.day for one in some]
    return len({one.at for one in some}) == len(some) and max(days) - min(days) <= DAYS


def _closed(some: Sequence[Tie]) -> bool:
    """Whether these are a circle: everybody in two of them, and all hang together."""
    ends = [end for one in some for end in (one.one, one.other)]
    people = set(ends)
    if len(people) != len(some) or any(ends.count(one) != 2 for one in people):
        return False
    reached = {ends[0]}
    for _ in some:
        reached |= {end for one in some for end in (one.one, one.other) if {one.one, one.other} & reached}
    return reached == people


def _marked(rows: Sequence[Tie], some: Iterable[Sequence[Tie]]) -> list[bool]:
    found = {tie for one in some for tie in one}
    return [row in found for row in rows]
