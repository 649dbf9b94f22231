"""NHS numbers, unique pupil numbers and PNC ids: form, check digit and what is fictional."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import NHS_NUMBER, PNC_ID, PUPIL_NUMBER, Likeness
from concerted.values.check_digits import PUPIL_LETTERS, nhs_check_digit, pnc_check_letter, pupil_check_letter

NINE = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    "text",
    [
        "9990000018",
        "999 000 0018",
        "999-000-0018",
        " 9990000018 ",
        "9990000018.0",
        "\u202d9990000018\u202c",
    ],
)
def test_an_nhs_number_is_read(text: str) -> None:
    cleaned = NHS_NUMBER.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == ("9990000018", None, ("fictional",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("9990000019", "not an NHS number: the last digit does not check the others"),
        ("9990000090", "not an NHS number: the last digit does not check the others"),
        ("999000001", "not an NHS number: it is not ten digits long"),
        ("99900000188", "not an NHS number: it is not ten digits long"),
        ("9", "not an NHS number: it is not ten digits long"),
        ("999000001X", "not an NHS number: there is something other than digits in it"),
        ("\uff19990000018", "not an NHS number: there is something other than digits in it"),
        ("9.99E+09", "not an NHS number: a spreadsheet has rounded it and the last digits are lost"),
        ("0000000000", "not an NHS number: one digit ten times over stands for no number"),
        ("9999999999", "not an NHS number: one digit ten times over stands for no number"),
    ],
)
def test_the_rest_is_refused_with_a_reason(text: str, problem: str) -> None:
    cleaned = NHS_NUMBER.clean(text)
    assert (cleaned.value, cleaned.problem) == (None, problem)
    assert cleaned.mend


@given(NINE)
def test_ten_digits_are_valid_with_one_last_digit_at_most(first_nine: str) -> None:
    valid = [last for last in "0123456789" if NHS_NUMBER.validate(first_nine + last)]
    check = nhs_check_digit(first_nine)
    if check is None or first_nine + check == check * 10:
        assert valid == []
    else:
        assert valid == [check]
        assert ("fictional" in NHS_NUMBER.clean(first_nine + check).notes) is first_nine.startswith("999")


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("999 000 0018", "9990000018", Likeness.SAME),
        ("9990000018", "9990000026", Likeness.DIFFERENT),
        ("9990000018", "9990000019", Likeness.CANNOT_TELL),
    ],
)
def test_likeness_of_nhs_numbers(left: str, right: str, likeness: Likeness) -> None:
    assert NHS_NUMBER.compare(left, right) is likeness


def _pupil(last_twelve: str) -> str:
    return pupil_check_letter(last_twelve) + last_twelve


@pytest.mark.parametrize("spoilt", [str, str.lower, lambda text: f" {text[:4]} {text[4:]} "])
def test_a_pupil_number_is_read(spoilt: Callable[[str], str]) -> None:
    number = _pupil("000100009001")
    cleaned = PUPIL_NUMBER.clean(spoilt(number))
    assert (cleaned.value, cleaned.notes) == (number, ("fictional",))


def test_a_temporary_pupil_number_is_noted() -> None:
    cleaned = PUPIL_NUMBER.clean(_pupil("00010000901A"))
    assert cleaned.notes == ("temporary number", "fictional")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("X", "not a unique pupil number: it is not thirteen characters long"),
        ("0001000090010", "not a unique pupil number: it is not a letter, eleven digits and a digit or letter"),
        ("I000100009001", "not a unique pupil number: it is not a letter, eleven digits and a digit or letter"),
    ],
)
def test_the_form_of_a_pupil_number(text: str, problem: str) -> None:
    assert PUPIL_NUMBER.clean(text).problem == problem


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_pupil_number_has_one_check_letter(last_twelve: str) -> None:
    valid = [letter for letter in PUPIL_LETTERS if PUPIL_NUMBER.validate(letter + last_twelve)]
    assert valid == [pupil_check_letter(last_twelve)]
    wrong = PUPIL_LETTERS[PUPIL_LETTERS.index(valid[0]) - 1] + last_twelve
    assert PUPIL_NUMBER.clean(wrong).problem == "not a unique pupil number: the first letter does not check the others"


def _pnc(year: int, serial: int, slash: str = "/") -> str:
    return f"{year}{slash}{serial:07}{pnc_check_letter(year, serial)}"


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        (_pnc(2012, 0), _pnc(2012, 0), ("fictional",)),
        (_pnc(2012, 0).lower(), _pnc(2012, 0), ("fictional",)),
        (_pnc(2012, 0, "-"), _pnc(2012, 0), ("fictional",)),
        (_pnc(2012, 0, " / "), _pnc(2012, 0), ("fictional",)),
        (_pnc(2012, 0, ""), _pnc(2012, 0), ("fictional",)),
        (_pnc(2012, 0)[2:], _pnc(2012, 0), ("century assumed", "fictional")),
        (_pnc(1979, 0)[2:], _pnc(1979, 0), ("century assumed", "fictional")),
        (_pnc(12, 0, ""), _pnc(2012, 0), ("century assumed", "fictional")),
        (f"12/0{pnc_check_letter(12, 0)}", _pnc(2012, 0), ("century assumed", "fictional")),
    ],
)
def test_a_pnc_id_is_read(text: str, value: str, notes: tuple[str, ...]) -> None:
    cleaned = PNC_ID.clean(text)
    assert (cleaned.value, cleaned.notes) == (value, notes)


@given(st.integers(1950, 2049), st.integers(1, 9_999_999))
def test_every_way_of_writing_a_pnc_id_gives_one_value(year: int, serial: int) -> None:
    full = _pnc(year, serial)
    short = f"{year % 100:02}/{serial}{full[-1]}"
    assert PNC_ID.clean(full).value == PNC_ID.clean(short).value == PNC_ID.clean(full.replace("/", "")).value == full
    assert PNC_ID.clean(full).notes == ()
    assert PNC_ID.compare(full, short) is Likeness.SAME


@given(st.integers(1950, 2049), st.integers(1, 9_999_998))
def test_a_wrong_letter_is_a_problem(year: int, serial: int) -> None:
    wrong = f"{year}/{serial:07}{pnc_check_letter(year, serial + 1)}"
    assert PNC_ID.clean(wrong).problem == "not a PNC id: the last letter does not check the digits"


@pytest.mark.parametrize("text", ["2012", "2012/A", "1812/0000000A", "2012/12345678A", "12345A", "abc"])
def test_the_form_of_a_pnc_id(text: str) -> None:
    cleaned = PNC_ID.clean(text)
    assert cleaned.problem == "not a PNC id: it is not a year, a slash, up to seven digits and a letter"
    assert cleaned.mend == "write it as 2012/1234567X, the letter as printed"


def test_nine_digits_may_have_lost_a_zero() -> None:
    assert "took a zero off its front" in (NHS_NUMBER.clean("999000001").mend or "")
    assert "zero" not in (NHS_NUMBER.clean("99900000").mend or "")
