"""What a slip in a short name tells: less than in a long one.

A slip is as likely at each letter, so that a name of three is misspelled half as often as one of six, and no fewer
names lie within a slip of it (Hai and Kai, Su and Wu). The figures of names that are near are of names as they come,
which have LETTERS or so. Not every difference is a slip of the keyboard, and a short name has as many other forms as a
long one: so half of it counts, in bits.
"""

from math import log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

NEAR: Final = {"given": "given names near", "family": "family names near"}  # the level, by comparison
LETTERS: Final = 6
PART: Final = 0.5  # of the share of letters, in bits, that counts


def of_letters(letters: NDArray[np.int64]) -> NDArray[np.float64]:
    """The bits that go where names are near of which the shorter has so many letters."""
    return np.asarray(PART * np.log2(LETTERS / np.clip(letters, 1, LETTERS)))


def of_one(letters: int) -> float:
    """The same of one pair."""
    return PART * log2(LETTERS / min(max(letters, 1), LETTERS))
