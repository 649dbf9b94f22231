"""Working days of one division: Monday to Friday without its bank holidays."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from concerted.common.words import counted
from concerted.common.working_days.holidays import Holidays, NotCoveredError, holidays_of, in_words

_MONDAY_TO_FRIDAY = range(5)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of one division. Get it by `WorkingDays.of("scotland")`.

    That a working day is Monday to Friday without bank holidays is our choice: the Victims' Code, which counts in them,
    does not say. Every day given or found must be covered by the list of bank holidays, else NotCoveredError.
    """

    holidays: Holidays
    _days: tuple[date, ...] = field(repr=False, compare=False)

    @classmethod
    def of(cls, division: str = "england-and-wales") -> "WorkingDays":
        """The calendar of a division, one of `divisions()`. UsedWronglyError when there is none of that name."""
        return _calendar(division)

    def is_working_day(self, day: date) -> bool:
        """Whether the offices work on that day."""
        self.holidays.check(day)
        return _is_worked(day, self.holidays)

    def holiday(self, day: date) -> str | None:
        """The name of the bank holiday on that day, or None."""
        self.holidays.check(day)
        return self.holidays.names.get(day)

    def add(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`, or before it when `count` is negative.

        Day 1 is the first working day after `day`, whether `day` is one or not. 0 is `day` itself when it is a working
        day, else the first one after it.
        """
        self.holidays.check(day)
        place = bisect_right(self._days, day) + count - 1 if count > 0 else bisect_left(self._days, day) + count
        if not 0 <= place < len(self._days):
            side = "before" if count < 0 else "after"
            asked = f"{counted(abs(count), 'working day')} {side} {in_words(day)}"
            raise NotCoveredError(self.holidays, asked)
        return self._days[place]

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`, never `day` itself."""
        return self.add(day, 1)

    def on_or_after(self, day: date) -> date:
        """`day` when it is a working day, else the first one after it."""
        return self.add(day, 0)

    def between(self, start: date, end: date) -> int:
        """How many working days `end` is after `start`: `start` is not counted, `end` is.

        Negative when `end` comes first: then the working days from `end` on that are before `start`. So it undoes
        `add`: `between(day, add(day, n)) == n`, but for 0 from a day that is no working day.
        """
        self.holidays.check(start)
        self.holidays.check(end)
        before = bisect_right if end >= start else bisect_left
        return before(self._days, end) - before(self._days, start)


@cache
def _calendar(division: str) -> WorkingDays:
    holidays = holidays_of(division)
    length = (holidays.last - holidays.first).days + 1
    covered = (holidays.first + timedelta(days=step) for step in range(length))
    return WorkingDays(holidays, tuple(day for day in covered if _is_worked(day, holidays)))


def _is_worked(day: date, holidays: Holidays) -> bool:
    return day.weekday() in _MONDAY_TO_FRIDAY and day not in holidays.names
