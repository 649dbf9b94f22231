"""The standard fields of each kind of record, and how each is read. A profile maps columns to these alone."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from concerted.reference.codes import code_list
from concerted.values import (
    DATE,
    EMAIL,
    HANDLE,
    NAME,
    NHS_NUMBER,
    PNC_ID,
    POSTCODE,
    PUPIL_NUMBER,
    REGISTRATION,
    SEX,
    TELEPHONE,
    TEXT,
    ValueType,
)

OTHER: Final = "other"  # the one name under `fields` that holds columns of the profile's own naming
SEVERAL_SEPARATOR: Final = ";"  # between the values in one cell of a field that may hold several
SEVERAL_JOINED: Final = "; "  # and between them again once each is in its canonical form


Kind = Literal[
    "person",
    "location",
    "telephone",
    "vehicle",
    "account",
    "event",
    "person_in_event",
    "relation",
    "order",
    "case",
]
"""What a record may be of."""

PERSON: Final[Kind] = "person"
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How a standard field is read. several: one cell may hold more than one value, separated by ";".

    counted: it may hold what is protected (ethnicity, nationality), and so is never compared and never shown beside
    a joined record; it is counted in tables alone. reference: it holds the record id of another record of its source.
    """

    value_type: ValueType
    several: bool = False
    counted: bool = False
    reference: bool = False


_TEXT: Final = FieldRule(TEXT)
_DATE: Final = FieldRule(DATE)
_OTHER_RECORD: Final = FieldRule(TEXT, reference=True)
_SEVERAL_PHONES: Final = FieldRule(TELEPHONE, several=True)


def _coded(name: str, *, several: bool = False, counted: bool = False) -> FieldRule:
    return FieldRule(code_list(name), several=several, counted=counted)


_OF_ANY_KIND: Final[dict[str, FieldRule]] = {
    "classification": _coded("classification"),
    "handling": _coded("handling"),
    "source_evaluation": _coded("source_evaluation"),
    "information_assessment": _coded("information_assessment"),
    "recorded_on": _DATE,
}
_PLACE: Final[dict[str, FieldRule]] = {
    "address": _TEXT,
    "town": _TEXT,
    "postcode": FieldRule(POSTCODE),
}
_WHILE: Final[dict[str, FieldRule]] = {"from": _DATE, "to": _DATE}

_OWN_FIELDS: Final[dict[Kind, dict[str, FieldRule]]] = {
    "person": {
        "given_name": FieldRule(NAME),
        "middle_names": FieldRule(NAME),
        "family_name": FieldRule(NAME),
        "full_name": FieldRule(NAME),
        "aliases": FieldRule(NAME, several=True),
        "date_of_birth": _DATE,
        "year_of_birth": _DATE,
        "sex": FieldRule(SEX),
        "place_of_birth": _TEXT,
        **_PLACE,
        "country": _TEXT,
        "phone": _SEVERAL_PHONES,
        "email": FieldRule(EMAIL, several=True),
        "handle": FieldRule(HANDLE, several=True),
        "occupation": _TEXT,
        "organisation": _TEXT,
        "nhs_number": FieldRule(NHS_NUMBER),
        "upn": FieldRule(PUPIL_NUMBER),
        "pnc_id": FieldRule(PNC_ID),
        "local_id": _TEXT,
        "role": _coded("roles"),
        "care_status": _coded("care_status"),
        "legal_status": _coded("legal_status"),
        "home_authority": _TEXT,
        "host_authority": _TEXT,
        "school": _TEXT,
        "ethnicity_self_defined": _coded("ethnicity_self_defined", counted=True),
        "ethnicity_self_defined_missing": _coded("missing_reasons", counted=True),
        "ethnicity_observed": _coded("ethnicity_observed", counted=True),
        "ethnicity_observed_missing": _coded("missing_reasons", counted=True),
        "nationality": FieldRule(TEXT, counted=True),
        "disability": FieldRule(TEXT, counted=True),
    },
    "location": {"name": _TEXT, "location_type": _coded("location_types"), **_PLACE, "country": _TEXT},
    "telephone": {"phone": _SEVERAL_PHONES, "network": _TEXT, "person": _OTHER_RECORD, **_WHILE},
    "vehicle": {
        "registration": FieldRule(REGISTRATION),
        "make": _TEXT,
        "model": _TEXT,
        "colour": _TEXT,
        "person": _OTHER_RECORD,
        **_WHILE,
    },
    "account": {
        "platform": _TEXT,
        "handle": FieldRule(HANDLE, several=True),
        "email": FieldRule(EMAIL, several=True),
        "person": _OTHER_RECORD,
        **_WHILE,
    },
    "event": {
        "event_type": _coded("event_types"),
        "reference": _TEXT,
        **_WHILE,
        "from_time": _TEXT,
        "to_time": _TEXT,
        "location": _OTHER_RECORD,
        "place": _TEXT,
        "location_type": _coded("location_types"),
        **_PLACE,
        "phone": _SEVERAL_PHONES,
        "phone_from": FieldRule(TELEPHONE),
        "phone_to": FieldRule(TELEPHONE),
        "registration": FieldRule(REGISTRATION),
        "offence_code": _TEXT,
        "offence_category": _coded("offence_categories"),
        "assessment_factors": _coded("assessment_factors", several=True),
        "found_where": _TEXT,
        "found_with": _TEXT,
        "outcome": _coded("outcomes"),
        "status": _TEXT,
    },
    "person_in_event": {"event": _OTHER_RECORD, "person": _OTHER_RECORD, "role": _coded("roles"), **_WHILE},
    "relation": {
        "person": _OTHER_RECORD,
        "relation": _coded("relations"),
        "other_person": _OTHER_RECORD,
        "location": _OTHER_RECORD,
        "telephone": _OTHER_RECORD,
        "vehicle": _OTHER_RECORD,
        "account": _OTHER_RECORD,
        **_WHILE,
    },
    "order": {
        "order_type": _coded("order_types"),
        "reference": _TEXT,
        "person": _OTHER_RECORD,
        "protected_person": _OTHER_RECORD,
        **_WHILE,
        "status": _TEXT,
    },
    "case": {
        "case_type": _coded("case_types"),
        "reference": _TEXT,
        "person": _OTHER_RECORD,
        "event": _OTHER_RECORD,
        **_WHILE,
        "outcome": _coded("outcomes"),
        "status": _TEXT,
    },
}
KIND_FIELDS: Final[dict[Kind, dict[str, FieldRule]]] = {
    kind: fields | _OF_ANY_KIND for kind, fields in _OWN_FIELDS.items()
}
"""The standard fields of each kind (People, Objects, Locations, Events, as police systems have them)."""

STANDARD_FIELDS: Final[dict[str, FieldRule]] = {
    name: rule for fields in KIND_FIELDS.values() for name, rule in fields.items()
}
"""Every standard field by its name, which is read in the same way in every kind that has it, as a test holds."""

PERSON_FIELDS: Final = KIND_FIELDS[PERSON]
DATE_FIELDS: Final = frozenset(name for name, rule in STANDARD_FIELDS.items() if rule.value_type is DATE)
NAME_FIELDS: Final = frozenset({"given_name", "middle_names", "family_name", "full_name", "aliases"})


REFERENCES: Final = frozenset(name for name, rule in STANDARD_FIELDS.items() if rule.reference)
"""Fields that hold the record id of another record of their source."""


def is_counted(field: str | None) -> bool:
    """Whether a field may hold what is protected: it is counted in tables and never compared."""
    return field in STANDARD_FIELDS and STANDARD_FIELDS[field].counted
