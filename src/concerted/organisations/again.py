"""How roles and invitations that ended are ended again after a backup was brought back that does not know of it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.instance.endings import Again
from concerted.organisations.models import Invitation, Membership

WHY: Final = "ended before the backup was brought back"


def membership(acting: Acting, subject: UUID, at: datetime) -> bool:
    """A role."""
    later = Q(ends__isnull=True) | Q(ends__gt=at)
    changed = Membership.objects.filter(later, pk=subject).update(ends=at, why=WHY)
    return _recorded(acting, Act.MEMBERSHIP_ENDED, Subject("membership", str(subject)), changed)


def suspension(acting: Acting, subject: UUID, at: datetime) -> bool:
    """A role that does not count until somebody restores it."""
    changed = Membership.objects.filter(pk=subject, suspended__isnull=True).update(suspended=at, why=WHY)
    return _recorded(acting, Act.PERSON_SUSPENDED, Subject("membership", str(subject)), changed)


def invitation(acting: Acting, subject: UUID, at: datetime) -> bool:
    """One that was withdrawn or accepted."""
    changed = Invitation.objects.filter(pk=subject, ended__isnull=True).update(ended=at)
    return _recorded(acting, Act.INVITATION_WITHDRAWN, Subject("invitation", str(subject)), changed)


def _recorded(acting: Acting, act: Act, subject: Subject, changed: int) -> bool:
    if changed:
        record(acting, act, [subject], why=WHY)
    return bool(changed)


KINDS: Final[dict[str, Again]] = {"membership": membership, "suspension": suspension, "invitation": invitation}
