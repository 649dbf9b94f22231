"""The same day in another year or month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.working_days import anniversary, months_after

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "years", "attained"),
    [
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 2, 28), 18, date(2026, 2, 28)),
        (date(2008, 3, 1), 18, date(2026, 3, 1)),
        (date(2000, 2, 29), 100, date(2100, 3, 1)),  # 2100 is no leap year
        (date(2024, 2, 29), -1, date(2023, 3, 1)),
    ],
)
def test_the_day_on_which_an_age_is_attained(born: date, years: int, attained: date) -> None:
    assert anniversary(born, years) == attained


@given(days, days, st.integers(0, 100))
def test_who_is_born_later_is_no_older(one: date, other: date, years: int) -> None:
    first, last = sorted((one, other))
    assert anniversary(first, years) <= anniversary(last, years)


@given(days, st.integers(1, 100))
def test_an_age_is_attained_in_its_year_and_never_a_day_early(born: date, years: int) -> None:
    attained = anniversary(born, years)
    assert attained.year == born.year + years
    assert (attained.month, attained.day) >= (born.month, born.day)
    assert (attained - timedelta(days=1)).timetuple()[:3] < (attained.year, born.month, born.day)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(1978, 9, 30), 4, date(1979, 1, 30)),  # Dodds v Walker: the application of 31 January was a day late
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),  # a period, and no age
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_the_last_day_of_a_period_of_months(day: date, months: int, end: date) -> None:
    assert months_after(day, months) == end


@given(days, st.integers(-600, 600))
def test_a_period_keeps_the_day_of_the_month_or_ends_with_the_month(day: date, months: int) -> None:
    end = months_after(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(days, st.integers(-100, 100))
def test_ages_and_periods_differ_on_a_leap_day_alone(day: date, years: int) -> None:
    difference = anniversary(day, years) - months_after(day, 12 * years)
    leap = (day.month, day.day) == (2, 29) and anniversary(day, years).month == 3
    assert difference == timedelta(days=1 if leap else 0)


def test_there_is_no_year_10000() -> None:
    with pytest.raises(ValueError, match="10000"):
        anniversary(date(2000, 1, 1), 8000)
    with pytest.raises(ValueError, match="10000"):
        months_after(date(2000, 1, 1), 96_000)
