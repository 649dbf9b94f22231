"""Dates, times and counts as people write them: 2 March 2026 at 9:30am, in London; 1,200 people."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date | datetime | None) -> str:
    """2 March 2026; of a moment, the day that it is in London then. None: nothing."""
    if value is None:
        return ""
    found = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def moment(value: datetime | None) -> str:
    """2 March 2026 at 9:30am."""
    return "" if value is None else f"{day(value)} at {clock_time(value)}"


def clock_time(value: datetime | time | None) -> str:
    """9:30am, 5pm, midday, midnight; of a moment, what clocks say in London then."""
    if value is None:
        return ""
    found = value.astimezone(LONDON).time() if isinstance(value, datetime) else value
    if found.minute == 0 and found.hour in (0, 12):
        return "midday" if found.hour else "midnight"
    minutes = f":{found.minute:02}" if found.minute else ""
    return f"{found.hour % 12 or 12}{minutes}{'pm' if found.hour >= 12 else 'am'}"


def count(number: int, one: str, many: str = "") -> str:
    """1 person, 1,200 people, no people. many: "s" is added to one where it is not given."""
    return f"{number:,} {one}" if number == 1 else f"{f'{number:,}' if number else 'no'} {many or f'{one}s'}"
