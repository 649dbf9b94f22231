"""The standard person fields, and the value type that reads each. A profile maps columns to these alone."""

from dataclasses import dataclass
from typing import Final

from concerted.values import (
    DATE,
    EMAIL,
    HANDLE,
    NAME,
    NHS_NUMBER,
    PNC_ID,
    POSTCODE,
    PUPIL_NUMBER,
    SEX,
    TELEPHONE,
    TEXT,
    ValueType,
)

OTHER: Final = "other"  # the one name under `fields` that holds columns of the profile's own naming
SEVERAL_SEPARATOR: Final = ";"  # between the values in one cell of a field that may hold several
SEVERAL_JOINED: Final = "; "  # and between them again once each is in its canonical form


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How a standard field is read. several: one cell may hold more than one value, separated by ";"."""

    value_type: ValueType
    several: bool = False


PERSON_FIELDS: Final[dict[str, FieldRule]] = {
    "given_name": FieldRule(NAME),
    "middle_names": FieldRule(NAME),
    "family_name": FieldRule(NAME),
    "full_name": FieldRule(NAME),
    "aliases": FieldRule(NAME, several=True),
    "date_of_birth": FieldRule(DATE),
    "year_of_birth": FieldRule(DATE),
    "sex": FieldRule(SEX),
    "place_of_birth": FieldRule(TEXT),
    "address": FieldRule(TEXT),
    "town": FieldRule(TEXT),
    "postcode": FieldRule(POSTCODE),
    "country": FieldRule(TEXT),
    "phone": FieldRule(TELEPHONE, several=True),
    "email": FieldRule(EMAIL, several=True),
    "handle": FieldRule(HANDLE, several=True),
    "occupation": FieldRule(TEXT),
    "organisation": FieldRule(TEXT),
    "nhs_number": FieldRule(NHS_NUMBER),
    "upn": FieldRule(PUPIL_NUMBER),
    "pnc_id": FieldRule(PNC_ID),
    "local_id": FieldRule(TEXT),
}

DATE_FIELDS: Final = frozenset({"date_of_birth", "year_of_birth"})
NAME_FIELDS: Final = frozenset({"given_name", "middle_names", "family_name", "full_name", "aliases"})
