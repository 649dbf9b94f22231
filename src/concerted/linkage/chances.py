"""How often strangers stand at a level, and what the rarity of the value that they share adds to it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.frequencies import Bits, Frequencies
from concerted.linkage.levels import Comparison, Level


def of_levels(comparison: Comparison, figure: Callable[[Level], float]) -> Bits:
    """A figure of each level by its place, and nothing (0) at the end, for -1."""
    return np.array([*map(figure, comparison.levels), 0.0])


def rarity(
    comparison: Comparison, level: NDArray[np.int8], left: Numbers, coded: Coded, frequencies: Frequencies
) -> Bits:
    """What a value's rarity adds to the level at which it is shared."""
    added = np.zeros(len(left))
    for at, one in enumerate(comparison.levels):
        if one.rarity:
            rows = np.flatnonzero(level == at)
            shares = frequencies.of(one.rarity, one.u)
            added[rows] = np.log2(one.u) - shares[coded.numbers(one.rarity)[left[rows]]]
    return added
