"""The people of a graph: when they were born, who ever was a child or a victim, and of whom too little is known."""

from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.networks.keys import Numbers
from concerted.networks.spans import OPEN_END, OPEN_START, Days, day_number, intervals

ADULT: Final = 18  # years
VICTIM: Final = "victim"
SUSPECT: Final = "suspect"  # a recorded legal role, never a guess
OF_CONCERN: Final = "person of concern"
CHILD_ROLES: Final = ("child", "missing child")
_OF_CHILDREN: Final = ("care_status", "legal_status", "upn", "school")  # fields that only a child's record fills
_LEFT_CARE: Final = ("care leaver", "unknown")  # care status of whom it is not known that they are a child
_IDENTIFIERS: Final = ("nhs_number", "upn", "pnc_id", "family_name")
Flags = NDArray[np.bool_]


def births(records: pa.Table, entity: Numbers, size: int) -> tuple[Days, Days]:
    """The first and the last day on which each entity can have been born by any of its records, which may not agree;
    open where no record says."""
    earliest, latest = np.full(size, OPEN_END, np.int32), np.full(size, OPEN_START, np.int32)
    said = pc.coalesce(records["date_of_birth"], records["year_of_birth"])
    first, last = intervals(said)
    told = _there(said) & (entity >= 0)
    np.minimum.at(earliest, entity[told], first[told])
    np.maximum.at(latest, entity[told], last[told])
    never = np.ones(size, bool)
    never[entity[told]] = False
    return np.where(never, OPEN_START, earliest), np.where(never, OPEN_END, latest)


def identified(records: pa.Table) -> Flags:
    """Of each record whether it names a person: by a family name, two names in one, a birthday or a number. What has no
    more than a nickname or a description does not."""
    first, last = intervals(records["date_of_birth"])
    full = pc.fill_null(pc.match_substring(pc.utf8_trim_whitespace(records["full_name"]), " "), False)
    named = np.logical_or.reduce([_there(records[name]) for name in _IDENTIFIERS])
    made: Flags = named | _flags(full) | (first == last)
    return made


def says_child(records: pa.Table) -> Flags:
    """Of each record whether it is one of a child."""
    care = pc.and_(pc.is_valid(records["care_status"]), pc.invert(_among(records["care_status"], _LEFT_CARE)))
    others = [_there(records[name]) for name in _OF_CHILDREN if name != "care_status"]
    made: Flags = np.logical_or.reduce([_flags(care), _flags(_among(records["role"], CHILD_ROLES)), *others])
    return made


def adult_since(birth_latest: Days) -> Days:
    """The day from which each of these has certainly been an adult; OPEN_END where that is not known."""
    days, codes = np.unique(birth_latest, return_inverse=True)
    made: Days = np.array([_eighteenth(day) for day in days.tolist()], np.int32)[codes]
    return made


def _eighteenth(day: int) -> int:
    if day in (OPEN_START, OPEN_END):
        return OPEN_END
    born = date.fromordinal(day + date(1970, 1, 1).toordinal())
    leap = (born.month, born.day) == (2, 29)
    return day_number(date(born.year + ADULT, 3, 1) if leap else born.replace(year=born.year + ADULT))


def is_role(column: Any, *roles: str) -> Flags:
    """Of each row whether its role is one of these."""
    return _flags(_among(column, roles))


def _among(column: Any, values: tuple[str, ...]) -> Any:
    return pc.is_in(column, value_set=pa.array(values, pa.string()))


def _there(column: Any) -> Flags:
    return _flags(pc.fill_null(pc.not_equal(column, ""), False))


def _flags(column: Any) -> Flags:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    made: Flags = whole.to_numpy(zero_copy_only=False).astype(bool)
    return made
