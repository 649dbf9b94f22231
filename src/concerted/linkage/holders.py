"""Pairs among the holders of one key: within slices of records, and cell by cell.

A key is common or rare within the cells of the two records alone: what other cells hold, which a reader may not see,
proposes no pair among theirs and cuts none.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers

Pairs = NDArray[np.int64]
Places = NDArray[np.intp]


def begins(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Which values are not the same as the one before."""
    found = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found


def within(records: Numbers, starts: Places, sizes: Places) -> Pairs:
    """Every pair within slices of these records, each slice in order: all slices of one size at once."""
    order = np.argsort(sizes.astype(np.min_scalar_type(sizes.max(initial=0))), kind="stable")  # of 16 bits: quick
    ends = np.cumsum(np.bincount(sizes))
    found = [np.empty(0, np.int64)]
    for size in np.unique(sizes).tolist():
        members = records[starts[order[ends[size - 1] : ends[size]], None] + np.arange(size)].astype(np.int64)
        one, other = np.triu_indices(size, 1)
        found.append((members[:, one] << 32 | members[:, other]).ravel())
    return np.concatenate(found)


def by_cells(keys: NDArray[np.uint64], records: Numbers, cap: int, cells: Numbers) -> tuple[NDArray[np.bool_], Pairs]:
    """Every pair that shares a key with no more holders than the cap in the two records' cells; and which of these rows
    hold a key that has more in some two cells.

    keys, records: rows of a record and a key that it holds, in order. cells: of every record."""
    order = np.lexsort((cells[records], keys))
    records = records[order]
    first_of_key, first_of_cell = begins(keys), begins(cells[records])
    starts = np.flatnonzero(first_of_key | first_of_cell)
    sizes = np.diff(np.append(starts, len(keys)))
    key = (np.cumsum(first_of_key) - 1)[starts]
    alone = (sizes > 1) & (sizes <= cap)
    pairs = [within(records, starts[alone], sizes[alone]), _between(records, starts, sizes, key, cap)]
    too_many = _two_largest(key, sizes) > cap
    return np.repeat(too_many[key], sizes), np.concatenate(pairs)


def _two_largest(key: Places, sizes: Places) -> Places:
    """For each key how many hold it in the two cells that hold it most."""
    order = np.lexsort((sizes, key))
    last = np.flatnonzero(np.append(begins(key)[1:], True)[: len(key)])
    found = sizes[order][last]
    second = last > np.append(-1, last[:-1])[: len(last)] + 1
    found[second] += sizes[order][last[second] - 1]
    return found


def _between(records: Numbers, starts: Places, sizes: Places, key: Places, cap: int) -> Pairs:
    """Every pair of records of two cells that hold a key together no more often than the cap.

    starts, sizes, key: of the slices of one key and one cell, in the order of the keys."""
    small = np.flatnonzero(sizes < cap)
    first = np.flatnonzero(begins(key[small]))
    slices = within(np.arange(len(small), dtype=np.int32), first, np.diff(np.append(first, len(small))))
    one, other = small[slices >> 32], small[slices & 0xFFFFFFFF]
    few = sizes[one] + sizes[other] <= cap
    one, other = one[few], other[few]
    many = sizes[one] * sizes[other]
    row = np.repeat(np.arange(len(one)), many)
    at = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    of_other = sizes[other][row]
    left = records[starts[one][row] + at // of_other].astype(np.int64)
    right = records[starts[other][row] + at % of_other].astype(np.int64)
    found: Pairs = np.minimum(left, right) << 32 | np.maximum(left, right)
    return found
