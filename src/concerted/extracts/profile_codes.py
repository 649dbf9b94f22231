"""Codes for a draft: what each text of a column means, where a closed list or a plain word for it tells.

A text that neither knows is drafted as a missing value (`~`) and asked about; no meaning is ever invented.
"""

import re
from collections.abc import Mapping
from typing import Final

from concerted.extracts.fields import STANDARD_FIELDS
from concerted.extracts.profile_columns import SEX_CODES, Column
from concerted.extracts.profile_fit import MOST_CODES, is_of_codes
from concerted.extracts.profile_words import kind_names, squeezed
from concerted.reference.codes import CodeList
from concerted.values import SEX

_STRANGE_SHARE: Final = 0.02  # of the values that are no known word for a sex, from which codes are drafted
_MOST_SEXES: Final = 12
_BEFORE: Final = re.compile(r"(outcome|code|type|factor) (.+)", re.IGNORECASE)  # Outcome 16
_CODE_AND_LABEL: Final = re.compile(r"(\w{1,4}) ?[-:] ?(.+)")  # 16 - No suspect


def codes_of(field: str, column: Column) -> Mapping[str, str | None] | None:
    """Each text of the column and what it means for the field, None where that is not known; None when the column
    needs no codes (its texts are read as they are) or has more than forty different ones."""
    if field == "sex":
        return _of_sex(column)
    codes = STANDARD_FIELDS[field].value_type
    if not isinstance(codes, CodeList) or not is_of_codes(column):
        return None
    if STANDARD_FIELDS[field].several or all(map(codes.validate, column.counts)):
        return None
    return {text: meaning_of(text, codes) for text in sorted(column.counts)[:MOST_CODES]}


def meaning_of(text: str, codes: CodeList) -> str | None:
    """The code of the list that the text means, by the list's own spellings or by another plain word for it.

    `16 - Offender died`, whose figure and words differ in meaning, means neither.
    """
    told = _BEFORE.fullmatch(text)
    plain = told[2] if told and codes.clean(text).value is None else text
    halves = _CODE_AND_LABEL.fullmatch(plain)
    found = {codes.clean(way).value for way in ((plain, *halves.groups()) if halves else (plain,))} - {None}
    if found:
        return found.pop() if len(found) == 1 else None
    known: Mapping[str, str | None] = kind_names()["codes"].get(codes.list_name, {})
    return {squeezed(word): code for word, code in known.items()}.get(squeezed(text))


def _of_sex(column: Column) -> Mapping[str, str | None] | None:
    """Codes for a column of a few that are not words for a sex."""
    strange = sum(count for text, count in column.counts.items() if not SEX.validate(text))
    if strange <= _STRANGE_SHARE * column.filled or len(column.counts) > _MOST_SEXES:
        return None
    return {text: SEX_CODES.get(text.lower()) for text in sorted(column.counts)}
