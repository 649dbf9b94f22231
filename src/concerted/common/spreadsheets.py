"""CSV that a spreadsheet opens without running anything, and that reads back as it was written."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError

# What a spreadsheet takes for a formula: OWASP, "CSV Injection" (=, +, -, @, tab, carriage return, line feed, and the
# full-width forms, which some settings of Excel read alike), behind whatever it passes over: blanks, quotes, what is
# not seen. Holds of `'` and a text when it holds of the text, so that `plain` can tell what `neutral` put there.
_PASSED_OVER: Final = r"\s'\"\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
_FORMULA: Final = re.compile(rf"[{_PASSED_OVER}]*[=+\-@\t\r\n\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")  # a plain number, signed or not, is left alone

LONGEST: Final = 2**24  # characters of a cell that is read back; Python's own limit of 128 KiB is for a whole process
csv.field_size_limit(max(csv.field_size_limit(), LONGEST))


def neutral(text: str) -> str:
    """The same text with an apostrophe before anything that a spreadsheet would run. `plain` undoes it."""
    return f"'{text}" if _would_run(text) else text


def plain(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text.startswith("'") and _would_run(text[1:]) else text


def _would_run(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def write_rows(
    path: Path, header: Sequence[object], rows: Iterable[Sequence[object]], *, delimiter: str = ",", mark: bool = False
) -> int:
    """Write a CSV file (UTF-8, one line each) and return the number of rows. Missing values are empty.

    mark: begin with the mark by which programs know UTF-8.
    """
    count = -1
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=delimiter, lineterminator="\n")
        quoting = csv.writer(handle, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for count, row in enumerate(_with(header, rows)):  # noqa: B007 - the last is the number of rows
            cells = [neutral(cell) if isinstance(cell, str) else cell for cell in row]
            # Python quotes no cell for a carriage return in it, and every reader takes a bare one for the row's end.
            bare = any("\r" in cell for cell in cells if isinstance(cell, str))
            (quoting if bare else writer).writerow(cells)
    return count


def _with(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield header
    yield from rows


def read_rows(path: Path, needs: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column name, with `neutral` undone, and trimmed.

    needs: columns that must be there, whether there are rows or not. UsedWronglyError names one that is not, or says
    why the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, skipinitialspace=True)
            _insist(needs, reader.fieldnames or (), path)
            for row in reader:
                yield {
                    plain(name).strip(): plain(value or "").strip() for name, value in row.items() if name is not None
                }
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsedWronglyError("the file cannot be read", where=Place(path.name), why=_why(error)) from error


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8: save it as CSV UTF-8"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _insist(needs: Sequence[str], header: Sequence[str], path: Path) -> None:
    there = {plain(name).strip() for name in header}
    for name in needs:
        if name not in there:
            mend = f"the first line must name {', '.join(needs)}"
            raise UsedWronglyError(f"there is no column {name}", where=Place(path.name, row=1), mend=mend)
