"""Names for the columns of a file: trimmed, and no two the same."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.readers.shape import MAX_COLUMNS

_VALUE: Final = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d[\d ]{5,}|[^@\s]+@[^@\s]+\.[^@\s]+")
ADD_NAMES: Final = "put a row with the names of its columns above it"


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
