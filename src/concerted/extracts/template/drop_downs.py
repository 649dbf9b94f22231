"""What a cell offers and says when a person comes to it.

The choices stand on a sheet of their own, so that a long list works in every spreadsheet: written into the rule itself,
a list may have 255 characters.
"""

from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from concerted.extracts.template.formats import Formats
from concerted.extracts.template.layout import Column, Layout
from concerted.extracts.template.names import LISTS

LONGEST_TITLE: Final = 32
LONGEST_MESSAGE: Final = 255
"""Characters that a spreadsheet shows of a message."""


class Lists:
    """The lists of a layout, and where each stands."""

    def __init__(self, layout: Layout) -> None:
        self._lists = layout.lists
        self._places = {choices: at for at, choices in enumerate(self._lists)}

    def write(self, book: Any, formats: Formats) -> None:
        """The sheet that holds them, a list a column."""
        out = book.add_worksheet(LISTS)
        out.freeze_panes(1, 0)
        for at, (choices, heading) in enumerate(self._lists.items()):
            out.set_column(at, at, min(max(map(len, (heading, *choices))) + 2, 60), formats.text)
            out.write_string(0, at, heading, formats.head)
            out.write_column(1, at, choices, formats.text)

    def message(self, column: Column) -> dict[str, Any]:
        """What is said beside a cell of the column."""
        return {"input_title": column.heading, "input_message": column.says}

    def rule(self, column: Column) -> dict[str, Any]:
        """What may stand in a cell of the column: anything, or what its list offers.

        A cell that may hold several values offers them and refuses nothing.
        """
        choices = column.choices
        if not choices:
            return {"validate": "any", **self.message(column)}
        letter = xl_col_to_name(self._places[choices], col_abs=True)
        return {
            "validate": "list",
            "source": f"={LISTS}!{letter}$2:{letter}${len(choices) + 1}",
            "show_error": bool(column.rule and not column.rule.several),
            "error_title": "Not on the list",
            "error_message": "Choose from the list, or leave the cell empty.",
            **self.message(column),
        }
