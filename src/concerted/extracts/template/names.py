"""The names by which a template workbook and what is in it are known. Nothing heavy is imported here."""

from fnmatch import fnmatchcase
from typing import Final

HELP: Final = "Help"
LISTS: Final = "Lists"
NO_RECORDS: Final = frozenset({HELP.lower(), LISTS.lower()})
"""Sheets of the template that hold no records, in small letters: no profile reads them."""

FILES: Final = ("*[Cc]oncerted[-_ ][Tt]emplate*.xlsx",)
"""What the shipped profiles say of the files that they are for."""


def keeps_its_name(file: str) -> bool:
    """Whether the shipped profiles know a file of that name for a template workbook."""
    return any(fnmatchcase(file, glob) for glob in FILES)
