"""Stretches of the calendar that people name: days, months, seasons, years, decades and their thirds.

Months are counted from year 0: March 2009 is `2009 * 12 + 2`.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple


class Precision(Enum):
    """How finely something was said: what "about" widens by on each side, in days or in whole months."""

    DAY = (7, 0)
    MONTH = (0, 1)
    YEAR = (0, 12)
    DECADE = (0, 24)


class Period(NamedTuple):
    """From `earliest` to `latest`, both included."""

    earliest: date
    latest: date
    precision: Precision


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
# Meteorological seasons, by their first month. A winter has the year in which it begins: winter 2011 is December 2011
# to February 2012.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
THIRDS = {"early": 0, "mid": 1, "late": 2}


def day(year: int, month: int, number: int) -> Period:
    """One day. ValueError, with words for people, when there is none such."""
    _check_month(month)
    if not 1 <= number <= monthrange(year, month)[1]:
        raise ValueError(f"there is no {number} {MONTHS[month - 1].title()} {year}")
    only = date(year, month, number)
    return Period(only, only, Precision.DAY)


def month_of(year: int, month: int) -> Period:
    """A calendar month."""
    _check_month(month)
    return _whole_months(year * 12 + month - 1, 1, Precision.MONTH)


def year_of(year: int) -> Period:
    """A calendar year."""
    return _whole_months(year * 12, 12, Precision.YEAR)


def decade_of(first_year: int) -> Period:
    """Ten years from one that ends in nought."""
    return _whole_months(first_year * 12, 120, Precision.DECADE)


def season_of(name: str, year: int) -> Period:
    """Three months; winter from December of `year`."""
    return _whole_months(year * 12 + SEASONS[name] - 1, 3, Precision.MONTH)


def third_of(period: Period, name: str) -> Period:
    """The early, mid or late third: of a month its days to the 10th, to the 20th and the rest; of a season, a year or
    a decade a third of its months, so that early 2009 is January to April."""
    part = THIRDS[name]
    months = _months_in(period)
    if period.precision is Precision.DAY or (months > 1 and months % 3):
        raise ValueError(f"a day has no {name} part")
    if months == 1:
        first = period.earliest.replace(day=part * 10 + 1)
        return Period(first, period.latest if name == "late" else first.replace(day=part * 10 + 10), Precision.DAY)
    size = months // 3
    finer = Precision.YEAR if period.precision is Precision.DECADE else Precision.MONTH
    return _whole_months(_month_number(period.earliest) + part * size, size, finer)


def about(period: Period) -> Period:
    """The period with a margin on each side: a week for a day or a part of a month, a month for a month, a season or a
    part of a year, a year for a year, two years for a decade. The margins are this project's own rule."""
    days, months = period.precision.value
    if days:
        margin = timedelta(days=days)
        return Period(period.earliest - margin, period.latest + margin, period.precision)
    wider = _months_in(period) + 2 * months
    return _whole_months(_month_number(period.earliest) - months, wider, period.precision)


def years_before(moment: date, years: int) -> date:
    """The same day so many years earlier; 28 February where there is no 29th."""
    year = moment.year - years
    return moment.replace(year=year, day=min(moment.day, monthrange(year, moment.month)[1]))


def born_when_aged(youngest: int, oldest: int, as_of: date) -> Period:
    """The birth dates of someone who on `as_of` is from `youngest` to `oldest` whole years old."""
    first = years_before(as_of, oldest + 1) + timedelta(days=1)
    return Period(first, years_before(as_of, youngest), Precision.DAY)


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")


def _month_number(moment: date) -> int:
    return moment.year * 12 + moment.month - 1


def _months_in(period: Period) -> int:
    return _month_number(period.latest) - _month_number(period.earliest) + 1


def _whole_months(first: int, count: int, precision: Precision) -> Period:
    last = first + count - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return Period(date(first // 12, first % 12 + 1, 1), end, precision)
