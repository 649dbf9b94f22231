"""Addresses: one spelling, and the house and street apart where they can be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.standard.addresses import address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Low Rd", "12 Low Road"),
        ("12 Low St.", "12 low street"),
        ("4 Brae Ave", "4 Brae Avenue"),
        ("Apartment 3, 12 Low Lane", "Flat 3 12 Low Ln"),
        ("Apt 3 Rose Hse", "Flat 3, Rose House"),
        ("4 St. Brae's Rd", "4 Saint Brae's Road"),
    ],
)
def test_usual_words_have_one_spelling(one: str, other: str) -> None:
    assert address(one) == address(other)


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("12 High St", "12 high street"),
        ("12 High St Dunmere", "12 high street dunmere"),
        ("12 St Brae Road", "12 saint brae road"),
        ("St Brae Court, 4 Low St", "saint brae court 4 low street"),
        ("Low Hall St Brae Rd", "low hall saint brae road"),
        ("St", "saint"),
    ],
)
def test_st_is_a_street_or_a_saint_by_where_it_stands(text: str, spelt: str) -> None:
    assert address(text).text == spelt


@pytest.mark.parametrize(
    ("text", "house", "street"),
    [
        ("12 Low Lane, Low Row", "12", "low lane"),
        ("12A Low Lane", "12a", "low lane"),
        ("12 a Low Lane", "12 a", "low lane"),
        ("12-14 Low Lane", "12 14", "low lane"),
        ("12, Low Lane", "12", "low lane"),
        ("Flat 3, 12A High St, Dunmere", "12a flat 3", "high street"),
        ("Flat B 22 Green Ln", "22 flat b", "green lane"),
        ("Apartment 7 Rose House 12 Mill Ln", "12 flat 7", "mill lane"),
        ("Flat 2, Rose House, Dunmere", "rose house flat 2", None),
        ("St Brae Court, 4 Low Rd", "4", "low road"),
        ("Rose Cottage, Mill Lane", "rose cottage", "mill lane"),
        ("Rose Cottage Mill Lane", "rose cottage", "mill lane"),
        ("Rose Cottage, Dunmere", "rose cottage", None),
        ("Mill Lane", None, "mill lane"),
        ("The Avenue", None, "the avenue"),
        ("12 Park Road Dunmere", "12", "park road"),
        ("12 Broadway", "12", "broadway"),
        ("1st Floor 12 Low Rd", "12", "low road"),
        ("Unit 4", "unit 4", None),
        ("12", "12", None),
        ("Aberwold", None, None),
    ],
)
def test_the_house_and_the_street_stand_apart(text: str, house: str | None, street: str | None) -> None:
    found = address(text)
    assert (found.house, found.street) == (house, street)


@pytest.mark.parametrize("text", ["No fixed abode", "NFA", "unknown", "N/A", "...", ""])
def test_words_for_no_address_are_nothing(text: str) -> None:
    assert set(address(text)) == {None}


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(["12", "a", "flat", "st", "low", "road", "house", ",", "cottage", "park"])).map(" ".join)
)
def test_house_and_street_are_words_of_the_address(text: str) -> None:
    found = address(text)
    words = set((found.text or "").split())
    assert set((found.house or "").split()) <= words
    assert set((found.street or "").split()) <= words
    assert found.house != ""
    assert found.street != ""
