"""Which row of a table a key names, for millions of keys at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
_Whole = TypeVar("_Whole", np.int32, np.int64)
NONE = -1
"""The number of what is not there."""


def find(table: pa.Table, source: Any, record_id: Any) -> Numbers:
    """For each key its row among the records of a table; NONE where it is empty or not there."""
    if record_id.null_count == len(record_id) or not table.num_rows:
        return np.full(len(record_id), NONE, np.int32)
    return rows_of(_keys(table["source"], table["record_id"]), _keys(source, record_id))


def find_each(table: pa.Table, wanted: Sequence[tuple[Any, Any]]) -> list[Numbers]:
    """The same for several columns of keys at once: to take up a table takes as long as to look for its rows."""
    some = [at for at, (_, record_id) in enumerate(wanted) if record_id.null_count < len(record_id)]
    found = [np.full(len(record_id), NONE, np.int32) for _, record_id in wanted]
    if some and table.num_rows:
        source, record_id = (pa.chunked_array([_whole(wanted[at][part]) for at in some]) for part in (0, 1))
        rows = find(table, source, record_id)
        for at, own in zip(some, np.split(rows, np.cumsum([len(wanted[at][1]) for at in some])), strict=False):
            found[at] = own
    return found


def rows_of(values: Any, wanted: Any) -> Numbers:
    """For each wanted text its place among the values; NONE where it is empty or not there."""
    at = pc.fill_null(pc.index_in(wanted, value_set=_whole(values), skip_nulls=True), NONE)
    return numbers(at)


def numbers(column: Any) -> Numbers:
    """A column of whole numbers as an array."""
    found: Numbers = _whole(column).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return found


def groups(labels: Any) -> tuple[Numbers, Numbers]:
    """For each row the number of its group, counted in the order in which groups are met; and the first row of each."""
    codes = numbers(_whole(labels).dictionary_encode().indices)
    so_far = np.maximum.accumulate(codes) if len(codes) else codes
    return codes, np.flatnonzero(np.diff(so_far, prepend=NONE)).astype(np.int32)


def first_rows(of: Numbers, size: int) -> Numbers:
    """Of each of `size` numbers the first row that holds it; NONE where none does."""
    found = np.full(size, NONE, np.int32)
    rows = np.flatnonzero((of >= 0) & (of < size))[::-1]
    found[of[rows]] = rows  # of several the last that is written stays: the first row
    return found


def pick(column: Any, rows: Numbers) -> Any:
    """The values in these rows; null where a row is NONE."""
    return column.take(pa.array(rows, mask=rows == NONE))


def at_rows(values: Numbers, rows: Numbers) -> Numbers:
    """The numbers in these rows; NONE where a row is."""
    return np.append(values, np.int32(NONE))[rows]


class Listed(NamedTuple):
    """Lists of numbers end to end: that of `n` stands from starts[n] to starts[n + 1]."""

    starts: NDArray[np.int64]
    values: Numbers

    def of(self, one: int) -> Numbers:
        """The list of one."""
        return self.values[self.starts[one] : self.starts[one + 1]]

    def each(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """The lists of those wanted, end to end: which of the wanted each value is for, and the values."""
        count = np.where(wanted >= 0, self.starts[wanted + 1] - self.starts[wanted], 0)
        which = np.repeat(np.arange(len(wanted), dtype=np.int32), count)
        within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return which, self.values[np.repeat(self.starts[wanted], count) + within]


def listed(of: Numbers, values: Numbers, size: int) -> Listed:
    """The values of each of `size` numbers, in the order in which they stand."""
    order = np.argsort(of, kind="stable")
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=size), out=starts[1:])
    return Listed(starts, values[order])


def distinct(values: NDArray[_Whole]) -> NDArray[_Whole]:
    """Each number once, in their order: what `numpy.unique` gives, which takes a hundred times as long of numbers."""
    found = np.sort(values)
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def runs(*keys: NDArray[Any]) -> list[NDArray[np.int64]]:
    """The rows of each run of the same keys."""
    rows = np.arange(len(keys[0]))
    other = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.split(rows, np.flatnonzero(other) + 1) if len(rows) else []


def _keys(source: Any, record_id: Any) -> Any:
    return pc.binary_join_element_wise(source, record_id, "\x1f")


def _whole(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
