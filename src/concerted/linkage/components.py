"""Which records hang together by chains of links."""

import numpy as np

from concerted.linkage.coded import Numbers


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
