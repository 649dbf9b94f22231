"""What changes the audit: adding an event. Every function of a `services.py` calls `record` in its own transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal, TextIO
from uuid import UUID

from django.db import transaction

from concerted.audit import chains, retention, tying
from concerted.audit import export as exporting
from concerted.audit.acting import SYSTEMS, Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.append import append
from concerted.audit.export import Exported
from concerted.audit.models import Chain, Tie
from concerted.audit.whole import Whole
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.reference.purposes import purposes

_BY_NOBODY_KNOWN = (Act.SIGN_IN_REFUSED, Act.DENIED)  # whoever tries is not known yet


def record(acting: Acting, act: Act, subjects: Sequence[Subject] = (), **details: object) -> int:
    """Add an event to the chain of the acting organisation, or of the instance; its number there.

    Call it in the transaction of the change, as the last thing: the chain is locked until that ends. A page that shows
    many is one event with many subjects. details: what JSON holds; ids rather than words of a case. ValueError where
    who acts, or for what, is not of a closed list: a fault of the program.
    """
    _check(acting, act, subjects)
    at = clock.now()
    content = chains.content(at, acting, act, subjects, details)
    return append(chains.of_acting(acting), at, content)


@transaction.atomic
def tie(acting: Acting) -> Tie:
    """Write the heads of all chains down together, signed where there is a key. The instance's chain says so."""
    tied = tying.tie(clock.now())
    record(replace(acting, organisation=None), Act.HEADS_TIED, number=tied.number, hash=tied.hash)
    return tied


def retire(acting: Acting, before: datetime) -> int:
    """End what events of the acting organisation's chain said before a moment; how many went. Nothing is left to do: 0,
    and no event. Stopped, it goes on when it is called again."""
    chain = Chain.objects.filter(name=chains.of_acting(acting)).first()
    found = retention.old(chain, before) if chain else None
    return _remove(acting, *found, why="retention") if found else 0


def erase(acting: Acting, first: int, last: int) -> int:
    """End what these events of the acting organisation's chain said, because the law asks for it; how many went.
    UsedWronglyError where the chain has no such events."""
    chain = Chain.objects.filter(name=chains.of_acting(acting)).first()
    if chain is None or not 1 <= first <= last <= chain.number:
        raise UsedWronglyError(
            f"the chain has no events {first} to {last}", mend="give numbers as the audit shows them"
        )
    return _remove(acting, first, last, why="erasure")


def verified(acting: Acting, found: Whole) -> None:
    """Say that the store was verified, and what came of it."""
    record(acting, Act.AUDIT_VERIFIED, events=found.events, wrong=len(found.wrong))


def looked_into(acting: Acting, question: str, subjects: Sequence[Subject] = (), **asked: object) -> None:
    """Say that somebody read the audit. question: "events", "who has seen", "account" or "odd access"."""
    record(acting, Act.AUDIT_READ, subjects, question=question, **asked)


def export(
    acting: Acting, day: date, out: TextIO, organisations: Sequence[str] | None = None, payloads: bool = True
) -> Exported:
    """Write a day for whoever verifies it without the store. organisations: their chains alone, by id; UsedWronglyError
    for one that has none. The event that says so stands in the store before the file is begun."""
    taken = list(Chain.objects.order_by("id"))  # as they stand before the event that says so
    if organisations:
        taken = [_chain_of(one, taken) for one in organisations]
    names = [chain.name for chain in taken] if organisations else "all"
    record(acting, Act.AUDIT_EXPORTED, day=day, chains=names, payloads=payloads)
    return exporting.write(day, taken, out, payloads)


def _chain_of(organisation: str, among: Sequence[Chain]) -> Chain:
    try:
        name = chains.organisation(UUID(organisation))
    except ValueError as why:
        raise UsedWronglyError(
            f"{organisation!r} is no organisation's id", mend="give it as its page shows it"
        ) from why
    found = next((chain for chain in among if chain.name == name), None)
    if found is None:
        raise UsedWronglyError("no events of that organisation are here", mend="give its id, as its page shows it")
    return found


def _remove(acting: Acting, first: int, last: int, why: Literal["retention", "erasure"]) -> int:
    with transaction.atomic():
        event = record(acting, Act.PAYLOADS_REMOVED, first=first, last=last, why=why)
        chain = Chain.objects.get(name=chains.of_acting(acting))
        retention.mark(chain, first, last, event)
    return retention.end(chain, first, last)


def _check(acting: Acting, act: Act, subjects: Sequence[Subject]) -> None:
    if acting.purpose and acting.purpose not in purposes():
        raise ValueError(f"{acting.purpose!r} is no purpose; the closed list is {', '.join(purposes())}")
    if acting.system and acting.system not in SYSTEMS:
        raise ValueError(f"{acting.system!r} is no system that acts; the closed list is {', '.join(SYSTEMS)}")
    if acting.person is None and not acting.system and act not in _BY_NOBODY_KNOWN:
        raise ValueError(f"{act} has nobody who does it: give a person, or a system of {', '.join(SYSTEMS)}")
    for subject in subjects:
        if not subject.kind or not subject.id or "\n" in f"{subject.kind}{subject.id}" or ":" in subject.kind:
            raise ValueError(f"{subject} names nothing: kind and id are text in one line, the kind without a colon")
