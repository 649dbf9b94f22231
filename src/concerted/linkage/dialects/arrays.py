"""Conditions over arrays of pairs: what the scorer runs, on the records as numbers."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from concerted.linkage import conditions as c
from concerted.linkage.coded import Coded, Column, Numbers

Holds = NDArray[np.bool_]  # one for each pair
_OfOneColumn = c.Same | c.Like | c.Slip | c.Begins | c.Shares | c.Overlaps | c.Within | c.Says


def holds(condition: c.Condition, coded: Coded, left: Numbers, right: Numbers) -> Holds:
    """For each pair of records (`left[i]`, `right[i]`) whether the condition holds."""
    match condition:
        case c.All(conditions):
            return _all(conditions, coded, left, right)
        case c.Some(conditions, 1):
            return _one_of(conditions, coded, left, right)
        case c.Some(conditions, least):
            counted = np.zeros(len(left), np.int8)
            for one in conditions:
                counted += holds(one, coded, left, right)
            return counted >= least
        case c.Not(inner):
            return ~holds(inner, coded, left, right)
        case c.Missing(columns):
            return _missing(columns, coded, left) | _missing(columns, coded, right)
        case c.Crossed(one, other):
            return _crossed(one, other, coded, left, right)
        case c.Among(text, members):
            return _among(text, members, coded, left, right) | _among(text, members, coded, right, left)
        case _:
            return _of_one_column(condition, coded, left, right)


def _of_one_column(condition: _OfOneColumn, coded: Coded, left: Numbers, right: Numbers) -> Holds:
    if coded[condition.column].is_empty:
        return np.zeros(len(left), bool)
    if isinstance(condition, c.Like | c.Slip | c.Begins):
        return _alike(condition, coded[condition.column], left, right)
    numbers = coded.numbers(condition.column)
    one, two = numbers[left], numbers[right]
    match condition:
        case c.Same():
            return np.asarray((one == two) & (one != 0))
        case c.Shares():
            return np.asarray(_common(one, two) > 0)
        case c.Overlaps(_, share):
            longer = np.maximum((one != 0).sum(1), (two != 0).sum(1))
            both = (one[:, 0] != 0) & (two[:, 0] != 0)
            return np.asarray(both & (_common(one, two) >= share * longer))
        case c.Within(_, most):
            return np.asarray((one != 0) & (two != 0) & (np.abs(one - two) <= most))
        case _:
            return np.asarray((one == condition.number) & (two == condition.number))


def _all(conditions: tuple[c.Condition, ...], coded: Coded, left: Numbers, right: Numbers) -> Holds:
    """The later conditions, which cost more, are only asked where those before hold."""
    found = np.zeros(len(left), bool)
    asked = np.arange(len(left))
    for one in conditions:
        asked = asked[holds(one, coded, left[asked], right[asked])]
    found[asked] = True
    return found


def _one_of(conditions: tuple[c.Condition, ...], coded: Coded, left: Numbers, right: Numbers) -> Holds:
    """The later conditions are only asked where none of those before holds."""
    found = np.zeros(len(left), bool)
    asked = np.arange(len(left))
    for one in conditions:
        hit = holds(one, coded, left[asked], right[asked])
        found[asked[hit]] = True
        asked = asked[~hit]
    return found


def _missing(columns: tuple[str, ...], coded: Coded, side: Numbers) -> Holds:
    missing = np.ones(len(side), bool)
    for name in columns:
        numbers = coded.numbers(name)
        missing &= (numbers[:, 0] if numbers.ndim == 2 else numbers)[side] == 0
    return missing


def _crossed(one: str, other: str, coded: Coded, left: Numbers, right: Numbers) -> Holds:
    numbers = coded.alike((one, other))
    first, second = numbers[one], numbers[other]
    crossed = (first[left] == second[right]) & (second[left] == first[right])
    said = (first[left] != 0) & (second[left] != 0)
    return np.asarray(crossed & said & (first[left] != second[left]))


def _among(text: str, members: str, coded: Coded, one: Numbers, other: Numbers) -> Holds:
    numbers = coded.alike((text, members))
    value = numbers[text][one]
    return np.asarray((numbers[members][other] == value[:, None]).any(1) & (value != 0))


def _common(one: Numbers, two: Numbers) -> NDArray[np.int8]:
    """How many members two lists have in common, each once."""
    counted = np.zeros(len(one), np.int8)
    for at in range(one.shape[1]):
        value = one[:, at]
        counted += (two == value[:, None]).any(1) & (value != 0)
    return counted


def _alike(condition: c.Like | c.Slip | c.Begins, column: Column, left: Numbers, right: Numbers) -> Holds:
    """A text is looked at once for each two values that differ."""
    one, two = column.numbers[left], column.numbers[right]
    found = np.asarray((one == two) & (one != 0))
    asked = np.flatnonzero((one != two) & (one != 0) & (two != 0))
    texts, others = column.texts[one[asked]], column.texts[two[asked]]
    match condition:
        case c.Like(_, least):
            likeness = process.cpdist(texts, others, scorer=JaroWinkler.similarity, dtype=np.float64)
            found[asked] = likeness >= least
        case c.Slip(_):
            ends, others_ends = column.ends[one[asked]], column.ends[two[asked]]
            likely = np.flatnonzero(((ends == others_ends) | (ends == 0) | (others_ends == 0)).any(1))
            texts, others = texts[likely], others[likely]
            slips = process.cpdist(texts, others, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)
            found[asked[likely]] = slips <= 1
        case _:
            alike = np.flatnonzero(column.initials[one[asked]] == column.initials[two[asked]])
            pairs = zip(texts[alike], others[alike], strict=True)
            found[asked[alike]] = [a.startswith(b) or b.startswith(a) for a, b in pairs]
    return found
