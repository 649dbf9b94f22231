"""Telephone numbers: what people write, what spreadsheets do to it, and agreement with the library."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import TELEPHONE, Likeness
from concerted.values.telephone import _BRITISH

MOBILE = "+447700900123"

READ = {
    "07700900123": MOBILE,
    "07700 900 123": MOBILE,
    "(07700) 900-123": MOBILE,
    "07700.900.123": MOBILE,
    "07700/900123": MOBILE,
    "+447700900123": MOBILE,
    "+44 7700 900123": MOBILE,
    "+44 (0)7700 900123": MOBILE,
    "0044 7700 900123": MOBILE,
    "00447700900123": MOBILE,
    "\u202a07700900123\u202c": MOBILE,
    "٠٧٧٠٠٩٠٠١٢٣": MOBILE,
    "020 7946 0123": "+442079460123",
    "01632 960123": "+441632960123",
    "0161 496 0123": "+441614960123",
    "0808 157 0123": "+448081570123",
    "+1 202 555 0123": "+12025550123",
    "001 202 555 0123": "+12025550123",
}

NOTED = {
    "7700900123": (MOBILE, "leading zero restored"),
    "7700 900 123": (MOBILE, "leading zero restored"),
    "7700900123.0": (MOBILE, "leading zero restored"),
    "1632960123": ("+441632960123", "leading zero restored"),
    "447700900123": (MOBILE, "plus sign restored"),
    "447700900123.0": (MOBILE, "plus sign restored"),
    "07700 900123 ext 4": (MOBILE, "extension left out"),
    "07700 900123 x4": (MOBILE, "extension left out"),
    "020 7946 0123 extension 12": ("+442079460123", "extension left out"),
    "07700 90012": ("+44770090012", "of a form not in use in the UK"),
}

REFUSED = {
    "0800 EXAMPLE": "there are letters in it",
    "07700 900123 (mum)": "there are letters in it",
    "=07700900123+A1": "there are letters in it",
    "4.477E+11": "a spreadsheet has rounded it",
    "7.7009E9": "a spreadsheet has rounded it",
    "123": "there are too few digits",
    "960123": "there are too few digits",
    "7946012": "there is no area code",
    "17946012": "there is no area code",
    "077009001234": "no number there has so many digits",
    "0043" + "0000": "no number there has so many digits",
    "+44 770": "there are too few digits",
    "+999 123456789": "its form is wrong",
    "00000000000": "its form is wrong",
    "00" + "0" * 12: "its form is wrong",
    "07700900123 / 07700900124": "more than one number",
    "1" * 30: "too many digits",
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_number_is_read(text: str, value: str) -> None:
    cleaned = TELEPHONE.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.original) == (value, None, text)
    assert set(cleaned.notes) <= {"fictional"}


@pytest.mark.parametrize(("text", "expected"), NOTED.items())
def test_what_was_done_is_noted(text: str, expected: tuple[str, str]) -> None:
    cleaned = TELEPHONE.clean(text)
    assert cleaned.value == expected[0]
    assert expected[1] in cleaned.notes
    assert cleaned.original == text


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_the_rest_is_refused_with_a_reason(text: str, reason: str) -> None:
    cleaned = TELEPHONE.clean(text)
    assert cleaned.value is None
    assert cleaned.problem is not None
    assert reason in cleaned.problem
    assert cleaned.mend


@pytest.mark.parametrize(
    "number",
    [
        *(f"0{area} 496 0000" for area in (113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161)),
        "07700 900999",
        "01632 960000",
        "020 7946 0999",
        "0191 498 0000",
        "028 9649 6000",
        "029 2018 0000",
        "0306 999 0000",
        "0808 157 0999",
        "0909 879 0000",
    ],
)
def test_numbers_for_drama_are_fictional(number: str) -> None:
    assert TELEPHONE.clean(number).notes == ("fictional",)


@given(st.from_regex(r"0(7701|1633|1614961)[0-9]{6}", fullmatch=True).filter(lambda number: len(number) == 11))
def test_other_numbers_are_not_fictional(number: str) -> None:
    assert "fictional" not in TELEPHONE.clean(number).notes


def test_the_helpline_for_children_is_a_number() -> None:
    number = TELEPHONE.clean("0800" + " " + "1111")
    assert number.value == "+448001111"
    assert number.notes == ()


def _by_the_library(text: str) -> str | None:
    try:
        parsed = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@st.composite
def written_numbers(draw: st.DrawFn) -> str:
    """Numbers as people in the United Kingdom write them: any prefix, any digits, separators anywhere."""
    prefix = draw(st.sampled_from(["0", "0", "+44", "+44(0)", "0044", "00440", "44", "", "(0", "+44 0"]))
    digits = draw(st.text("0123456789", min_size=8, max_size=11))
    separators = st.sampled_from(["", "", "", "", " ", "-", ".", "(", ")", "  ", " - "])
    return prefix + "".join(digit + draw(separators) for digit in digits)


@given(written_numbers())
def test_the_quick_way_says_what_the_library_says(text: str) -> None:
    plain = "".join(char for char in text if char not in " -.()")
    if _BRITISH.fullmatch(plain) and not text.endswith(".0"):
        assert TELEPHONE.clean(text).value == _by_the_library(text)


@given(st.from_regex(r"(0|\+44|0044|44|)([1-357-9][0-9]{9}|[18][0-9]{8})", fullmatch=True))
def test_the_quick_way_without_separators_says_what_the_library_says(text: str) -> None:
    assert TELEPHONE.clean(text).value == _by_the_library(text)


@given(written_numbers())
def test_what_is_read_is_what_the_library_reads(text: str) -> None:
    value = TELEPHONE.clean(text).value
    assert value is None or value == _by_the_library(value)


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("07700 900123", "+44 7700 900123", Likeness.SAME),
        ("07700 900123", "07700 900124", Likeness.NEAR),
        ("07700 900123", "07700 900132", Likeness.NEAR),
        ("07700 900123", "07700 900456", Likeness.DIFFERENT),
        ("07700 900123", "not known", Likeness.CANNOT_TELL),
        ("07700 900123", "07700 FLOWERS", Likeness.CANNOT_TELL),
    ],
)
def test_likeness(left: str, right: str, likeness: Likeness) -> None:
    assert TELEPHONE.compare(left, right) is likeness
