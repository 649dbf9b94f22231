"""NHS numbers: ten digits of which the last checks the others."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.check_digits import nhs_check_digit
from concerted.values.notation import ROUNDED, SPREADSHEET_NUMBER, without_decimal
from concerted.values.text import tidy

_PLAIN = re.compile(r"[0-9]{10}")
_GROUPED = re.compile(r"[0-9 .-]+")
_WHAT = "not an NHS number"
_MEND = "check the ten digits against the original"
_ZERO_LOST = "if a spreadsheet took a zero off its front, put it back; else check it against the original"


class NhsNumber(ValueType):
    """Ten digits without spaces. Valid means form and check digit; numbers from 999 000 0000 are never issued and are
    marked fictional (NHS England, "Synthetic data in live environments")."""

    name: ClassVar[str] = "nhs_number"

    def quick(self, text: str) -> str | None:
        """Ten digits that check, with or without spaces between them."""
        digits = text.replace(" ", "")
        if not _PLAIN.fullmatch(digits) or digits[9] != nhs_check_digit(digits[:9]) or digits == digits[0] * 10:
            return None
        return digits

    def clean(self, text: str) -> Cleaned:
        """The ten digits, when the last of them checks."""
        digits = text if _PLAIN.fullmatch(text) else _digits(text)
        if _PLAIN.fullmatch(digits):
            return _checked(text, digits)
        if says_nothing(digits):
            return missing(text)
        problem, mend = _problem(digits)
        return unreadable(text, f"{_WHAT}: {problem}", mend)


def _digits(text: str) -> str:
    plain = without_decimal(tidy(text))
    return re.sub(r"[ .-]", "", plain) if _GROUPED.fullmatch(plain) else plain


def _checked(text: str, digits: str) -> Cleaned:
    if digits[9] != nhs_check_digit(digits[:9]):
        return unreadable(text, f"{_WHAT}: the last digit does not check the others", _MEND)
    if digits == digits[0] * 10:
        return unreadable(
            text, f"{_WHAT}: one digit ten times over stands for no number", "leave it empty if not known"
        )
    return Cleaned(text, digits, notes=("fictional",) if digits.startswith("999") else ())


def _problem(plain: str) -> tuple[str, str]:
    if SPREADSHEET_NUMBER.fullmatch(plain):
        return ROUNDED
    if plain.isascii() and plain.isdecimal():
        return "it is not ten digits long", _ZERO_LOST if len(plain) == 9 else _MEND
    return "there is something other than digits in it", _MEND
