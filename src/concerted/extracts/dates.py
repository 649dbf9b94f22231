"""Dates in a form that the profile states: read fast, and refused with the reason a person would give."""

import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final

from concerted.common.vague_dates import periods
from concerted.common.vague_dates.reading import full_year

_NUMBER: Final = "[0-9]{1,2}"
_PARTS: Final = {
    "d": f"(?P<day> ?{_NUMBER})",
    "m": f"(?P<month> ?{_NUMBER})",
    "Y": "(?P<year>[0-9]{4})",
    "y": "(?P<short>[0-9]{2})",
    "b": r"(?P<name>[A-Za-z]+)\.?",
    "B": r"(?P<name>[A-Za-z]+)\.?",
    "j": "(?P<count>[0-9]{1,3})",
    "a": r"[A-Za-z]+\.?",
    "A": r"[A-Za-z]+\.?",
    "H": _NUMBER,
    "I": _NUMBER,
    "M": _NUMBER,
    "S": _NUMBER,
    "f": "[0-9]{1,9}",
    "p": r"[AaPp]\.?[Mm]\.?",
    "T": "[0-9]{1,2}:[0-9]{2}:[0-9]{2}",
    "z": r"(?:Z|[+-][0-9]{2}:?[0-9]{2})",
    "Z": "[A-Za-z]*",
    "%": "%",
}
_STEP = re.compile(r"%(.)|\s+|[^%\s]+")
_FIGURES: Final = frozenset("dmYyjHIMSf")
_GROUP = re.compile(r"\(\?P<\w+>")
_SAME: Final = {"b": "bB", "B": "bB"}
_EXAMPLE: Final = date(2009, 3, 14)


def read_date(text: str, formats: Sequence[str], as_of: date) -> str:
    """The date as `2009-03-14`, or `2009-03`, `2009` where the form holds no more.

    formats: tried in order. as_of: the day from which two-digit years are reckoned. Raises ValueError with the reason,
    a clause.
    """
    # Numbers that passed through a program for statistics end in ".0".
    plain = text.removesuffix(".0") if text[:-2].isdigit() else text
    reasons = []
    for form in formats:
        found = _pattern(form).fullmatch(plain)
        if found:
            try:
                return _canonical(found.groupdict(), as_of)
            except ValueError as error:
                reasons.append(str(error))
    if reasons:
        raise ValueError(f"not a date: {reasons[0]}")
    raise ValueError(f"not a date of the form {' or '.join(map(_shown, formats))}")


def _shown(form: str) -> str:
    return _EXAMPLE.strftime(form)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """`%d` and `%m` take one digit or two; after another figure two, so that there is one way to read it."""
    return re.compile("".join(_pieces(form)), re.IGNORECASE)


def _pieces(form: str) -> Iterator[str]:
    after_figure, seen = False, set[str]()
    for step in _STEP.finditer(form):
        letter = step[1]
        if letter is None:
            yield r"\s+" if step[0].isspace() else re.escape(step[0])
        else:
            part = _PARTS[letter] if letter not in seen else _GROUP.sub("(?:", _PARTS[letter])
            yield part.replace(f" ?{_NUMBER}", "[0-9]{2}").replace(_NUMBER, "[0-9]{2}") if after_figure else part
            seen.update(_SAME.get(letter, letter))
        after_figure = letter in _FIGURES if letter else False


def _canonical(parts: dict[str, str | None], as_of: date) -> str:
    year = int(parts.get("year") or 0) or full_year(int(parts.get("short") or 0), as_of)
    if parts.get("count"):
        return _day_of_year(year, int(parts["count"] or 0))
    month = _month(parts)
    if month is None:
        return f"{year:04}"
    if parts.get("day") is None:
        return periods.month_of(year, month).earliest.isoformat()[:7]
    return periods.day(year, month, int(parts["day"] or 0)).earliest.isoformat()


def _month(parts: dict[str, str | None]) -> int | None:
    name = parts.get("name")
    if name is None:
        return int(parts["month"] or 0) if parts.get("month") else None
    begins = name[:3].lower()
    found = [number for number, full in enumerate(periods.MONTHS, 1) if full.startswith(begins) and len(begins) == 3]
    if not found:
        raise ValueError(f"there is no month {name[:20]}")
    return found[0]


def _day_of_year(year: int, count: int) -> str:
    if not 1 <= count <= 365 + isleap(year):
        raise ValueError(f"{year} has no day {count}")
    return date.fromordinal(date(year, 1, 1).toordinal() + count - 1).isoformat()
