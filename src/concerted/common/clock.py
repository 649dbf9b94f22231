"""The only place that asks what time it is. Times are aware and in UTC."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in London, where the work is done."""
    return now().astimezone(LONDON).date()


def stamp(moment: datetime) -> str:
    """A moment as text that sorts: `2026-11-25T09:30:00Z`, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
