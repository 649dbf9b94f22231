"""Adding to a chain: the one place that writes a link."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from concerted.audit.chains import stamp
from concerted.audit.models import Chain, Link, Payload

SALT = 16  # bytes: nobody can guess what was said from its digest


def append(name: str, at: datetime, person: UUID | None, act: str, content: str) -> int:
    """Add an event to the chain of that name; its number. The chain is locked from here until the transaction ends, so
    that this is the last thing a transaction does."""
    salt = secrets.token_bytes(SALT)
    digest = hmac.digest(salt, content.encode(), "sha256")
    with transaction.atomic(savepoint=False):
        chain = _locked(name)
        number, previous = chain.number + 1, bytes(chain.head)
        hashed = link_hash(name, number, stamp(at), digest, previous)
        Link.objects.create(chain=chain, number=number, at=at, digest=digest, previous=previous, hash=hashed)
        Payload.objects.create(chain=chain, number=number, at=at, person=person, act=act, salt=salt, content=content)
        Chain.objects.filter(id=chain.id).update(number=number, head=hashed)
    return number


def link_hash(name: str, number: int, at: str, digest: bytes, previous: bytes) -> bytes:
    """The hash of a link."""
    return hashlib.sha256(f"{name}\n{number}\n{at}\n{digest.hex()}\n{previous.hex()}".encode()).digest()


def _locked(name: str) -> Chain:
    """The chain, made with its first event."""
    found = Chain.objects.select_for_update().filter(name=name).first()
    if found is None:
        start = secrets.token_bytes(32)
        Chain.objects.get_or_create(name=name, defaults={"start": start, "head": start})
        found = Chain.objects.select_for_update().get(name=name)
    return found
