"""Pairs drawn by what their records hold, or by their keys: the order of the records never changes a sample."""

import zlib
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart
from concerted.linkage.coded import Coded, Column, Numbers
from concerted.linkage.levels import Comparison

Contents = NDArray[np.uint64]
_SEED: Final = 20090314
_MIXED_BY: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: spreads numbers that follow each other


def contents(coded: Coded, comparisons: Iterable[Comparison]) -> Contents:
    """For each record a number that follows from what it holds in these comparisons' own columns, not in those made of
    them, and from nothing else. Two records of one number hold the same, so either may stand for the other."""
    held = np.zeros(coded.records, np.uint64)
    levels = ((one.needs, [level.rarity for level in one.levels if level.rarity]) for one in comparisons)
    for name in sorted({name for needs, rarities in levels for name in (*needs, *rarities)}):
        if coded.has(name):
            held = _mixed(held + _of_each(coded[name]))
    return held


def random_pairs(held: Contents, pairs: int) -> tuple[Numbers, Numbers]:
    """So many pairs of records taken at random, but for those that took a record with itself."""
    order = np.argsort(held, kind="stable").astype(np.int32)
    left, right = np.random.default_rng(_SEED).integers(0, len(held), (2, pairs))
    differ = left != right
    return order[left[differ]], order[right[differ]]


def drawn(pairs: Pairs, held: Contents, most: int) -> Pairs:
    """So many of these pairs at most, in an order that follows from what they hold."""
    left, right = apart(pairs)
    by = _mixed(held[left] + held[right])
    if len(pairs) > most:
        chosen = np.argpartition(by, most)[:most]
        pairs, by = pairs[chosen], by[chosen]
    ordered: Pairs = pairs[np.argsort(by, kind="stable")]
    return ordered


def of_keys(keys: Sequence[RecordKey], left: Numbers, right: Numbers) -> Contents:
    """For each pair of records a number that follows from their two keys alone, whichever is named first."""
    used, at = np.unique(np.concatenate([left, right]), return_inverse=True)
    marks = [zlib.crc32(str(keys[record]).encode("utf-8", "backslashreplace")) for record in used.tolist()]
    one, other = _mixed(np.array(marks, np.uint64)[at]).reshape(2, -1)
    return _mixed(one + other)


def _of_each(column: Column) -> Contents:
    """For each record what its value, or all of its values in any order, come to."""
    of_value = column.numbers.astype(np.uint64)
    if len(column.texts):
        of_value = column.ranks.astype(np.uint64)[column.numbers]
    mixed = np.where(column.numbers > 0, _mixed(of_value), np.uint64(0))
    return mixed.sum(axis=1, dtype=np.uint64) if column.is_list else mixed


def _mixed(numbers: Contents) -> Contents:
    mixed = (numbers ^ numbers >> np.uint64(31)) * _MIXED_BY
    return mixed ^ mixed >> np.uint64(29)
