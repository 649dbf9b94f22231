"""Timelines: where the bar of each fact stands, with the days in which it may lie and those on which it was."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from concerted.desk.patterns.data import Bar, FactRow, Timeline
from concerted.networks.spans import OPEN_END, OPEN_START, day_number, day_of

MOST: Final = 30  # facts that a timeline draws; the table has them all
ROW: Final = 40  # pixels, with its words above it
_TICKS: Final = 5
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)  # months
_LEAST: Final = 0.8  # per cent, so that a day is seen


def timeline(facts: Sequence[FactRow], today: int) -> Timeline | None:
    """The timeline of these facts, the earliest first; None where fewer than two have a day. today: how far goes what
    has no end."""
    dated = sorted((one for one in facts if one.when.dated), key=lambda one: one.when.sort_key)[:MOST]
    if len(dated) < 2:
        return None
    begins, ends = zip(*(_known(one, today) for one in dated), strict=True)
    low, high = min(begins), max(max(ends), min(begins) + 1)
    bars = tuple(_bar(one, at, low, high, today) for at, one in enumerate(dated))
    return Timeline(bars, tuple(_ticks(low, high)), ROW * len(bars), sum(not one.when.dated for one in facts))


def _known(one: FactRow, today: int) -> tuple[int, int]:
    """The first and the last day to draw. What is open begins, or ends, where it is sure, or today."""
    when = one.when
    begin = when.earliest if when.earliest != OPEN_START else when.sure_from if when.sure else when.latest
    end = when.latest if when.latest != OPEN_END else max(today, begin) if when.earliest != OPEN_START else begin
    return begin, max(begin, end)


def _bar(one: FactRow, at: int, low: int, high: int, today: int) -> Bar:
    begin, end = _known(one, today)
    sure = None
    if one.when.sure:
        sure = _part(max(one.when.sure_from, begin), min(one.when.sure_to, end), low, high)
    return Bar(one, *_part(begin, end, low, high), sure, at * ROW)


def _part(begin: int, end: int, low: int, high: int) -> tuple[float, float]:
    """Per cent from the left, and of the width."""
    whole = high - low + 1
    width = max(_LEAST, (end - begin + 1) / whole * 100)
    return round(min((begin - low) / whole * 100, 100 - width), 2), round(width, 2)


def _ticks(low: int, high: int) -> Iterator[tuple[float, str]]:
    """The first days of months, so many that they can be read; the first day where no month begins."""
    first, last = day_of(low), day_of(high)
    if first is None or last is None:
        return
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    step = next((step for step in _STEPS if len(months) / step <= _TICKS), _STEPS[-1])
    days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    there = [one for one in days if first <= one <= last] or [first]
    for one in there:
        at = (day_number(one) - low) / (high - low + 1) * 100
        yield round(at, 2), f"{one:%b} {one.year}" if step < 12 else str(one.year)
