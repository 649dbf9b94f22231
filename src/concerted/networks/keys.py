"""Which row of a table a key names, for millions of keys at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    return find_each(table, [(source, record_id)])[0]


def find_each(table: pa.Table, wanted: Sequence[tuple[Any, Any]]) -> list[Numbers]:
    """The same for several columns of keys at once. They are looked up source by source, in one look each: what is
    sorted by source, as records are, need not be copied for that, and few keys are found sooner than many."""
    ids, found = _whole(table["record_id"]), [np.full(len(record_id), NONE, np.int32) for _, record_id in wanted]
    asked = defaultdict(list)
    for at, (source, record_id) in enumerate(wanted):
        if record_id.null_count < len(record_id):
            for name, begin, end in _stretches(source):
                asked[name].append((at, begin, end))
    whole = [_whole(record_id) for _, record_id in wanted]
    for name, first, beyond in _stretches(table["source"]):
        some = pa.chunked_array([whole[at].slice(begin, end - begin) for at, begin, end in asked[name]], pa.string())
        rows, so_far = rows_of(ids.slice(first, beyond - first), some), 0
        rows = np.where(rows == NONE, NONE, rows + first).astype(np.int32)
        for at, begin, end in asked[name]:
            own, so_far = rows[so_far : so_far + end - begin], so_far + end - begin
            found[at][begin:end] = np.where(found[at][begin:end] == NONE, own, found[at][begin:end])
    return found


def _stretches(names: Any) -> Iterator[tuple[str, int, int]]:
    """Where one name stands again and again: the name, the first row and the row after the last."""
    coded = pc.run_end_encode(_whole(names))
    begin = 0
    for name, end in zip(coded.values.to_pylist(), coded.run_ends.to_pylist(), strict=True):
        if name is not None:
            yield name, begin, end
        begin = end


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


def ranges(begin: NDArray[Any], end: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers from each beginning up to its end: which of the two each is of, and the numbers."""
    count = end - begin
    which = np.repeat(np.arange(len(count)), count)
    return which, np.arange(len(which)) + np.repeat(begin - np.cumsum(count) + count, count)


def stretch(values: NDArray[_Whole], one: int) -> NDArray[np.int64]:
    """The rows that hold one number, of numbers that are sorted. It is looked for as a number of their kind: of another
    kind all of them would be copied for each look."""
    return np.arange(*np.searchsorted(values, np.array([one, one + 1], values.dtype)))


def distinct(values: NDArray[_Whole]) -> NDArray[_Whole]:
    """Each number once, in their order: what `numpy.unique` gives, which takes a hundred times as long of numbers."""
    found = np.sort(values)
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def runs(*keys: NDArray[Any]) -> list[NDArray[np.int64]]:
    """The rows of each run of the same keys."""
    rows = np.arange(len(keys[0]))
    other = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.split(rows, np.flatnonzero(other) + 1) if len(rows) else []


def _whole(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
