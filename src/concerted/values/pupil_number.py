"""Unique pupil numbers of schools in England."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.check_digits import PUPIL_LETTERS, pupil_check_letter
from concerted.values.text import tidy

_FORM = re.compile(rf"[{PUPIL_LETTERS}][0-9]{{11}}[0-9{PUPIL_LETTERS}]")
_NO_AUTHORITY = "000"
_WHAT = "not a unique pupil number"
_MEND = "check the thirteen characters against the school's record"


class PupilNumber(ValueType):
    """A check letter, local authority (3), establishment (4), year (2) and serial (3); in a temporary number the last
    character is a letter. Form and check letter: Government Data Standards Catalogue, "Unique Pupil Number" 2.0.

    Local authority codes begin at 001, so 000 is marked fictional: our own reading, no range is set aside for tests.
    Whether the authority, establishment and year exist is not looked at.
    """

    name: ClassVar[str] = "pupil_number"

    def clean(self, text: str) -> Cleaned:
        """Thirteen characters, upper case, no spaces."""
        plain = tidy(text)
        number = plain.upper().replace(" ", "")
        if _FORM.fullmatch(number):
            return _checked(text, number)
        if says_nothing(plain):
            return missing(text)
        return unreadable(text, f"{_WHAT}: {_why(number)}", _MEND)


def _checked(text: str, number: str) -> Cleaned:
    if number[0] != pupil_check_letter(number[1:]):
        return unreadable(text, f"{_WHAT}: the first letter does not check the others", _MEND)
    notes = []
    if number[12].isalpha():
        notes.append("temporary number")
    if number[1:4] == _NO_AUTHORITY:
        notes.append("fictional")
    return Cleaned(text, number, notes=tuple(notes))


def _why(number: str) -> str:
    if len(number) != 13:
        return "it is not thirteen characters long"
    return "it is not a letter, eleven digits and a digit or letter"
