"""Police National Computer ids of people."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.check_digits import pnc_check_letter
from concerted.values.text import tidy

_WITH_SLASH = re.compile(r"((?:19|20)?[0-9]{2})/([0-9]{1,7})([A-Z])")
_RUN_TOGETHER = re.compile(r"((?:19|20)[0-9]{2}|[0-9]{2})([0-9]{7})([A-Z])")
# Two-digit years below this are taken as 20YY, the others as 19YY. A fixed year and not today's, so that one text
# always has one value; the computer came into use in 1974.
_TURN_OF_CENTURY = 50
_WHAT = "not a PNC id"
_MEND = "write it as 2012/1234567X, the letter as printed"


class PncId(ValueType):
    """`YYYY/NNNNNNNL`: year, serial number with its leading zeros, check letter.

    The check runs over the last two digits of the year and the serial (Ministry of Justice, hmpps-person-record). No
    range is set aside for tests; that serial number nought is never issued, and so fictional, is our own reading.
    """

    name: ClassVar[str] = "pnc_id"

    def clean(self, text: str) -> Cleaned:
        """The canonical id; an assumed century is noted."""
        plain = tidy(text)
        number = plain.upper().replace(" ", "").replace("-", "/")
        found = _WITH_SLASH.fullmatch(number) or _RUN_TOGETHER.fullmatch(number)
        if found:
            return _checked(text, *found.groups())
        if says_nothing(plain):
            return missing(text)
        return unreadable(text, f"{_WHAT}: it is not a year, a slash, up to seven digits and a letter", _MEND)


def _checked(text: str, year: str, serial: str, letter: str) -> Cleaned:
    if letter != pnc_check_letter(int(year), int(serial)):
        return unreadable(text, f"{_WHAT}: the last letter does not check the digits", _MEND)
    notes = []
    if len(year) == 2:
        year = f"{'20' if int(year) < _TURN_OF_CENTURY else '19'}{year}"
        notes.append("century assumed")
    if int(serial) == 0:
        notes.append("fictional")
    return Cleaned(text, f"{year}/{serial:0>7}{letter}", notes=tuple(notes))
