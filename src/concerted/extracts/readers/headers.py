"""Names for the columns of a file: trimmed, and no two the same."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers.quoting import MENDS
from concerted.extracts.readers.shape import MAX_COLUMNS

TOP_ROWS: Final = 30  # rows looked at for a header that is not where it is said to be
_NEARLY: Final = 0.75  # of the widest of the first rows, that a row of names is at least
_VALUE: Final = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d[\d ]{5,}|[^@\s]+@[^@\s]+\.[^@\s]+")
ADD_NAMES: Final = "put a row with the names of its columns above it"


def header_of(rows: Sequence[Sequence[str]], settings: FileSettings, place: Place, why: str = "") -> list[str]:
    """The names of the columns, from the first rows of a file as they stand: those of the row that the settings say, or
    of several rows one over the other, joined.

    why: what is wrong with that row, when that is known. Raises UsedWronglyError when no names stand there.
    """
    wanted, count = settings.header_row, settings.header_rows
    over = rows[max(wanted - count, 0) : wanted]
    if len(rows) < wanted or not any(cell.strip() for cell in rows[wanted - 1]):
        said = MENDS.get(why, "write in the profile which row holds them: file: {header_row: 1}")
        raise UsedWronglyError(f"there are no column names in row {wanted}", where=place, why=why, mend=said)
    width = max(map(len, over))
    columns = zip(*([*row, *[""] * (width - len(row))] for row in over), strict=True)
    return [" ".join(dict.fromkeys(filter(None, map(str.strip, column)))) for column in columns]


def likely_header(top: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The row among the first of a file in which the names of its columns seem to stand, and over how many rows.

    It is the first that is nearly as wide as the widest and holds no values. Where names in it repeat and groups stand
    over them, the row above belongs to them.
    """
    names = [[cell.strip() for cell in row if cell.strip()] for row in top]
    least = max(_NEARLY * max(map(len, names), default=0), 2)
    seem = [at for at, row in enumerate(names) if len(row) >= least and _are_names(row)]
    if not seem:
        return 1, 1
    at, repeats = seem[0], len(set(names[seem[0]])) < len(names[seem[0]])
    if repeats and at + 1 in seem:  # groups in merged cells over the names
        return at + 2, 2
    return at + 1, 2 if repeats and at > 0 and len(names[at - 1]) >= 2 else 1


def _are_names(cells: Sequence[str]) -> bool:
    """Whether these could name columns: a title in one merged cell stands in all of them, and a value is no name."""
    return len(set(cells)) > 1 and not any(map(_is_value, cells))


def _is_value(name: str) -> bool:
    return bool(_VALUE.fullmatch(name)) or name.replace(".", "", 1).isdecimal()


def repeated(headers: Sequence[str]) -> frozenset[str]:
    """The headers that stand more than once, trimmed."""
    counts = Counter(header.strip() for header in headers)
    return frozenset(name for name, count in counts.items() if count > 1 and name)


def unique_names(headers: Sequence[str]) -> list[str]:
    """A name for each column: `Name (1)`, `Name (2)` where a header stands twice, `(column 5)` where it is empty."""
    names = [header.strip() for header in headers]
    twice, taken = repeated(names), set(names)
    seen: Counter[str] = Counter()
    given = []
    for number, name in enumerate(names, 1):
        if name in twice:
            name = _next_free(name, seen, taken)
        elif not name:
            base = f"(column {number})"
            name = base if base not in taken else _next_free(base, seen, taken)
        taken.add(name)
        given.append(name)
    return given


def _next_free(name: str, seen: Counter[str], taken: set[str]) -> str:
    while True:
        seen[name] += 1
        free = f"{name} ({seen[name]})"
        if free not in taken:
            return free


def refuse_too_many(count: int, file: str) -> None:
    """Raise UsedWronglyError for a file with more than `MAX_COLUMNS` columns."""
    if count > MAX_COLUMNS:
        raise UsedWronglyError(
            f"the file has {count:,} columns and at most {MAX_COLUMNS:,} can be read",
            where=Place(file=file),
            mend="check that it is a table of people, one row a record, and take out the columns that are not needed",
        )


def looks_like_a_record(names: Sequence[str]) -> bool:
    """Whether what should be the names of columns are somebody's values: a date, a long number, an e-mail address."""
    return any(_VALUE.fullmatch(name) for name in names)
