"""What organisations add to the page after signing in, and to the navigation."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from concerted.audit.acting import Acting
from concerted.organisations import selectors
from concerted.organisations.rules import may, may_agree


class Item(NamedTuple):
    """Something that waits, or somewhere to go."""

    text: str
    href: str
    hint: str = ""
    state: str = ""


def due(acting: Acting) -> Iterator[Item]:
    """Roles that wait for whoever acts as the second person; contact points to be confirmed."""
    if acting.organisation is None:
        return
    for one in selectors.waiting(acting.organisation):
        if may_agree(acting, one):
            href = reverse("membership", args=[one.pk])
            yield Item("Agree to a role, or refuse it", href, "A role that reads cases takes two people.", "Waiting")
    if may(acting, "manage_own_people") and selectors.contact_points_due(acting.organisation).exists():
        yield Item("Confirm your contact point", reverse("organisation"), "Asked every 90 days.", "Due")


def ways(acting: Acting) -> Iterator[Item]:
    """The pages that whoever acts may open."""
    if may(acting, "manage_own_people") or may(acting, "review_access"):
        yield Item("People", reverse("people"), "Who belongs to your organisation, in which role.")
    if may(acting, "manage_own_people"):
        yield Item("Organisation", reverse("organisation"), "What others should know of it, and where it is reached.")
    if may(acting, "create_organisation"):
        yield Item("Organisations", reverse("organisations"), "All that work here.")
    yield Item("You", reverse("me"), "What you may do here, as whom; whom you know.")
