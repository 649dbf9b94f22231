"""Dates: a full day, or an interval when less is known."""

import datetime
import re
from typing import ClassVar

from concerted.common.vague_dates import NotADateError, Tri, VagueDate, read
from concerted.values.base import Cleaned, Likeness, ValueType, missing, says_nothing, unreadable
from concerted.values.text import one_slip, tidy

FIRST_YEAR, LAST_YEAR = (
    1000,
    2100,
)  # outside is a slip of the pen or a system's "never"; historical files reach far back

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WITH_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(Z|[+-][0-9:]+)?"
)
_MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?")
_DAY_COUNT = re.compile(r"[1-5][0-9]{4}(?:\.0)?")
# Days that systems write when they know none: the first of the century, of UNIX time, and a spreadsheet's nought.
_PLACEHOLDERS = frozenset({"1900-01-01", "1901-01-01", "1970-01-01", "1899-12-30", "1899-12-31"})
_MEND = "write it as 2009-03-14, or say in the mapping profile how the column is written"


class Date(ValueType):
    """`YYYY-MM-DD`, or the canonical text of a `VagueDate`: `2009-03`, `2009`, `2009-06-01/2009-08-31`.

    as_of: the day on which the text was written, from which ages and two-digit years are reckoned; without it they
    cannot be read.
    """

    name: ClassVar[str] = "date"

    def __init__(self, as_of: datetime.date | None = None) -> None:
        self._as_of = as_of

    def quick(self, text: str) -> str | None:
        """A day written `2009-03-14`."""
        day = _day(text) if _ISO.fullmatch(text) else None
        return text if day and FIRST_YEAR <= day.year <= LAST_YEAR else None

    def clean(self, text: str) -> Cleaned:
        """A day, a month, a year or an interval; figures with two readings are a problem."""
        if self.quick(text):
            return Cleaned(text, text, notes=_notes_of_day(text))
        plain = tidy(text)
        if says_nothing(plain):
            return missing(text)
        if found := _WITH_TIME.fullmatch(plain):
            return self._with_time(text, *found.groups())
        return self._vague(text, plain)

    def compare(self, left: str, right: str) -> Likeness:
        """Two days: SAME, NEAR when day and month are swapped or one character is off, or DIFFERENT. When one is
        vague: DIFFERENT when no day is in both, else CANNOT_TELL."""
        one, other = self._read(left), self._read(right)
        if one is None or other is None:
            return Likeness.CANNOT_TELL
        if one.exact is None or other.exact is None:
            return Likeness.DIFFERENT if one.same(other) is Tri.NO else Likeness.CANNOT_TELL
        if one == other:
            return Likeness.SAME
        return (
            Likeness.NEAR if _swapped(one.text) == other.text or one_slip(one.text, other.text) else Likeness.DIFFERENT
        )

    def _read(self, text: str) -> VagueDate | None:
        value = self.clean(text).value
        return None if value is None else read(value)

    def _vague(self, text: str, plain: str) -> Cleaned:
        try:
            vague = read(plain, as_of=self._as_of)
        except NotADateError as wrong:
            return _count_of_days(text) if _DAY_COUNT.fullmatch(plain) else unreadable(text, wrong.what, _MEND)
        for end in (vague.earliest, vague.latest):
            if end and not FIRST_YEAR <= end.year <= LAST_YEAR:
                problem = f"not a date we can mean: {end.year} is outside {FIRST_YEAR} to {LAST_YEAR}"
                return unreadable(text, problem, "check the year, or leave it empty if not known")
        assumed = ("century assumed",) if vague.century_assumed else ()
        return Cleaned(text, vague.text, notes=(*assumed, *_notes_of_day(vague.text)))

    def _with_time(self, text: str, day: str, time: str, zone: str | None) -> Cleaned:
        """A date and a time of day. In another zone the day may be the one before or after, so that is not read."""
        midnight = _MIDNIGHT.fullmatch(time)
        if zone and not midnight:
            return unreadable(text, "a time in another zone: the day here is not certain", "write the day alone")
        cleaned = self.clean(day)
        dropped = () if midnight or cleaned.value is None else ("time of day left out",)
        return Cleaned(text, cleaned.value, cleaned.problem, cleaned.mend, (*cleaned.notes, *dropped))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _notes_of_day(text: str) -> tuple[str, ...]:
    if text in _PLACEHOLDERS:
        return ("placeholder day",)
    return ("1 January, often written for an unknown day",) if _ISO.fullmatch(text) and text.endswith("01-01") else ()


def _count_of_days(text: str) -> Cleaned:
    return unreadable(
        text, "a spreadsheet's count of days, not a date", "format the column as a date and export it again"
    )


def _swapped(text: str) -> str:
    """A full day with its day and month exchanged."""
    year, month, day = text.split("-")
    return f"{year}-{day}-{month}"
