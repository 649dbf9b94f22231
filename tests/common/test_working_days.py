"""Working days: counting, and what is said beyond the listed bank holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.working_days import NotCoveredError, WorkingDays, divisions

ENGLAND = WorkingDays.of()
named = st.sampled_from(divisions())
# Away from both ends of the list, so that counting stays inside it, twice over.
days = st.dates(date(2021, 1, 1), date(2026, 12, 31))
counts = st.integers(-200, 200)


def _every_day(start: date, end: date) -> list[date]:
    """Each day after `start` up to `end`."""
    return [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]


@given(named, days)
def test_a_working_day_is_monday_to_friday_and_no_holiday(division: str, day: date) -> None:
    calendar = WorkingDays.of(division)
    worked = day.strftime("%a") not in {"Sat", "Sun"} and calendar.holiday(day) is None
    assert calendar.is_working_day(day) is worked


@given(named, days, counts.filter(bool))
def test_between_undoes_add(division: str, day: date, count: int) -> None:
    calendar = WorkingDays.of(division)
    assert calendar.between(day, calendar.add(day, count)) == count


@given(named, days, days)
def test_add_undoes_between_when_it_ends_on_a_working_day(division: str, start: date, end: date) -> None:
    calendar = WorkingDays.of(division)
    if calendar.is_working_day(end) and start != end:
        assert calendar.add(start, calendar.between(start, end)) == end


@given(named, days, counts, counts)
def test_counting_in_two_goes_is_counting_in_one(division: str, day: date, one: int, other: int) -> None:
    calendar = WorkingDays.of(division)
    worked = calendar.on_or_after(day)
    assert calendar.add(calendar.add(worked, one), other) == calendar.add(worked, one + other)


@given(named, days, days, counts)
def test_who_begins_later_ends_no_earlier(division: str, one: date, other: date, count: int) -> None:
    calendar = WorkingDays.of(division)
    first, last = sorted((one, other))
    assert calendar.add(first, count) <= calendar.add(last, count)


@given(named, days, st.integers(-199, 200))
def test_one_more_day_is_later(division: str, day: date, count: int) -> None:
    calendar = WorkingDays.of(division)
    if count != 1 or calendar.is_working_day(day):  # 0 and 1 meet on the next working day when `day` is none
        assert calendar.add(day, count - 1) < calendar.add(day, count)


@given(named, days, st.integers(0, 400))
def test_the_count_is_what_one_finds_by_going_day_by_day(division: str, start: date, length: int) -> None:
    calendar = WorkingDays.of(division)
    end = start + timedelta(days=length)
    found = [day for day in _every_day(start, end) if calendar.is_working_day(day)]
    assert calendar.between(start, end) == len(found)
    shifted = _every_day(start - timedelta(days=1), end - timedelta(days=1))
    assert calendar.between(end, start) == -sum(map(calendar.is_working_day, shifted))


@given(named, days)
def test_the_next_working_day_has_none_before_it(division: str, day: date) -> None:
    calendar = WorkingDays.of(division)
    following = calendar.next_working_day(day)
    assert [step for step in _every_day(day, following) if calendar.is_working_day(step)] == [following]
    assert calendar.on_or_after(day) == (day if calendar.is_working_day(day) else following)


def test_five_working_days_over_christmas() -> None:
    assert ENGLAND.add(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert ENGLAND.add(date(2026, 12, 24), 5) == date(2027, 1, 5)
    assert ENGLAND.holiday(date(2026, 12, 28)) == "Boxing Day (substitute day)"
    assert ENGLAND.holiday(date(2026, 12, 29)) is None


def test_day_one_is_the_first_working_day_after_a_weekend_too() -> None:
    friday, saturday, sunday, monday = (date(2026, 3, day) for day in (6, 7, 8, 9))
    assert {ENGLAND.add(day, 1) for day in (friday, saturday, sunday)} == {monday}
    assert ENGLAND.add(saturday, 0) == monday
    assert ENGLAND.add(saturday, -1) == friday
    assert ENGLAND.between(friday, monday) == 1
    assert ENGLAND.between(monday, friday) == -1
    assert ENGLAND.between(saturday, sunday) == 0


@pytest.mark.parametrize(
    ("day", "where_worked"),
    [
        (date(2026, 1, 2), {"england-and-wales", "northern-ireland"}),
        (date(2026, 3, 17), {"england-and-wales", "scotland"}),
        (date(2026, 4, 6), {"scotland"}),
        (date(2026, 6, 15), {"england-and-wales", "northern-ireland"}),
        (date(2026, 8, 31), {"scotland"}),
        (date(2024, 2, 29), {"england-and-wales", "scotland", "northern-ireland"}),
    ],
)
def test_where_a_day_is_worked(day: date, where_worked: set[str]) -> None:
    assert {name for name in divisions() if WorkingDays.of(name).is_working_day(day)} == where_worked


def test_a_calendar_is_made_once_and_can_be_a_key() -> None:
    assert WorkingDays.of("scotland") is WorkingDays.of("scotland")
    assert len({WorkingDays.of(name) for name in divisions()}) == 3


def test_beyond_the_list_it_says_how_far_the_list_reaches_and_what_to_do() -> None:
    with pytest.raises(NotCoveredError) as caught:
        ENGLAND.is_working_day(date(2029, 1, 3))
    assert str(caught.value) == (
        "the bank holidays of England and Wales are listed from 1 January 2019 to 31 December 2028, which does not "
        "reach 3 January 2029. No working day is counted beyond the list, as a holiday may be missing. "
        "Update the list of bank holidays (holidays.yaml) from https://www.gov.uk/bank-holidays."
    )
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("day", "count", "words"),
    [
        (date(2028, 12, 28), 2, "2 working days after 28 December 2028"),
        (date(2028, 12, 29), 1, "1 working day after 29 December 2028"),
        (date(2028, 12, 30), 0, "0 working days after 30 December 2028"),
        (date(2019, 1, 3), -2, "2 working days before 3 January 2019"),
        (date(2018, 12, 31), 1, "31 December 2018"),
        (date(2029, 1, 2), -1, "2 January 2029"),
    ],
)
def test_counting_stops_where_the_list_does(day: date, count: int, words: str) -> None:
    with pytest.raises(NotCoveredError, match=f"31 December 2028, which does not reach {words}\\. No working day"):
        ENGLAND.add(day, count)


def test_the_last_days_that_are_listed_are_counted() -> None:
    assert ENGLAND.add(date(2028, 12, 28), 1) == date(2028, 12, 29)
    assert ENGLAND.add(date(2019, 1, 3), -1) == date(2019, 1, 2)
    assert not ENGLAND.is_working_day(date(2028, 12, 31))


@pytest.mark.parametrize("outside", [date(2018, 12, 31), date(2029, 1, 1)])
def test_every_question_is_asked_of_the_list_alone(outside: date) -> None:
    inside = date(2026, 3, 2)
    for ask in (ENGLAND.holiday, ENGLAND.next_working_day, ENGLAND.on_or_after, ENGLAND.is_working_day):
        with pytest.raises(NotCoveredError):
            ask(outside)
    for ends in ((inside, outside), (outside, inside)):
        with pytest.raises(NotCoveredError):
            ENGLAND.between(*ends)


def test_a_moment_is_not_taken_for_its_day() -> None:
    with pytest.raises(TypeError):
        ENGLAND.is_working_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
