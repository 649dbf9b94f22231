"""No identifier of the region can be anybody's: the value types say so, and the tables that they rest on."""

import numpy as np
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import carrier

from concerted.synthetic import numbers
from concerted.values import NHS_NUMBER, POSTCODE, PUPIL_NUMBER, REGISTRATION, TELEPHONE
from concerted.values.check_digits import pnc_check_letter
from tests.synthetic.conftest import Region

NUMBERS = st.lists(st.integers(0, 3_000_000), min_size=1, max_size=20, unique=True).map(lambda some: np.array(some))


@given(NUMBERS)
def test_nhs_numbers_are_never_issued(some: np.ndarray) -> None:
    made = numbers.nhs_numbers(some % 900_000)

    assert all("fictional" in NHS_NUMBER.clean(one).notes for one in made)
    assert len(set(made)) == len(set((some % 900_000).tolist()))


@given(NUMBERS)
def test_pupil_numbers_are_of_no_authority(some: np.ndarray) -> None:
    made = numbers.pupil_numbers(some, np.full(len(some), 2014))

    assert all("fictional" in PUPIL_NUMBER.clean(one).notes for one in made)
    assert len(set(made)) == len(some)


@given(NUMBERS)
def test_registrations_cannot_exist(some: np.ndarray) -> None:
    assert all("fictional" in REGISTRATION.clean(one).notes for one in numbers.registrations(some))


@given(st.integers(0, 22), st.integers(0, 64_799))
def test_postcodes_cannot_exist(council: int, number: int) -> None:
    [made] = numbers.postcodes(np.array([council]), np.array([number]))

    assert "fictional" in POSTCODE.clean(made).notes


def test_postcodes_of_a_council_are_all_different() -> None:
    made = numbers.postcodes(np.zeros(64_800, np.int64), np.arange(64_800))

    assert len(set(made)) == 64_800


@given(NUMBERS)
def test_pnc_ids_are_of_years_to_come(some: np.ndarray) -> None:
    for one in numbers.pnc_ids(some):
        year, serial, letter = int(one[:4]), int(one[5:12]), one[12]
        assert 2090 <= year <= 2099
        assert letter == pnc_check_letter(year, serial)


@given(NUMBERS)
def test_mobiles_are_for_drama_or_no_providers(some: np.ndarray) -> None:
    made = numbers.mobiles(some)
    for one in made:
        parsed = phonenumbers.parse(one, "GB")
        assert len(one) == 11
        assert "fictional" in TELEPHONE.clean(one).notes or carrier.name_for_number(parsed, "en") == ""
        assert one.startswith(("07700900", "071"))
    assert len(set(made)) == len(some)


@given(NUMBERS)
def test_landlines_are_for_drama_or_of_no_place(some: np.ndarray) -> None:
    for one in numbers.landlines(some % 600_000):
        assert len(one) == 11
        drama = "fictional" in TELEPHONE.clean(one).notes
        assert drama or not phonenumbers.is_valid_number(phonenumbers.parse(one, "GB"))


@pytest.mark.parametrize("path", ["brackenmarch-constabulary/missing.csv", "brackenhithe-city-council/people.csv"])
def test_what_stands_in_a_file_is_of_these_ranges(small: Region, path: str) -> None:
    for row in small.rows(f"extracts/{path}"):
        phone = row.get("MOBILE") or row.get("telephone") or ""
        assert phone.startswith(("", "07", "0"))
        assert not row.get("nhs_number") or row["nhs_number"].startswith("999")
        postcode = row.get("HOME_POSTCODE") or row.get("postcode") or "Q"
        assert postcode.startswith("Q")
