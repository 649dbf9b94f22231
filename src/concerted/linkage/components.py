"""Which records hang together by chains of links."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers

Bits = NDArray[np.float64]


class Limit(NamedTuple):
    """How many records may hang together before links have to be stronger, and by how many bits at each step."""

    records: int
    steps: Sequence[float]


class Raised(NamedTuple):
    """How many components were over the limit, of how many records, and from how many bits links start a merge there,
    where it was raised most."""

    components: int
    records: int
    bits: float


def components(records: int, left: Numbers, right: Numbers) -> Numbers:
    """For each record the first of those that chains of these links connect it with."""
    first = np.arange(records, dtype=np.int32)
    while True:
        one, other = first[left], first[right]
        differ = one != other
        if not differ.any():
            return first
        left, right, one, other = left[differ], right[differ], one[differ], other[differ]
        np.minimum.at(first, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(further := first[first], first):
            first = further


def parts(
    links: tuple[Numbers, Numbers, Bits], decided: tuple[Numbers, Numbers], records: int, join: float, limit: Limit
) -> tuple[Numbers, Bits, Raised]:
    """For each record the first of its part, and the bits from which links start a merge there.

    A part is what links of `join` bits or more and pairs decided the same connect. Inside one of more records than the
    limit `join` is raised by the steps, one after another, until none is larger or there is no further step.
    """
    left, right, weight = links
    strong = weight >= join
    group = components(records, np.append(left[strong], decided[0]), np.append(right[strong], decided[1]))
    over = np.bincount(group, minlength=records)[group] > limit.records
    least = np.full(records, join)
    found = Raised(len(np.unique(group[over])), int(over.sum()), join)
    for step in limit.steps:
        if not over.any():
            break
        least[over] = join + step
        strong = over[left] & over[right] & (weight >= join + step)
        inside = components(records, np.append(left[strong], decided[0]), np.append(right[strong], decided[1]))
        group = np.where(over, inside, group)
        over &= np.bincount(group, minlength=records)[group] > limit.records
    return group, least, found._replace(bits=float(least.max(initial=join)))
