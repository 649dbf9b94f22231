"""Postcodes: canonical spacing, letters that cannot stand where they do, other countries' codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import POSTCODE, Likeness

# Letters by their place: Royal Mail's programmers' guide and BS 7666.
FIRST, SECOND, INWARD = "ABCDEFGHIJKLMNOPRSTUWYZ", "ABCDEFGHKLMNOPQRSTUVWXY", "ABDEFGHJLNPQRSTUWXYZ"
THIRD, FOURTH = "ABCDEFGHJKPSTUW", "ABEHMNPRVWXY"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ZZ9 9CC", "ZZ9 9CC"),
        ("zz99cc", "ZZ9 9CC"),
        (" zz9   9cc ", "ZZ9 9CC"),
        ("ZZ9-9CC", "ZZ9 9CC"),
        ("QQ1 1AC", "QQ1 1AC"),
        ("Q1 1AA", "Q1 1AA"),
        ("QQ1A1AC", "QQ1A 1AC"),
        ("Z\u200bZ9 9CC", "ZZ9 9CC"),
    ],
)
def test_a_form_that_cannot_exist_is_read_and_fictional(text: str, value: str) -> None:
    cleaned = POSTCODE.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (value, None, ("fictional",))


@st.composite
def possible_outwards(draw: st.DrawFn) -> str:
    first, second = draw(st.sampled_from(FIRST)), draw(st.sampled_from(SECOND))
    digit = draw(st.sampled_from("0123456789"))
    one_letter = st.sampled_from(["", *THIRD, *"0123456789"]).map(lambda end: first + digit + end)
    two_letters = st.sampled_from(["", *FOURTH, *"0123456789"]).map(lambda end: first + second + digit + end)
    outward: str = draw(one_letter | two_letters)
    return outward


@given(possible_outwards(), st.sampled_from("0123456789"), st.sampled_from(INWARD), st.sampled_from(INWARD))
def test_letters_in_their_places_can_exist(outward: str, sector: str, one: str, other: str) -> None:
    code = f"{outward} {sector}{one}{other}"
    for text in (code, code.lower(), code.replace(" ", "")):
        cleaned = POSTCODE.clean(text)
        assert (cleaned.value, cleaned.notes) == (code, ())


@given(possible_outwards(), st.sampled_from("0123456789"), st.sampled_from("CIKMOV"), st.sampled_from(INWARD))
def test_letters_never_used_in_the_inward_part_make_it_fictional(
    outward: str, sector: str, never: str, one: str
) -> None:
    assert POSTCODE.clean(f"{outward} {sector}{never}{one}").notes == ("fictional",)
    assert POSTCODE.clean(f"{outward} {sector}{one}{never}").notes == ("fictional",)


@pytest.mark.parametrize("outward", ["Q1", "V1", "X1", "AI1", "AJ1", "AZ1", "A1L", "AA1C", "QQ1", "ZZ9"])
def test_letters_never_used_in_the_outward_part_make_it_fictional(outward: str) -> None:
    assert POSTCODE.clean(f"{outward} 1" + "AA").notes == ("fictional",)


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("ZZ9 OCC", "ZZ9 0CC", ("letter read as a digit", "fictional")),
        ("ZZ9 ICC", "ZZ9 1CC", ("letter read as a digit", "fictional")),
        ("ZZ99 3VZ", "ZZ99 3VZ", ("NHS code for no known place",)),
        ("ZZ9", "ZZ9", ("outward part only",)),
        ("2119", "2119", ("not a UK postcode",)),
        ("d-12345", "D-12345", ("not a UK postcode",)),
        ("12345-678", "12345-678", ("not a UK postcode",)),
        ("BFPO 999", "BFPO 999", ("not a UK postcode",)),
    ],
)
def test_notes(text: str, value: str, notes: tuple[str, ...]) -> None:
    cleaned = POSTCODE.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (value, None, notes)


def test_the_one_postcode_of_another_form() -> None:
    cleaned = POSTCODE.clean("gir" + "0aa")
    assert (cleaned.value, cleaned.notes) == ("GIR 0AA", ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Anytown", "not a postcode: there is no digit in it"),
        ("1 Nowhere Street", "not a postcode: it is too long"),
    ],
)
def test_what_is_no_code_of_any_country(text: str, problem: str) -> None:
    assert POSTCODE.clean(text).problem == problem


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("ZZ9 9CC", "zz99cc", Likeness.SAME),
        ("ZZ9 9CC", "ZZ9 1KK", Likeness.NEAR),
        ("ZZ9 9CC", "ZZ9", Likeness.NEAR),
        ("ZZ9 9CC", "ZZ8 9CC", Likeness.NEAR),
        ("ZZ9 9CC", "QQ1 1AC", Likeness.DIFFERENT),
        ("2119", "2118", Likeness.NEAR),
        ("2119", "9000", Likeness.DIFFERENT),
        ("2119", "ZZ9 9CC", Likeness.DIFFERENT),
        ("ZZ9 9CC", "not known", Likeness.CANNOT_TELL),
    ],
)
def test_likeness(left: str, right: str, likeness: Likeness) -> None:
    assert POSTCODE.compare(left, right) is likeness
