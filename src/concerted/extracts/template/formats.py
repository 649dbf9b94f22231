"""How the cells of the template workbook look.

Colour alone says nothing: what is needed in every row is underlined, and its message says so.
"""

from typing import Any, Final

_FONT: Final = {"font_name": "Arial", "font_size": 11, "valign": "top"}
_WRAPPED: Final = {**_FONT, "text_wrap": True}
_HEAD: Final = {
    **_WRAPPED,
    "bold": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#505A5F",
    "num_format": "@",
}


class Formats:
    """The formats of one workbook. Dark on light throughout: a contrast of 7 to 1 or more."""

    def __init__(self, book: Any) -> None:
        self.text = book.add_format({**_FONT, "num_format": "@"})
        self.head = book.add_format({**_HEAD, "bg_color": "#E8EEF4", "font_color": "#0B0C0C"})
        self.needed = book.add_format({**_HEAD, "bg_color": "#1D3557", "font_color": "#FFFFFF", "underline": 1})
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 18})
        self.topic = book.add_format({**_WRAPPED, "bold": True})
        self.section = book.add_format({**_FONT, "bold": True, "font_size": 14, "top": 1, "top_color": "#505A5F"})
        self.words = book.add_format(_WRAPPED)
