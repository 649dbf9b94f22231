"""How far the cells of a sheet reach, by its XML: never less than the library that reads it will make room for."""

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

CELL: Final = re.compile(rb"<(?:[^\s<>/:]*:)?c[\s/>]")
_SLICE: Final = 8 * 2**20
_FEW: Final = 4096  # bytes, in which the beginning of an XML document mostly is
# A cell's tag as every spreadsheet writes it. A sheet with any other is read as XML to find out how far it reaches.
_CELL_COLUMN: Final = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="[0-9]+")?(?: t="[A-Za-z]+")?/?>')
_CELL_ROW: Final = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE | re.ASCII)
_TEXTS: Final = re.compile(rb"<(?:[^\s<>/:]*:)?sst[\s/>]")
_COUNT: Final = re.compile(r"[0-9]{1,8}")
_NUMBER: Final = re.compile(r"[0-9]{1,7}")


def extent(data: bytes) -> tuple[int, int]:
    """Columns and rows from the sheet's edge to the last cell, so never too few for what the library makes room for.

    data: the XML of the sheet. Raises ValueError, or ExpatError, when it cannot be told."""
    columns, rows, usual, all_cells = 0, 0, 0, 0
    for piece in pieces(data):
        found = _CELL_COLUMN.findall(piece)
        usual += len(found)
        all_cells += len(CELL.findall(piece))
        columns = max([columns, *map(_column_number, set(found))])
        rows = max([rows, *map(int, set(_CELL_ROW.findall(piece)))])
    return (columns, rows) if usual == all_cells else _careful(data)


def _careful(data: bytes) -> tuple[int, int]:
    """The same for a sheet that is written in an unusual way, read as XML."""
    found = _Extent()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = found.start
    parser.Parse(data, True)
    return found.columns, found.rows


def texts_said(data: bytes) -> int:
    """How many texts the list of shared texts says that it holds: the library makes room for so many at once.

    data: its XML, or nothing. Raises ValueError, or ExpatError, when it cannot be told.
    """
    said: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        is_list = name.rpartition(":")[2] == "sst"
        said.extend(attributes.get(key, "0") if is_list else "" for key in ("count", "uniqueCount"))
        parser.StartElementHandler = None  # what follows are the texts

    parser.StartElementHandler = start
    at = 0
    while at < len(data) and not said:
        parser.Parse(data[at : at + _FEW])
        at += _FEW
    if len(_TEXTS.findall(data)) > 1 or not all(map(_COUNT.fullmatch, said)):
        raise ValueError("its list of texts does not say how many it holds, or says it twice")
    return max(map(int, said), default=0)


class _Extent:
    """The furthest cell met so far. A row or cell that does not say where it stands follows the one before."""

    def __init__(self) -> None:
        self.columns = self.rows = self._row = self._column = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins. Raises ValueError for a place that the library may read as another one."""
        kind, place = name.rpartition(" ")[2], said.get("r")
        if kind == "row":
            self._row, self._column = self._row + 1 if place is None else int(_fitting(_NUMBER, place)[0]), 0
        elif kind == "c" and place is None:
            self._reach(self._row, self._column + 1)
        elif kind == "c":
            found = _fitting(_REFERENCE, place or "")
            self._reach(int(found[2]), _column_number(found[1].upper().encode()))

    def _reach(self, row: int, column: int) -> None:
        self._column = column
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def _fitting(pattern: re.Pattern[str], place: str) -> re.Match[str]:
    found = pattern.fullmatch(place)
    if not found:
        raise ValueError(f"a cell or a row says that it stands at {place[:40]!r}, which is no place in a sheet")
    return found


def pieces(data: bytes) -> Iterator[bytes]:
    """The XML in slices that end where an element begins."""
    start = 0
    while start < len(data):
        end = data.find(b"<", start + _SLICE)
        yield data[start : end if end >= 0 else len(data)]
        start = end if end >= 0 else len(data)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
