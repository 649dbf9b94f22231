"""Time is aware, in UTC, and a day is London's."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from concerted.common import clock


def test_now_is_aware() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_a_stamp_is_in_utc_whatever_zone_it_came_in() -> None:
    east = timezone(timedelta(hours=2))
    assert clock.stamp(datetime(2026, 3, 2, 11, 30, 5, 999, tzinfo=east)) == "2026-03-02T09:30:05Z"


def test_today_is_the_day_in_london(monkeypatch: pytest.MonkeyPatch) -> None:
    just_before_midnight_in_utc = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: just_before_midnight_in_utc)
    assert clock.today().isoformat() == "2026-07-02"
