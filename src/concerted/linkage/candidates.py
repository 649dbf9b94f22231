"""Which pairs are worth comparing: those that share a rare piece of evidence.

A key that few records hold proposes every pair among them. A key with more holders than its cap is refined, in one way
or several: by the year of birth, then by the district. What is still common, or not known more closely, is cut, unless
the key is so strong that its holders may well be one person: then it proposes neighbours in the order of the records'
own values, so that someone recorded a thousand times is not lost.

Holders are counted within the cells of the two records alone, so that whether a pair is proposed is told by the records
of these two cells, and no cell that a reader may not see changes what is proposed among theirs.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.contents import contents
from concerted.linkage.holders import begins, by_cells, within
from concerted.linkage.keys import NEIGHBOURS, WORDS, Family

Keys = NDArray[np.uint64]
Pairs = NDArray[np.int64]
NumbersOf = Callable[[str, Numbers], Numbers]
THREADS: Final = 2
_ORDERED_BY: Final = ("whole", "dob", "postcode")


@dataclass(frozen=True, slots=True)
class Proposed:
    """Pairs worth comparing, each once: left, right (record numbers, left < right), in order. cut: for each family
    how many records stood in keys that proposed only neighbours, or nothing."""

    left: Numbers
    right: Numbers
    cut: dict[str, int]


def propose(coded: Coded, families: Sequence[Family], cells: Numbers | None = None) -> Proposed:
    """The pairs that share a key of these families. cells: for each record the number of its cell; none where all lie
    in one."""
    used = [one for one in families if all(coded.has(piece.partition(":")[0]) for piece in one.pieces)]
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda family: _of_family(coded, family, cells), used))
    pairs = np.concatenate([np.empty(0, np.int64), *(pairs for pairs, _ in found)])
    left, right = apart(each_once(pairs))
    return Proposed(left, right, {one.name: cut for one, (_, cut) in zip(used, found, strict=True) if cut})


def each_once(pairs: Pairs) -> Pairs:
    """The pairs in order, each once."""
    ordered = np.sort(pairs)
    once: Pairs = ordered[begins(ordered)]
    return once


def without(pairs: Pairs, others: Pairs) -> Pairs:
    """The pairs that are not among the others; both in order."""
    if not len(others):
        return pairs
    at = np.minimum(np.searchsorted(others, pairs), len(others) - 1)
    left_over: Pairs = pairs[others[at] != pairs]
    return left_over


def apart(pairs: Pairs) -> tuple[Numbers, Numbers]:
    """The two records of pairs that are written as one number: the left in the upper half."""
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)


def as_one(left: Numbers, right: Numbers) -> Pairs:
    """Two record numbers as one, the lower in the upper half."""
    return np.minimum(left, right).astype(np.int64) << 32 | np.maximum(left, right)


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of a record and a key that it holds. below: a number above every key. bits: how many a record takes."""

    records: Numbers
    keys: Keys
    below: int
    bits: int

    def refined(self, numbers: Numbers) -> "Held":
        """The keys with one more number in each. MemoryError when no number of 64 bits holds a key and its record."""
        keys: NDArray[Any] = self.keys
        below, values = self.below, int(numbers.max(initial=0)) + 1
        if below * values << self.bits > 1 << 64:
            distinct, keys = np.unique(keys, return_inverse=True)
            below = len(distinct)
        if below * values << self.bits > 1 << 64:
            raise MemoryError
        longer = keys.astype(np.uint64) * np.uint64(values) + numbers.astype(np.uint64)
        return Held(self.records, longer, below * values, self.bits)

    def take(self, rows: NDArray[Any]) -> "Held":
        """These rows alone."""
        return Held(self.records[rows], self.keys[rows], self.below, self.bits)

    def and_also(self, other: "Held") -> "Held":
        """These rows and those of the same keys."""
        records = np.concatenate([self.records, other.records])
        return Held(records, np.concatenate([self.keys, other.keys]), self.below, self.bits)

    def in_order(self) -> "Held":
        """The rows, each once, by key and by record: a key and its record are sorted as one number, which is quick."""
        rows = np.sort(self.keys << np.uint64(self.bits) | self.records.astype(np.uint64))
        rows = rows[begins(rows)]
        records = (rows & np.uint64((1 << self.bits) - 1)).astype(np.int32)
        return Held(records, rows >> np.uint64(self.bits), self.below, self.bits)


def _of_family(coded: Coded, family: Family, cells: Numbers | None = None) -> tuple[Pairs, int]:
    """The pairs of one family, and how many records its cut keys left with neighbours or nothing."""

    def numbers(piece: str, records: Numbers) -> Numbers:
        return _numbers_of(coded, piece)[records]

    held = keys_of(coded, family)
    return pairs_of(held, family, numbers, lambda common: neighbours(coded, common, cells), cells)


def pairs_of(
    held: Held, family: Family, numbers: NumbersOf, near: Callable[[Held], Pairs], cells: Numbers | None = None
) -> tuple[Pairs, int]:
    """The same of these rows, which are all that there are of their keys. numbers: of a piece, by which keys are
    refined, those of some records. near: the pairs of neighbours among rows whose keys stay common.

    A key that is common in some two cells is refined for all: where it is rare in two others, all their pairs are there
    already, and what refining it proposes is among them."""
    common, pairs = _rare(held, family.cap, cells)
    cap = family.cap if family.cap_refined is None else family.cap_refined
    found, left_over = [pairs], []
    for pieces in family.refined or ((),):
        held = common
        for piece in pieces:
            held, pairs = _refined(held, numbers(piece, held.records), cap, cells)
            found.append(pairs)
        left_over.append(held)
    if family.strong and len(left_over[0].records):
        found.append(near(left_over[0]))
    return np.concatenate(found), int(np.count_nonzero(np.bincount(left_over[0].records)))


