"""Conditions over arrays of pairs: what the scorer runs, on the records as numbers."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from concerted.linkage import conditions as c
from concerted.linkage.coded import Coded, Column, Numbers

Holds = NDArray[np.bool_]  # one for each pair
Rows = NDArray[np.intp]
_OfOneColumn = c.Same | c.Like | c.Slip | c.Begins | c.Shares | c.Overlaps | c.Within | c.Says


class Pairs:
    """Pairs of records, and the numbers of their values, each looked up once."""

    def __init__(self, coded: Coded, left: Numbers, right: Numbers, of: "tuple[Pairs, Rows] | None" = None) -> None:
        """of: the pairs that these are some rows of, and which."""
        self.coded, self.left, self.right, self._of = coded, left, right, of
        self._held: dict[str, tuple[Numbers, Numbers]] = {}

    def __len__(self) -> int:
        return len(self.left)

    def take(self, rows: Rows) -> "Pairs":
        """These rows alone."""
        return Pairs(self.coded, self.left[rows], self.right[rows], (self, rows))

    def numbers(self, name: str) -> tuple[Numbers, Numbers]:
        """The numbers of a column's values, on the left and on the right: taken, which for lists is thrice as fast as
        asking for them by their places."""
        if name not in self._held:
            if self._of and name in self._of[0]._held:
                (one, two), rows = self._of[0]._held[name], self._of[1]
                self._held[name] = one.take(rows, axis=0), two.take(rows, axis=0)
            else:
                numbers = self.coded.numbers(name)
                self._held[name] = numbers.take(self.left, axis=0), numbers.take(self.right, axis=0)
        return self._held[name]


def holds(condition: c.Condition, pairs: Pairs) -> Holds:
    """For each pair whether the condition holds."""
    if not len(pairs):
        return np.zeros(0, bool)
    match condition:
        case c.All(conditions):
            return _all(conditions, pairs)
        case c.Some(conditions, 1):
            return _one_of(conditions, pairs)
        case c.Some(conditions, least):
            counted = np.zeros(len(pairs), np.int8)
            for one in conditions:
                counted += holds(one, pairs)
            return counted >= least
        case c.Not(inner):
            return ~holds(inner, pairs)
        case c.Missing(columns):
            return _missing(columns, pairs)
        case c.Crossed(one, other):
            return _crossed(pairs.coded.alike((one, other)), one, other, pairs)
        case c.Among(text, members):
            alike = pairs.coded.alike((text, members))
            either = _among(alike[text], alike[members], pairs.left, pairs.right)
            return either | _among(alike[text], alike[members], pairs.right, pairs.left)
        case _:
            return _of_one_column(condition, pairs)


def _of_one_column(condition: _OfOneColumn, pairs: Pairs) -> Holds:
    column = pairs.coded[condition.column]
    if column.is_empty:
        return np.zeros(len(pairs), bool)
    one, two = pairs.numbers(condition.column)
    match condition:
        case c.Like() | c.Slip() | c.Begins():
            return _alike(condition, column, one, two)
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


def _all(conditions: tuple[c.Condition, ...], pairs: Pairs) -> Holds:
    """The later conditions, which cost more, are only asked where those before hold."""
    found = np.zeros(len(pairs), bool)
    asked, left_over = np.arange(len(pairs)), pairs
    for one in conditions:
        hit = np.flatnonzero(holds(one, left_over))
        asked, left_over = asked[hit], left_over.take(hit)
    found[asked] = True
    return found


def _one_of(conditions: tuple[c.Condition, ...], pairs: Pairs) -> Holds:
    """The later conditions are only asked where none of those before holds."""
    found = np.zeros(len(pairs), bool)
    asked, left_over = np.arange(len(pairs)), pairs
    for one in conditions:
        hit = holds(one, left_over)
        found[asked[hit]] = True
        rest = np.flatnonzero(~hit)
        asked, left_over = asked[rest], left_over.take(rest)
    return found


def _missing(columns: tuple[str, ...], pairs: Pairs) -> Holds:
    sides = np.ones((2, len(pairs)), bool)
    for name in columns:
        for missing, numbers in zip(sides, pairs.numbers(name), strict=True):
            missing &= (numbers[:, 0] if numbers.ndim == 2 else numbers) == 0
    return np.asarray(sides.any(0))


def _crossed(numbers: dict[str, Numbers], one: str, other: str, pairs: Pairs) -> Holds:
    first, second = numbers[one], numbers[other]
    found = np.zeros(len(pairs), bool)
    given = first[pairs.left]
    some = np.flatnonzero((given == second[pairs.right]) & (given != 0))
    family = second[pairs.left[some]]
    found[some] = (family == first[pairs.right[some]]) & (family != 0) & (family != given[some])
    return found


def _among(text: Numbers, members: Numbers, one: Numbers, other: Numbers) -> Holds:
    value = text[one]
    return np.asarray((members.take(other, axis=0) == value[:, None]).any(1) & (value != 0))


def _common(one: Numbers, two: Numbers) -> NDArray[np.int8]:
    """How many members two lists have in common, each once."""
    counted = np.zeros(len(one), np.int8)
    for at in range(one.shape[1]):
        value = one[:, at]
        counted += (two == value[:, None]).any(1) & (value != 0)
    return counted


def _alike(condition: c.Like | c.Slip | c.Begins, column: Column, one: Numbers, two: Numbers) -> Holds:
    """A text is looked at once for each two values that differ."""
    found = np.asarray((one == two) & (one != 0))
    asked = np.flatnonzero((one != two) & (one != 0) & (two != 0))
    if not len(asked):
        return found
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
