"""Which pairs are worth comparing: those that share a rare piece of evidence.

A key that few records hold proposes every pair among them. A key with more holders than its cap is refined: by the year
of birth, then by the district. What is still common is cut, unless it is so strong that its holders may well be one
person: then it proposes neighbours in the order of the records' own values, so that someone recorded a hundred times is
not lost.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.keys import NEIGHBOURS, WORDS, Family

Keys = NDArray[np.uint64]
Pairs = NDArray[np.int64]
THREADS: Final = 2
_MIXED_BY: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: spreads numbers that follow each other
_ORDERED_BY: Final = ("whole", "dob", "postcode")


@dataclass(frozen=True, slots=True)
class Proposed:
    """Pairs worth comparing, each once: left, right (record numbers, left < right), in order. cut: for each family
    how many records stood in keys that proposed only neighbours, or nothing."""

    left: Numbers
    right: Numbers
    cut: dict[str, int]


def propose(coded: Coded, families: Sequence[Family]) -> Proposed:
    """The pairs that share a key of these families."""
    used = [one for one in families if all(coded.has(piece.partition(":")[0]) for piece in one.pieces)]
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda family: _of_family(coded, family), used))
    pairs = np.concatenate([np.empty(0, np.int64), *(pairs for pairs, _ in found)])
    left, right = apart(each_once(pairs))
    return Proposed(left, right, {one.name: cut for one, (_, cut) in zip(used, found, strict=True) if cut})


def each_once(pairs: Pairs) -> Pairs:
    """The pairs in order, each once."""
    ordered = np.sort(pairs)
    once: Pairs = ordered[np.diff(ordered, prepend=-1) != 0]
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


def _of_family(coded: Coded, family: Family) -> tuple[Pairs, int]:
    """The pairs of one family, and how many records its cut keys left with neighbours or nothing."""
    if len(family.pieces) == 1 and not (family.two or family.strong or family.refined):
        return _of_one_column(coded.numbers(family.pieces[0]), family.cap)
    records, keys, pairs = _rare(*keys_of(coded, family), family.cap)
    found = [pairs]
    for piece in family.refined:
        more = _numbers_of(coded, piece)[records]  # those of which it is not known are holders of one key too
        records, keys, pairs = _rare(records, _mixed(keys, more), family.cap)
        found.append(pairs)
    if family.strong and len(records):
        found.append(_neighbours(coded, records, keys))
    return np.concatenate(found), int(np.count_nonzero(np.bincount(records)))


def _of_one_column(numbers: Numbers, cap: int) -> tuple[Pairs, int]:
    """The same of a column alone: how many hold a value is counted first, and what is common never sorted."""
    holders = np.bincount(numbers.ravel())[numbers]
    rare, common = (numbers != 0) & (holders > 1) & (holders <= cap), (numbers != 0) & (holders > cap)
    records, values = np.nonzero(rare)[0].astype(np.int32), numbers[rare].astype(np.uint64)
    return _rare(records, values, cap)[2], int(np.count_nonzero(common if common.ndim == 1 else common.any(1)))


def _rare(records: Numbers, keys: Keys, cap: int) -> tuple[Numbers, Keys, Pairs]:
    """Every pair that shares a key with no more holders than the cap, behind the rows whose key has more."""
    order = np.argsort(keys)  # rows of one key in any order: each pair is written lower record first
    begins = np.flatnonzero(np.diff(keys[order], prepend=keys[order][:1] + np.uint64(1)))
    sizes = np.diff(np.append(begins, len(order)))
    holders = np.repeat(sizes, sizes)
    rows, common = order[(holders > 1) & (holders <= cap)], order[holders > cap]
    return records[common], keys[common], _steps(records[rows], keys[rows], cap)


def _steps(records: Numbers, keys: Keys, steps: int) -> Pairs:
    """Pairs of rows of one key that stand at most so many steps apart; rows of one key follow each other."""
    found = [np.empty(0, np.int64)]
    at = np.arange(len(keys))
    for step in range(1, steps + 1):
        at = at[at + step < len(keys)]
        at = at[keys[at] == keys[at + step]]
        if not len(at):
            break
        found.append(as_one(records[at], records[at + step]))
    pairs = np.concatenate(found)
    of_two: Pairs = pairs[pairs >> 32 != pairs & 0xFFFFFFFF]  # one record may hold a key twice
    return of_two


def _neighbours(coded: Coded, records: Numbers, keys: Keys) -> Pairs:
    ranks = [coded[name].ranks[coded.numbers(name)[records]] for name in _ORDERED_BY]
    years = coded.numbers("year")[records]
    by: list[Any] = [records, years, *reversed(ranks), keys]
    order = np.lexsort(by)
    return _steps(records[order], keys[order], NEIGHBOURS)


def keys_of(coded: Coded, family: Family) -> tuple[Numbers, Keys]:
    """Rows of a record and a key that it holds."""
    if family.two:
        return _of_every_two(coded.numbers(family.pieces[0]))
    pieces = sorted(family.pieces, key=lambda one: -_numbers_of(coded, one).ndim)
    records, numbers = _members(_numbers_of(coded, pieces[0]))
    keys, held = _mixed(np.zeros(len(records), np.uint64), numbers), _shared(numbers)
    for piece in pieces[1:]:
        numbers = _numbers_of(coded, piece)
        keys, held = _mixed(keys, numbers[records]), held & _shared(numbers)[records]
    return records[held], keys[held]


def _members(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Rows of a record and each value that it has."""
    at = np.nonzero(numbers)
    return at[0].astype(np.int32), numbers[at]


def _shared(numbers: Numbers) -> NDArray[np.bool_]:
    """Which values are held by more than one."""
    return np.asarray((np.bincount(numbers)[numbers] > 1) & (numbers != 0))


def _of_every_two(numbers: Numbers) -> tuple[Numbers, Keys]:
    few = numbers[:, WORDS:].any(1) == 0 if numbers.shape[1] > WORDS else np.ones(len(numbers), bool)
    records, keys = [np.empty(0, np.int32)], [np.empty(0, np.uint64)]
    for one, other in combinations(range(min(numbers.shape[1], WORDS)), 2):
        rows = np.flatnonzero((numbers[:, other] != 0) & few).astype(np.int32)
        first, second = numbers[rows, one], numbers[rows, other]
        records.append(rows)
        keys.append(
            _mixed(_mixed(np.zeros(len(rows), np.uint64), np.minimum(first, second)), np.maximum(first, second))
        )
    return np.concatenate(records), np.concatenate(keys)


def _mixed(keys: Keys, numbers: Numbers) -> Keys:
    """Keys of 64 bits with one more number in them; of millions of keys no two are likely to fall together."""
    mixed = (keys ^ numbers.astype(np.uint64)) * _MIXED_BY
    return mixed ^ mixed >> np.uint64(29)


def _numbers_of(coded: Coded, piece: str) -> Numbers:
    column, _, length = piece.partition(":")
    return coded.beginnings(column, int(length)) if length else coded.numbers(column)


def within_groups(group: NDArray[np.int64], largest: int) -> Pairs:
    """Every pair of records of one group, of the groups with no more members than the largest."""
    records = np.arange(len(group), dtype=np.int32)
    return _rare(records, group.astype(np.uint64), largest)[2]
