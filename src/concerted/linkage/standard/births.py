"""Dates of birth as they are compared: a full day, a year, and why a date says less than it seems to."""

import re
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa

from concerted.common.vague_dates import NotADateError, read
from concerted.linkage.standard.coded import Coded
from concerted.reference.loader import load_table

Doubt = Literal["first of January", "placeholder", "month only", "year only"]
"""first of January: the day that is written for many who know their year alone; some were born on it, so it stays.
placeholder: a day or year that systems fill in where nothing is known, and that is left out."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Birth(NamedTuple):
    """day: ISO, full days only. year: where there is only one it can be."""

    day: str | None = None
    year: int | None = None
    doubt: Doubt | None = None


def birth_columns(dates: Coded[str], years: Coded[str]) -> dict[str, pa.Array]:
    """`dob`, `year`, `dob_doubt`. A year of birth stands in for a date that gives no year."""
    births, only_years = dates.each(birth), years.each(lambda text: only_year(birth(text)))
    # A year that stands in says nothing of a date that was a placeholder.
    both = births.beside(only_years, lambda one, other: with_year(one, other) if one else other)
    found = both.each(lambda made: made.year)
    numbers = np.array([*found.values, 0], np.int32)[found.numbers]
    return {
        "dob": both.each(lambda made: made.day).arrow(),
        "year": pa.array(numbers, mask=found.numbers < 0),
        "dob_doubt": both.each(lambda made: made.doubt).arrow(),
    }


def birth(text: str) -> Birth:
    """What a date of birth says, as the readers of extracts write it: a day, or a vague date."""
    if _is_placeholder(text):
        return Birth(doubt="placeholder")
    try:
        if _DAY.fullmatch(text):
            return _of_day(date.fromisoformat(text))
        vague = read(text)
    except (NotADateError, ValueError):
        return Birth()
    if vague.exact:
        return _of_day(vague.exact)
    return _of_interval(vague.earliest, vague.latest)


def _of_day(day: date) -> Birth:
    if _is_placeholder(day.isoformat()):
        return Birth(doubt="placeholder")
    return Birth(day.isoformat(), day.year, "first of January" if (day.month, day.day) == (1, 1) else None)


def _of_interval(earliest: date | None, latest: date | None) -> Birth:
    if not (earliest and latest and earliest.year == latest.year):
        return Birth()
    return Birth(None, earliest.year, "month only" if earliest.month == latest.month else "year only")


def only_year(found: Birth) -> Birth | None:
    return Birth(None, found.year, "year only") if found.year else None


def with_year(found: Birth, other: Birth | None) -> Birth:
    if found.year or not other:
        return found
    return Birth(None, other.year, found.doubt or other.doubt)


def _is_placeholder(text: str) -> bool:
    days, years = _placeholders()
    return text in days or text[:4] in years


@cache
def _placeholders() -> tuple[frozenset[str], frozenset[str]]:
    """Days (ISO) and years (four digits)."""
    data = load_table("date_placeholders").data
    return frozenset(map(str, data["days"])), frozenset(map(str, data["years"]))
