"""Rings: people tied in a circle by separate occasions. Chance rarely closes one; a group that acts together does."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.networks.findings.occasions import Codes, Rows
from concerted.networks.findings.reasons import among
from concerted.networks.findings.ties import Ties
from concerted.networks.keys import distinct
from concerted.networks.people import Flags

ENOUGH: Final = (
    2  # grave occasions that make a ring of three or four telling; a crime of one against another is as much
)
MOST: Final = 200  # ties of one person that are looked at for rings, their latest: of more, so many hold it together


class _Half(NamedTuple):
    """Two ties with a person in the middle: from whom to whom (the lower number first), the two rows, first and last
    day."""

    ends: Codes
    middle: Codes
    one: Codes
    two: Codes
    begin: Codes
    end: Codes


def in_rings(ties: Ties, size: int, days: int) -> Flags:
    """Which ties are part of a ring: the same two people by two occasions, three people by three, or four by four, all
    of them within so many days, and telling. size: how many people there may be."""
    found = np.zeros(len(ties), bool)
    rows = _core(ties, size)
    near = ties.take(rows)
    ring = _twice(near, size, days)
    halves = _telling_halves(near, size, days)
    ring |= _threes(near, halves, size, days)
    ring |= _fours(near, halves, days)
    found[rows[ring]] = True
    return found


def of_graves(ties: Ties, size: int, days: int, first_order: int) -> Flags:
    """Two grave occasions of one person with two others, on two days, one of which at least is no crime, no order and
    nobody's word of what they are to each other: to be found together at night or while one is missing is too rare for
    chance."""
    rows = np.flatnonzero(ties.grave)
    near = ties.take(rows)
    found_so = (near.event < first_order) & ~_prompt(near)
    halves = _halves(near, _arms(near), size, days)
    both = near.with_child[halves.one] | near.with_child[halves.two]
    both &= found_so[halves.one] | found_so[halves.two]
    both &= halves.begin < halves.end
    found = np.zeros(len(ties), bool)
    found[rows[halves.one[both]]] = found[rows[halves.two[both]]] = True
    return found


def of_their_occasions(ties: Ties, some: Flags) -> Flags:
    """These ties, and those of all whom the grave ones of them name together with a child."""
    grave = ties.grave & (ties.event == ties.beside)
    found: Flags = some | (grave & ties.with_child & np.isin(ties.event, ties.event[some & grave]))
    return found


def _core(ties: Ties, size: int) -> NDArray[np.int64]:
    """The ties that can be part of a ring: of people whom more than one occasion ties to somebody, again and again."""
    rows = np.arange(len(ties))
    while True:
        who, at = np.append(ties.one[rows], ties.other[rows]), np.tile(ties.at[rows], 2)
        order = np.lexsort((at, who))
        who, at = who[order], at[order]
        own = np.append(np.ones(min(len(who), 1), bool), (who[1:] != who[:-1]) | (at[1:] != at[:-1]))
        count = np.bincount(who[own], minlength=size)
        kept = (count[ties.one[rows]] > 1) & (count[ties.other[rows]] > 1)
        if kept.all():
            return rows
        rows = rows[kept]


def _twice(ties: Ties, size: int, days: int) -> Flags:
    """Of two people whom several occasions tie, on different days: one day may be told twice."""
    pair = _pair(ties, size)
    order = np.lexsort((ties.day, pair))
    found = np.zeros(len(ties), bool)
    for left, right in _of_one(pair[order]):
        one, two = order[left], order[right]
        since = ties.day[two] - ties.day[one]
        closed = ~ties.children[one] & (since > 0) & (since <= days) & (ties.at[one] != ties.at[two])
        closed &= telling(ties, one, two)
        found[one[closed]] = found[two[closed]] = True
    return found


def telling(ties: Ties, *rows: Rows) -> Flags:
    """Of each ring, its ties by their rows: whether two of the occasions are grave or one is a crime of one against
    another, of two meetings of the same two people one grave; and whether no more than half of them are crimes: of many
    crimes some close a ring by chance. What people told of years later counts as other occasions do."""
    counted = (ties.grave, _prompt(ties), _against(ties), (ties.event == ties.beside) & ~_prompt(ties))
    grave, prompt, crimes, met = (np.sum([one[row] for row in rows], axis=0) for one in counted)
    grave_enough = (grave > 1) | (crimes > 0) | ((grave > 0) & (met == len(rows)) & (len(rows) == 2))
    found: Flags = grave_enough & (2 * prompt <= len(rows)) & (met > 0)
    return found


def _prompt(ties: Ties) -> Flags:
    """Crimes that were told when they happened."""
    return ties.crime & ~ties.years_later


def _against(ties: Ties) -> Flags:
    """Crimes of one against the other, or of both."""
    return ties.crime & ties.grave


class _Arms(NamedTuple):
    """Each tie from either of its people, person by person, the latest first: whose it is, to whom, the row."""

    middle: Codes
    end: Codes
    row: Codes


def _arms(ties: Ties) -> _Arms:
    middle = np.append(ties.one, ties.other).astype(np.int64)
    end = np.append(ties.other, ties.one).astype(np.int64)
    row = np.tile(np.arange(len(ties)), 2)
    order = np.lexsort((-ties.day[row], middle))
    arms = _Arms(*(one[order] for one in (middle, end, row)))
    few = np.arange(len(middle)) - np.searchsorted(arms.middle, arms.middle) < MOST
    return _Arms(*(one[few] for one in arms))


def _telling_halves(ties: Ties, size: int, days: int) -> _Half:
    """Those that may be part of a telling ring of three or four: with a grave tie; or without one, where the other half
    of the ring can have enough. Nearly all have none, and are left out before anything is asked of them."""
    arms = _arms(ties)
    grave = ties.grave[arms.row]
    some = _halves(ties, arms, size, days, lambda left, right: grave[left] | grave[right])
    enough = some.ends[_weight(ties, some) >= ENOUGH]
    ends = distinct(np.append(enough, _pair(ties, size)[_against(ties)]))
    known = np.zeros(size, bool)
    known[ends // size] = known[ends % size] = True
    plain = known[arms.end] & ~grave
    none = _halves(ties, arms, size, days, lambda left, right: plain[left] & plain[right])
    of_them = np.flatnonzero(among(none.ends, ends))
    return _Half(*(np.append(one, other[of_them]) for one, other in zip(some, none, strict=True)))


def _halves(
    ties: Ties, arms: _Arms, size: int, days: int, wanted: Callable[[Rows, Rows], Flags] | None = None
) -> _Half:
    """Every two ties of one person to two others, by two occasions near in time. wanted: which of two arms."""
    parts = []
    for left, right in _of_one(arms.middle):
        if wanted:
            some = wanted(left, right)
            left, right = left[some], right[some]
        one, two = arms.row[left], arms.row[right]
        near = (arms.end[left] != arms.end[right]) & (ties.at[one] != ties.at[two])
        near &= np.abs(ties.day[one] - ties.day[two]) <= days
        left, right, one, two = left[near], right[near], one[near], two[near]
        parts.append(_half(ties, size, arms.middle[left], (arms.end[left], arms.end[right]), (one, two)))
    if not parts:
        return _Half(*(np.zeros(0, np.int64) for _ in _Half._fields))
    return _Half(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _half(ties: Ties, size: int, middle: Any, ends: Any, rows: Any) -> _Half:
    code = np.minimum(*ends) * size + np.maximum(*ends)
    day = ties.day[rows[0]], ties.day[rows[1]]
    return _Half(code, middle, rows[0], rows[1], np.minimum(*day), np.maximum(*day))


def _threes(ties: Ties, halves: _Half, size: int, days: int) -> Flags:
    """Halves whose two ends are tied as well."""
    pair, third_weight = _pair(ties, size), np.where(_against(ties), ENOUGH, ties.grave)
    order = np.lexsort((-third_weight, pair))
    begin, end = (np.searchsorted(pair[order], halves.ends, side) for side in ("left", "right"))
    here, weight, step = np.flatnonzero(begin < end), _weight(ties, halves), 0
    found = np.zeros(len(ties), bool)
    while len(here):
        third = order[begin[here] + step]
        enough = weight[here] + third_weight[third] >= ENOUGH  # those further on weigh less still
        here, third = here[enough], third[enough]
        one, two = halves.one[here], halves.two[here]
        span = np.maximum(halves.end[here], ties.day[third]) - np.minimum(halves.begin[here], ties.day[third])
        closed = (ties.at[third] != ties.at[one]) & (ties.at[third] != ties.at[two]) & (span <= days)
        closed &= ties.with_child[one] | ties.with_child[two] | ties.with_child[third]
        closed &= telling(ties, one, two, third)
        for rows in (one, two, third):
            found[rows[closed]] = True
        step += 1
        here = here[begin[here] + step < end[here]]
    return found


def _fours(ties: Ties, halves: _Half, days: int) -> Flags:
    """Two halves of the same two ends with another in the middle."""
    weight = _weight(ties, halves)
    order = np.lexsort((-weight, halves.ends))
    by, weight = _Half(*(one[order] for one in halves)), weight[order]
    found = np.zeros(len(ties), bool)
    for left, right in _of_one(by.ends, weight):
        span = np.maximum(by.end[left], by.end[right]) - np.minimum(by.begin[left], by.begin[right])
        near = (by.middle[left] != by.middle[right]) & (span <= days)
        rows = [one[side[near]] for one in (by.one, by.two) for side in (left, right)]
        told = np.sort(np.column_stack([ties.at[one] for one in rows]), axis=1)
        closed = (np.diff(told, axis=1) != 0).all(axis=1) & np.any([ties.with_child[one] for one in rows], axis=0)
        closed &= telling(ties, *rows)
        for one in rows:
            found[one[closed]] = True
    return found


def _weight(ties: Ties, halves: _Half) -> Codes:
    """How much of what makes a ring telling each half has: ENOUGH by itself, half of it, or nothing. Of what many share
    thousands of halves have the same two ends, and nearly all of them have nothing."""
    grave = ties.grave[halves.one].astype(np.int64) + ties.grave[halves.two]
    against = _against(ties)
    return np.where(against[halves.one] | against[halves.two], ENOUGH, grave)


def _of_one(keys: Codes, weight: Codes | None = None) -> Iterator[tuple[Rows, Rows]]:
    """Every two rows of one key, of keys that are sorted: first the neighbours, then those one further, and on.
    weight: of each row, falling within a key; then only two that have ENOUGH together."""
    left, step = np.arange(len(keys)), 1
    while len(left):
        left = left[left + step < len(keys)]
        left = left[keys[left + step] == keys[left]]
        if weight is not None:
            left = left[weight[left] + weight[left + step] >= ENOUGH]  # those further on weigh less still
        yield left, left + step
        step += 1


def _pair(ties: Ties, size: int) -> Codes:
    found: Codes = np.minimum(ties.one, ties.other).astype(np.int64) * size + np.maximum(ties.one, ties.other)
    return found
