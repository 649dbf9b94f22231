"""What records hold, as a number each: what goes by it goes neither by the order of the records nor by their ids."""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage import hashes
from concerted.linkage.coded import Coded, Column, Numbers
from concerted.linkage.levels import Comparison

Contents = NDArray[np.uint64]
_MIXED_BY: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: spreads numbers that follow each other


def contents(
    coded: Coded, comparisons: Iterable[Comparison], of: Numbers | slice = slice(None), *, lasting: bool = False
) -> Contents:
    """For each record a number that follows from what it holds in these comparisons' own columns, not in those made of
    them, and from nothing else. Two records of one number hold the same, so either may stand for the other.

    of: the records, all of them if it is not said. lasting: the number stays as it is whoever else is among the
    records, which takes longer; else it follows from the places of the values in the order of all of theirs."""
    held: Contents = np.zeros(coded.records, np.uint64)[of]
    levels = ((one.needs, [level.rarity for level in one.levels if level.rarity]) for one in comparisons)
    for name in sorted({name for needs, rarities in levels for name in (*needs, *rarities)}):
        if lasting or coded.has(name):
            held = mixed(held + _of_each(coded[name], of, _hashes if lasting else _places))
    return held


def _of_each(column: Column, of: Numbers | slice, by: Callable[[Column, Numbers], Contents]) -> Contents:
    """For each record what its value, or all of its values in any order, come to."""
    numbers = column.numbers[of]
    of_value = by(column, numbers) if len(column.texts) else numbers.astype(np.uint64)
    each = np.where(numbers > 0, mixed(of_value), np.uint64(0))
    return each.sum(axis=1, dtype=np.uint64) if column.is_list else each


def _places(column: Column, numbers: Numbers) -> Contents:
    return column.ranks.astype(np.uint64)[numbers]


def _hashes(column: Column, numbers: Numbers) -> Contents:
    held, at = np.unique(numbers, return_inverse=True)
    return hashes.of_texts(pa.array(column.texts[held], pa.string()))[at].reshape(numbers.shape)


def mixed(numbers: Contents) -> Contents:
    """Numbers that look drawn at random, each following from one of these."""
    once = (numbers ^ numbers >> np.uint64(31)) * _MIXED_BY
    return once ^ once >> np.uint64(29)
