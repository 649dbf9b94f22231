"""Dates of birth: days, years, and what makes a date doubtful."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.standard.births import Birth, birth


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1984-02-29", Birth("1984-02-29", 1984)),
        ("29 February 1984", Birth("1984-02-29", 1984)),
        ("1984-02", Birth(None, 1984, "month only")),
        ("1984", Birth(None, 1984, "year only")),
        ("summer 1984", Birth(None, 1984, "year only")),
        ("before 2009", Birth()),
        ("1984-13-40", Birth()),
        ("no date at all", Birth()),
    ],
)
def test_a_day_a_month_a_year_or_nothing(text: str, found: Birth) -> None:
    assert birth(text) == found


def test_the_first_of_january_is_marked_and_stays() -> None:
    assert birth("1984-01-01") == Birth("1984-01-01", 1984, "first of January")
    assert birth("1 January 1984") == Birth("1984-01-01", 1984, "first of January")
    assert birth("1984-02-01").doubt is None


@pytest.mark.parametrize(
    "text",
    ["1900-01-01", "1901-01-01", "1970-01-01", "1 January 1970", "9999-12-31", "9999", "1111-11-11", "0001-01-01"],
)
def test_a_day_or_year_that_stands_for_nothing_is_left_out(text: str) -> None:
    assert birth(text) == Birth(doubt="placeholder")


@pytest.mark.parametrize("text", ["1900-01-03", "1900", "1970-01-02", "1970", "1911-11-12"])
def test_days_and_years_beside_those_are_kept(text: str) -> None:
    assert birth(text).year == int(text[:4])
    assert birth(text).doubt != "placeholder"


@given(st.dates(date(1905, 1, 1), date(2099, 12, 31)))
def test_every_day_gives_itself_or_is_a_placeholder(day: date) -> None:
    found = birth(day.isoformat())
    assert found in (
        Birth(day.isoformat(), day.year),
        Birth(day.isoformat(), day.year, "first of January"),
        Birth(doubt="placeholder"),
    )
    assert (found.doubt is None) or (day.month, day.day) in {(1, 1), (11, 11)}


@given(st.text(max_size=20))
def test_any_text_can_be_asked(text: str) -> None:
    found = birth(text)
    assert found.day is None or found.year == int(found.day[:4])
