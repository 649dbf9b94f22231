"""Dates, times and counts in words."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.web import words


def test_a_day_is_written_out() -> None:
    assert words.day(date(2026, 3, 2)) == "2 March 2026"
    assert words.day(None) == ""


def test_a_moment_is_told_as_london_has_it() -> None:
    assert words.moment(datetime(2026, 3, 2, 9, 30, tzinfo=UTC)) == "2 March 2026 at 9:30am"
    assert words.moment(datetime(2026, 7, 2, 23, 30, tzinfo=UTC)) == "3 July 2026 at 12:30am"
    assert words.day(datetime(2026, 7, 2, 23, 30, tzinfo=UTC)) == "3 July 2026"
    assert words.moment(None) == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (time(9, 30), "9:30am"),
        (time(17), "5pm"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(12, 1), "12:01pm"),
        (None, ""),
    ],
)
def test_a_time_is_written_as_people_say_it(given: time | None, said: str) -> None:
    assert words.clock_time(given) == said


@given(st.times())
def test_no_time_is_told_twice_in_a_day(at: time) -> None:
    said = words.clock_time(at)
    plain = {"midday": "12pm", "midnight": "12am"}.get(said, said)
    hour, _, minute = plain[:-2].partition(":")
    back = int(hour) % 12 + (12 if plain.endswith("pm") else 0)
    assert (back, int(minute or 0)) == (at.hour, at.minute)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no people"), (1, "1 person"), (2, "2 people"), (1_200, "1,200 people")]
)
def test_a_count_goes_with_its_word(number: int, said: str) -> None:
    assert words.count(number, "person", "people") == said


def test_most_words_take_an_s() -> None:
    assert words.count(3, "record") == "3 records"
