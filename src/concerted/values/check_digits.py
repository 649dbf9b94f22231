"""Check digits and check letters of numbers issued in the United Kingdom. Needs nothing else of this project."""

from operator import mul

# Unique pupil number: A=0 to Z=22 without I, O and S. Government Data Standards Catalogue, "Unique Pupil Number" 2.0.
PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# PNC id: remainder 0 is Z. Ministry of Justice, hmpps-person-record, PNCIdentifier.
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"

_NHS_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_NHS_OF_ZEROS = sum(_NHS_WEIGHTS) * ord("0")
_PUPIL_VALUES = {letter: value for value, letter in enumerate(PUPIL_LETTERS)} | {
    str(digit): digit for digit in range(10)
}


def nhs_check_digit(first_nine: str) -> str | None:
    """The tenth digit of an NHS number, or None when these nine cannot begin one.

    NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, modulus 11, 11 is written 0 and 10 is never issued.
    """
    remainder = (_NHS_OF_ZEROS - sum(map(mul, _NHS_WEIGHTS, first_nine.encode()))) % 11
    return None if remainder == 10 else str(remainder)


def pupil_check_letter(last_twelve: str) -> str:
    """The first letter of a unique pupil number, from its other twelve characters.

    Each character times its position, 2 to 13, modulus 23; the last may be a letter (a temporary number).
    Government Data Standards Catalogue, "Unique Pupil Number" 2.0. KeyError for any other character.
    """
    total = sum(place * _PUPIL_VALUES[char] for place, char in enumerate(last_twelve, start=2))
    return PUPIL_LETTERS[total % 23]


def pnc_check_letter(year: int, serial: int) -> str:
    """The last letter of a PNC id: the last two digits of the year and the seven of the serial number, modulus 23."""
    return PNC_LETTERS[(year % 100 * 10_000_000 + serial) % 23]
