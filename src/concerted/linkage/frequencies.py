"""How many records hold a value, and so what agreeing on it is worth.

A value held by fewer than FLOOR records is taken to be held by so many: a file says little about what is rare in it,
and nothing published may rest on a few records. A small file says little about what is common, too: one person's five
records are a fiftieth of 250. So what is counted is blended with BLENDED records in which the value is as common as
the release has it for any.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Numbers

FLOOR: Final = 20  # records
BLENDED: Final = 1_000  # records
WHOLE: Final = 2e-5  # the share of a population that a full name is taken to have, where a file cannot say it is common

Bits = NDArray[np.float64]


class Frequencies:
    """The shares of records that hold each value, in bits (log2)."""

    def __init__(self, coded: Coded) -> None:
        self._coded = coded
        self._known: dict[tuple[str, float], Bits] = {}
        self._whole: Bits | None = None

    def of(self, column: str, u: float) -> Bits:
        """For each number of a column's values the share of the records with a value that hold it. u: how often two
        strangers hold the same one."""
        if (column, u) not in self._known:
            held = np.bincount(self._coded.numbers(column), minlength=len(self._coded[column].texts)).astype(float)
            held[0] = 0
            everyone = max(held.sum(), 1.0)
            blended = (held + BLENDED * u) / (everyone + BLENDED)
            self._known[column, u] = np.log2(np.maximum(blended, min(FLOOR / everyone, u)))
        return self._known[column, u]

    def chance(self, column: str) -> float:
        """How often two records that have a value hold the same one: the sum of the squared shares."""
        held = np.bincount(self._coded.numbers(column)).astype(float)[1:]
        return float(((held / max(held.sum(), 1.0)) ** 2).sum())

    def of_both_names(self) -> Bits:
        """For each record the share of the records that have its given and family name, both.

        Names go together as families and origins do, so that many full names are far commoner than chance would have
        them."""
        if self._whole is None:
            held = _holders(self._coded.numbers("given"), self._coded.numbers("family"))
            everyone = max(self._coded.records, 1)
            shares = np.maximum(np.where(held >= FLOOR, held, 0), min(FLOOR, WHOLE * everyone)) / everyone
            self._whole = np.log2(shares)
        return self._whole


def _holders(one: Numbers, two: Numbers) -> NDArray[np.int64]:
    """For each record how many have the same pair of values."""
    pair = one.astype(np.int64) << 32 | two
    order = np.argsort(pair, kind="stable")
    begins = np.flatnonzero(np.diff(pair[order], prepend=-1))
    sizes = np.diff(np.append(begins, len(order)))
    held = np.empty(len(pair), np.int64)
    held[order] = np.repeat(sizes, sizes)
    return held
