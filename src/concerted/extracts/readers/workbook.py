"""Workbooks (XLSX) as tables: one sheet, every value as the plain text that a CSV file would hold.

A cell that holds a formula gives the value that the workbook was saved with: nothing is ever worked out. A merged cell
stands in every row and column that it covers. Rows are numbered as the spreadsheet numbers them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import python_calamine as calamine

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers.headers import TOP_ROWS, header_of, refuse_too_many, repeated, unique_names
from concerted.extracts.readers.plain import plain_text
from concerted.extracts.readers.shape import Chunk, Column, without_long
from concerted.extracts.readers.workbook_parts import Sheet, SheetFacts, Workbook

ROWS: Final = 5_000  # in a chunk
CELLS: Final = 250_000
TEXTS: Final = 16 * 2**20  # characters of a chunk at most
LONGEST: Final = 32_767  # characters that a cell of a spreadsheet can hold
_SHOWN: Final = 12

Cells = list[Any]


class WorkbookTable:
    """An open sheet of a workbook."""

    def __init__(self, handle: BinaryIO, path: Path, settings: FileSettings) -> None:
        self._place = Place(file=path.name)
        workbook = Workbook(handle, path)
        self._others = [one for one in workbook.sheets if not one.visible]
        sheet = _the_sheet(workbook, settings.sheet, self._place)
        self.sheet: str | None = sheet.name
        self._place = Place(file=path.name, sheet=sheet.name)
        self._open(workbook, sheet)
        self._header_row = settings.header_row
        self._top = [self._texts(row) for row in islice(self._rows(), max(TOP_ROWS, settings.header_row))]
        header = header_of(self._top, settings, self._place)
        refuse_too_many(len(header), path.name)
        self.columns, self.twice = unique_names(header), repeated(header)

    def _open(self, workbook: Workbook, sheet: Sheet) -> None:
        made, self._facts, longest = workbook.repacked(sheet)
        with self._guarded():
            self._sheet = calamine.CalamineWorkbook.from_filelike(made).get_sheet_by_name(sheet.name)
        self._first_column = (self._sheet.start or (0, 0))[1]
        self._merged = _merged(self._sheet, self._first_column)
        longest = max(longest, LONGEST if self._merged else 1)
        self._size = max(1, min(ROWS, min(CELLS, TEXTS // longest) // max(1, self._sheet.width)))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What the library cannot read ends in words, also where it gives up with a panic, which is no Exception."""
        try:
            yield
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise self._damaged(error) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # it can be named in no other way
                raise
            raise self._damaged(error) from None

    def _damaged(self, error: BaseException) -> UsedWronglyError:
        return UsedWronglyError(
            "the workbook is damaged",
            where=self._place,
            why=" ".join(str(error).split())[:200],
            mend="fetch the extract again; nothing of this file was taken",
        )

    def top(self) -> list[list[str]]:
        """The first rows of the sheet as they stand."""
        return self._top[:TOP_ROWS]

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        return [*self._passed_over(), *self._not_seen(self._facts), *self._worked_out(self._facts)]

    def _passed_over(self) -> Iterator[str]:
        if self._header_row > 1:
            yield f"the rows above row {self._header_row}, which holds the column names, were passed over"
        if self._others:
            yield f"hidden sheets, which are not read unless a profile names them: {_listed(self._others)}"

    def _not_seen(self, facts: SheetFacts) -> Iterator[str]:
        places = (number - 1 - self._first_column for number in facts.hidden_columns)
        names = [self.columns[at] for at in places if 0 <= at < len(self.columns)]
        if names:
            yield f"columns that are hidden in the sheet and were read like the others: {', '.join(names[:_SHOWN])}"
        if facts.hidden_rows:
            yield f"rows that are hidden in the sheet and were read like the others: {facts.hidden_rows:,}"

    def _worked_out(self, facts: SheetFacts) -> Iterator[str]:
        if facts.formulas:
            yield f"cells with a formula, of which the saved value was read and nothing worked out: {facts.formulas:,}"
        if facts.errors:
            yield f"cells that hold an error of the spreadsheet, such as #N/A, read as empty: {facts.errors:,}"

    def chunks(self) -> Iterator[Chunk]:
        """The rows below the header."""
        rows, number = self._rows(), self._header_row + 1
        for _ in islice(rows, self._header_row):
            pass
        while True:
            cells = list(islice(rows, self._size))
            if not cells:
                return
            yield _chunk(cells, number, len(self.columns))
            number += len(cells)

    def _rows(self) -> Iterator[Cells]:
        """Every row of the sheet from row 1 on, as the library reads it, merged cells filled."""
        with self._guarded():
            rows = self._sheet.iter_rows()  # it leaves out empty columns before the first cell, and no rows
            yield from _filled(rows, self._merged) if self._merged else rows

    def _texts(self, cells: Cells) -> list[str]:
        return [_text(cell) or "" for cell in cells]


