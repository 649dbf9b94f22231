"""Rings, against a search that tries everything; and pairs within groups."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings.reasons import among, within
from concerted.networks.findings.rings import in_rings
from concerted.networks.findings.ties import Ties

DAYS = 100
_Tie = tuple[int, int, int, int]  # a grown person, a child, an occasion, a day


def ties(rows: list[_Tie], *, with_child: bool = True) -> Ties:
    """Ties of these people by these occasions."""
    one, other, at, day = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.zeros(0, int),) * 4
    flags = np.full(len(rows), with_child)
    occasion = at.astype(np.int64)
    return Ties(one, other, flags, ~flags, occasion, occasion, occasion, flags, day.astype(np.int32), at)


def slowly(rows: list[_Tie]) -> list[bool]:
    """The same, by trying every two, three and four ties."""
    found = [False] * len(rows)
    for size in (2, 3, 4):
        for some in itertools.combinations(range(len(rows)), size):
            chosen = [rows[at] for at in some]
            days = [day for *_, day in chosen]
            apart = len({at for _, _, at, _ in chosen}) == size
            if apart and max(days) - min(days) <= DAYS and _closed(chosen):
                for at in some:
                    found[at] = True
    return found


def _closed(some: list[_Tie]) -> bool:
    """Whether these are a circle: everybody in two of them, and all hang together."""
    ends = [end for one, other, *_ in some for end in (one, other)]
    people = set(ends)
    if len(people) != len(some) or any(ends.count(one) != 2 for one in people):
        return False
    reached = {ends[0]}
    for _ in some:
        reached |= {end for one, other, *_ in some for end in (one, other) if {one, other} & reached}
    return reached == people


_ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(4, 7), st.integers(0, 9), st.integers(0, 300)),
    max_size=9,
    unique_by=lambda row: (row[0], row[1], row[2]),
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(_ROWS)
def test_every_ring_is_found_and_none_is_made_up(rows: list[_Tie]) -> None:
    """An occasion has one day, as it has in the records."""
    rows = [(one, other, at, 30 * at) for one, other, at, _ in rows]
    assert in_rings(ties(rows), 8, DAYS).tolist() == slowly(rows)


def test_rings_of_two_three_and_four() -> None:
    assert in_rings(ties([(0, 4, 1, 0), (0, 4, 2, 50)]), 8, DAYS).all()
    assert in_rings(ties([(0, 4, 1, 0), (1, 4, 2, 50), (0, 1, 3, 60)]), 8, DAYS).all()
    assert in_rings(ties([(0, 4, 1, 0), (1, 4, 2, 50), (0, 5, 3, 60), (1, 5, 4, 70)]), 8, DAYS).all()


def test_what_is_no_ring() -> None:
    for rows in (
        [],
        [(0, 4, 1, 0)],
        [(0, 4, 1, 0), (0, 4, 1, 50)],  # one occasion
        [(0, 4, 1, 0), (0, 4, 2, 150)],  # too long between
        [(0, 4, 1, 0), (1, 4, 2, 50), (0, 1, 2, 50)],  # two of them are one occasion
        [(0, 4, 1, 0), (1, 4, 2, 50), (1, 5, 3, 60)],  # open
        [(0, 4, 1, 0), (1, 4, 2, 50), (0, 5, 3, 60), (1, 5, 4, 170)],
    ):
        assert not in_rings(ties(rows), 8, DAYS).any()


def test_children_alone_are_no_ring() -> None:
    rows = [(4, 5, 1, 0), (5, 6, 2, 50), (4, 6, 3, 60), (4, 5, 4, 70)]
    assert not in_rings(ties(rows, with_child=False), 8, DAYS).any()


def test_somebody_with_very_many_ties_is_looked_at_by_the_latest() -> None:
    many = [(0, 4 + n, n, n // 10) for n in range(600)] + [(0, 4, 900, 100), (0, 4, 901, 101)]
    found = in_rings(ties(many), 700, DAYS)
    assert found[-2:].all()


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(2, 4))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_every_two_of_a_group(groups: list[int], most: int) -> None:
    left, right = within(np.array(groups, int), most)
    found = {frozenset(pair) for pair in zip(left.tolist(), right.tolist(), strict=True)}
    every = itertools.combinations(range(len(groups)), 2)
    assert found == {frozenset((a, b)) for a, b in every if groups[a] == groups[b] and groups.count(groups[a]) <= most}
    assert len(found) == len(left)


def test_which_codes_are_known() -> None:
    known = np.array([2, 5, 9])
    assert among(np.array([1, 2, 9, 10]), known).tolist() == [False, True, True, False]
    assert not among(np.array([1]), np.zeros(0, int)).any()
