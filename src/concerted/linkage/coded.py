"""Records as numbers: each distinct value of a column once, and for each record the number of its value.

Comparing millions of pairs is then comparing whole numbers; a text is only looked at where two numbers differ.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Texts = NDArray[np.object_]
KEY: Final = ("source", "record_id")
LONG: Final = 5  # letters of a text that is told apart by its ends
MOST_MEMBERS: Final = 24  # of a list that are compared: of more names, telephones or words the first ones
PARTS_OF_BIRTH: Final = {"month": slice(5, 7), "day": slice(8, 10), "birthday": slice(5, 10)}
LISTS: Final = frozenset(
    {"words", "alias_words", "given_roots", "family_parts", "address_words", "postcodes", "districts"}
    | {"phones", "emails", "handles"}
)


@dataclass(frozen=True)
class Column:
    """numbers: of each record's value, 0 where it has none; for a list a row of them, each once, padded with 0. texts:
    the value of each number, None for 0; empty for a column that is a number itself. whole: the column of
    which this is some records."""

    numbers: Numbers
    texts: Texts
    whole: "Column | None" = None

    def take(self, records: Numbers) -> "Column":
        """These records alone. What is worked out of the values stays worked out."""
        return Column(self.numbers[records], self.texts, self.whole or self)

    @property
    def is_list(self) -> bool:
        """Whether a record may have several values."""
        return self.numbers.ndim == 2

    @cached_property
    def is_empty(self) -> bool:
        """Whether no record has a value."""
        return not self.numbers.any()

    @cached_property
    def ranks(self) -> Numbers:
        """The place of the value of each number in the order of the alphabet."""
        if self.whole:
            return self.whole.ranks
        ranks = np.zeros(len(self.texts), np.int32)
        ranks[1 + pc.array_sort_indices(self._written).to_numpy()] = np.arange(1, len(self.texts))
        return ranks

    @cached_property
    def ends(self) -> Numbers:
        """For the value of each number, a number of its first two letters and one of its last two.

        One slip touches two letters side by side at most, so that texts of five letters and more which are one slip
        apart have their beginning or their end in common. For shorter ones both are 0."""
        if self.whole:
            return self.whole.ends
        written = self._written
        long = pc.greater_equal(pc.utf8_length(written), pa.scalar(LONG, pa.int32()))
        ends = (pc.utf8_slice_codeunits(written, *part) for part in ((0, 2), (-2, None)))
        return np.stack([_numbered(pc.if_else(long, end, pa.scalar(None, pa.string()))) for end in ends], axis=1)

    @property
    def _written(self) -> Any:
        return pa.array(self.texts[1:], pa.string())

    @cached_property
    def initials(self) -> Numbers:
        """The first letter of the value of each number."""
        if self.whole:
            return self.whole.initials
        return np.array([ord(text[0]) if text else 0 for text in self.texts], np.int32)


class Coded:
    """The standard table as numbers. A column that it lacks has no values."""

    def __init__(self, table: pa.Table, filled: frozenset[str] | None = None) -> None:
        """filled: where these are some of more records, the columns in which any of all those has a value."""
        self.records: int = table.num_rows
        self._table, self._filled = table, filled
        self._columns: dict[str, Column] = {}
        self._alike: dict[tuple[str, ...], dict[str, Numbers]] = {}

    @property
    def names(self) -> list[str]:
        """The columns of the table."""
        return list(self._table.column_names)

    def __getitem__(self, name: str) -> Column:
        if name not in self._columns:
            self._columns[name] = self._made(name)
        return self._columns[name]

    def take(self, records: Numbers, named: Numbers | None = None) -> "Coded":
        """These records alone. A value keeps the number that it has among all, and those that none holds stay.

        named: by whose keys ties go instead of by the records' own."""
        return _Taken(self, records, records if named is None else named)

    def numbers(self, name: str) -> Numbers:
        """The numbers of a column's values."""
        return self[name].numbers

    def has(self, name: str) -> bool:
        """Whether any record has a value."""
        return not self[name].is_empty if self._filled is None else name in self._filled

    def beginnings(self, name: str, length: int) -> Numbers:
        """The same of the first letters of a column's values."""
        beginning = f"{name}:{length}"
        if beginning not in self._columns:
            column = self[name]
            shared = _texts(pc.utf8_slice_codeunits(pa.array(column.texts, pa.string()), 0, length))
            self._columns[beginning] = Column(shared.numbers[column.numbers], shared.texts)
        return self._columns[beginning].numbers

    def by_key(self, records: Numbers) -> Numbers:
        """For each of these records its place among them in the order of source and record id, by which ties go; in
        their own where the table does not name its records."""
        if not set(KEY).issubset(self._table.column_names):
            return np.arange(len(records), dtype=np.int32)
        keys = self._table.select(KEY).take(records)
        texts = pa.table([_decoded(keys[name].combine_chunks()) for name in KEY], KEY)
        order = pc.sort_indices(texts, sort_keys=[(name, "ascending") for name in KEY])
        places = np.zeros(len(records), np.int32)
        places[order.to_numpy()] = np.arange(len(records))
        return places

    def _made(self, name: str) -> Column:
        if name in PARTS_OF_BIRTH:
            return self._part_of_birth(PARTS_OF_BIRTH[name])
        if name not in self._table.column_names:
            shape = (self.records, 1) if name in LISTS else (self.records,)
            return Column(np.zeros(shape, np.int32), np.array([None], object))
        values = self._table[name].combine_chunks()
        if pa.types.is_integer(values.type):
            return Column(values.fill_null(0).to_numpy().astype(np.int32), np.empty(0, object))
        return _listed(values) if pa.types.is_list(values.type) else _texts(values)

    def _part_of_birth(self, part: slice) -> Column:
        days = self["dob"]
        digits = pc.replace_substring(pc.utf8_slice_codeunits(days._written, part.start, part.stop), "-", "")
        said = np.append(np.int32(0), digits.cast(pa.int32()).to_numpy(zero_copy_only=False))
        return Column(said[days.numbers], np.empty(0, object))

    def alike(self, names: tuple[str, ...]) -> dict[str, Numbers]:
        """The numbers of several columns of texts, such that equal texts have equal numbers across them."""
        if names not in self._alike:
            known: dict[str | None, int] = {None: 0}
            found = {}
            for name in names:
                column = self[name]
                shared = np.array([known.setdefault(text, len(known)) for text in column.texts], np.int32)
                found[name] = shared[column.numbers] if len(shared) else column.numbers
            self._alike[names] = found
        return self._alike[names]


