"""What a person may say of whom they ask about: the standard fields, each read as the readers of extracts read it."""

from collections.abc import Mapping
from typing import Any, Final

from concerted.common.errors import UsedWronglyError
from concerted.extracts.fields import PERSON_FIELDS, SEVERAL_JOINED, SEVERAL_SEPARATOR, FieldRule

FIELDS: Final = (
    *("given_name", "middle_names", "family_name", "full_name", "aliases", "date_of_birth", "year_of_birth", "sex"),
    *("address", "town", "postcode", "country", "phone", "email", "handle", "place_of_birth", "occupation"),
    *("organisation", "nhs_number", "upn", "pnc_id", "local_id"),
)
SOURCE: Final = "source"  # whose local id it is


def cleaned(record: Mapping[str, Any], others: Mapping[str, str] | None = None) -> dict[str, str]:
    """The record as `match` takes it. others: columns of the profiles' own naming, as the picture has them.

    Raises UsedWronglyError for a field that is not compared, a value that is none, or a record without any.
    """
    known = (*FIELDS, SOURCE, *(others or {}).values())
    strange = [name for name in record if name not in known]
    if strange:
        why = "it is counted and never compared" if _counted(strange[0]) else ""
        mend = f"the fields are {', '.join(known)}"
        raise UsedWronglyError(f"nobody is found by a field {strange[0]!r}", why=why, mend=mend)
    found = {name: text for name, value in record.items() if (text := _read(name, value))}
    if not found:
        raise UsedWronglyError("the record is empty", mend=f"give some of {', '.join(FIELDS)}")
    return found


def _counted(name: str) -> bool:
    return name in PERSON_FIELDS and PERSON_FIELDS[name].counted


def _read(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        value = SEVERAL_SEPARATOR.join(map(str, value))
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsedWronglyError(f"{name} is no text", mend='write every value in quotes: {"family_name": "Penhale"}')
    rule = PERSON_FIELDS.get(name)
    return _values(name, str(value), rule) if rule else str(value).strip()


def _values(name: str, text: str, rule: FieldRule) -> str:
    parts = text.split(SEVERAL_SEPARATOR) if rule.several else [text]
    found = [rule.value_type.clean(part) for part in parts]
    for one in found:
        if one.problem:
            raise UsedWronglyError(f"{name} cannot be read", why=one.problem, mend=one.mend or "")
    return SEVERAL_JOINED.join(one.value for one in found if one.value)
