"""When the next delivery is due."""

from datetime import date, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.working_days import Monthly, NotCoveredError, Weekly, WorkingDays, next_due
from concerted.common.working_days.due import WEEKDAYS, Weekday

ENGLAND = WorkingDays.of()
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
rhythms = st.sampled_from(WEEKDAYS).map(Weekly) | st.integers(1, 31).map(Monthly)


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        (Weekly("monday"), date(2026, 3, 2), date(2026, 3, 9)),
        (Weekly("tuesday"), date(2026, 3, 2), date(2026, 3, 3)),
        (Weekly("saturday"), date(2026, 3, 2), date(2026, 3, 9)),
        (Weekly("monday"), date(2026, 4, 2), date(2026, 4, 7)),  # Easter Monday
        (Monthly(15), date(2026, 3, 2), date(2026, 3, 16)),  # a Sunday
        (Monthly(15), date(2026, 3, 15), date(2026, 3, 16)),
        (Monthly(15), date(2026, 3, 16), date(2026, 4, 15)),
        (Monthly(31), date(2026, 4, 1), date(2026, 4, 30)),
        (Monthly(31), date(2028, 2, 1), date(2028, 2, 29)),
        (Monthly(1), date(2026, 12, 15), date(2027, 1, 4)),
        (Monthly(25), date(2026, 12, 1), date(2026, 12, 29)),
    ],
)
def test_the_next_that_is_due(rhythm: Weekly | Monthly, after: date, due: date) -> None:
    assert next_due(rhythm, after, ENGLAND) == due


def _is_nominal(rhythm: Weekly | Monthly, day: date) -> bool:
    if isinstance(rhythm, Weekly):
        return day.strftime("%A").lower() == rhythm.on
    last_of_month = (day + timedelta(days=1)).day == 1
    return day.day == rhythm.on or (last_of_month and day.day < rhythm.on)


@given(rhythms, days)
def test_it_is_the_first_working_day_since_a_day_of_the_rhythm(rhythm: Weekly | Monthly, after: date) -> None:
    """By going day by day: owed from a day of the rhythm on, and due on the first working day while it is owed."""
    owed, day = False, ENGLAND.add(after, -5)
    while True:
        day += timedelta(days=1)
        owed = owed or _is_nominal(rhythm, day)
        if ENGLAND.is_working_day(day):
            if owed and day > after:
                break
            owed = False
    assert next_due(rhythm, after, ENGLAND) == day


@given(rhythms, days)
def test_nothing_is_due_twice_or_left_out(rhythm: Weekly | Monthly, after: date) -> None:
    first = next_due(rhythm, after, ENGLAND)
    assert first > after
    assert all(next_due(rhythm, after + timedelta(days=step), ENGLAND) == first for step in range((first - after).days))
    assert next_due(rhythm, first, ENGLAND) > first


@pytest.mark.parametrize("day", [0, 32])
def test_a_day_that_no_month_has(day: int) -> None:
    with pytest.raises(UsedWronglyError) as caught:
        Monthly(day)
    assert str(caught.value) == (f"no month has a day {day}. Write a day from 1 to 31; 31 is the last of every month.")


def test_a_day_that_no_week_has() -> None:
    with pytest.raises(UsedWronglyError) as caught:
        Weekly(cast("Weekday", "Fri"))
    assert str(caught.value) == (
        "'Fri' is no day of the week. Write one of monday, tuesday, wednesday, thursday, friday, saturday, sunday."
    )


def test_due_beyond_the_list() -> None:
    with pytest.raises(NotCoveredError, match="which does not reach 1 January 2029"):
        next_due(Monthly(1), date(2028, 12, 20), ENGLAND)
