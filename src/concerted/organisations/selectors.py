"""What is known of organisations and their people."""

from django.db.models import Q, QuerySet

from concerted.common import clock
from concerted.organisations.models import Membership, Person


def memberships_now(person: Person) -> QuerySet[Membership]:
    """The roles of this person that count now, the earliest first."""
    now = clock.now()
    return person.memberships.filter(Q(ends__isnull=True) | Q(ends__gt=now), begins__lte=now).order_by("begins", "id")
