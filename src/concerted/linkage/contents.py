"""What records hold, as a number each: what goes by it goes neither by the order of the records nor by their ids."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Column, Numbers
from concerted.linkage.levels import Comparison
from concerted.linkage.standing.hashes import of_numbers, of_texts

Contents = NDArray[np.uint64]
_MIXED_BY: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: spreads numbers that follow each other


def contents(coded: Coded, comparisons: Iterable[Comparison], of: Numbers | slice = slice(None)) -> Contents:
    """For each record a number that follows from what it holds in these comparisons' own columns, not in those made of
    them, and from nothing else. Two records of one number hold the same, so either may stand for the other.

    of: the records, all of them if it is not said."""
    held: Contents = np.zeros(coded.records, np.uint64)[of]
    for name in _columns(comparisons):
        if coded.has(name):
            held = mixed(held + _of_each(coded[name], of))
    return held


def contents_of_texts(coded: Coded, comparisons: Iterable[Comparison], of: Numbers) -> Contents:
    """The same of some records, and whatever other records hold: it follows from the letters of the values, and not
    from their places among all values there are."""
    held: Contents = np.zeros(len(of), np.uint64)
    for name in _columns(comparisons):
        column = coded[name]
        numbers = column.numbers[of]
        each = of_numbers(numbers)
        if len(column.texts):
            used, at = np.unique(numbers, return_inverse=True)
            each = of_texts(pa.array(column.texts[used], pa.string()))[at].reshape(numbers.shape)
        held = mixed(held + (each.sum(axis=1, dtype=np.uint64) if column.is_list else each))
    return held


def _columns(comparisons: Iterable[Comparison]) -> list[str]:
    levels = ((one.needs, [level.rarity for level in one.levels if level.rarity]) for one in comparisons)
    return sorted({name for needs, rarities in levels for name in (*needs, *rarities)})


def _of_each(column: Column, of: Numbers | slice) -> Contents:
    """For each record what its value, or all of its values in any order, come to."""
    numbers = column.numbers[of]
    of_value = numbers.astype(np.uint64)
    if len(column.texts):
        of_value = column.ranks.astype(np.uint64)[numbers]
    each = np.where(numbers > 0, mixed(of_value), np.uint64(0))
    return each.sum(axis=1, dtype=np.uint64) if column.is_list else each


def mixed(numbers: Contents) -> Contents:
    """Numbers that look drawn at random, each following from one of these."""
    once = (numbers ^ numbers >> np.uint64(31)) * _MIXED_BY
    return once ^ once >> np.uint64(29)
