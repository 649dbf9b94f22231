"""Adding to a chain: the one place that writes a link. Plain SQL, as it runs with every page that anybody opens.

The larger store adds an event in one statement, so that whoever waits for the chain waits for no round trip. The
embedded one has no server to go to and knows no hash: there the same is done in four, under its one writer's lock. On
both, events that go with no change are written together while another's commit goes to the disk (`together`).
"""

import hmac
import secrets
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection, transaction

from concerted.audit.chains import stamp
from concerted.audit.models import EACH, Chain, place
from concerted.audit.together import Together
from concerted.audit.verifier import link_hash

SALT: Final = 16  # bytes: nobody can guess what was said from its digest
_HEAD: Final = "select id, number, head from audit_chain where name = %s"
_LINK: Final = "insert into audit_link (place, at, digest, previous, hash) values (%s, %s, %s, %s, %s)"
_PAYLOAD: Final = "insert into audit_payload (place, salt, content) values (%s, %s, %s)"
_ON: Final = "update audit_chain set number = %s, previous = %s, head = %s where id = %s"
_IN_ONE: Final = f"""
with moved as (
  update audit_chain set number = number + 1, previous = head, head = sha256(convert_to(
    concat_ws(E'\\n', name, number + 1, %(stamp)s::text, encode(%(digest)s, 'hex'), encode(head, 'hex')), 'UTF8'))
  where name = %(name)s returning id * {EACH} + number as place, number, previous, head),
linked as (insert into audit_link (place, at, digest, previous, hash)
  select place, %(at)s, %(digest)s, previous, head from moved),
said as (insert into audit_payload (place, salt, content) select place, %(salt)s, %(content)s from moved)
select number from moved"""


class Event(NamedTuple):
    """What is added. name: of its chain."""

    name: str
    at: datetime
    content: str
    salt: bytes
    digest: bytes


def append(name: str, at: datetime, content: str) -> int:
    """Add an event to the chain of that name; its number. The chain is locked from here until the transaction ends, so
    that this is the last thing a transaction does."""
    salt = secrets.token_bytes(SALT)
    event = Event(name, at, content, salt, hmac.digest(salt, content.encode(), "sha256"))
    if connection.in_atomic_block:
        return _added(event)
    queue = name if connection.vendor == "postgresql" else ""  # what is waited for: a chain, or the one writer
    return _queues.setdefault(queue, Together(_written)).add(event)


def _added(event: Event) -> int:
    """Added to its chain, which begins where it is not there."""
    add = _in_one if connection.vendor == "postgresql" else _in_four
    number = add(event)
    if number is None:
        _begin(event.name)
        number = add(event)
        assert number is not None
    return number


def _in_one(event: Event) -> int | None:
    given = {**event._asdict(), "stamp": stamp(event.at)}
    with connection.cursor() as cursor:
        cursor.execute(_IN_ONE, given)
        found: tuple[int] | None = cursor.fetchone()
    return found[0] if found else None


def _in_four(event: Event) -> int | None:
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_HEAD, (event.name,))
        found: tuple[int, int, bytes] | None = cursor.fetchone()
        if found is None:
            return None
        chain, number, previous = found[0], found[1] + 1, found[2]
        hashed = bytes.fromhex(link_hash(event.name, number, stamp(event.at), event.digest.hex(), previous.hex()))
        when = connection.ops.adapt_datetimefield_value(event.at)
        cursor.execute(_LINK, (place(chain, number), when, event.digest, previous, hashed))
        cursor.execute(_PAYLOAD, (place(chain, number), event.salt, event.content))
        cursor.execute(_ON, (number, previous, hashed, chain))
    return number


def _written(events: list[Event]) -> list[int]:
    if len(events) == 1:
        return [_added(events[0])]  # which is a transaction by itself
    with transaction.atomic():
        return [_added(event) for event in events]


_queues: Final[dict[str, Together[Event]]] = {}


def _begin(name: str) -> None:
    """A chain begins with its first event; of two who begin it at the same time one does."""
    start = secrets.token_bytes(32)
    Chain.objects.get_or_create(name=name, defaults={"start": start, "previous": b"", "head": start})
