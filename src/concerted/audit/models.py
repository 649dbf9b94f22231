"""The tables of the audit. Nothing but `append`, `retention` and `tying` writes them; triggers hold them to it.

A chain's links hold digests alone; what an event said lies apart, with the salt of its digest, and can go without the
chain breaking (decision 0054).
"""

from typing import ClassVar

from django.db import models
from django.db.models import CompositePrimaryKey


class Chain(models.Model):
    """One chain of events. name: `instance`, `organisation:ID` or `compartment:ID`. start: random bytes, what the first
    link follows, so that no two chains are alike. number, head: of the last link; the row that writers wait for."""

    name = models.CharField(max_length=80, unique=True)
    start = models.BinaryField(max_length=32)
    number = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """An event's place in its chain: when, the digest of what it said, the hash of the link before, and its own."""

    pk = CompositePrimaryKey("chain_id", "number")
    chain = models.ForeignKey(Chain, models.PROTECT, db_index=False, related_name="+")
    number = models.BigIntegerField()
    at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["chain", "at"], name="audit_link_at")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class Payload(models.Model):
    """What an event said. content: JSON, exactly the text that was digested. at, person, act: the same again, to find
    it by; that they say the same is verified."""

    pk = CompositePrimaryKey("chain_id", "number")
    chain = models.ForeignKey(Chain, models.PROTECT, db_index=False, related_name="+")
    number = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.UUIDField(null=True)
    act = models.CharField(max_length=40)
    salt = models.BinaryField(max_length=32)
    content = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "at"], name="audit_payload_person")]

    def __str__(self) -> str:
        return f"{self.act} {self.number}"


class Removal(models.Model):
    """The mark without which no payload can be deleted: which of a chain, and the event that says so."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="+")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    event = models.BigIntegerField()  # the number, in the same chain, of the event that says it

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Tie(models.Model):
    """The heads of all chains at one moment. content: JSON, with the hash of the tie before. signature, key: of the
    content, where a signing key was given; in hexadecimal."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    content = models.TextField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128, blank=True)
    key = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}"


class Mention(models.Model):
    """Which events name a subject. Derived from payloads, a little behind them, and made anew at any time."""

    pk = CompositePrimaryKey("subject", "chain_id", "number")
    subject = models.CharField(max_length=200)  # kind:id
    chain = models.ForeignKey(Chain, models.PROTECT, db_index=False, related_name="+")
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return self.subject


class Mentioned(models.Model):
    """How far into a chain mentions have been found."""

    chain = models.OneToOneField(Chain, models.PROTECT, primary_key=True, related_name="+")
    upto = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.upto}"
