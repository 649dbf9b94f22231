"""Bank holidays as data (`holidays.yaml`): each division's list, and how far it reaches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from concerted.common.errors import UsedWronglyError

_SOURCE = "https://www.gov.uk/bank-holidays"


@dataclass(frozen=True, slots=True)
class Holidays:
    """One division's bank holidays. first, last: the dates covered, both included. names: each holiday's name by its
    date. The list is shared: whoever reads it does not change it."""

    division: str
    title: str
    first: date
    last: date
    names: Mapping[date, str] = field(repr=False, hash=False)

    def check(self, day: date) -> None:
        """NotCoveredError when the list says nothing about that day. TypeError for a moment: ask for its day in London
        (`london_day`), which need not be the day in UTC."""
        if not self.first <= day <= self.last:
            raise NotCoveredError(self, in_words(day))


class NotCoveredError(UsedWronglyError):
    """A day was asked for, or was reached by counting, for which no bank holidays are listed."""

    def __init__(self, holidays: Holidays, asked: str) -> None:
        first, last = in_words(holidays.first), in_words(holidays.last)
        super().__init__(
            f"the bank holidays of {holidays.title} are listed from {first} to {last}, which does not reach {asked}",
            why="no working day is counted beyond the list, as a holiday may be missing",
            mend=f"update the list of bank holidays (holidays.yaml) from {_SOURCE}",
        )


def in_words(day: date) -> str:
    """A day as people write it: "3 January 2029"."""
    return f"{day.day} {day:%B} {day.year}"


@cache
def _table() -> dict[str, Any]:
    text = (files("concerted.common.working_days") / "holidays.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)["divisions"]
    return table


def divisions() -> list[str]:
    """The names under which bank holidays are listed."""
    return list(_table())


def holidays_of(division: str) -> Holidays:
    """The list of one division. UsedWronglyError when there is none of that name."""
    if division not in divisions():
        raise UsedWronglyError(
            f"{division!r} is no division with bank holidays of its own", mend=f"write one of {', '.join(divisions())}"
        )
    listed = _table()[division]
    covers = listed["covers"]
    return Holidays(division, listed["name"], covers["from"], covers["to"], listed["holidays"])