def _refined(held: Held, numbers: Numbers, cap: int, cells: Numbers | None = None) -> tuple[Held, Pairs]:
    """What `_rare` gives of the keys with one more number in each; where there is none, the key proposes nothing."""
    held = held.refined(numbers)
    common, pairs = _rare(held.take(numbers > 0), cap, cells)
    return held.take(numbers == 0).and_also(common), pairs


def _rare(held: Held, cap: int, cells: Numbers | None = None) -> tuple[Held, Pairs]:
    """Every pair that shares a key with no more holders than the cap, behind the rows whose key has more: counted in
    the two records' cells, and rows of keys that have more in some two."""
    held = held.in_order()
    starts = np.flatnonzero(begins(held.keys))
    sizes = np.diff(np.append(starts, len(held.keys)))
    rare = (sizes > 1) & (sizes <= cap)
    common, pairs = held.take(np.repeat(sizes > cap, sizes)), within(held.records, starts[rare], sizes[rare])
    if cells is None or not len(common.records):
        return common, pairs
    still, more = by_cells(common.keys, common.records, cap, cells)
    return common.take(still), np.append(pairs, more)


def neighbours(coded: Coded, held: Held, cells: Numbers | None = None) -> Pairs:
    """Pairs of records that stand a few steps apart at most in the order of a key's own holders in their two cells,
    which is theirs whoever else is among these records."""
    ranks = [coded[name].ranks[coded.numbers(name)[held.records]] for name in _ORDERED_BY]
    alike = coded.by_key(held.records), contents(coded, STANDARD, held.records, lasting=True)
    by: list[Any] = [*alike, coded.numbers("year")[held.records], *reversed(ranks), held.keys]
    held = held.take(np.lexsort(by))
    if cells is None:
        return _near(held)
    return np.concatenate([_across(_near(held.take(rows)), cells, both) for both, rows in _of_two(cells[held.records])])


def _near(held: Held) -> Pairs:
    """Pairs of records that stand a few steps apart at most in these rows, and share a key."""
    found = []
    for step in range(1, NEIGHBOURS + 1):
        near = np.flatnonzero(held.keys[step:] == held.keys[:-step])
        found.append(as_one(held.records[near], held.records[near + step]))
    return np.concatenate(found)


def _of_two(cells: Numbers) -> Iterator[tuple[tuple[int, int], NDArray[np.intp]]]:
    """For every two cells, and for each by itself, the rows that they hold, in order."""
    rows = {cell: np.flatnonzero(cells == cell) for cell in np.unique(cells).tolist()}
    for one, other in combinations_with_replacement(rows, 2):
        yield (one, other), rows[one] if one == other else np.sort(np.append(rows[one], rows[other]))


def _across(pairs: Pairs, cells: Numbers, both: tuple[int, int]) -> Pairs:
    """Those of the pairs that are of these two cells, one record of each."""
    one, other = (cells[side] for side in apart(pairs))
    found: Pairs = pairs[(np.minimum(one, other) == both[0]) & (np.maximum(one, other) == both[1])]
    return found


def keys_of(coded: Coded, family: Family) -> Held:
    """Rows of a record and a key that it holds."""
    if family.every:
        return _of_every(family.every, coded.numbers(family.pieces[0]))
    pieces = sorted(family.pieces, key=lambda one: -_numbers_of(coded, one).ndim)
    numbers = _numbers_of(coded, pieces[0])
    records, values = _members(numbers)
    held, shared = _unkeyed(records, coded.records).refined(values), _shared(values)
    for piece in pieces[1:]:
        numbers = _numbers_of(coded, piece)
        held, shared = held.refined(numbers[records]), shared & _shared(numbers)[records]
    return held.take(shared)


def _unkeyed(records: Numbers, of: int) -> Held:
    """Rows of records, numbers below `of`, with one key for all."""
    return Held(records, np.zeros(len(records), np.uint64), 1, max(of - 1, 1).bit_length())


def _members(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Rows of a record and each value that it has."""
    at = np.nonzero(numbers)
    return at[0].astype(np.int32), numbers[at]


def _shared(numbers: Numbers) -> NDArray[np.bool_]:
    """Which values are held by more than one."""
    return np.asarray((np.bincount(numbers)[numbers] > 1) & (numbers != 0))


def _of_every(some: int, numbers: Numbers) -> Held:
    """Every so many members of one list, whatever their order."""
    few = numbers[:, WORDS:].any(1) == 0 if numbers.shape[1] > WORDS else np.ones(len(numbers), bool)
    records, members = [np.empty(0, np.int32)], [np.empty((0, some), np.int32)]
    for places in combinations(range(min(numbers.shape[1], WORDS)), some):
        rows = np.flatnonzero((numbers[:, places[-1]] != 0) & few).astype(np.int32)
        records.append(rows)
        members.append(np.sort(numbers[rows[:, None], places], axis=1))
    held = _unkeyed(np.concatenate(records), len(numbers))
    for member in np.concatenate(members).T:
        held = held.refined(member)
    return held


def _numbers_of(coded: Coded, piece: str) -> Numbers:
    column, _, length = piece.partition(":")
    return coded.beginnings(column, int(length)) if length else coded.numbers(column)


def within_groups(group: NDArray[np.int64], largest: int) -> Pairs:
    """Every pair of records of one group, of the groups with no more members than the largest."""
    records = np.arange(len(group), dtype=np.int32)
    return _rare(_unkeyed(records, len(group)).refined(group.astype(np.int32)), largest)[1]
