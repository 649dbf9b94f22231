"""Writing the template workbook: help first, then a sheet a kind of record, and last the lists behind the drop-downs.

Every cell is text, so that a leading nought and a date stay as they were typed, and there is no formula anywhere. The
same layout and rows give the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import write_whole
from concerted.extracts.template.drop_downs import Lists
from concerted.extracts.template.formats import Formats
from concerted.extracts.template.help_page import write_help
from concerted.extracts.template.layout import Layout, Sheet, layout
from concerted.extracts.template.names import HELP

Row = Mapping[str, str]
LAST_ROW: Final = 1_048_575  # of a sheet, counted from 0
_NONE: Final[Mapping[str, Sequence[Row]]] = {}
_HEAD_HEIGHT: Final = 48  # points: three lines


def write_template(path: Path, rows: Mapping[str, Sequence[Row]] = _NONE) -> Layout:
    """Write the workbook whole, and say what is in it.

    rows: by the name of a sheet, each from headings to texts; none for a blank workbook. Raises UsedWronglyError for a
    file that is there already, or that is not to be called .xlsx; KeyError for a heading that the sheet does not have.
    """
    _refuse(path)
    given, made = layout(), io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _describe(book, given)
    formats, lists = Formats(book), Lists(given)
    write_help(book.add_worksheet(HELP), given, formats)
    for sheet in given.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, rows.get(sheet.name, ()), formats, lists)
    lists.write(book, formats)
    book.close()
    write_whole(path, made.getvalue())
    return given


def _refuse(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise UsedWronglyError(
            "the template is a workbook", where=Place(file=path.name), mend="give it a name in .xlsx"
        )
    if path.exists():
        raise UsedWronglyError(
            "it is there already, and a workbook that somebody may have filled in is not overwritten",
            where=Place(file=path.name),
            mend="give another name",
        )


def _describe(book: Any, given: Layout) -> None:
    """Properties of the document. It was made on the day of its layout, whoever writes it."""
    made = datetime.fromisoformat(given.version)
    book.set_properties(
        {"title": given.title, "subject": given.subject, "keywords": "OFFICIAL-SENSITIVE", "created": made}
    )
    book.set_custom_property("Language", "en-GB")
    book.set_custom_property("Template version", given.version)


def _write_sheet(out: Any, sheet: Sheet, rows: Sequence[Row], formats: Formats, lists: Lists) -> None:
    out.freeze_panes(1, 1)
    out.set_row(0, _HEAD_HEIGHT)
    for at, column in enumerate(sheet.columns):
        out.set_column(at, at, column.width, formats.text)
        out.write_string(0, at, column.heading, formats.needed if column.field is None else formats.head)
        out.data_validation(0, at, 0, at, {"validate": "any", **lists.message(column)})
        out.data_validation(1, at, LAST_ROW, at, lists.rule(column))
    places = {column.heading: at for at, column in enumerate(sheet.columns)}
    for number, row in enumerate(rows, 1):
        for heading, text in row.items():
            out.write_string(number, places[heading], text, formats.text)
    out.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "two_digit_text_year": "A1:XFD1048576"})
    _print_on_paper(out)


def _print_on_paper(out: Any) -> None:
    out.set_paper(9)  # A4
    out.set_landscape()
    out.set_print_scale(70)
    out.set_margins(left=0.4, right=0.4)
    out.repeat_rows(0)
    out.repeat_columns(0)
    out.set_footer("&L&A&C OFFICIAL-SENSITIVE when filled in&RPage &P of &N")
