"""Days as numbers, and stretches of time of which less may be known than both ends."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.common.vague_dates import VagueDate, read

Days = NDArray[np.int32]
"""Days since 1 January 1970."""

OPEN_START: Final = int(np.iinfo(np.int32).min)
OPEN_END: Final = int(np.iinfo(np.int32).max)
COLUMNS: Final = ("earliest", "latest", "sure_from", "sure_to")
_EPOCH: Final = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date | None:
    """The day; None of an open end."""
    return None if number in (OPEN_START, OPEN_END) else date.fromordinal(number + _EPOCH)


def vague(earliest: int, latest: int) -> VagueDate | None:
    """An interval as a vague date; None where both ends are open."""
    first, last = day_of(earliest), day_of(latest)
    return None if first is None and last is None else VagueDate(first, last)


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of time, one a row, in days.

    earliest, latest: it lies within these days, OPEN_START and OPEN_END where that is not known. sure_from, sure_to: on
    these days it certainly was; sure_from comes after sure_to where there is no such day.
    """

    earliest: Days
    latest: Days
    sure_from: Days
    sure_to: Days

    def take(self, at: NDArray[Any]) -> "Spans":
        """The stretches in these rows; nothing is known where a row is NONE."""
        blank = unknown(1)
        return Spans(*(np.append(getattr(self, name), getattr(blank, name))[at] for name in COLUMNS))

    def or_else(self, other: "Spans") -> "Spans":
        """These, and the other's where nothing at all is known of them."""
        known = (self.earliest != OPEN_START) | (self.latest != OPEN_END) | (self.sure_from <= self.sure_to)
        return Spans(*(np.where(known, getattr(self, name), getattr(other, name)) for name in COLUMNS))

    def columns(self) -> dict[str, Days]:
        """By their names."""
        return {name: getattr(self, name) for name in COLUMNS}


def unknown(rows: int) -> Spans:
    """Stretches of which nothing is known."""
    start, end = np.full(rows, OPEN_START, np.int32), np.full(rows, OPEN_END, np.int32)
    return Spans(start, end, end, start)


def lasting(begin: Any, end: Any) -> Spans:
    """From one date to another, each as a record has it; empty: it is not known when it began, or ended.

    It certainly was there from the latest day on which it can have begun to the earliest on which it can have ended,
    and on the day it began, where that is exact.
    """
    first, first_latest = intervals(begin)
    last_earliest, last = intervals(end)
    backwards = last < first  # an end before the beginning is a slip, and says nothing
    last_earliest, last = np.where(backwards, OPEN_START, last_earliest), np.where(backwards, OPEN_END, last)
    sure = np.minimum(first_latest, last), np.maximum(last_earliest, first)
    return Spans(*(one.astype(np.int32) for one in (first, last, *sure)))


def no_later(day: Days) -> Spans:
    """Of what was on a day of which only the last possible one is known."""
    blank = unknown(len(day))
    return Spans(blank.earliest, day, blank.sure_from, blank.sure_to)


def seen_on(day: Any) -> Spans:
    """Of what was so on a day, while it is not known when it began or ended."""
    first, last = intervals(day)
    exact = first == last
    rows = unknown(len(first))
    sure_from, sure_to = np.where(exact, first, rows.sure_from), np.where(exact, last, rows.sure_to)
    return Spans(rows.earliest, rows.latest, sure_from.astype(np.int32), sure_to.astype(np.int32))


def intervals(texts: Any) -> tuple[Days, Days]:
    """The first and the last day of dates in their canonical text; open at both ends where there is none."""
    coded = pc.fill_null(
        texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts, ""
    ).dictionary_encode()
    read_once = [_interval(text) for text in coded.dictionary.to_pylist()]
    both = np.array(read_once or [(OPEN_START, OPEN_END)], np.int32)[coded.indices.to_numpy()]
    return both[:, 0], both[:, 1]


@lru_cache(maxsize=1 << 16)  # the same days come again and again
def _interval(text: str) -> tuple[int, int]:
    if not text:
        return OPEN_START, OPEN_END
    when = read(text)
    return (
        OPEN_START if when.earliest is None else day_number(when.earliest),
        OPEN_END if when.latest is None else day_number(when.latest),
    )
