"""The first sheet of the template workbook: what it is for, and what to write in each column of the others.

It is read from top to bottom, in three columns, without merged cells, so that a screen reader has it in order.
"""

import textwrap
from collections.abc import Sequence
from typing import Any, Final

from concerted.extracts.template.formats import Formats
from concerted.extracts.template.layout import Column, Layout

_WIDTHS: Final = (28, 78, 26)
_HEADINGS: Final = ("Column", "What to write", "For example")
_A_LINE: Final = 90  # characters of the second column: fewer than stand in it in any spreadsheet that was looked at
_LINE: Final = 14.5  # points
_SPACE: Final = 4  # below the last line of a row
_SECTION: Final = 24  # the title of a sheet


def write_help(out: Any, layout: Layout, formats: Formats) -> None:
    """Fill the sheet."""
    for at, width in enumerate(_WIDTHS):
        out.set_column(at, at, width)
    page = _Page(out, formats)
    page.title(layout.title)
    for topic, text in layout.help:
        page.line(topic, text)
    for sheet in layout.sheets:
        page.section(f"Sheet {sheet.name}", sheet.about, sheet.own)
    page.section("The last columns of every sheet", "How the row may be used.", layout.sheets[0].marks)
    out.set_paper(9)  # A4
    out.set_landscape()
    out.set_print_scale(70)
    out.set_margins(left=0.4, right=0.4)
    out.set_h_pagebreaks(page.breaks)
    out.set_footer("&L&A&RPage &P of &N")
    out.activate()


class _Page:
    """The sheet, filled from the top. breaks: rows that begin a page on paper.

    Heights are set: not every spreadsheet works them out when it opens a file.
    """

    def __init__(self, out: Any, formats: Formats) -> None:
        self._out, self._formats, self._row = out, formats, 0
        self.breaks: list[int] = []

    def title(self, text: str) -> None:
        self._out.set_row(self._row, 2 * _SECTION)
        self._out.write_string(self._row, 0, text, self._formats.title)
        self._row += 1

    def line(self, topic: str, text: str, example: str = "") -> None:
        """A topic or a column, what is said of it, and an example."""
        self._out.set_row(self._row, _LINE * max(1, len(textwrap.wrap(text, _A_LINE))) + _SPACE)
        self._out.write_string(self._row, 0, topic, self._formats.topic)
        self._out.write_string(self._row, 1, text, self._formats.words)
        self._out.write_string(self._row, 2, example, self._formats.words)
        self._row += 1

    def section(self, title: str, about: str, columns: Sequence[Column]) -> None:
        """What is written in some columns, below an empty row."""
        self._row += 1
        self.breaks.append(self._row)
        self._out.set_row(self._row, _SECTION)
        for at, text in enumerate((title, "", "")):
            self._out.write_string(self._row, at, text, self._formats.section)
        self._row += 1
        self.line("What it is for", about)
        for at, text in enumerate(_HEADINGS):
            self._out.write_string(self._row, at, text, self._formats.head)
        self._row += 1
        for column in columns:
            self.line(column.heading, column.says, column.example)
