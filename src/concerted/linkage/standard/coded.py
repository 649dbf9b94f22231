"""Columns as numbered distinct values, so that what is worked out of a value is worked out once."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

T = TypeVar("T", bound=Hashable)
U = TypeVar("U", bound=Hashable)
V = TypeVar("V", bound=Hashable)
Numbers = np.ndarray[Any, np.dtype[np.int32]]
# Made once: to find out the type of a bare Python value, Arrow looks each time for packages that are not here.
_EMPTY, _MISSING = pa.scalar("", pa.string()), pa.scalar(None, pa.string())


@dataclass(frozen=True, slots=True)
class Coded(Generic[T]):
    """One column. numbers: for each record the number of its value, -1 where it has none. values: each value once."""

    numbers: Numbers
    values: list[T]

    def each(self, make: Callable[[T], U | None]) -> "Coded[U]":
        """The column of what `make` gives for each value: called once a value; None makes it missing."""
        renumbered, values = _numbered(map(make, self.values))
        return Coded(renumbered[self.numbers], values)

    def apart(self, make: Callable[[T], tuple[str | None, ...]], width: int) -> "list[Coded[str]]":
        """The columns of the `width` texts that `make` gives for each value: called once a value."""
        columns: list[list[str | None]] = [[] for _ in range(width)]
        for value in self.values:
            for column, text in zip(columns, make(value), strict=True):
                column.append(text)
        return [self._renumbered(pa.array(column, pa.string()).dictionary_encode()) for column in columns]

    def _renumbered(self, made: pa.DictionaryArray) -> "Coded[str]":
        """The column of what was made of each value."""
        found = coded(made)
        return Coded(np.append(found.numbers, np.int32(-1))[self.numbers], found.values)

    def kept_where(self, keep: np.ndarray[Any, np.dtype[np.bool_]]) -> "Coded[T]":
        """The same column, missing in the records where `keep` is false."""
        return Coded(np.where(keep, self.numbers, np.int32(-1)), self.values)

    def or_else(self, other: "Coded[T]") -> "Coded[T]":
        """This column, and the other's value where this has none."""
        shifted = np.where(other.numbers < 0, np.int32(-1), other.numbers + np.int32(len(self.values)))
        both = Coded(np.where(self.numbers < 0, shifted, self.numbers), [*self.values, *other.values])
        return both.each(lambda value: value)

    def beside(self, other: "Coded[U]", make: Callable[[T | None, U | None], V | None]) -> "Coded[V]":
        """The column of what `make` gives for each pair of values that some record holds, not both None."""
        width = len(other.values) + 1
        pairs = pa.array((self.numbers + 1).astype(np.int64) * width + other.numbers + 1).dictionary_encode()
        ones, others = [None, *self.values], [None, *other.values]
        held = ((ones[pair // width], others[pair % width]) if pair else None for pair in pairs.dictionary.to_pylist())
        renumbered, values = _numbered(make(*pair) if pair else None for pair in held)
        return Coded(renumbered[pairs.indices.to_numpy()], values)

    def indices(self) -> pa.Array:
        """The numbers as Arrow has them: null where there is no value."""
        return pa.array(self.numbers, mask=self.numbers < 0)

    def arrow(self) -> pa.Array:
        """The column of texts as an Arrow dictionary array with int32 indices."""
        return pa.DictionaryArray.from_arrays(self.indices(), pa.array(self.values, pa.string()))

    def arrow_alone(self) -> pa.Array:
        """The column of texts as an Arrow list array, each text in a list of its own."""
        held = self.numbers >= 0
        offsets = np.concatenate([[0], np.cumsum(held)]).astype(np.int32)
        texts = pa.array(self.values, pa.string()).take(pa.array(self.numbers[held]))
        return pa.ListArray.from_arrays(pa.array(offsets), texts, mask=pa.array(~held))

    def arrow_lists(self) -> pa.Array:
        """The column of tuples of texts as an Arrow list array."""
        return pa.array(self.values, pa.list_(pa.string())).take(self.indices())


def encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """A column of texts as one dictionary array with int32 indices. Empty text is missing."""
    filled = pc.if_else(pc.equal(column, _EMPTY), _MISSING, column)
    chunks = filled.dictionary_encode().unify_dictionaries().chunks
    return pa.concat_arrays(chunks or [pa.array([], pa.string()).dictionary_encode()])


def coded(column: pa.DictionaryArray) -> Coded[str]:
    """An encoded column, its values in Python's hands."""
    numbers = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return Coded(numbers, column.dictionary.to_pylist())


def _numbered(made: Iterable[T | None]) -> tuple[Numbers, list[T]]:
    """For each of these its number among the distinct ones, with a last -1 for what has no number; and the distinct."""
    number: dict[T, int] = {}
    numbers = [-1 if value is None else number.setdefault(value, len(number)) for value in made]
    return np.array([*numbers, -1], np.int32), list(number)
