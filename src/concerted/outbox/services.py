"""The one way out. `send` puts a notice in the outbox; a worker hands mail over (`delivery`); a person makes calls."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.outbox.models import Audience, Item, State, Way
from concerted.outbox.notices import notices
from concerted.outbox.rules import Asked, Refused, decided

MOST_TRIES: Final = 8
WAITS: Final = timedelta(minutes=1)  # before the second try; then twice as long each time, two hours in all


@transaction.atomic
def send(
    acting: Acting,
    notice: str,
    address: str,
    *,
    recipient: UUID | None = None,
    way: Way = Way.MAIL,
    link: str = "",
    not_before: datetime | None = None,
) -> Item:
    """Put a notice in the outbox. recipient: who of those who sign in it is for; without one it is for a member of the
    public, and contact rules decide. link: a path of ours. What they refuse is kept as refused, and goes nowhere.
    UsedWronglyError for a notice that is not in the closed list, an address or a link that is none."""
    audience = Audience.STAFF if recipient else Audience.PUBLIC
    asked = Asked(way, audience, address.strip(), notice, link, not_before or clock.now())
    _check(asked)
    answer = decided(asked)
    if isinstance(answer, Refused):
        item = _kept(acting, asked, recipient, state=State.REFUSED, why=answer.why, ended=clock.now())
        record(acting, Act.NOTICE_REFUSED, [_subject(item)], notice=notice)
        return item
    _check(answer)
    item = _kept(acting, answer, recipient)
    record(acting, Act.NOTICE_PUT_OUT, [_subject(item)], notice=answer.notice)
    return item


@transaction.atomic
def call_back(acting: Acting, item: UUID, why: str) -> bool:
    """Take a notice back that has not gone out. False where it has."""
    done = _end(item, State.CANCELLED, why, acting.person)
    if done:
        record(acting, Act.NOTICE_CALLED_BACK, [Subject("notice", str(item))], why=why)
    return done


@transaction.atomic
def call_made(acting: Acting, item: UUID, outcome: str) -> bool:
    """A person made the call. outcome: what came of it, without a word of a case. False where it was made already."""
    done = _end(item, State.MADE, outcome, acting.person, way=Way.CALL)
    if done:
        record(acting, Act.CALL_MADE, [Subject("notice", str(item))])
    return done


@transaction.atomic
def sent(acting: Acting, item: UUID) -> bool:
    """The mail server took it. Its link is forgotten."""
    done = _end(item, State.SENT, "", None, way=Way.MAIL)
    if done:
        Item.objects.filter(id=item).update(link="")  # it may hold what lets in whoever has it
        record(acting, Act.NOTICE_SENT, [Subject("notice", str(item))])
    return done


@transaction.atomic
def not_sent(acting: Acting, item: UUID, why: str) -> None:
    """The mail server did not take it: it is tried again later, and given up after so many tries."""
    found = Item.objects.select_for_update().filter(id=item, state=State.WAITING).first()
    if found is None:
        return
    found.tries += 1
    found.why = why[:300]
    found.not_before = clock.now() + WAITS * 2 ** (found.tries - 1)
    if found.tries >= MOST_TRIES:
        found.state, found.ended = State.FAILED, clock.now()
    found.save()
    record(acting, Act.NOTICE_NOT_SENT, [_subject(found)], tries=found.tries)


def _kept(acting: Acting, asked: Asked, recipient: UUID | None, **more: object) -> Item:
    given = {name: getattr(asked, name) for name in Asked.__dataclass_fields__}
    return Item.objects.create(
        organisation=acting.organisation, recipient=recipient, created=clock.now(), **given, **more
    )


def _end(item: UUID, state: State, why: str, by: UUID | None, **only: object) -> bool:
    """Of two who end it at the same time one does."""
    if Item.objects.select_for_update().filter(id=item, state=State.WAITING, **only).first() is None:
        return False
    ended = Item.objects.filter(id=item, state=State.WAITING)
    return bool(ended.update(state=state, why=why[:300], ended=clock.now(), ended_by=by))


def _subject(item: Item) -> Subject:
    return Subject("notice", str(item.id))


def _check(asked: Asked) -> None:
    if asked.notice not in notices():
        raise UsedWronglyError(
            f"{asked.notice} is no notice that may go out", mend=f"use one of: {', '.join(sorted(notices()))}"
        )
    if asked.way == Way.MAIL:
        try:
            validate_email(asked.address)
        except ValidationError as wrong:
            raise UsedWronglyError("the address of a notice is no e-mail address", mend="correct it") from wrong
    elif not asked.address:
        raise UsedWronglyError("a call needs a telephone number", mend="give one")
    parts = urlsplit(asked.link)
    if asked.link and (parts.scheme or parts.netloc or not asked.link.startswith("/") or asked.link.startswith("//")):
        raise UsedWronglyError("a notice may lead to a page of ours alone", mend="give its path, as /outbox/")
