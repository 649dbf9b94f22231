"""The working-day clock: days over weekends and bank holidays."""

from concerted.common.working_days.days import WorkingDays
from concerted.common.working_days.holidays import NotCoveredError, divisions

__all__ = ["NotCoveredError", "WorkingDays", "divisions"]
