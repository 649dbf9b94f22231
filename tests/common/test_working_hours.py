"""Hours that pass and hours that are worked, over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.clock import LONDON
from concerted.common.errors import UsedWronglyError
from concerted.common.working_days import NotCoveredError, OfficeHours, WorkingDays, deadline, london_day

OFFICE = OfficeHours(WorkingDays.of(), time(9), time(17))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0)
)
quarters = st.integers(0, 300).map(lambda count: count / 4)  # exact in binary, so that sums are


def _london(text: str) -> datetime:
    """A moment by the clock on a London wall."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-28T12:00", "2026-03-29T13:00"),  # the clock loses an hour
        ("2026-10-24T12:00", "2026-10-25T11:00"),  # and gains one
        ("2026-03-02T12:00", "2026-03-03T12:00"),
        ("2028-02-28T12:00", "2028-02-29T12:00"),
        ("2027-02-28T12:00", "2027-03-01T12:00"),
    ],
)
def test_24_hours_are_24_real_hours(start: str, end: str) -> None:
    assert deadline(_london(start), 24) == _london(end)


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    first = _london("2026-10-25T01:30")
    assert deadline(first, 1) == first.replace(fold=1).astimezone(UTC)  # a time of two folds equals none in UTC
    assert deadline(first, 2) == _london("2026-10-25T02:30")


@given(moments, quarters)
def test_a_deadline_is_in_utc_and_as_far_off_as_asked(moment: datetime, hours: float) -> None:
    end = deadline(moment.astimezone(LONDON), hours)
    assert end.tzinfo is UTC
    assert end - moment == timedelta(hours=hours)


def test_the_day_is_londons() -> None:
    assert london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert london_day(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T10:00", 3, "2026-03-02T13:00"),
        ("2026-03-02T10:00", 7, "2026-03-02T17:00"),  # ends with the day, not on the next morning
        ("2026-03-02T10:00", 7.5, "2026-03-03T09:30"),
        ("2026-03-02T07:00", 1, "2026-03-02T10:00"),
        ("2026-03-02T20:00", 1, "2026-03-03T10:00"),
        ("2026-03-07T12:00", 0, "2026-03-09T09:00"),
        ("2026-03-02T12:00", 0, "2026-03-02T12:00"),
        ("2026-03-27T16:00", 2, "2026-03-30T10:00"),  # over the weekend of the change in March
        ("2026-10-23T16:00", 2, "2026-10-26T10:00"),  # and of that in October
        ("2026-12-24T16:00", 2, "2026-12-29T10:00"),
        ("2028-02-28T16:00", 9, "2028-02-29T17:00"),
    ],
)
def test_hours_that_are_worked(start: str, hours: float, end: str) -> None:
    found = OFFICE.add(_london(start), hours)
    assert found == _london(end)
    assert found.tzinfo is UTC


@given(moments, quarters, quarters)
def test_hours_in_two_goes_are_hours_in_one(moment: datetime, one: float, other: float) -> None:
    assert OFFICE.add(OFFICE.add(moment, one), other) == OFFICE.add(moment, one + other)


@given(moments, quarters)
def test_worked_hours_end_in_an_open_office_and_no_sooner_than_they_could(moment: datetime, hours: float) -> None:
    end = OFFICE.add(moment, hours)
    by_the_wall = end.astimezone(LONDON)
    assert OFFICE.days.is_working_day(by_the_wall.date())
    assert OFFICE.opens <= by_the_wall.time() <= OFFICE.closes
    assert end - moment >= timedelta(hours=hours)


@given(moments, st.integers(1, 40))
def test_the_length_of_a_working_day_is_a_working_day(moment: datetime, count: int) -> None:
    opening = OFFICE.add(moment, 0)
    closing = OFFICE.add(moment.astimezone(LONDON).replace(hour=8), 8 * count)
    assert OFFICE.add(opening, 8 * count) >= closing
    assert closing.astimezone(LONDON).time() == OFFICE.closes
    day = london_day(moment)
    assert london_day(closing) == OFFICE.days.add(OFFICE.days.on_or_after(day), count - 1)


@pytest.mark.parametrize("ask", [lambda moment: deadline(moment, 1), lambda moment: OFFICE.add(moment, 1), london_day])
def test_a_moment_without_a_zone_is_refused(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UsedWronglyError) as caught:
        ask(datetime(2026, 7, 1, 9, 30))  # noqa: DTZ001 - that is what is refused
    assert str(caught.value) == (
        "2026-07-01 09:30 has no time zone. An hour counted from it could be an hour wrong in summer. "
        "Give the moment with its zone."
    )


def test_an_office_that_closes_before_it_opens() -> None:
    with pytest.raises(UsedWronglyError) as caught:
        OfficeHours(WorkingDays.of(), time(17), time(9))
    assert str(caught.value) == (
        "office hours from 17:00 to 09:00 hold no time. Write an opening time before the closing time of the same day."
    )


def test_hours_backwards() -> None:
    with pytest.raises(UsedWronglyError) as caught:
        OFFICE.add(_london("2026-03-02T10:00"), -0.5)
    assert str(caught.value) == "-0.5 working hours cannot be counted. Give 0 hours or more."


def test_hours_beyond_the_list() -> None:
    assert OFFICE.add(_london("2028-12-29T16:00"), 1) == _london("2028-12-29T17:00")
    with pytest.raises(NotCoveredError, match="which does not reach 1 working day after 29 December 2028"):
        OFFICE.add(_london("2028-12-29T16:00"), 2)
