"""What is to go out, and what became of it: one row a mail, or a call that a person is asked to make."""

import uuid
from typing import ClassVar

from django.db import models


class Way(models.TextChoices):
    """How somebody is reached."""

    MAIL = "mail", "by e-mail"
    CALL = "call", "by a telephone call that a person makes"


class Audience(models.TextChoices):
    """Whom it is for: what may go out to a member of the public is for contact rules to say."""

    STAFF = "staff", "somebody who signs in"
    PUBLIC = "public", "a member of the public"


class State(models.TextChoices):
    """Where an item stands. From `waiting` on it ends in one of the others, and never leaves that."""

    WAITING = "waiting", "waiting to go out"
    SENT = "sent", "handed to the mail server"
    MADE = "made", "the call was made"
    FAILED = "failed", "could not be sent"
    REFUSED = "refused", "refused by contact rules"
    CANCELLED = "cancelled", "called back before it went out"


class Item(models.Model):
    """A notice to one recipient. `notice` is a key of the closed list of notices: its words carry nothing of a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.UUIDField(null=True)  # on whose behalf; none: the instance's
    way = models.CharField(max_length=4, choices=Way.choices)
    audience = models.CharField(max_length=6, choices=Audience.choices)
    recipient = models.UUIDField(null=True)  # who of those who sign in; none of the public
    address = models.CharField(max_length=254)  # an e-mail address, or a telephone number
    notice = models.CharField(max_length=40)
    link = models.CharField(max_length=200, blank=True)  # a page of ours, without a word of what it holds
    created = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)  # it was refused, failed or called back; what came of a call
    ended = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "way", "not_before"], name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.notice}, {self.get_state_display()}"
