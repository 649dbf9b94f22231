"""The tables of the audit. Nothing but `append`, `retention` and `tying` writes them; triggers hold them to it.

A chain's links hold digests alone; what an event said lies apart, with the salt of its digest, and can go without the
chain breaking (decision 0054). An event's `place` is its chain and its number there in one integer, so that an event
costs one row at the end of each of two tables, and a chain is a range.
"""

from typing import Final

from django.db import models

EACH: Final = 2**40  # places of one chain: more events than a thousand years hold


def place(chain: int, number: int) -> int:
    """Where the event of that number of that chain lies."""
    return chain * EACH + number


class Chain(models.Model):
    """One chain of events. name: `instance`, `organisation:ID` or `compartment:ID`. start: random bytes, what the first
    link follows, so that no two chains are alike. number, previous, head: of the last link; the row that writers wait
    for."""

    name = models.CharField(max_length=80, unique=True)
    start = models.BinaryField(max_length=32)
    number = models.BigIntegerField(default=0)
    previous = models.BinaryField(max_length=32)
    head = models.BinaryField(max_length=32)


class Link(models.Model):
    """An event in its chain: when, the digest of what it said, the hash of the link before, and its own."""

    place = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)


class Payload(models.Model):
    """What an event said. content: JSON, exactly the text that was digested; nothing of it stands a second time."""

    place = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField(max_length=32)
    content = models.TextField()


class Removal(models.Model):
    """The mark without which no payload can be deleted: from which place to which, and the event that says so."""

    first = models.BigIntegerField()
    last = models.BigIntegerField()
    event = models.BigIntegerField(unique=True)  # its place, in the same chain


class Tie(models.Model):
    """The heads of all chains at one moment. content: JSON, with the hash of the tie before. signature, key: of the
    content, where a signing key was given; in hexadecimal."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    content = models.TextField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128, blank=True)
    key = models.CharField(max_length=64, blank=True)
