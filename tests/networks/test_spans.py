"""When something was, where less may be known than both ends."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.vague_dates import VagueDate
from concerted.networks.spans import (
    OPEN_END,
    OPEN_START,
    Spans,
    day_number,
    day_of,
    intervals,
    lasting,
    no_later,
    seen_on,
    unknown,
    vague,
)


def days(spans: Spans) -> list[tuple[str, ...]]:
    """Each span's four ends as text, an open one as two dots."""
    rows = zip(*(column.tolist() for column in spans.columns().values()), strict=True)
    return [tuple(str(day_of(day) or "..") for day in one) for one in rows]


def texts(*values: str | None) -> pa.Array:
    return pa.array(values, pa.string())


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("2025-06-01", "2025-06-03", ("2025-06-01", "2025-06-03", "2025-06-01", "2025-06-03")),
        ("2025-06-01", None, ("2025-06-01", "..", "2025-06-01", "2025-06-01")),
        (None, "2025-06-03", ("..", "2025-06-03", "2025-06-03", "2025-06-03")),
        ("2025-06", None, ("2025-06-01", "..", "2025-06-30", "2025-06-01")),
        ("2025-06", "2025-06", ("2025-06-01", "2025-06-30", "2025-06-30", "2025-06-01")),
        ("2025-06", "2025-08", ("2025-06-01", "2025-08-31", "2025-06-30", "2025-08-01")),
        ("2025-06", "2025-06-20", ("2025-06-01", "2025-06-20", "2025-06-20", "2025-06-20")),
        ("2025-06-01", "2025-05-01", ("2025-06-01", "..", "2025-06-01", "2025-06-01")),
        ("../2025-06-01", None, ("..", "..", "2025-06-01", "..")),
        (None, None, ("..", "..", "..", "..")),
    ],
)
def test_from_one_date_to_another(begin: str | None, end: str | None, told: tuple[str, ...]) -> None:
    assert days(lasting(texts(begin), texts(end))) == [told]


def test_what_was_so_when_it_was_seen() -> None:
    assert days(seen_on(texts("2025-06-01", "2025-06", None))) == [
        ("..", "..", "2025-06-01", "2025-06-01"),
        ("..", "..", "..", ".."),
        ("..", "..", "..", ".."),
    ]


def test_what_was_no_later() -> None:
    assert days(no_later(np.array([day_number(date(2025, 6, 1))], np.int32))) == [("..", "2025-06-01", "..", "..")]


def test_another_stands_in_where_nothing_is_known() -> None:
    own = lasting(texts("2025-06-01", None), texts(None, None))
    other = seen_on(texts("2024-01-01", "2024-01-01"))
    assert days(own.or_else(other)) == [
        ("2025-06-01", "..", "2025-06-01", "2025-06-01"),
        ("..", "..", "2024-01-01", "2024-01-01"),
    ]


def test_of_a_row_that_is_not_there_nothing_is_known() -> None:
    own = lasting(texts("2025-06-01"), texts(None))
    assert days(own.take(np.array([-1, 0]))) == [*days(unknown(1)), *days(own)]


def test_an_interval_is_a_vague_date_unless_nothing_is_known() -> None:
    june = vague(day_number(date(2025, 6, 1)), day_number(date(2025, 6, 30)))
    assert june is not None
    assert june.text == "2025-06"
    assert vague(OPEN_START, OPEN_END) is None


_DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@given(begin=_DAYS, wide=st.integers(0, 400), lasts=st.integers(0, 400), end_wide=st.integers(0, 400))
def test_whatever_the_two_days_were_the_span_holds_them(begin: date, wide: int, lasts: int, end_wide: int) -> None:
    """A stretch that began and ended on days within what is told lies within the span and covers its sure days."""
    told = VagueDate(begin, begin + timedelta(wide))
    told_end = VagueDate(begin + timedelta(lasts), begin + timedelta(lasts + end_wide))
    [span] = [
        one.tolist() for one in np.stack(list(lasting(texts(told.text), texts(told_end.text)).columns().values()), 1)
    ]
    first, latest_first = day_number(begin), day_number(begin) + wide
    last, latest_last = first + lasts, first + lasts + end_wide
    for began in (first, latest_first):
        for ended in (last, latest_last):
            if began <= ended:
                assert span[0] <= began
                assert ended <= span[1]
                assert span[2] > span[3] or began <= span[2] <= span[3] <= ended


@given(_DAYS)
def test_a_day_and_its_number_are_each_others(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert [one.tolist() for one in intervals(texts(day.isoformat()))] == [[day_number(day)]] * 2
