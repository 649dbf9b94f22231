"""What is known of organisations and their people."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from concerted.common import clock
from concerted.organisations.models import ContactPoint, Invitation, Membership, Organisation, Person
from concerted.reference.roles import roles

CONFIRMED_EVERY: Final = timedelta(days=90)


def _now(at: datetime) -> Q:
    """Memberships that count at that moment."""
    signs_in = [role.key for role in roles().values() if not role.begins]
    return Q(begins__lte=at, suspended__isnull=True, role__in=signs_in) & (Q(ends__isnull=True) | Q(ends__gt=at))


def memberships_now(person: Person) -> QuerySet[Membership]:
    """The roles of this person that count now, the earliest first."""
    if not person.is_active:
        return Membership.objects.none()
    found = Membership.objects.filter(_now(clock.now()), person=person).select_related("organisation")
    return found.order_by("begins", "id")


def people_of(organisation: UUID) -> QuerySet[Membership]:
    """All memberships of an organisation that did not end: those that count, wait or are suspended, by name."""
    found = Membership.objects.filter(organisation=organisation).filter(Q(ends__isnull=True) | Q(ends__gt=clock.now()))
    return found.select_related("person").order_by("person__name", "asked")


def waiting(organisation: UUID) -> QuerySet[Membership]:
    """Roles that wait for a second person, those asked for first."""
    found = Membership.objects.filter(organisation=organisation, begins__isnull=True, ends__isnull=True)
    return found.select_related("person").order_by("asked")


def invitations(organisation: UUID) -> QuerySet[Invitation]:
    """Those that can still be accepted, the latest first."""
    found = Invitation.objects.filter(organisation=organisation, ended__isnull=True, expires__gt=clock.now())
    return found.order_by("-invited")


def digest_of(token: str) -> str:
    """What is kept of an invitation's token."""
    return sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that this token opens, while it can be accepted."""
    found = Invitation.objects.select_related("organisation").filter(digest=digest_of(token), ended__isnull=True)
    return found.filter(expires__gt=clock.now()).first()


def roles_ever(person: Person) -> set[str]:
    """Every role that a person has, waits for or had, in whatever organisation; not one that was refused."""
    refused = Q(begins__isnull=True, ends__isnull=False)
    return set(Membership.objects.filter(person=person).exclude(refused).values_list("role", flat=True))


def administrators_now(organisation: UUID) -> int:
    """How many administer it now."""
    found = Membership.objects.filter(_now(clock.now()), organisation=organisation, role="organisation_administrator")
    return found.count()


def organisations() -> QuerySet[Organisation]:
    """All, by name."""
    return Organisation.objects.order_by("name")


def contact_points_due(organisation: UUID) -> QuerySet[ContactPoint]:
    """Those that were last confirmed 90 days ago or more."""
    return ContactPoint.objects.filter(organisation=organisation, confirmed__lte=clock.now() - CONFIRMED_EVERY)
