"""The rows of a standardised table, a value at a time, read where they lie: a few values cost no more than they are."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import pyarrow as pa

from concerted.linkage.coded import LISTS, MOST_MEMBERS, PARTS_OF_BIRTH
from concerted.linkage.standing.sides import NO_MEMBERS

Value = str | int | tuple[str, ...] | None
OfRow = Callable[[int], Value]
_NOTHING: Final = b""
_FEW: Final = 16  # rows, too few to make anything ready for


class Rows:
    """The rows of a table by their places."""

    def __init__(self, table: pa.Table) -> None:
        self.names: list[str] = table.column_names
        self._table, self._of = table, dict[str, OfRow]()

    def value(self, name: str, row: int) -> Value:
        """A text, a number, of a list those of its members that are compared, each once; None where there is none."""
        if self._few is not None:
            return _once(self._few[row].get(name))
        if name not in self._of:
            self._of[name] = _reader(_whole(self._table[name])) if name in self.names else _none
        return self._of[name](row)

    @cached_property
    def _few(self) -> list[dict[str, Any]] | None:
        return self._table.to_pylist() if self._table.num_rows <= _FEW else None


class OfPicture(dict[str, Any]):
    """A record as it is compared one by one (`few`); a text is its own number. A column is read when it is first looked
    at."""

    __slots__ = ("_row", "rows")

    def __init__(self, rows: Rows, row: int) -> None:
        self.rows, self._row = rows, row

    def value(self, name: str) -> Value:
        """The value of a column, or of a part of the date of birth, as it stands there."""
        if name in PARTS_OF_BIRTH:
            day = self.rows.value("dob", self._row)
            return int(day[PARTS_OF_BIRTH[name]].replace("-", "")) if isinstance(day, str) else None
        return self.rows.value(name, self._row)

    def __missing__(self, name: str) -> Any:
        value: Any = self.value(name)
        if name in LISTS or isinstance(value, tuple):
            value = frozenset(value) if value else NO_MEMBERS
        self[name] = value = value or (NO_MEMBERS if name in LISTS else 0)
        return value


def _reader(values: Any) -> OfRow:
    kind = values.type
    if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        return _of_lists(values)
    if pa.types.is_string(kind):
        return _where_valid(values, _of_texts(values))
    if pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type) and pa.types.is_int32(kind.index_type):
        numbers, texts = _numbers(values.indices, 1), _of_texts(values.dictionary)
        return _where_valid(values.indices, lambda row: texts(numbers[row]))
    return lambda row: _once(values[row].as_py())


def _whole(values: Any) -> Any:
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()


def _none(_: int) -> Value:
    return None


def _once(value: Any) -> Value:
    return tuple(dict.fromkeys(value[:MOST_MEMBERS])) if isinstance(value, list) else value


def _of_texts(values: Any) -> Callable[[int], str]:
    ends, raw = _numbers(values, 1), memoryview(values.buffers()[2] or _NOTHING)
    return lambda row: str(raw[ends[row] : ends[row + 1]], "utf-8")


def _of_lists(values: Any) -> OfRow:
    ends, text = _numbers(values, 1), _of_texts(values.values)

    def of(row: int) -> Value:
        begin, end = ends[row], ends[row + 1]
        return tuple(dict.fromkeys(map(text, range(begin, min(end, begin + MOST_MEMBERS)))))

    return _where_valid(values, of)


def _where_valid(values: Any, of: OfRow) -> OfRow:
    if not values.null_count:
        return of
    valid, begin = memoryview(values.buffers()[0]), values.offset
    return lambda row: of(row) if valid[(row + begin) >> 3] >> ((row + begin) & 7) & 1 else None


def _numbers(values: Any, at: int) -> Any:
    """The whole numbers of 32 bits in one of an array's buffers, from where the array begins."""
    return memoryview(values.buffers()[at] or _NOTHING).cast("B").cast("i")[values.offset :]
