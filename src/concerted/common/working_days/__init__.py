"""The working-day clock: days and hours over weekends, bank holidays, clock changes and leap days."""

from concerted.common.working_days.anniversaries import anniversary, months_after
from concerted.common.working_days.days import WorkingDays
from concerted.common.working_days.due import Monthly, Weekly, next_due
from concerted.common.working_days.holidays import NotCoveredError, divisions
from concerted.common.working_days.hours import OfficeHours, deadline, london_day

__all__ = [
    "Monthly",
    "NotCoveredError",
    "OfficeHours",
    "Weekly",
    "WorkingDays",
    "anniversary",
    "deadline",
    "divisions",
    "london_day",
    "months_after",
    "next_due",
]
