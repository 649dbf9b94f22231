"""What waits to go out, and what became of the rest."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from concerted.outbox.models import Item, State, Way


def calls_to_make(organisation: UUID, now: datetime) -> QuerySet[Item]:
    """The calls that people of this organisation are asked to make, those due longest first."""
    waiting = Item.objects.filter(organisation=organisation, way=Way.CALL, state=State.WAITING, not_before__lte=now)
    return waiting.order_by("not_before", "created")


def mail_due(now: datetime) -> QuerySet[Item]:
    """Mail that may go out now, the oldest first."""
    return Item.objects.filter(way=Way.MAIL, state=State.WAITING, not_before__lte=now).order_by("not_before", "created")


def of_organisation(organisation: UUID) -> QuerySet[Item]:
    """All notices on behalf of this organisation, the latest first."""
    return Item.objects.filter(organisation=organisation).order_by("-created")
