"""Lines into rows of cells, at the speed of Python's own `csv`, where a quote left open swallows nothing.

A row whose cells hold new lines spans several lines. Whether it does is decided by the quotes alone: the lines are
read on until the quote is closed, but over no more than `SPAN_LINES` lines and `SPAN_TEXT` characters; the row must
then have the header's number of columns, and the lines in between must not each be a whole row by themselves. Else
only the first line is put aside, and reading goes on with the next one.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from concerted.extracts.readers.lines import LINE_LIMIT

if TYPE_CHECKING:
    from _csv import Reader

SPAN_LINES: Final = 1000
SPAN_TEXT: Final = 256 * 1024
ALLOWANCE: Final = 8 * 2**20
"""Characters that may be read on in vain, and so many for each one that is read: a hostile file makes no more work."""
REFILL: Final = 4

_CLOSING: Final = re.compile(r'[^"]*+(?:""[^"]*+)*+"')  # up to the quote that closes one open from a line before
_TELLING_COLUMNS: Final = 3  # a line of prose has two commas by chance, but not line after line

UNCLOSED: Final = "a quote opens a cell and is not closed"
STRAY: Final = "a quote stands inside a quoted cell"
BARE_RETURN: Final = "a carriage return stands inside a cell that is not quoted"
MENDS: Final = {
    UNCLOSED: "close the quote, or take it out",
    STRAY: 'double each quote that is part of the text: "the ""old"" mill"',
    BARE_RETURN: "put the cell in quotes, or take the carriage return out",
}

# The limit is one for the whole process and stands at 128 KiB. Lines are bounded before csv sees them.
csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT + SPAN_TEXT))


class _MergedError(Exception):
    """Some line opened a quote that no count of quotes gives away, and csv read on over the next."""


@dataclass(slots=True)
class Rows:
    """texts: the line(s) of each row. cells: its cells; none for a row that could not be split, whose `why` says so."""

    texts: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    why: dict[int, str] = field(default_factory=dict)

    def put_aside(self, text: str, reason: str) -> None:
        """Take in a line that cannot be split."""
        self.why[len(self.cells)] = reason
        self.texts.append(text)
        self.cells.append([])

    def add(self, text: str, cells: list[str]) -> None:
        """Take in a row."""
        self.texts.append(text)
        self.cells.append(cells)


class Splitter:
    """Splits the lines of one file. width: the header's number of columns; 0 while it is not known."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._allowance = ALLOWANCE
        self.width = 0

    def split(self, lines: Sequence[str], *, last: bool) -> tuple[Rows, Sequence[str]]:
        """The rows of these lines, and the lines at the end that must be seen together with those that follow."""
        if self._allowance < ALLOWANCE:
            self._allowance = min(ALLOWANCE, self._allowance + REFILL * sum(map(len, lines)))
        odd = [at for at, line in enumerate(lines) if line.count('"') & 1]
        try:
            return self._walk(lines, odd, last)
        except _MergedError:
            return self._walk(lines, range(len(lines)), last)

    def _walk(self, lines: Sequence[str], suspects: Iterable[int], last: bool) -> tuple[Rows, Sequence[str]]:
        """Split what lies between two suspect lines at once, and each suspect line with care."""
        rows, start = Rows(), 0
        for at in suspects:
            if at < start:
                continue
            self._quick(rows, lines[start:at])
            used = self.row_at(rows, lines, at, last)
            if not used:
                return rows, lines[at:]
            start = at + used
        self._quick(rows, lines[start:])
        return rows, ()

    def _reader(self, lines: Iterable[str]) -> "Reader":
        return csv.reader(lines, delimiter=self._delimiter, skipinitialspace=True, strict=True)

    def _quick(self, rows: Rows, lines: Sequence[str]) -> None:
        """Split lines each of which is thought to be one row."""
        before = len(rows.cells)
        reader = self._reader(lines)
        while True:
            try:
                rows.cells.extend(reader)
                break
            except csv.Error as error:
                if reader.line_num != len(rows.cells) - before + 1 or _reason(error) == UNCLOSED:
                    raise _MergedError from None
                rows.why[len(rows.cells)] = _reason(error)
                rows.cells.append([])
        if len(rows.cells) - before != len(lines):
            raise _MergedError
        rows.texts.extend(lines)

    def row_at(self, rows: Rows, lines: Sequence[str], at: int, last: bool) -> int:
        """Add the row that begins at this line. Gives how many lines it spans; 0 when more lines must be seen."""
        span = _Span(lines, at, min(SPAN_TEXT, self._allowance), self._delimiter)
        reader = self._reader(span)
        try:
            cells = next(reader)
        except csv.Error as error:
            if span.ran_out and not last:
                return 0
            self._allowance -= span.text
            rows.put_aside(lines[at], UNCLOSED if reader.line_num > 1 else _reason(error))
            return 1
        used = reader.line_num
        if used > 1 and not self._is_row(cells, lines[at + 1 : at + used - 1]):
            self._allowance -= span.text
            rows.put_aside(lines[at], UNCLOSED)
            return 1
        rows.add("\n".join(lines[at : at + used]), cells)
        return used

    def _is_row(self, cells: list[str], between: Sequence[str]) -> bool:
        """Whether a row over several lines is one, and not rows that a quote left open has swallowed."""
        if self.width and not fits(cells, self.width):
            return False
        if not between or self.width < _TELLING_COLUMNS:
            return True
        return not all(self._is_whole(line) for line in between)

    def _is_whole(self, line: str) -> bool:
        try:
            return len(next(self._reader([line]), [])) == self.width
        except csv.Error:
            return False


class _Span:
    """The lines from one on, as many as a row may span. ran_out: the lines at hand ended before that."""

    def __init__(self, lines: Sequence[str], at: int, most: int, delimiter: str) -> None:
        self._lines, self._at, self._most, self._delimiter = lines, at, most, delimiter
        self.text = 0
        self.ran_out = False

    def __iter__(self) -> Iterator[str]:
        """csv asks for another line only while a quote is open: it is given none when no line closes it."""
        given, ahead = self._at, self._at + 1
        self.text = len(self._lines[given]) + 1
        while ahead:
            yield from (line + "\n" for line in self._lines[given:ahead])
            given = ahead
            ahead = self._after_closing(given)

    def _after_closing(self, start: int) -> int:
        """The place after the next line that closes the quote; 0 when none does, or none that may be looked at."""
        for at in range(start, min(self._at + SPAN_LINES, len(self._lines))):
            line = self._lines[at]
            if self.text + len(line) > self._most:
                return 0
            self.text += len(line) + 1
            closing = _CLOSING.match(line) if '"' in line else None
            if closing:
                follows = line[closing.end() : closing.end() + 1]
                return at + 1 if follows in {"", "\r", self._delimiter} else 0
        self.ran_out = len(self._lines) - self._at < SPAN_LINES
        return 0


def fits(cells: Sequence[str], width: int) -> bool:
    """Whether a row has so many cells, not counting empty ones beyond."""
    return len(cells) == width or (len(cells) > width and not "".join(cells[width:]).strip())


def _reason(error: csv.Error) -> str:
    words = str(error)
    if "end of data" in words:
        return UNCLOSED
    return BARE_RETURN if "new-line" in words else STRAY
