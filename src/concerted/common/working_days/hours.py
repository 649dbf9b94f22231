"""Hours that pass, and hours that are worked. Moments are aware; results are in UTC; a day is London's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from concerted.common.clock import LONDON
from concerted.common.errors import UsedWronglyError
from concerted.common.working_days.days import WorkingDays


def _in_utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise UsedWronglyError(
            f"{moment:%Y-%m-%d %H:%M} has no time zone",
            why="an hour counted from it could be an hour wrong in summer",
            mend="give the moment with its zone",
        )
    return moment.astimezone(UTC)


def london_day(moment: datetime) -> date:
    """The day in London at that moment: after 23:00 UTC in summer it is already the next."""
    return _in_utc(moment).astimezone(LONDON).date()


def deadline(moment: datetime, hours: float) -> datetime:
    """The moment that many hours later, in UTC. 24 hours are 24 real hours: over the change in March they end an hour
    later by the clock on the wall, over that in October an hour earlier."""
    return _in_utc(moment) + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """From `opens` to `closes` in London on every working day."""

    days: WorkingDays
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise UsedWronglyError(
                f"office hours from {self.opens:%H:%M} to {self.closes:%H:%M} hold no time",
                mend="write an opening time before the closing time of the same day",
            )

    def add(self, moment: datetime, hours: float) -> datetime:
        """The moment at which so many working hours are used up, in UTC. What ends with the day ends at its closing
        time. 0 hours from a closed office is its next opening. NotCoveredError beyond the listed bank holidays."""
        if hours < 0:
            raise UsedWronglyError(f"{hours:g} working hours cannot be counted", mend="give 0 hours or more")
        left = timedelta(hours=hours)
        at = self._open_from(_in_utc(moment).astimezone(LONDON))
        # Wall-clock time is real time within a working day: clocks change on Sundays only (Summer Time Act 1972).
        while (room := self._at(at.date(), self.closes) - at) < left:
            left -= room
            at = self._at(self.days.next_working_day(at.date()), self.opens)
        return (at + left).astimezone(UTC)

    def _open_from(self, moment: datetime) -> datetime:
        """The moment itself when the office is open, else its next opening."""
        day = moment.date()
        if not self.days.is_working_day(day) or moment.time() > self.closes:
            return self._at(self.days.next_working_day(day), self.opens)
        return max(moment, self._at(day, self.opens))

    @staticmethod
    def _at(day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, LONDON)
