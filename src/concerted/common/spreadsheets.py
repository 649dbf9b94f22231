"""CSV that a spreadsheet opens without running anything, and that reads back as it was written."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from concerted.common.errors import Place, UsedWronglyError

# What a spreadsheet takes for a formula. A plain number, signed or not, is left alone.
_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")


def neutral(text: str) -> str:
    """The same text with an apostrophe before anything that a spreadsheet would run. `plain` undoes it."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def plain(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) and not _NUMBER.match(text[1:]) else text


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV file (UTF-8, one line each) and return the number of rows. Missing values are empty."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
            count += 1
    return count


def read_rows(path: Path, needs: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column name, trimmed, with `neutral` undone.

    needs: columns that must be there, whether there are rows or not. UsedWronglyError names one that is not, or says
    why the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, skipinitialspace=True)
            _insist(needs, reader.fieldnames or (), path)
            for row in reader:
                yield {name.strip(): plain((value or "").strip()) for name, value in row.items() if name is not None}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsedWronglyError("the file cannot be read", where=Place(path.name), why=_why(error)) from error


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8: save it as CSV UTF-8"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _insist(needs: Sequence[str], header: Sequence[str], path: Path) -> None:
    there = {name.strip() for name in header}
    for name in needs:
        if name not in there:
            mend = f"the first line must name {', '.join(needs)}"
            raise UsedWronglyError(f"there is no column {name}", where=Place(path.name, row=1), mend=mend)
