"""What somebody who owns the store, or holds an exported day, could do to it."""

import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from concerted.audit.models import Chain, Link, Payload, place
from concerted.audit.signing import NAME, sign
from concerted.audit.verifier import link_hash
from tests.emptying import without_triggers

OTHER: Final = bytes(range(32))


@dataclass
class Stored:
    """A chain of the store, for whoever tampers with it. Each returns the first number that is no longer as it was."""

    chain: Chain

    @property
    def base(self) -> int:
        return place(self.chain.id, 0)

    def changed_field(self, number: int, field: str) -> int:
        Link.objects.filter(place=self.base + number).update(**{field: OTHER})
        return number

    def changed_words(self, number: int) -> int:
        Payload.objects.filter(place=self.base + number).update(content='{"act":"searched"}')
        return number

    def changed_with_its_hash(self, number: int) -> int:
        """Its digest and its own hash made to fit, but not the links after it."""
        link = Link.objects.get(place=self.base + number)
        hashed = link_hash(
            self.chain.name,
            number,
            link.at.isoformat(timespec="microseconds"),
            OTHER.hex(),
            bytes(link.previous).hex(),
        )
        Link.objects.filter(place=link.place).update(digest=OTHER, hash=bytes.fromhex(hashed))
        Payload.objects.filter(place=link.place).delete()
        return number

    def removed(self, number: int) -> int:
        for table in (Link, Payload):
            table.objects.filter(place=self.base + number).delete()
        return number

    def removed_and_renumbered(self, number: int) -> int:
        self.removed(number)
        for later in range(number + 1, self.chain.number + 1):
            self.moved(later, later - 1)
        return number

    def payload_removed(self, number: int) -> int:
        Payload.objects.filter(place=self.base + number).delete()
        return number

    def swapped(self, one: int, other: int) -> int:
        self.moved(one, 0)
        self.moved(other, one)
        self.moved(0, other)
        return min(one, other)

    def inserted(self, number: int) -> int:
        """A copy of an event put in before it, and the later ones moved on."""
        for later in range(self.chain.number, number - 1, -1):
            self.moved(later, later + 1)
        self.copied(number + 1, number)
        return number

    def added(self) -> int:
        self.copied(self.chain.number, self.chain.number + 1)
        return self.chain.number + 1

    def moved(self, number: int, to: int) -> None:
        for table in (Link, Payload):
            table.objects.filter(place=self.base + number).update(place=self.base + to)

    def copied(self, number: int, to: int) -> None:
        link, payload = Link.objects.get(place=self.base + number), Payload.objects.get(place=self.base + number)
        link.place = payload.place = self.base + to
        link.save(force_insert=True)
        payload.save(force_insert=True)

    def made_anew(self, number: int) -> int:
        """From an event on the whole chain is made to fit, its head too: what only the heads tied elsewhere show."""
        self.changed_with_its_hash(number)
        previous = bytes(Link.objects.get(place=self.base + number).hash)
        for later in range(number + 1, self.chain.number + 1):
            link = Link.objects.get(place=self.base + later)
            at = link.at.isoformat(timespec="microseconds")
            hashed = bytes.fromhex(link_hash(self.chain.name, later, at, bytes(link.digest).hex(), previous.hex()))
            Link.objects.filter(place=link.place).update(previous=previous, hash=hashed)
            previous = hashed
        Chain.objects.filter(id=self.chain.id).update(head=previous)
        return number


@contextmanager
def undone() -> Iterator[None]:
    """The triggers put aside, and in the end everything as it was."""
    with transaction.atomic():
        with without_triggers():
            yield
        transaction.set_rollback(True)


def tampered(chain: Chain, how: Callable[[Stored], int]) -> int:
    """Put the triggers aside and do it; the number that it begins at."""
    with without_triggers():
        return how(Stored(chain))


Lines = list[dict[str, Any]]


def read(lines: Sequence[str]) -> Lines:
    """An exported day as it is tampered with."""
    return [json.loads(line) for line in lines]


def written(lines: Lines) -> list[str]:
    """The day again."""
    return [json.dumps(line) for line in lines]


def day(chains: Sequence[int], secret: str = "") -> Lines:
    """An exported day without a store: so many events in each chain."""
    lines: Lines = []
    summed: dict[str, Any] = {}
    for order, many in enumerate(chains):
        name, head = f"chain {order}", "ab" * 32
        for number in range(1, many + 1):
            salt, content, at = f"{number:032x}", json.dumps({"act": "searched", "n": number}), f"2026-03-02T{number}"
            digest = hmac.digest(bytes.fromhex(salt), content.encode(), "sha256").hex()
            hashed = link_hash(name, number, at, digest, head)
            link = {"chain": name, "number": number, "at": at, "digest": digest, "previous": head, "hash": hashed}
            lines.append({**link, "salt": salt, "content": content})
            head = hashed
        summed[name] = {"before": 0, "after": "ab" * 32, "last": many, "head": head, "removed": []}
    summary = json.dumps({"chains": summed, "withheld": False})
    signature = sign(summary, {NAME: secret})
    return [{"summary": summary, "signature": signature.signature, "key": signature.key}, *lines]
