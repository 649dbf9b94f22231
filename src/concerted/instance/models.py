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
