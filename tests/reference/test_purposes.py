"""Purposes are a closed list."""

import pytest

from concerted.reference import purposes


def test_every_purpose_has_a_key_and_words() -> None:
    assert list(purposes.purposes()) == [
        *("protecting", "investigating", "disrupting", "supporting", "learning", "accounting")
    ]
    assert purposes.in_words("protecting") == "protecting a child"


def test_none_is_said_to_be_none_and_another_is_refused() -> None:
    assert purposes.in_words("") == "not said"
    with pytest.raises(KeyError):
        purposes.in_words("vetting")
