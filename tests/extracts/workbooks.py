"""Workbooks for tests: rows as a spreadsheet would hold them, and XML that no spreadsheet wrote."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]
_FORMATS = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", time: "hh:mm", timedelta: "[h]:mm:ss"}


def workbook(path: Path, sheets: Mapping[str, Rows] | Rows, *, epoch_1904: bool = False, **made: Any) -> Path:
    """A workbook with these sheets (one called People when rows alone are given).

    merged: ranges such as "A1:C1" with what stands there, on the first sheet. hidden_columns, hidden_rows: of the first
    sheet, counted from 0. hidden_sheets: their names.
    """
    named = sheets if isinstance(sheets, Mapping) else {"People": sheets}
    book = xlsxwriter.Workbook(path, {"date_1904": epoch_1904})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
    for number, (name, rows) in enumerate(named.items()):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(sheet, at, column, cell, formats)
        if name in made.get("hidden_sheets", ()):
            sheet.hide()
        if number == 0:
            _lay_out(sheet, **{key: value for key, value in made.items() if key != "hidden_sheets"})
    book.close()
    return path


def _write(sheet: Any, row: int, column: int, cell: Any, formats: Mapping[type, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif type(cell) in formats:
        sheet.write_datetime(row, column, cell, formats[type(cell)])
    elif isinstance(cell, tuple):  # a formula and the value that it was saved with
        sheet.write_formula(row, column, cell[0], None, cell[1])
    else:
        sheet.write(row, column, cell)


def _lay_out(
    sheet: Any,
    merged: Mapping[str, str] = {},
    hidden_columns: Sequence[int] = (),
    hidden_rows: Sequence[int] = (),
) -> None:
    for place, text in merged.items():
        sheet.merge_range(place, text)
    for column in hidden_columns:
        sheet.set_column(column, column, None, None, {"hidden": True})
    for row in hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})


SHEET = "xl/worksheets/sheet1.xml"


def changed(path: Path, parts: Mapping[str, bytes], out: str = "changed.xlsx") -> Path:
    """The same workbook with these parts in the place of its own."""
    made = path.with_name(out)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) or old.read(name))
    return made


def sheet_xml(cells: str, before: str = "") -> bytes:
    """A sheet whose rows are given as XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{space}">'
    return f"{head}{before}<sheetData>{cells}</sheetData></worksheet>".encode()
