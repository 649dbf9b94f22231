"""Dates in a form that the profile states, and the reasons given for what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.dates import read_date
from tests.extracts.files import AS_OF

DAYS = st.dates(date(1000, 1, 1), date(2100, 12, 31))
WHOLE = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d %b %Y", "%B %d, %Y", "%m.%d.%Y", "%A %d %B %Y", "%Y %j")


@given(DAYS, st.sampled_from(WHOLE))
def test_every_day_in_every_form_is_read_as_it_is(day: date, form: str) -> None:
    assert read_date(day.strftime(form), [form], AS_OF) == day.isoformat()


@given(st.dates(date(1927, 1, 1), date(2025, 12, 31)))
def test_two_digit_years_lie_in_the_hundred_years_before(day: date) -> None:
    assert read_date(day.strftime("%d/%m/%y"), ["%d/%m/%y"], AS_OF) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "form", "read"),
    [
        ("1/3/2009", "%d/%m/%Y", "2009-03-01"),
        (" 1/ 3/2009", "%d/%m/%Y", "2009-03-01"),
        ("1032009", "%d%m%Y", "2009-03-01"),
        ("1-Mar-09", "%d-%b-%y", "2009-03-01"),
        ("1 MARCH 2009", "%d %B %Y", "2009-03-01"),
        ("1 March 2009", "%d %b %Y", "2009-03-01"),
        ("1 Sept. 2009", "%d %b %Y", "2009-09-01"),
        ("1  March   2009", "%d %B %Y", "2009-03-01"),
        ("03/2009", "%m/%Y", "2009-03"),
        ("March 2009", "%B %Y", "2009-03"),
        ("2009", "%Y", "2009"),
        ("68", "%y", "1968"),
        ("20090301.0", "%Y%m%d", "2009-03-01"),
        ("2009-03-01 23:59:59", "%Y-%m-%d %H:%M:%S", "2009-03-01"),
        ("2009-03-01T23:59:59.123+01:00", "%Y-%m-%dT%H:%M:%S.%f%z", "2009-03-01"),
        ("01/03/2009 9:30 pm", "%d/%m/%Y %I:%M %p", "2009-03-01"),
        ("29/02/00", "%d/%m/%y", "2000-02-29"),
        ("2008 366", "%Y %j", "2008-12-31"),
        ("100% 2009", "100%% %Y", "2009"),
        ("1/1/2009", "%d/%d/%Y", "2009"),
    ],
)
def test_forms(text: str, form: str, read: str) -> None:
    assert read_date(text, [form], AS_OF) == read


def test_forms_are_tried_in_order() -> None:
    forms = ["%d/%m/%Y", "%Y-%m-%d", "%m/%d/%Y"]
    assert read_date("2009-03-01", forms, AS_OF) == "2009-03-01"
    assert read_date("02/03/2009", forms, AS_OF) == "2009-03-02"
    assert read_date("02/13/2009", forms, AS_OF) == "2009-02-13"


@pytest.mark.parametrize(
    ("text", "form", "reason"),
    [
        ("81/01/1999", "%d/%m/%Y", "not a date: there is no 81 January 1999"),
        ("29/02/2009", "%d/%m/%Y", "not a date: there is no 29 February 2009"),
        ("01/81/1999", "%d/%m/%Y", "not a date: there is no month 81"),
        ("1 Marz 2009", "%d %b %Y", None),
        ("1 Foo 2009", "%d %b %Y", "not a date: there is no month Foo"),
        ("1 M 2009", "%d %b %Y", "not a date: there is no month M"),
        ("1999-01-01", "%d/%m/%Y", "not a date of the form 14/03/2009"),
        ("01/01/99", "%d/%m/%Y", "not a date of the form 14/03/2009"),
        ("1956091", "%Y%m%d", "not a date of the form 20090314"),
        ("01/01/1999 x", "%d/%m/%Y", "not a date of the form 14/03/2009"),
        ("2009 366", "%Y %j", "not a date: 2009 has no day 366"),
        ("2009 0", "%Y %j", "not a date: 2009 has no day 0"),
        ("01/01/0000", "%d/%m/%Y", None),
        ("١/٣/٢٠٠٩", "%d/%m/%Y", "not a date of the form 14/03/2009"),
    ],
)
def test_what_is_no_date(text: str, form: str, reason: str | None) -> None:
    if reason is None:
        try:
            assert read_date(text, [form], AS_OF)
        except ValueError as error:
            assert str(error).startswith("not a date")
        return
    with pytest.raises(ValueError, match=f"^{reason}$"):
        read_date(text, [form], AS_OF)


def test_every_form_is_named() -> None:
    with pytest.raises(ValueError, match="of the form 14/03/2009 or 2009-03-14"):
        read_date("yesterday", ["%d/%m/%Y", "%Y-%m-%d"], AS_OF)


@given(st.text(max_size=12), st.sampled_from([*WHOLE, "%d/%m/%y", "%Y", "%m/%Y"]))
def test_any_text_is_a_date_or_a_reason(text: str, form: str) -> None:
    try:
        read = read_date(text, [form], AS_OF)
    except ValueError as error:
        assert str(error).startswith("not a date")
    else:
        assert len(read) in {4, 7, 10}
