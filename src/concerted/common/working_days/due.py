"""When the next delivery is due: a day of the week or of the month, moved to the next working day where it is none."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from concerted.common.errors import UsedWronglyError
from concerted.common.working_days.anniversaries import months_after
from concerted.common.working_days.days import WorkingDays

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week on a weekday."""

    on: Weekday

    def __post_init__(self) -> None:
        if self.on not in WEEKDAYS:
            raise UsedWronglyError(f"{self.on!r} is no day of the week", mend=f"write one of {', '.join(WEEKDAYS)}")

    def after(self, day: date) -> date:
        """The first such day after `day`."""
        return day + timedelta(days=(WEEKDAYS.index(self.on) - day.weekday() - 1) % 7 + 1)


@dataclass(frozen=True, slots=True)
class Monthly:
    """Every month on a day from 1 to 31; a month without that day has its last instead."""

    on: int

    def __post_init__(self) -> None:
        if not 1 <= self.on <= 31:
            raise UsedWronglyError(
                f"no month has a day {self.on}", mend="write a day from 1 to 31; 31 is the last of every month"
            )

    def after(self, day: date) -> date:
        """The first such day after `day`."""
        in_january = date(day.year, 1, self.on)  # a month that has them all, to count months from
        this_month = months_after(in_january, day.month - 1)
        return this_month if this_month > day else months_after(in_january, day.month)


def next_due(rhythm: Weekly | Monthly, after: date, days: WorkingDays) -> date:
    """The first working day after `after` on which a delivery is due.

    What falls on a Saturday is due on Monday, and asked on Sunday that Monday is still the next: so the search begins
    at the last working day. NotCoveredError as of `days`.
    """
    last_worked = days.add(after + timedelta(days=1), -1)
    return days.on_or_after(rhythm.after(last_worked))
