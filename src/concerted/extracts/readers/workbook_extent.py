"""How far the cells of a sheet reach, by its XML: never less than the library that reads it will make room for."""

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

CELL: Final = re.compile(rb"<(?:[^\s<>/:]*:)?c[\s/>]")
_SLICE: Final = 8 * 2**20
_FEW: Final = 4096  # bytes, in which the beginning of an XML document mostly is
# A cell's tag begins so as every spreadsheet writes it, and says once where it stands. A sheet with any other is read
# as XML to find out how far it reaches.
_BEGINS: Final = b'<c r="'
_LONGEST: Final = len("XFD1048576")
_COLUMNS: Final = 26 + 26**2 + 26**3  # of three letters
_ROWS: Final = 9_999_999  # of seven digits
_CELL_OF_A_NAME_SPACE: Final = re.compile(rb":c[\s/>]")
_MARGIN: Final = 20  # bytes around a slice, so that no look to the left or the right leaves it
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE | re.ASCII)
_TEXTS: Final = re.compile(rb"<(?:[^\s<>/:]*:)?sst[\s/>]")
_COUNT: Final = re.compile(r"[0-9]{1,8}")
_NUMBER: Final = re.compile(r"[0-9]{1,7}")


def extent(data: bytes) -> tuple[int, int]:
    """Columns and rows from the sheet's edge to the last cell, so never too few for what the library makes room for.

    data: the XML of the sheet. Raises ValueError, or ExpatError, when it cannot be told."""
    columns, rows = 0, 0
    for piece in pieces(data):
        reached = _reached(piece)
        if reached is None:
            return _careful(data)
        columns, rows = max(columns, reached[0]), max(rows, reached[1])
    return columns, rows


def _reached(piece: bytes) -> tuple[int, int] | None:
    """The last column and the last row of its cells, or nothing where a tag is written in an unusual way."""
    text = np.frombuffer(b" " * _MARGIN + piece + b" " * _MARGIN, np.uint8)
    tags = _where(text, b"<c")
    after = text[tags + 2]
    cells = tags[after == ord(" ")]
    named = (after | 32 >= ord("a")) & (after | 32 <= ord("z"))  # <cols>
    if len(cells) + named.sum() != len(tags) or _CELL_OF_A_NAME_SPACE.search(piece):
        return None
    return _furthest(text, cells) if _each_says_once(text, len(cells) + piece.count(b'<row r="')) else None


def _each_says_once(text: Bytes, count: int) -> bool:
    """Whether so many cells and rows say where they stand, and nothing else does."""
    said = _where(text, b"r=")
    before = text[said - 1]
    others = (before == ord(":")) | (before == ord("e"))  # the name space r; header and footer
    spaced = ((text[1:] == ord("=")) & (text[:-1] <= ord(" "))).any()
    return len(said) - others.sum() == count and not spaced and bool((text[said + 2] == ord('"')).all())


def _where(text: Bytes, word: bytes) -> NDArray[np.intp]:
    """The places of a word of two letters."""
    return np.flatnonzero((text[:-1] == word[0]) & (text[1:] == word[1]))


def _furthest(text: Bytes, cells: NDArray[np.intp]) -> tuple[int, int] | None:
    """The last column and row that stand in these tags, or nothing where one of them does not begin as usual."""
    column, row = np.zeros((2, len(cells)), np.int32)
    ended, lettered, usual = np.zeros(len(cells), bool), *np.ones((2, len(cells)), bool)
    for at in range(3, len(_BEGINS)):
        usual &= text[cells + at] == _BEGINS[at]
    for at in range(len(_BEGINS), len(_BEGINS) + _LONGEST + 1):
        letter = text[cells + at].astype(np.int32)
        lettered &= (letter >= ord("A")) & (letter <= ord("Z"))
        ended |= letter == ord('"')
        digit = ~ended & (column > 0) & (letter >= ord("0")) & (letter <= ord("9"))
        column = np.where(lettered, column * 26 + letter - ord("A") + 1, column)
        row = np.where(digit, row * 10 + letter - ord("0"), row)
        usual &= (lettered | digit | ended) & (column <= _COLUMNS) & (row <= _ROWS)
        if not usual.all() or ended.all():
            break
    usual &= ended & (column > 0) & (row > 0)
    return (int(column.max(initial=0)), int(row.max(initial=0))) if usual.all() else None


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
