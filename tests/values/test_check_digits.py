"""Check digits: the published arithmetic, and that they catch what check digits are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values.check_digits import (
    PNC_LETTERS,
    PUPIL_LETTERS,
    nhs_check_digit,
    pnc_check_letter,
    pupil_check_letter,
)

NINE = st.text("0123456789", min_size=9, max_size=9)
TWELVE = st.text("0123456789", min_size=12, max_size=12)


def test_the_alphabets_have_23_letters_each_once() -> None:
    for letters in (PUPIL_LETTERS, PNC_LETTERS):
        assert len(letters) == len(set(letters)) == 23
        assert not set(letters) & set("IOS")


@given(NINE)
def test_nhs_by_the_rule_as_published(first_nine: str) -> None:
    remainder = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)) % 11
    expected = {11: "0", 10: None}.get(11 - remainder, str(11 - remainder))
    assert nhs_check_digit(first_nine) == expected


@given(NINE, st.integers(0, 8), st.integers(1, 9))
def test_nhs_catches_one_wrong_digit(first_nine: str, place: int, shift: int) -> None:
    wrong = str((int(first_nine[place]) + shift) % 10)
    other = first_nine[:place] + wrong + first_nine[place + 1 :]
    check = nhs_check_digit(first_nine)
    assert check is None or check != nhs_check_digit(other)


@given(NINE, st.integers(0, 7))
def test_nhs_catches_neighbours_swapped(first_nine: str, place: int) -> None:
    other = first_nine[:place] + first_nine[place + 1] + first_nine[place] + first_nine[place + 2 :]
    check = nhs_check_digit(first_nine)
    if other != first_nine and check is not None:
        assert check != nhs_check_digit(other)


@pytest.mark.parametrize(("first_nine", "check"), [("999000001", "8"), ("999000002", "6"), ("999000000", None)])
def test_nhs_examples(first_nine: str, check: str | None) -> None:
    assert nhs_check_digit(first_nine) == check


@given(TWELVE)
def test_pupil_by_the_rule_as_published(last_twelve: str) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(last_twelve, range(2, 14), strict=True))
    assert pupil_check_letter(last_twelve) == "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23]


@given(TWELVE, st.sampled_from(PUPIL_LETTERS))
def test_a_temporary_pupil_number_counts_its_last_letter(last_twelve: str, letter: str) -> None:
    value = PUPIL_LETTERS.index(letter)
    permanent = PUPIL_LETTERS.index(pupil_check_letter(last_twelve[:11] + "0"))
    assert pupil_check_letter(last_twelve[:11] + letter) == PUPIL_LETTERS[(permanent + 13 * value) % 23]


@given(TWELVE, st.integers(0, 11), st.integers(1, 9))
def test_pupil_catches_one_wrong_digit(last_twelve: str, place: int, shift: int) -> None:
    wrong = str((int(last_twelve[place]) + shift) % 10)
    assert pupil_check_letter(last_twelve) != pupil_check_letter(last_twelve[:place] + wrong + last_twelve[place + 1 :])


def test_pupil_refuses_other_characters() -> None:
    with pytest.raises(KeyError):
        pupil_check_letter("00000000000I")


@given(st.integers(1900, 2099), st.integers(0, 9_999_999))
def test_pnc_by_the_rule_as_published(year: int, serial: int) -> None:
    digits = int(f"{year % 100:02}{serial:07}")
    assert pnc_check_letter(year, serial) == "ZABCDEFGHJKLMNPQRTUVWXY"[digits % 23]
    assert pnc_check_letter(year, serial) == pnc_check_letter(year % 100, serial)


@given(st.integers(0, 99), st.integers(0, 9_999_998))
def test_pnc_catches_the_next_serial(year: int, serial: int) -> None:
    assert pnc_check_letter(year, serial) != pnc_check_letter(year, serial + 1)
