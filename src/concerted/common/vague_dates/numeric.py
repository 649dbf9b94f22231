"""Dates in figures alone, read only where one reading exists."""

import re
from collections.abc import Callable

from concerted.common.vague_dates import periods
from concerted.common.vague_dates.periods import MONTHS, Period

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_RUN_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|'?[0-9]{2})")
_MONTH_LAST_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_TWO_YEARS = re.compile(r"([0-9]{4})/([0-9]{2})")


def one_reading(text: str, year: Callable[[str], int]) -> Period | None:
    """The period that the figures name; None when they have no form known here. `year` reads a year of two or four
    digits. ValueError, with words for people, when no such day exists or there are two readings."""
    if found := _YEAR_FIRST.fullmatch(text):
        return periods.day(int(found[1]), int(found[3]), int(found[4]))
    if found := _RUN_TOGETHER.fullmatch(text):
        return periods.day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_MONTH.fullmatch(text):
        return periods.month_of(int(found[1]), int(found[2]))
    if _YEAR.fullmatch(text):
        return periods.year_of(int(text))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(text, int(found[1]), int(found[3]), year(found[4]))
    if found := _MONTH_LAST_YEAR.fullmatch(text):
        return periods.month_of(int(found[2]), int(found[1]))
    if found := _TWO_YEARS.fullmatch(text):
        raise ValueError(f"{text} may be a month of {found[1]} or the two years from {found[1]}")
    return None


def _year_last(text: str, first: int, second: int, year: int) -> Period:
    """Day before month as written here, or month before day as in America; never a guess between the two."""
    if first > 12 or first == second:
        return periods.day(year, second, first)
    if second > 12:
        return periods.day(year, first, second)
    day_first = f"{first} {MONTHS[second - 1].title()} {year}"
    month_first = f"{second} {MONTHS[first - 1].title()} {year}"
    raise ValueError(f"{text} may be {day_first} or {month_first}")
