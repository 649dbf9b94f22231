"""The sums of the weights between sets of records, kept up as sets become one.

A weight counts from what an absent pair weighs, so that what is not there adds nothing. Where most pairs are weighed
a square of numbers is quickest; else, and among a few records, only what there is is kept.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers

FEW: Final = 16  # records, among which a square is no quicker


def fit_a_square(records: int, links: int) -> bool:
    """Whether a square is quicker. Half of all pairs are weighed then, so that it stays in proportion to the links."""
    return records > FEW and 4 * links >= records * records


class Dense:
    """The sums as a square: a set's row and column are those of the record that names it."""

    def __init__(self, records: int, left: Numbers, right: Numbers, weight: NDArray[np.float64]) -> None:
        self._sums = np.zeros((records, records))
        self._sums[left, right] = self._sums[right, left] = weight

    def between(self, one: int, other: int) -> float:
        """The sum over all pairs between two sets."""
        return self._sums.item(one, other)

    def others(self, _: int) -> int:
        """How much there is to move when this set becomes part of another: a square moves all alike."""
        return 0

    def merge(self, gone: int, kept: int) -> None:
        """Count what was between one set and any other to another set."""
        self._sums[kept] += self._sums[gone]
        self._sums[:, kept] = self._sums[kept]


class Sparse:
    """The sums between those sets alone that a weighed pair connects."""

    def __init__(self, records: int, links: Iterable[tuple[int, int, float]]) -> None:
        self._sums: list[dict[int, float]] = [{} for _ in range(records)]
        for left, right, weight in links:
            self._sums[left][right] = self._sums[right][left] = weight

    def between(self, one: int, other: int) -> float:
        """The sum over all pairs between two sets."""
        return self._sums[one].get(other, 0.0)

    def others(self, one: int) -> int:
        """How much there is to move when this set becomes part of another."""
        return len(self._sums[one])

    def merge(self, gone: int, kept: int) -> None:
        """Count what was between one set and any other to another set."""
        sums, ours = self._sums, self._sums[kept]
        ours.pop(gone, None)
        sums[gone].pop(kept, None)
        for other, weight in sums[gone].items():
            theirs = sums[other]
            del theirs[gone]
            theirs[kept] = ours[other] = ours.get(other, 0.0) + weight
        sums[gone] = {}


Sums = Dense | Sparse
