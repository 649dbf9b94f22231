"""What spreadsheets and data frames do to long numbers."""

import re

SPREADSHEET_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
ROUNDED = (
    "a spreadsheet has rounded it and the last digits are lost",
    "format the column as text in the original file and export it again",
)  # problem and mend
_DECIMAL = re.compile(r"\+?[0-9]{6,}\.0+")


def without_decimal(text: str) -> str:
    """A whole number that was exported as `7700900123.0`, as it was."""
    return text.partition(".")[0] if _DECIMAL.fullmatch(text) else text
