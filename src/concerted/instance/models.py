"""The tables of what an instance knows of itself."""

import uuid
from typing import ClassVar

from django.db import models

DEMONSTRATION, WORKING = "demonstration", "working"
KINDS = {DEMONSTRATION: "Demonstration", WORKING: "Working"}


class Store(models.Model):
    """What this store is for: one row, set once when it is made and never changed, which triggers hold it to. instance:
    names it, so that what belongs to another is told apart. since: when it was made."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    instance = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=13, choices=KINDS)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="instance_one_store"),
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="instance_kind"),
        ]

    def __str__(self) -> str:
        return self.kind


class Ending(models.Model):
    """Something that ended for good: a role, an invitation. It goes into a journal apart from the store, so that a
    backup that is brought back does not bring back what ended since. kind: of `endings.KINDS`. subject: whose id.
    carried: it stands in the journal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    carried = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=models.Q(carried=False), name="instance_not_carried")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Job(models.Model):
    """Work that takes a while, done by a process of its own, as a named person in a named organisation or as a listed
    system actor. kind: of `jobs.KINDS`. arguments: ids alone. at: how far it is, as its kind says, written with what it
    wrote. run: which process works on it; what another would write for it is refused. seen: when that one last said
    that it lives. tries: how often it was begun."""

    WAITING, RUNNING, DONE, STOPPED, FAILED = "waiting", "running", "done", "stopped", "failed"
    STATES: ClassVar = {one: one.capitalize() for one in (WAITING, RUNNING, DONE, STOPPED, FAILED)}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    person = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    where = models.CharField(max_length=100, blank=True)
    system = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=7, choices=STATES, default=WAITING)
    step = models.CharField(max_length=100, blank=True)  # what it is at, in words without case content
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    at = models.JSONField(default=dict)
    stop = models.BooleanField(default=False)  # somebody wants it to stop
    why = models.CharField(max_length=300, blank=True)  # it failed
    run = models.UUIDField(null=True)
    seen = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-asked"], name="instance_jobs"),
            models.Index(fields=["seen"], condition=models.Q(state="running"), name="instance_running"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.state}"
