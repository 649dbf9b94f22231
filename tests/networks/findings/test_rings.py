"""Rings and pairs of grave occasions, against searches that try everything; and pairs within groups."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings.reasons import among, within
from concerted.networks.findings.rings import MOST, in_rings, of_graves, of_their_occasions
from tests.networks.findings.ties import DAYS, ORDERS, Tie, slow_graves, slow_rings, ties

ANN, BEA, CAT = 4, 5, 6  # children
_PAIRS = [(grown, child) for grown in range(3) for child in range(4, 7)] + [(0, 1), (1, 2), (4, 5), (5, 6)]


def rings(*rows: Tie) -> list[bool]:
    return list(in_rings(ties(rows), 8, DAYS))


def graves(*rows: Tie) -> list[bool]:
    return list(of_graves(ties(rows), 8, DAYS, ORDERS))


def _drawn(pairs: list[tuple[int, int]], most: int, least: int = 0, step: int = 25) -> st.SearchStrategy[list[Tie]]:
    """Ties of these pairs; occasions are so many days apart, and the last two are orders."""
    flag = st.booleans()
    rows = st.builds(
        lambda pair, at, grave, crime, late, together: Tie(
            pair[0], pair[1], at if at < 8 else ORDERS + at, step * at, grave, crime, late and crime, together
        ),
        *(st.sampled_from(pairs), st.integers(0, 9), flag, flag, flag, flag),
    )
    return st.lists(rows, min_size=least, max_size=most, unique_by=lambda row: row[:3])


@settings(derandomize=True, deadline=None, max_examples=400)
@given(_drawn(_PAIRS, 10))
def test_every_ring_is_found_and_none_is_made_up(rows: list[Tie]) -> None:
    assert rings(*rows) == slow_rings(rows)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(_drawn(_PAIRS, 8))
def test_every_two_grave_occasions_are_found(rows: list[Tie]) -> None:
    assert graves(*rows) == slow_graves(rows)


def test_rings_of_two_three_and_four() -> None:
    assert all(rings(Tie(0, ANN, 1, 0), Tie(0, ANN, 2, 50)))
    assert all(rings(Tie(0, ANN, 1, 0), Tie(1, ANN, 2, 50), Tie(0, 1, 3, 60)))
    assert all(rings(Tie(0, ANN, 1, 0), Tie(1, ANN, 2, 50), Tie(0, BEA, 3, 60), Tie(1, BEA, 4, 70)))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [Tie(0, ANN, 1, 0)],
        [Tie(0, ANN, 1, 0), Tie(0, ANN, 1, 50)],  # one occasion
        [Tie(0, ANN, 1, 0), Tie(0, ANN, 2, 150)],  # too long between
        [Tie(0, ANN, 1, 0), Tie(1, ANN, 2, 50), Tie(0, 1, 2, 50)],  # two of them are one occasion
        [Tie(0, ANN, 1, 0), Tie(1, ANN, 2, 50), Tie(1, BEA, 3, 60)],  # open
        [Tie(0, ANN, 1, 0), Tie(1, ANN, 2, 50), Tie(0, BEA, 3, 60), Tie(1, BEA, 4, 170)],
    ],
)
def test_what_is_no_ring(rows: list[Tie]) -> None:
    assert not any(rings(*rows))


def triangle(**of_each: tuple[bool, bool, bool]) -> bool:
    """Whether a ring of three is found whose occasions are so. of_each: a field of the three, one after another."""
    rows = [Tie(0, ANN, 1, 0), Tie(1, ANN, 2, 50), Tie(0, 1, 3, 60)]
    fields = ({name: flags[at] for name, flags in of_each.items()} for at in range(3))
    return all(rings(*(row._replace(**one) for row, one in zip(rows, fields, strict=True))))


YES, NO, FIRST = (True, True, True), (False, False, False), (True, False, False)


def test_a_ring_needs_two_grave_occasions_or_a_crime_of_one_against_another() -> None:
    assert triangle(grave=(True, True, False))
    assert not triangle(grave=FIRST)
    assert triangle(grave=FIRST, crime=FIRST)
    assert not triangle(grave=FIRST, crime=(False, True, False))  # a crime, but of nobody against another


def test_no_more_than_half_of_a_ring_are_crimes_that_were_told_at_the_time() -> None:
    assert not triangle(crime=(True, True, False))
    assert triangle(crime=(True, True, False), late=FIRST)
    assert triangle(crime=YES, late=(True, True, False))
    assert not triangle(crime=YES, late=FIRST)


def test_a_ring_needs_a_meeting_that_is_no_crime() -> None:
    """To be met at one place, each by a record of their own, is no meeting."""
    assert triangle(crime=FIRST, together=(True, True, False))
    assert not triangle(crime=FIRST, together=FIRST)


def test_of_two_meetings_of_the_same_two_one_is_grave() -> None:
    night, named = Tie(0, ANN, 1, 0), Tie(0, ANN, 2, 50, grave=False)
    assert rings(night, named) == [True, True]
    assert rings(night._replace(grave=False), named) == [False, False]
    assert rings(night, named._replace(day=0)) == [False, False]  # one day, told twice
    assert rings(night, named._replace(together=False)) == [False, False]
    assert rings(night, named._replace(crime=True)) == [False, False]


def test_children_alone_are_no_ring() -> None:
    four = [Tie(4, 5, 1, 0), Tie(5, 6, 2, 50), Tie(4, 6, 3, 60), Tie(4, 5, 4, 70)]
    assert not any(rings(*four))


def test_somebody_with_very_many_ties_is_looked_at_by_the_latest() -> None:
    many = [Tie(0, 4 + n, n, n // 10) for n in range(3 * MOST)] + [Tie(0, 4, 900, 100), Tie(0, 4, 901, 101)]
    assert in_rings(ties(many), 700, DAYS)[-2:].all()


def test_two_grave_occasions_of_one_with_two_others() -> None:
    night, other = Tie(0, ANN, 1, 0), Tie(0, BEA, 2, 50)
    assert graves(night, other) == [True, True]
    assert graves(night, other._replace(grave=False)) == [False, False]
    assert graves(night, other._replace(day=101)) == [False, False]
    assert graves(night, other._replace(day=0)) == [False, False]  # one evening, told twice
    assert graves(night, other._replace(at=1)) == [False, False]
    assert graves(night, other._replace(other=ANN)) == [False, False]
    assert graves(night, other._replace(one=1)) == [False, False]
    assert graves(Tie(0, 1, 1, 0), Tie(0, 2, 2, 50)) == [False, False]  # three grown people


def test_one_of_two_grave_occasions_is_an_event_that_is_no_crime_told_at_the_time() -> None:
    night, crime, order = Tie(0, ANN, 1, 0), Tie(0, BEA, 2, 50, crime=True), Tie(0, CAT, ORDERS, 60)
    assert graves(night, crime) == graves(night, order) == [True, True]
    assert graves(crime, crime._replace(at=3, other=ANN)) == [False, False]
    assert graves(crime, order) == graves(order, order._replace(at=ORDERS + 1, other=ANN)) == [False, False]
    assert graves(crime._replace(late=True), order) == [True, True]


def test_whom_a_grave_occasion_of_a_pattern_names_comes_in() -> None:
    rows = [
        Tie(0, ANN, 1, 0),
        Tie(0, BEA, 1, 0),  # the same occasion
        Tie(1, CAT, 1, 0, grave=False),
        Tie(0, 1, 1, 0),  # no child
        Tie(0, CAT, 1, 0, together=False),
        Tie(0, CAT, 2, 0),  # another occasion
    ]
    some = np.array([True, False, False, False, False, False])
    assert of_their_occasions(ties(rows), some).tolist() == [True, True, False, False, False, False]
    plain = [rows[0]._replace(grave=False), *rows[1:]]
    assert of_their_occasions(ties(plain), some).tolist() == some.tolist()


_FINDERS: list[Callable[..., list[bool]]] = [rings, graves]


@pytest.mark.parametrize("finder", _FINDERS)
def test_the_order_of_ties_changes_nothing(finder: Callable[..., list[bool]]) -> None:
    rows = [Tie(0, ANN, 1, 10), Tie(0, BEA, 2, 20, grave=False), Tie(0, CAT, 3, 30, grave=False)]
    rows += [Tie(1, ANN, 5, 20), Tie(0, 1, 6, 30), Tie(1, BEA, 7, 40, crime=True)]
    told = dict(zip(rows, finder(*rows), strict=True))
    assert any(told.values())
    assert dict(zip(reversed(rows), finder(*reversed(rows)), strict=True)) == told


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
