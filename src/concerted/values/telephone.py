"""Telephone numbers of any country; without a country code, of the United Kingdom."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.notation import ROUNDED, SPREADSHEET_NUMBER, without_decimal
from concerted.values.text import tidy

# Ten digits that begin with one of these seven are kept for drama (Ofcom, "Numbers for drama"): 1,000 numbers each.
_DRAMA = frozenset({
    "1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960", "1314960", "1414960", "1514960",
    "1614960", "1632960", "1914980", "2079460", "2896496", "2920180", "3069990", "7700900", "8081570", "9098790",
})  # fmt: skip
# The forms of the United Kingdom, which are most of what there is, told without the library, which takes twenty times
# as long. A test holds this to what the library says.
_BRITISH = re.compile(r"(0|(?:\+44|0044)0?|44|)([1-357-9][0-9]{9}|[18][0-9]{8})")
_PREFIX_NOTES = {"": ("leading zero restored",), "44": ("plus sign restored",)}
_SEPARATORS = str.maketrans("", "", " -.()")
_HELPLINE = re.compile(r"8[0-9]{6}")  # 0800 1111 and its like
_LOCAL = re.compile(r"[1-79][0-9]{6}")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 20  # fifteen in E.164, and room for a prefix to dial abroad
_EXTENSION = re.compile(r"[ ,;]*(?:ext(?:ensio)?n?|x|#)[ .:]*[0-9]{1,6}$", re.IGNORECASE)
_MEND = "write one number with its area or country code, digits alone"
_WRONG_FORM = "not a telephone number: its form is wrong"


class Telephone(ValueType):
    """E.164: `+447700900123`. Valid means that a number of this length is possible in its country, never that it was
    allocated; Ofcom's numbers for drama are marked fictional."""

    name: ClassVar[str] = "telephone"

    def quick(self, text: str) -> str | None:
        """A number of the United Kingdom."""
        found = _british(text)
        return f"+44{found[2]}" if found else None

    def clean(self, text: str) -> Cleaned:
        """The number in E.164. An extension is left out, a lost zero or plus sign restored, each with a note."""
        found = _british(text)
        if found:
            prefix, digits = found.groups()
            notes = _PREFIX_NOTES.get(prefix, ())
            return Cleaned(text, f"+44{digits}", notes=("fictional", *notes) if digits[:7] in _DRAMA else notes)
        plain = without_decimal(tidy(text))
        if plain != text:
            return self.clean(plain)._replace(original=text)
        return missing(text) if says_nothing(text) else _foreign_or_odd(text)


def _british(text: str) -> re.Match[str] | None:
    """The prefix and the digits of a number in a form of the United Kingdom."""
    return None if text.endswith(".0") else _BRITISH.fullmatch(text.translate(_SEPARATORS))


def _foreign_or_odd(text: str) -> Cleaned:
    number, extension = _EXTENSION.subn("", text)
    problem, mend = _problem(number)
    if problem:
        return unreadable(text, f"not a telephone number: {problem}", mend)
    cleaned = _parsed(text, number)
    return cleaned._replace(notes=(*cleaned.notes, "extension left out")) if extension and cleaned.value else cleaned


def _problem(number: str) -> tuple[str, str]:
    """Why the text is not one number, and the mend, before the library makes something of it; empty if it may be."""
    digits = sum(map(str.isdecimal, number))
    if SPREADSHEET_NUMBER.fullmatch(number):
        return ROUNDED
    if any(map(str.isalpha, number)):
        return "there are letters in it", _MEND
    if digits > _MOST_DIGITS:
        return "there are too many digits, or more than one number", "put a semicolon between two numbers"
    return ("there are too few digits", _MEND) if digits < _FEWEST_DIGITS else ("", "")


def _parsed(text: str, number: str) -> Cleaned:
    import phonenumbers  # a third of a second to import, and most files do not need it

    try:
        parsed = phonenumbers.parse(number, "GB")
        value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.parse(value) != parsed:  # a row of noughts: each reading takes one more away
            return unreadable(text, _WRONG_FORM, _MEND)
    except phonenumbers.NumberParseException:
        return unreadable(text, _WRONG_FORM, _MEND)
    verdict = phonenumbers.is_possible_number_with_reason(parsed)
    national = str(parsed.national_number)
    british = parsed.country_code == 44
    if verdict == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY or (british and _LOCAL.fullmatch(national)):
        return unreadable(text, "not a whole telephone number: there is no area code", _MEND)
    if verdict != phonenumbers.ValidationResult.IS_POSSIBLE or len(value) <= _FEWEST_DIGITS:
        return unreadable(text, "not a telephone number: no number there has so many digits", _MEND)
    odd = british and not (_BRITISH.fullmatch(national) or _HELPLINE.fullmatch(national))
    return Cleaned(text, value, notes=("of a form not in use in the UK",) if odd else ())
