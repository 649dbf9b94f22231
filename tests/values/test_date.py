"""Dates as a value type: full days, vague ones, placeholders, and what systems export."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import DATE, Date, Likeness

READ = {
    "2009-03-14": "2009-03-14",
    "14 March 2009": "2009-03-14",
    "14/03/2009": "2009-03-14",
    "March 2009": "2009-03",
    "2009": "2009",
    "summer 2012": "2012-06-01/2012-08-31",
    "before 2009": "../2008-12-31",
    "2010-04-01/..": "2010-04-01/..",
    "2009-03-14T00:00:00": "2009-03-14",
    "2009-03-14 00:00": "2009-03-14",
    "2009-03-14 00:00:00.000": "2009-03-14",
    "2009-03-14T00:00:00Z": "2009-03-14",
    "\u200e2009-03-14": "2009-03-14",
}

REFUSED = {
    "2009-02-30": "not a date: there is no 30 February 2009",
    "81 January 2009": "not a date: there is no 81 January 2009",
    "19818101": "not a date: there is no month 81",
    "03/04/2009": "not a date: 03/04/2009 may be 3 April 2009 or 4 March 2009",
    "Mar 09": "not a date: 09 does not say which century",
    "about 14": "not a date: an age says nothing without the day on which it was given",
    "39886": "a spreadsheet's count of days, not a date",
    "39886.0": "a spreadsheet's count of days, not a date",
    "2009-06-14T23:00:00Z": "a time in another zone: the day here is not certain",
    "2009-06-14 12:00+02:00": "a time in another zone: the day here is not certain",
    "9999-12-31": "not a date we can mean: 9999 is outside 1000 to 2100",
    "0999-01-01": "not a date we can mean: 999 is outside 1000 to 2100",
    "before 0800": "not a date we can mean: 799 is outside 1000 to 2100",
    "2009-13-14T00:00": "not a date: there is no month 13",
    "yesterday": "not a date: it is in no form that is known here",
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_date_is_read(text: str, value: str) -> None:
    cleaned = DATE.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (value, None, ())


@pytest.mark.parametrize(("text", "problem"), REFUSED.items())
def test_the_rest_is_refused_with_a_reason(text: str, problem: str) -> None:
    cleaned = DATE.clean(text)
    assert (cleaned.value, cleaned.problem) == (None, problem)
    assert cleaned.mend


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("1900-01-01", "1900-01-01", "placeholder day"),
        ("1 January 1970", "1970-01-01", "placeholder day"),
        ("1899-12-30", "1899-12-30", "placeholder day"),
        ("2009-01-01", "2009-01-01", "1 January, often written for an unknown day"),
        ("1 Jan 2009", "2009-01-01", "1 January, often written for an unknown day"),
        ("2009-03-14 12:30", "2009-03-14", "time of day left out"),
        ("2009-03-14T12:30:59.123", "2009-03-14", "time of day left out"),
    ],
)
def test_notes(text: str, value: str, note: str) -> None:
    cleaned = DATE.clean(text)
    assert (cleaned.value, cleaned.notes) == (value, (note,))


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("Mar 09", "2009-03", ("century assumed",)),
        ("14/03/09", "2009-03-14", ("century assumed",)),
        ("1 Jan 70", "1970-01-01", ("century assumed", "placeholder day")),
        ("about 14", "2010-03-03/2013-03-02", ()),
        ("2009-03-14", "2009-03-14", ()),
    ],
)
def test_with_the_day_of_writing_ages_and_two_digit_years_are_read(text: str, value: str, notes: tuple[str]) -> None:
    cleaned = Date(date(2026, 3, 2)).clean(text)
    assert (cleaned.value, cleaned.notes) == (value, notes)


@given(st.dates(date(1000, 1, 1), date(2100, 12, 31)))
def test_a_full_day_stays_as_it_is(day: date) -> None:
    cleaned = DATE.clean(day.isoformat())
    assert cleaned.value == day.isoformat()
    assert bool(cleaned.notes) is ((day.month, day.day) == (1, 1) or day in {date(1899, 12, 30), date(1899, 12, 31)})


@given(st.dates())
def test_years_outside_are_a_problem(day: date) -> None:
    assert DATE.validate(day.isoformat()) is (1000 <= day.year <= 2100)


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("2009-03-14", "14 March 2009", Likeness.SAME),
        ("2009-03-04", "2009-04-03", Likeness.NEAR),
        ("2009-03-14", "2009-03-15", Likeness.NEAR),
        ("2009-03-14", "2019-03-14", Likeness.NEAR),
        ("2009-03-14", "2011-07-26", Likeness.DIFFERENT),
        ("2009-03-14", "March 2009", Likeness.CANNOT_TELL),
        ("2009-03-14", "April 2009", Likeness.DIFFERENT),
        ("March 2009", "March 2009", Likeness.CANNOT_TELL),
        ("before 2009", "2009", Likeness.DIFFERENT),
        ("2009-03-14", "", Likeness.CANNOT_TELL),
        ("2009-03-14", "03/04/2009", Likeness.CANNOT_TELL),
    ],
)
def test_likeness(left: str, right: str, likeness: Likeness) -> None:
    assert DATE.compare(left, right) is likeness


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_day_and_month_swapped_are_near(day: date) -> None:
    if day.day <= 12 and day.day != day.month:
        assert DATE.compare(day.isoformat(), f"{day:%Y-%d-%m}") is Likeness.NEAR
