"""Who may give a role, to whom, and who agrees as the second person. Pure of anything that changes."""

from typing import Final
from uuid import UUID

from concerted.audit.acting import Acting
from concerted.common.errors import ConcertedError
from concerted.organisations import selectors
from concerted.organisations.models import Membership, Organisation, Person
from concerted.reference.roles import roles

SET_UP: Final = {"set-up", "demonstration"}  # system actors that may begin a store
FIRST: Final = "organisation_administrator"  # the role in an organisation that the instance's administrator gives


class NotAllowedError(ConcertedError):
    """What somebody may not do, in words that they may read."""


def may(acting: Acting, act: str) -> bool:
    """Whether the active role has that act."""
    role = roles().get(acting.role)
    return role is not None and act in role.acts


def check_manages(acting: Acting, organisation: Organisation, role: str = "") -> None:
    """NotAllowedError but for an administrator of that organisation; for its first administrators also but for the
    instance's."""
    if acting.system in SET_UP:
        return
    own = may(acting, "manage_own_people") and acting.organisation == organisation.pk
    begins = role == FIRST and may(acting, "create_organisation")
    if not own and not begins:
        raise NotAllowedError("only an administrator of that organisation may do this", mend="ask one of them")


def check_role(organisation: Organisation, role: str) -> None:
    """NotAllowedError where people of such an organisation cannot have the role, or nobody can yet."""
    found = roles().get(role)
    if found is None or organisation.family not in found.families:
        raise NotAllowedError("people of this organisation cannot have that role", mend="choose one of those listed")
    if found.begins:
        raise NotAllowedError("nobody can sign in with that role yet", mend="choose another")


def check_person(acting: Acting, person: Person, role: str) -> None:
    """NotAllowedError where somebody would give a role to themselves, or the person has or had one that excludes it."""
    if acting.person == person.pk:
        raise NotAllowedError("nobody gives a role to themselves", mend="ask another administrator")
    ever = selectors.roles_ever(person)
    if ever & roles()[role].excludes or any(role in roles()[one].excludes for one in ever):
        raise NotAllowedError(
            "this person has or had a role that excludes this one, in whatever organisation",
            mend="give it to somebody else",
        )


def waits(role: str, acting: Acting) -> bool:
    """Whether a second person must agree: for a role that reads cases. Only the set-up of a store needs none."""
    return roles()[role].reads_cases and acting.system not in SET_UP


def may_agree(acting: Acting, membership: Membership) -> bool:
    """Whether whoever acts can be the second person: another administrator of that organisation, or whoever reviews
    access there; neither who asked nor whom it is for."""
    reviews = may(acting, "manage_own_people") or may(acting, "review_access")
    others: set[UUID | None] = {membership.asked_by, membership.person_id}
    return reviews and acting.organisation == membership.organisation_id and acting.person not in others


def check_agrees(acting: Acting, membership: Membership) -> None:
    """NotAllowedError where they cannot."""
    if not may_agree(acting, membership):
        raise NotAllowedError(
            "a second person must agree: another administrator of the organisation, or whoever reviews access there",
            mend="ask one of them",
        )
