"""Odd access: rules that are data, over what was opened in a time. They show the access, never the record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Literal
from uuid import UUID

import yaml
from pydantic import BaseModel, ConfigDict, Field

from concerted.audit import providers
from concerted.audit.acting import Subject
from concerted.audit.selectors import Event, everything
from concerted.common.clock import LONDON


class Rule(BaseModel):
    """One of `odd.yaml`, whose head says what each kind means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["declared", "bulk", "hours"]
    words: str
    more_than: int = 0
    at_least: int = 1
    begins: int = Field(0, alias="from", ge=0, le=23)
    ends: int = Field(0, alias="to", ge=0, le=23)


class Rules(BaseModel):
    """The file. subjects: the kinds of subject that count."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: dict[str, Rule]
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Odd:
    """That a rule picked a person's day. times: how often what it looks for was seen."""

    rule: str
    words: str
    person: UUID
    day: date
    times: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Of so many days of people who opened anything, how many a rule picked. of: None where it could not be asked."""

    rule: str
    picked: int
    of: int | None

    @property
    def share(self) -> float | None:
        """None where there is nothing to divide by."""
        return self.picked / self.of if self.of else None


@dataclass
class Day:
    """What a person opened on one day."""

    subjects: set[Subject] = field(default_factory=set)
    hours: list[int] = field(default_factory=list)  # of each event


@cache
def shipped() -> Rules:
    """The rules of `odd.yaml`."""
    text = resources.files("concerted.audit").joinpath("odd.yaml").read_text(encoding="utf-8")
    return Rules.model_validate(yaml.safe_load(text))


def odd_access(
    organisation: UUID, since: datetime, until: datetime, rules: Rules | None = None
) -> tuple[list[Odd], list[Rate]]:
    """What the rules pick of an organisation's time, by day and person, and each rule's rate."""
    rules = rules or shipped()
    days = by_day(everything(organisation, since, until), rules.subjects)
    declared = providers.declared(organisation)
    picked, rates = [], []
    for name, rule in rules.rules.items():
        if rule.kind == "declared" and declared is None:
            rates.append(Rate(name, 0, None))
            continue
        of_rule = [
            Odd(name, rule.words, person, day, times)
            for (day, person), what in sorted(days.items())
            if (times := seen(rule, what, (declared or {}).get(person, frozenset())))
        ]
        picked += of_rule
        rates.append(Rate(name, len(of_rule), len(days)))
    return picked, rates


def by_day(events: Iterable[Event], kinds: frozenset[str]) -> Mapping[tuple[date, UUID], Day]:
    """What each person opened on each day of theirs, as London has it."""
    days: dict[tuple[date, UUID], Day] = defaultdict(Day)
    for event in events:
        subjects = {subject for subject in event.subjects if subject.kind in kinds}
        if event.opened and event.person and subjects:
            at = event.at.astimezone(LONDON)
            day = days[at.date(), event.person]
            day.subjects |= subjects
            day.hours.append(at.hour)
    return days


def seen(rule: Rule, day: Day, known: frozenset[Subject]) -> int:
    """How often a rule saw in a day what it looks for; 0 where too seldom. known: whom the person declared."""
    if rule.kind == "declared":
        return len(day.subjects & known)
    if rule.kind == "bulk":
        return len(day.subjects) if len(day.subjects) > rule.more_than else 0
    times = sum(_within(hour, rule.begins, rule.ends) for hour in day.hours)
    return times if times >= rule.at_least else 0


def _within(hour: int, begins: int, ends: int) -> bool:
    """Whether an hour lies between two, over midnight where the second is the smaller."""
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