class _Taken(Coded):
    """Some of the records of another, whose columns are made there once."""

    def __init__(self, whole: Coded, records: Numbers, named: Numbers) -> None:
        super().__init__(whole._table.slice(0, 0))
        self.records = len(records)
        self._whole, self._rows, self._named = whole, records, named

    def has(self, name: str) -> bool:
        return self._whole.has(name)

    def by_key(self, records: Numbers) -> Numbers:
        return self._whole.by_key(self._named[records])

    def _made(self, name: str) -> Column:
        return self._whole[name].take(self._rows)


def _numbered(texts: Any) -> Numbers:
    """A number for each text, 0 at the beginning and where there is none."""
    return np.append(np.int32(0), _texts(texts).numbers)


def _texts(values: Any) -> Column:
    coded = values if _is_dictionary(values) else pc.dictionary_encode(_decoded(values))
    numbers = coded.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False) + np.int32(1)
    return Column(numbers, np.array([None, *coded.dictionary.to_pylist()], object))


def _is_dictionary(values: Any) -> bool:
    """Whether the values are numbered already, each distinct one once."""
    return pa.types.is_dictionary(values.type) and len(values.dictionary.unique().drop_null()) == len(values.dictionary)


def _decoded(values: Any) -> Any:
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


def _listed(values: Any) -> Column:
    flat = _texts(pc.list_flatten(values))
    sizes = pc.list_value_length(values).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    width = int(min(sizes.max(initial=0), MOST_MEMBERS)) or 1
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else np.empty(0, np.int64)
    padded, gaps = np.zeros((len(sizes), width), np.int32), np.zeros(len(sizes), bool)
    for at in range(width):
        held = np.flatnonzero(sizes > at)
        member = flat.numbers[starts[held] + at]
        member[(padded[held, :at] == member[:, None]).any(1)] = 0
        padded[held, at] = member
        gaps[held] |= member == 0
    return Column(_closed_up(padded, np.flatnonzero(gaps)), flat.texts)


def _closed_up(padded: Numbers, rows: NDArray[np.intp]) -> Numbers:
    """The lists, these rows of them without the gaps that a member told twice leaves."""
    order = np.argsort(padded[rows] == 0, axis=1, kind="stable")
    padded[rows] = np.take_along_axis(padded[rows], order, axis=1)
    return padded