def _the_sheet(workbook: Workbook, wanted: str | None, place: Place) -> Sheet:
    """The one that is named; else the only visible one that holds anything."""
    if wanted is not None:
        found = [one for one in workbook.sheets if one.name.strip().lower() == wanted.strip().lower()]
        if not found:
            there = _listed(workbook.sheets) or "none that holds rows"
            mend = f"write the sheet's name in the profile, or give the sheet that name: its sheets are {there}"
            raise UsedWronglyError(f"the workbook has no sheet {wanted}", where=place, mend=mend)
        return found[0]
    used = [one for one in workbook.sheets if one.visible and not workbook.is_empty(one)]
    if not used:
        raise UsedWronglyError("no sheet of the workbook holds anything", where=place, mend="fetch the extract again")
    if len(used) > 1:
        raise UsedWronglyError(
            f"the workbook has several sheets: {_listed(used)}",
            where=place,
            mend=f"say which one is read: file: {{sheet: {used[0].name}}} in the profile, or --sheet to `profile new`",
        )
    return used[0]


def _listed(sheets: Sequence[Sheet]) -> str:
    return ", ".join(one.name for one in sheets[:_SHOWN]) + (" and more" if len(sheets) > _SHOWN else "")


@dataclass(frozen=True, slots=True, order=True)
class _Merged:
    """A merged cell. Columns are counted from the first that holds anything, the right one left out."""

    top: int
    bottom: int
    left: int
    right: int


def _merged(sheet: calamine.CalamineSheet, first_column: int) -> list[_Merged]:
    """In the order in which they begin."""
    found = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        low, high = left - first_column, min(right - first_column + 1, sheet.width)
        if 0 <= low < high:
            found.append(_Merged(top, bottom, low, high))
    return sorted(found)


def _filled(rows: Iterable[Cells], merged: Sequence[_Merged]) -> Iterator[Cells]:
    """The rows with what stands in a merged cell in each row and column that it covers."""
    coming, here = list(reversed(merged)), dict[_Merged, Any]()
    for number, cells in enumerate(rows):
        while coming and coming[-1].top <= number:
            one = coming.pop()
            here[one] = cells[one.left]
        here = {one: value for one, value in here.items() if one.bottom >= number}
        if len(here) > len(cells):  # so many that to fill them would take for ever
            raise ValueError("its merged cells lie over one another")
        for one, value in here.items():
            cells[one.left : one.right] = [value] * (one.right - one.left)
        yield cells


def _chunk(rows: Sequence[Cells], first: int, width: int) -> Chunk:
    chunk = Chunk(
        list(range(first, first + len(rows))), [_column(column) for column in zip(*rows, strict=True)][:width]
    )
    return without_long(chunk, LONGEST, "a spreadsheet's holds")


def _column(cells: Sequence[Any]) -> Column:
    if set(map(type, cells)) <= {str}:
        return cells
    return [_text(cell) for cell in cells]


def _text(cell: Any) -> str | None:
    """A length of time as `26:30:00`; everything else as every reader has it."""
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return plain_text(cell)
