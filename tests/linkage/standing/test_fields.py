"""What a person types of whom they ask about."""

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts.fields import PERSON_FIELDS
from concerted.linkage.standing.fields import FIELDS, cleaned


def test_values_are_read_as_extracts_are_read() -> None:
    typed = {"phone": "07700 900123; 07700 900124", "sex": "F", "date_of_birth": "14 March 2009", "postcode": "qq11aa"}
    assert cleaned(typed) == {
        "phone": "+447700900123; +447700900124",
        "sex": "female",
        "date_of_birth": "2009-03-14",
        "postcode": "QQ1 1AA",
    }


def test_lists_and_nothing_are_taken() -> None:
    assert cleaned({"phone": ["07700 900123"], "given_name": None, "family_name": "Rudd", "year_of_birth": 2009}) == {
        "phone": "+447700900123",
        "family_name": "Rudd",
        "year_of_birth": "2009",
    }


def test_columns_of_the_profiles_own_naming_are_known() -> None:
    assert cleaned({"other_vrm": "QQ11 QQQ"}, {"other_vrm": "other_vrm"}) == {"other_vrm": "QQ11 QQQ"}


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"surname": "Rudd"}, "nobody is found by a field 'surname'.*family_name"),
        ({"ethnicity_observed": "x"}, "counted and never compared"),
        ({}, "the record is empty"),
        ({"given_name": " "}, "the record is empty"),
        ({"phone": "12"}, "phone cannot be read"),
        ({"given_name": {"a": 1}}, "given_name is no text"),
        ({"given_name": True}, "given_name is no text"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(record: dict[str, object], words: str) -> None:
    with pytest.raises(UsedWronglyError, match=words):
        cleaned(record)


def test_every_field_is_one_of_a_person() -> None:
    assert set(FIELDS) <= set(PERSON_FIELDS)
    assert len(set(FIELDS)) == len(FIELDS)
