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
