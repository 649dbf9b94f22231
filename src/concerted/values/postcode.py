"""Postcodes of the United Kingdom, and other countries' kept as they are."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.text import one_slip, tidy

_LONGEST = 12  # characters of any country's postal code, with its spaces

_FORM = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9OI])([A-Z]{2})|(GIR) ?(0)(AA)")
_CANONICAL = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
# Which letters stand where. Royal Mail, "Programmers' guide", and BS 7666: Q, V, X never first; I, J, Z never second;
# C, I, K, M, O, V never in the inward part; a letter that ends the outward part is one of a few.
_CAN_EXIST = re.compile(
    r"(?:[A-PR-UWYZ][0-9][ABCDEFGHJKPSTUW0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY0-9]?) [0-9][ABD-HJLNP-UW-Z]{2}"
    r"|GIR 0AA"
)
_NHS_NO_PLACE = "ZZ99 "  # NHS Postcode Directory: no fixed abode, not known, abroad


class Postcode(ValueType):
    """`AA9A 9AA`, upper case with one space. Form alone; a form that cannot exist is marked fictional. Other
    countries' codes and parts of codes are kept, upper case, with a note."""

    name: ClassVar[str] = "postcode"

    def quick(self, text: str) -> str | None:
        """A postcode of the United Kingdom that is written as it should be."""
        return text if _CANONICAL.fullmatch(text) else None

    def clean(self, text: str) -> Cleaned:
        """The canonical postcode, or the code as it is with the note "not a UK postcode"."""
        code = tidy(text).upper()
        if found := _FORM.fullmatch(code) or _FORM.fullmatch(re.sub(r"[^A-Z0-9]", "", code)):
            outward, sector, unit = (part for part in found.groups() if part)
            return _british(text, f"{outward} {sector}{unit}")
        code = tidy(code)
        if says_nothing(code):
            return missing(text)
        if len(code) > _LONGEST or not any(map(str.isdigit, code)):
            wrong = "it is too long" if len(code) > _LONGEST else "there is no digit in it"
            return unreadable(text, f"not a postcode: {wrong}", "write the postcode alone, or leave it empty")
        return Cleaned(text, code, notes=(_kind(code),))

    def _near(self, one: str, other: str) -> bool:
        """The same outward part, or one character's slip."""
        outward = one.partition(" ")[0]
        same_part = outward == other.partition(" ")[0] and _OUTWARD.fullmatch(outward)
        return bool(same_part) or one_slip(one, other)


def _british(text: str, code: str) -> Cleaned:
    if code[-3] in "OI":
        restored = code[:-3] + code[-3].translate({ord("O"): "0", ord("I"): "1"}) + code[-2:]
        return Cleaned(text, restored, notes=("letter read as a digit", *_standing(restored)))
    return Cleaned(text, code, notes=_standing(code))


def _standing(code: str) -> tuple[str, ...]:
    if code.startswith(_NHS_NO_PLACE):
        return ("NHS code for no known place",)
    return () if _CAN_EXIST.fullmatch(code) else ("fictional",)


def _kind(code: str) -> str:
    return "outward part only" if _OUTWARD.fullmatch(code) else "not a UK postcode"
