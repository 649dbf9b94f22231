"""The formats of a column of dates are decided by all of its values."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.dates import read_date
from concerted.extracts.profile_dates import date_formats, is_count_of_days, reads
from concerted.extracts.profile_forms import date_format


def formats_of(*values: str) -> tuple[str, ...]:
    """The formats found, when nothing is in doubt."""
    found = date_formats(dict.fromkeys(values, 1))
    assert found is not None
    assert found.unsure is None
    return found.formats


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2009-01-31", "2010-02-03"], ("%Y-%m-%d",)),
        (["2009/01/31"], ("%Y/%m/%d",)),
        (["31/01/2009", "01/02/2009"], ("%d/%m/%Y",)),
        (["31-01-2009"], ("%d-%m-%Y",)),
        (["31.1.2009"], ("%d.%m.%Y",)),
        (["01/31/2009", "02/01/2009"], ("%m/%d/%Y",)),
        (["31/01/09"], ("%d/%m/%y",)),
        (["20090131", "19560409"], ("%Y%m%d",)),
        (["31012009", "25121999"], ("%d%m%Y",)),
        (["31 Jan 2009"], ("%d %b %Y",)),
        (["31-JAN-2009"], ("%d-%b-%Y",)),
        (["31-Jan-09"], ("%d-%b-%y",)),
        (["31 January 2009"], ("%d %B %Y",)),
        (["2009-01-31 00:00:00"], ("%Y-%m-%d %H:%M:%S",)),
        (["2009-01-31T00:00:00"], ("%Y-%m-%dT%H:%M:%S",)),
        (["31/01/2009 00:00"], ("%d/%m/%Y %H:%M",)),
        (["31/01/2009 3:15 PM"], ("%d/%m/%Y %I:%M %p",)),
        (["2009-01-31 10:11"], ("%Y-%m-%d %H:%M",)),
        (["2009-01-31T10:11"], ("%Y-%m-%dT%H:%M",)),
        (["2009-01-31T10:11:12.123"], ("%Y-%m-%dT%H:%M:%S.%f",)),
        (["2009-01-31 10:11:12.123456"], ("%Y-%m-%d %H:%M:%S.%f",)),
        (["2009-01-31T10:11:12Z", "2009-01-31T10:11:12+01:00"], ("%Y-%m-%dT%H:%M:%S%z",)),
        (["2009-01-31T10:11:12.5Z"], ("%Y-%m-%dT%H:%M:%S.%f%z",)),
        (["2009-01-31", "2009-02", "2010"], ("%Y-%m-%d", "%Y-%m", "%Y")),
        (["31/01/2009", "02/2009", "Mar 2009", "March 2009"], ("%d/%m/%Y", "%m/%Y", "%b %Y", "%B %Y")),
        (["1602-01-03", "1715-05-30"], ("%Y-%m-%d",)),
    ],
)
def test_the_usual_ways_to_write_a_date(values: list[str], formats: tuple[str, ...]) -> None:
    assert formats_of(*values) == formats


def test_one_value_in_a_thousand_decides() -> None:
    month_first = {
        f"{month:02}/{day:02}/{year}": 1 for year in range(1990, 2000) for month in range(1, 13) for day in (1, 2)
    }

    assert date_formats({**month_first, "01/13/1990": 1}) == date_formats({"01/13/1990": 1})


def test_a_doubt_is_told() -> None:
    found = date_formats({"01/02/2009": 5, "03/04/2010": 1})

    assert found is not None
    assert found.formats == ("%d/%m/%Y",)
    assert found.unsure == "%m/%d/%Y"


def test_two_ways_in_one_column() -> None:
    assert formats_of("2009-01-31", "2009-02-28", "31/01/2009") == ("%Y-%m-%d", "%d/%m/%Y")


def test_a_few_that_cannot_be_read_do_not_matter() -> None:
    found = date_formats({"2009-01-31": 60, "2009-81-01": 2, "unclear": 1})

    assert found is not None
    assert found.formats == ("%Y-%m-%d",)


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["Ann", "Tom"],
        ["1999", "2003"],
        ["2009-02"],
        ["39844", "39845"],
        ["12345678", "99999999"],
        ["2009-01-31", "Ann", "Tom"],
        ["1", "2"],
        ["x" * 500],
    ],
)
def test_other_columns_are_not_dates(values: list[str]) -> None:
    assert date_formats(dict.fromkeys(values, 1)) is None


def test_a_day_in_a_column_of_years_does_not_make_it_one_of_days() -> None:
    assert date_formats({"2009": 50, "2010": 40, "2009-01-31": 10}) is None


@pytest.mark.parametrize(("value", "counted"), [("39844", True), ("60000", True), ("39844.5", True), ("19999", False)])
def test_days_as_spreadsheets_count_them(value: str, counted: bool) -> None:
    assert is_count_of_days(value) == counted
    assert not is_count_of_days("60001")


def test_numbers_and_impossible_days_are_not_read() -> None:
    assert not reads("20091301", "%Y%m%d")
    assert not reads("0001-01-01", "%Y-%m-%d")
    assert reads("2009-01-31", "%Y-%m-%d")


DAYS = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@given(
    st.lists(DAYS, min_size=1, max_size=40), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d-%b-%Y"])
)
def test_the_format_found_reads_every_value(days: list[date], written: str) -> None:
    found = date_formats({day.strftime(written): 1 for day in days})

    assert found is not None
    assert all(reads(day.strftime(written), found.formats[0]) for day in days)
    assert found.formats[0] == written or found.unsure is not None
    assert date_format(found.formats[0]) == found.formats[0]


@given(
    st.lists(DAYS, min_size=1, max_size=20),
    st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S%z"]),
)
def test_what_is_found_is_read_by_the_reader_of_extracts(days: list[date], written: str) -> None:
    """A draft's formats are tried by this module and used by another: they must agree."""
    texts = [datetime(day.year, day.month, day.day, 13, 5, tzinfo=UTC).strftime(written) for day in days]
    found = date_formats(dict.fromkeys(texts, 1))

    assert found is not None
    if found.unsure is None:
        assert [read_date(text, found.formats, date(2026, 1, 1)) for text in texts] == [day.isoformat() for day in days]
