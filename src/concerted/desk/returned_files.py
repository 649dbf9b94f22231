"""Files that a sender is given back: a workbook or CSV. Texts alone, so that a spreadsheet runs nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.spreadsheets import write_rows
from concerted.desk.returned_rows import Row

ROWS: Final = 1_048_576  # of a sheet, that of the names included
LONGEST: Final = 32_767  # characters of a cell of a workbook
COMMENTS: Final = 5_000  # of one sheet: they alone are kept in memory until the end; the last columns say the same
COMMENT: Final = 1_000  # characters of one

_WIDTH: Final = 60  # of the added columns
_NO_CHARACTERS: Final = str.maketrans("\ufffe\uffff", "\ufffd\ufffd")  # XML can hold neither
_CSV_INSTEAD: Final = "give --out a name that ends in .csv"


def write_csv(path: Path, above: Sequence[Sequence[str]], rows: Iterable[Row], delimiter: str) -> None:
    """above: the rows down to that of the names.

    The file begins with the mark of UTF-8, which outranks the encoding that a profile names.
    """

    def cells() -> Iterator[Sequence[str]]:
        yield from above[1:]
        yield from (row.cells for row in rows)

    write_rows(path, above[0], cells(), delimiter=delimiter, mark=True)


def refuse_more_than_a_sheet_holds(rows: int, name: str) -> None:
    """Raise UsedWronglyError when that many rows, the names included, do not fit."""
    if rows > ROWS:
        raise UsedWronglyError(
            f"a workbook holds {ROWS - 1:,} rows below the names, and here are {rows - 1:,}",
            where=Place(file=name),
            mend=_CSV_INSTEAD,
        )


def write_workbook(path: Path, above: Sequence[Sequence[str]], rows: Iterable[Row], sheet: str) -> None:
    """The same as a workbook. Cells that could not be read have a fill, a border and a comment; those that were mended
    another. Memory does not grow with the rows. Raises UsedWronglyError for a text that no cell can hold."""
    beside = str(path.parent)  # what is unfinished holds the same people, and stays where the file is to be
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": beside}) as book:
        book.set_properties({"title": sheet})
        _Sheet(book, sheet, above).write(rows)


class _Sheet:
    def __init__(self, book: Any, name: str, above: Sequence[Sequence[str]]) -> None:
        plain = {"num_format": "@"}  # a cell that is typed in stays text: no date is turned, no zero lost
        self._plain = book.add_format(plain)
        self._names = book.add_format({**plain, "bold": True})
        self._faulty = book.add_format({**plain, "bg_color": "#FFE08A", "border": 2})
        self._mended = book.add_format({**plain, "bg_color": "#CFE8FF", "border": 4, "italic": True})
        self._sheet = book.add_worksheet(name)
        self._name, self._above, self._commented = name, above, 0
        width = len(above[-1])
        self._sheet.set_column(0, width - 1, 14, self._plain)
        self._sheet.set_column(width - 2, width - 1, _WIDTH, self._plain)
        self._sheet.freeze_panes(len(above), 0)

    def write(self, rows: Iterable[Row]) -> None:
        for number, cells in enumerate(self._above, 1):
            self._row(number - 1, cells, self._names if number == len(self._above) else self._plain, {})
        for number, row in enumerate(rows, len(self._above)):
            marks = {at: self._mended if at in row.mended else self._faulty for at in row.marked}
            self._row(number, row.cells, self._plain, marks)
            self._comment(number, row)

    def _row(self, number: int, cells: Sequence[str], usual: Any, marks: Mapping[int, Any]) -> None:
        for at, text in enumerate(cells):
            if not text and at in marks:
                self._sheet.write_blank(number, at, None, marks[at])
            elif text and self._sheet.write_string(number, at, text.translate(_NO_CHARACTERS), marks.get(at, usual)):
                raise UsedWronglyError(
                    f"a cell has {len(text):,} characters and a workbook's holds {LONGEST:,}",
                    where=Place(sheet=self._name, row=number + 1, column=self._above[-1][at]),
                    mend=_CSV_INSTEAD,
                )

    def _comment(self, number: int, row: Row) -> None:
        for at, said in row.marked.items():
            if self._commented < COMMENTS and at < len(row.cells) - 2:
                what = "Mended." if at in row.mended else "Could not be read."
                self._sheet.write_comment(number, at, f"{what} {said}"[:COMMENT].translate(_NO_CHARACTERS))
                self._commented += 1
