"""Identifiers that were never issued to anybody, each from a running number: the same number, the same identifier.

Every range is one in which nothing is issued, with its source; where a range that is kept for fiction is too small for
a region, numbers go on in one that is assigned to nobody. A test holds them to the product's own value types, which
call each of them fictional, and to the table of carriers that libphonenumber ships.
"""

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.values.check_digits import nhs_check_digit, pnc_check_letter, pupil_check_letter

Indices = NDArray[np.int64]
Texts = NDArray[np.object_]

# Ofcom, "Telephone numbers for use in TV and radio drama programmes": 07700 900000 to 900999 for mobiles, and a
# thousand numbers each after these eight digits for places.
_DRAMA_MOBILE: Final = "07700900"
_DRAMA_PLACES: Final = (
    *("01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960", "01414960"),
    *("01514960", "01614960", "01914980", "02079460", "02896496", "02920180", "01632960"),
)
# Designated for mobile service in Ofcom's National Telephone Numbering Plan and allocated to no provider: the table of
# carriers of Google's libphonenumber (9.0.43), which follows Ofcom's list of allocations, names none from 0711 to 0729.
_UNASSIGNED_MOBILE: Final = 711_000_000
# 01632 is the code of no place: libphonenumber holds no number of it for a valid one. Ofcom's thousand begin at 960000.
_UNASSIGNED_PLACE: Final = 1_632_200_000
_MIXER: Final = 7_368_787  # a prime, so that neighbours do not get neighbouring numbers

_POSTCODE_FIRST: Final = "Q"  # Q, V and X never begin a postcode (Royal Mail, "Programmers' guide")
_POSTCODE_SECOND: Final = "ABCDEFGHKLMNOPQRSTUVWXY"
_POSTCODE_LAST: Final = "ABDEFGHJLNPQRSTUWXYZ"  # BS 7666
_MARK_LETTERS: Final = "ABCDEFGHJKLMNOPRSTUVWXY"  # DVLA, INF104: I, Q and Z never stand in a mark of today
_PUPIL_AUTHORITY: Final = "000"  # local authority numbers begin at 001
_PNC_YEARS: Final = (2090, 2099)  # years to come: no id of them can have been issued


def mobiles(numbers: Indices) -> Texts:
    """Mobile numbers, eleven digits."""
    return _each(_mobile, numbers)


def _mobile(number: int) -> str:
    if number < 1_000:
        return f"{_DRAMA_MOBILE}{number * _MIXER % 1_000:03d}"
    return f"0{10 * _UNASSIGNED_MOBILE + number * _MIXER % 89_999_999}"


def landlines(numbers: Indices) -> Texts:
    """Numbers of households and offices, eleven digits."""
    return _each(_landline, numbers)


def _landline(number: int) -> str:
    place, serial = divmod(number, 1_000)
    if place < len(_DRAMA_PLACES):
        return f"{_DRAMA_PLACES[place]}{serial:03d}"
    return f"0{_UNASSIGNED_PLACE + number * _MIXER % 699_999}"


def nhs_numbers(numbers: Indices) -> Texts:
    """NHS numbers from 999 000 0000 on, which are never issued (NHS England, "Synthetic data in live environments")."""
    issued = _possible_nhs()
    nines = 999_000_000 + issued[numbers * _MIXER % len(issued)]
    return _texts([f"{nine}{nhs_check_digit(str(nine))}" for nine in nines.tolist()])


@cache
def _possible_nhs() -> Indices:
    """The last six of the nine digits that can begin a number: a remainder of 10 has no check digit."""
    digits = np.arange(1_000_000)[:, None] // 10 ** np.arange(5, -1, -1) % 10
    total = 9 * (10 + 9 + 8) + digits @ np.arange(7, 1, -1)
    possible: Indices = np.flatnonzero(-total % 11 != 10)
    return possible


def pupil_numbers(numbers: Indices, years: Indices) -> Texts:
    """Unique pupil numbers. years: in which each was given, four digits."""
    return _texts([_pupil(number, year) for number, year in zip(numbers.tolist(), years.tolist(), strict=True)])


def _pupil(number: int, year: int) -> str:
    school, serial = divmod(number, 1_000)
    rest = f"{_PUPIL_AUTHORITY}{4_000 + school % 6_000:04d}{year % 100:02d}{serial:03d}"
    return f"{pupil_check_letter(rest)}{rest}"


def pnc_ids(numbers: Indices) -> Texts:
    """Police National Computer ids of years to come."""
    return _each(_pnc, numbers)


def _pnc(number: int) -> str:
    first, last = _PNC_YEARS
    year, serial = first + number % (last - first + 1), 1 + number * _MIXER % 9_999_991
    return f"{year}/{serial:07d}{pnc_check_letter(year, serial)}"


def registrations(numbers: Indices) -> Texts:
    """Registration marks of a form that cannot exist: Q never begins one of today's form."""
    return _each(_registration, numbers)


def _registration(number: int) -> str:
    mixed = number * _MIXER % (23 * 50 * 23**3)
    letters = []
    for _ in range(4):
        mixed, at = divmod(mixed, 23)
        letters.append(_MARK_LETTERS[at])
    return f"Q{letters[0]}{2 + mixed:02d}{letters[1]}{letters[2]}{letters[3]}"


def postcodes(districts: Indices, numbers: Indices) -> Texts:
    """Postcodes, two letters for each district (0 to 22), neighbours near each other (numbers below 64,800)."""
    return _texts([_postcode(district, number) for district, number in zip(districts, numbers, strict=True)])


def _postcode(district: Any, number: Any) -> str:
    group, unit = divmod(int(number), 80)
    outward, sector = 1 + group % 90, 1 + group // 90
    first, second = divmod(unit * 5 % 400, 20)
    area = f"{_POSTCODE_FIRST}{_POSTCODE_SECOND[int(district)]}"
    return f"{area}{outward} {sector}{_POSTCODE_LAST[first]}{_POSTCODE_LAST[second]}"


def _each(make: Any, numbers: Indices) -> Texts:
    return _texts([make(number) for number in numbers.tolist()])


def _texts(values: list[str]) -> Texts:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
