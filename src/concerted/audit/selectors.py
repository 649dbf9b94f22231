"""Reading the audit of one organisation: what happened, who has seen somebody, what an account could reach and opened.

What a compartment's chain holds is read by nothing here. Whoever may ask is for the caller to see to; that they asked
is an event too (`services.looked_into`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from concerted.audit import chains, providers
from concerted.audit.acting import Subject
from concerted.audit.acts import Act, Sort
from concerted.audit.models import EACH, Chain, place
from concerted.audit.rows import AT_ONCE

OPENED: Final[frozenset[Sort]] = frozenset({"read", "out"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it was recorded. act: of `Act`, or the name of one that is no more."""

    number: int
    at: datetime
    person: UUID | None
    organisation: UUID | None
    role: str
    purpose: str
    where: str
    system: str
    act: Act | str
    subjects: tuple[Subject, ...]
    details: dict[str, Any]

    @property
    def opened(self) -> bool:
        """Whether somebody saw something by it."""
        return isinstance(self.act, Act) and self.act.sort in OPENED


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events: since a moment, until another, by a person, of one of these acts, naming a subject."""

    since: datetime
    until: datetime
    person: UUID | None = None
    acts: tuple[Act, ...] = ()
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """That an account opened something, or something was opened: how often, first and last."""

    who: UUID | str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """What an account did between two moments. reach: what it could have opened, in words; None while no rules of
    access are registered that would know. opened: each subject. signing_in: events of that."""

    reach: tuple[str, ...] | None
    opened: tuple[tuple[Subject, Seen], ...]
    signing_in: tuple[Event, ...]


def events(organisation: UUID | None, asked: Asked, before: int | None = None, most: int = 50) -> list[Event]:
    """The latest first, before a number; without an organisation those of the instance itself."""
    found = []
    for event in _of(_chain(organisation), asked, before, most):
        found.append(event)
        if len(found) == most:
            break
    return found


def who_has_seen(organisation: UUID, subject: Subject, since: datetime, until: datetime) -> list[Seen]:
    """Who opened it or took it out, in this organisation; the latest first."""
    found: dict[UUID | str, Seen] = {}
    for event in _of(_chain(organisation), Asked(since, until, subject=subject)):
        if event.opened:
            who = event.person or event.system
            found[who] = _again(found.get(who), who, event.at)
    return sorted(found.values(), key=lambda seen: seen.last, reverse=True)


def account(organisation: UUID, person: UUID, since: datetime, until: datetime) -> Account:
    """What this account could reach between two moments in this organisation, and what it opened: for a breach, which
    must be told within 72 hours."""
    opened: dict[Subject, Seen] = {}
    for event in _of(_chain(organisation), Asked(since, until, person=person)):
        for subject in event.subjects if event.opened else ():
            opened[subject] = _again(opened.get(subject), person, event.at)
    return Account(
        providers.reach(organisation, person, since, until),
        tuple(sorted(opened.items(), key=lambda one: one[1].last, reverse=True)),
        tuple(_signing_in(organisation, Asked(since, until, person=person))),
    )


def everything(organisation: UUID, since: datetime, until: datetime) -> Iterator[Event]:
    """Every event of a time, the latest first, for rules that look at all."""
    return _of(_chain(organisation), Asked(since, until))


def _signing_in(organisation: UUID, asked: Asked) -> Iterator[Event]:
    """Somebody signs in before they act for an organisation, so those events are the instance's."""
    for chain in (_chain(None), _chain(organisation)):
        yield from (one for one in _of(chain, asked) if isinstance(one.act, Act) and one.act.sort == "sign-in")


def _again(before: Seen | None, who: UUID | str, at: datetime) -> Seen:
    if before is None:
        return Seen(who, 1, at, at)
    return Seen(who, before.times + 1, min(before.first, at), max(before.last, at))


def _chain(organisation: UUID | None) -> Chain | None:
    name = chains.organisation(organisation) if organisation else chains.INSTANCE
    return Chain.objects.filter(name=name).first()


def _of(chain: Chain | None, asked: Asked, before: int | None = None, at_once: int = AT_ONCE) -> Iterator[Event]:
    """The latest first. The store picks by text that stands in the payload; what it says is then read and compared."""
    if chain is None:
        return
    below, (condition, given) = place(chain.id, before or chain.number + 1), _where(asked)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "select p.place, p.content from audit_link l join audit_payload p on p.place = l.place"
                f" where {condition} and l.place > %s and l.place < %s order by l.place desc limit %s",
                (*given, place(chain.id, 0), below, at_once),
            )
            found = cursor.fetchall()
        yield from (event for event in map(_read, found) if _is_asked(event, asked))
        if len(found) < at_once:
            return
        below = found[-1][0]


def _where(asked: Asked) -> tuple[str, list[str | None]]:
    """The condition in SQL, and what is bound in it."""
    holds = "strpos(p.content, %s) > 0" if connection.vendor == "postgresql" else "instr(p.content, %s) > 0"
    conditions = ["l.at >= %s", "l.at < %s"]
    given = [connection.ops.adapt_datetimefield_value(one) for one in (asked.since, asked.until)]
    texts = [f'"person":"{asked.person}"'] if asked.person else []
    if asked.subject:
        texts.append(json.dumps([asked.subject.kind, asked.subject.id], ensure_ascii=False, separators=(",", ":")))
    conditions += [holds] * len(texts)
    if asked.acts:
        conditions.append(f"({' or '.join([holds] * len(asked.acts))})")
        texts += [f'"act":"{act.value}"' for act in asked.acts]
    return " and ".join(conditions), [*given, *texts]


def _is_asked(event: Event, asked: Asked) -> bool:
    """What a text holds could stand elsewhere in it."""
    return (
        (asked.person is None or event.person == asked.person)
        and (not asked.acts or event.act in asked.acts)
        and (asked.subject is None or asked.subject in event.subjects)
    )


def _read(row: tuple[int, str]) -> Event:
    said = json.loads(row[1])
    act = said["act"]
    return Event(
        number=row[0] % EACH,
        at=datetime.fromisoformat(said["at"]),
        person=UUID(said["person"]) if said["person"] else None,
        organisation=UUID(said["organisation"]) if said["organisation"] else None,
        role=said["role"],
        purpose=said["purpose"],
        where=said["where"],
        system=said["system"],
        act=Act(act) if act in _ACTS else act,
        subjects=tuple(Subject(*subject) for subject in said["subjects"]),
        details=said["details"],
    )


_ACTS: Final = frozenset(act.value for act in Act)
