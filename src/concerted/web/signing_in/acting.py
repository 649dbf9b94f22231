"""Who acts: the signed-in person in the one organisation and role that is active."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concerted.audit.acting import Acting
from concerted.organisations import selectors
from concerted.organisations.models import Membership, Person

MEMBERSHIP: Final = "membership"  # in the session: the id of the active one
PURPOSE: Final = "purpose"  # in the session: a key of the closed list


def of_request(request: HttpRequest) -> Acting:
    """With no role where nobody is signed in, or none of their roles counts now."""
    person = request.user if request.user.is_authenticated else None
    where = str(request.META.get("REMOTE_ADDR", ""))
    active = _active(request, person) if person else None
    if person is None or active is None:
        return Acting(person.pk if person else None, None, "", "", where)
    return Acting(person.pk, active.organisation_id, active.role, request.session.get(PURPOSE, ""), where)


def choose(request: HttpRequest, membership: UUID) -> bool:
    """Make this the active one. False where it is not one of the person's that count now."""
    person = request.user
    if not person.is_authenticated or not any(one.pk == membership for one in selectors.memberships_now(person)):
        return False
    request.session[MEMBERSHIP] = str(membership)
    request.session.pop(PURPOSE, None)
    return True


def without_role(request: HttpRequest) -> HttpResponse:
    """A person all of whose roles ended, or none of whose counts yet."""
    return render(request, "web/without_role.html", status=403)


def _active(request: HttpRequest, person: Person) -> Membership | None:
    """The chosen one, while it counts; else the only or the first one."""
    now = list(selectors.memberships_now(person))
    chosen = request.session.get(MEMBERSHIP)
    return next((one for one in now if str(one.pk) == chosen), now[0] if now else None)
