"""Pages of administrators and of each person: what they show, what they do, and to whom they are not there."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from concerted.audit.models import Payload
from concerted.common import clock
from concerted.organisations import services
from concerted.organisations.models import Acquaintance, ContactPoint, Invitation, Membership, Organisation, Person
from concerted.outbox.models import Item
from tests.organisations.conftest import acts, member

pytestmark = pytest.mark.django_db
LONG = "quite a long one, 7 words in all"


def browser(of: Membership) -> Client:
    """Signed in, with a passkey."""
    Authenticator.objects.create(user=of.person, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(of.person)
    return client


@pytest.fixture
def analyst(force: Organisation) -> Membership:
    return member(force, "analyst", "analyst@northvale.example")


def test_an_administrator_invites_and_the_invited_person_comes_in(
    administrator: Membership, second: Membership
) -> None:
    page = browser(administrator)
    given = {"name": "New Person", "email": "new@northvale.example", "role": "analyst"}
    assert page.post("/people/invite/", given).status_code == 302
    assert b"New Person" in page.get("/people/").content
    [mail] = Item.objects.all()
    new = Client()
    assert b"Northvale Police" in new.get(mail.link).content
    differ = new.post(mail.link, {"password": LONG, "again": "another of them, 8 words"})
    assert b"The two passwords differ" in differ.content
    assert b"too common" in new.post(mail.link, {"password": "password1234", "again": "password1234"}).content
    assert new.post(mail.link, {"password": LONG, "again": LONG})["Location"] == "/sign-in/"
    assert new.get(mail.link).status_code == 404
    made = Membership.objects.get(person__email="new@northvale.example")
    own = f"/people/{made.pk}/"
    assert b"neither who asked" in page.get(own).content
    assert b"a second person must agree" in page.post(own, {"act": "agree"}).content
    other = browser(second)
    assert b"Agree to a role" in other.get("/").content
    assert other.post(own, {"act": "agree"}).status_code == 302
    assert made.person.memberships.get().begins
    client = Client()
    assert client.post("/sign-in/", {"login": made.person.email, "password": LONG}).status_code == 302
    assert client.get("/")["Location"] == "/sign-in/second-factor/"


def test_who_signs_in_here_already_accepts_signed_in(administrator: Membership, charity: Organisation) -> None:
    there = member(charity, "team_manager", "manager@opendoor.example")
    role = "data_protection_officer"
    token = services.invite(acts(administrator), administrator.organisation_id, there.person.email, "M", role)
    assert b"You sign in here already" in Client().get(f"/invitations/{token}/").content
    page = browser(there)
    assert page.get(f"/invitations/{token}/").status_code == 200
    assert page.post(f"/invitations/{token}/")["Location"] == "/me/"
    assert b"Data protection officer at Northvale Police" in page.get("/me/").content


def test_roles_are_suspended_restored_and_ended_with_a_reason(administrator: Membership, analyst: Membership) -> None:
    page, own = browser(administrator), f"/people/{analyst.pk}/"
    assert b"Enter" in page.post(own, {"act": "suspend", "why": ""}).content
    for act, says in (("suspend", b"suspended"), ("restore", b"counts"), ("end", b"")):
        assert page.post(own, {"act": act, "why": "while it is looked at"}).status_code == 302
        assert says in page.get("/people/").content
    analyst.refresh_from_db()
    assert analyst.ends
    assert b"while it is looked at" in page.get(own).content
    assert page.post(own, {"act": "nothing"}).status_code == 200


def test_a_page_of_people_is_one_event_that_names_each(administrator: Membership, analyst: Membership) -> None:
    page = browser(administrator)
    before = Payload.objects.count()
    page.get("/people/")
    [said] = [one.content for one in Payload.objects.order_by("pk")][before:]
    assert str(administrator.person_id) in said
    assert str(analyst.person_id) in said


def test_an_invitation_is_withdrawn(administrator: Membership) -> None:
    page = browser(administrator)
    services.invite(acts(administrator), administrator.organisation_id, "a@northvale.example", "A", "analyst")
    where = f"/people/invitations/{Invitation.objects.get().pk}/withdraw/"
    assert page.post(where).status_code == 302
    assert page.post(where).status_code == 404


def test_an_organisation_says_where_it_is_reached(administrator: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    page = browser(administrator)
    assert b"None is set yet" in page.get("/organisation/").content
    given = {"hours": "out", "name": "Duty desk", "telephone": "07700 900123", "email": ""}
    assert page.post("/organisation/contact/out/", given).status_code == 302
    assert b"Duty desk" in page.get("/organisation/contact/out/").content
    at = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: at)
    page.force_login(administrator.person)
    assert b"to be confirmed" in page.get("/organisation/").content
    assert b"Confirm your contact point" in page.get("/").content
    assert page.post("/organisation/contact/out/confirm/").status_code == 302
    assert ContactPoint.objects.get().confirmed == at
    assert page.post("/organisation/contact/never/confirm/").status_code == 404


def test_the_second_who_saves_an_organisation_is_told(administrator: Membership) -> None:
    page = browser(administrator)
    given = {"areas": "Northvale", "controller": "The Chief Constable", "registration": "", "version": 1}
    assert page.post("/organisation/", given).status_code == 302
    assert b"somebody else has changed this" in page.post("/organisation/", given).content.lower()


def test_the_instances_administrator_creates_an_organisation(oversight: Membership) -> None:
    page = browser(oversight)
    given = {"name": "Southmere Council", "family": "childrens_services", "areas": ""}
    assert page.post("/organisations/new/", given).status_code == 302
    assert b"of that name already" in page.post("/organisations/new/", given).content
    made = Organisation.objects.get(name="Southmere Council")
    where = f"/organisations/{made.pk}/administrator/"
    assert where.encode() in page.get("/organisations/").content
    assert page.get(where).content.count(b'type="radio"') == 1
    first = {"name": "First", "email": "first@southmere.example", "role": "organisation_administrator"}
    assert page.post(where, first).status_code == 302
    assert Item.objects.filter(address="first@southmere.example").exists()


def test_each_person_has_a_page_of_their_own(analyst: Membership, charity: Organisation) -> None:
    more = member(charity, "team_manager", analyst.person.email)
    page = browser(analyst)
    assert b"names, dates of birth, identifiers, aliases" in page.get("/me/").content
    assert page.post(f"/me/as/{more.pk}/")["Location"] == "/"
    assert b"Team manager" in page.get("/").content
    page.post("/me/", {"name": "A Neighbour", "how": "lives next door"})
    assert b"A Neighbour" in page.get("/me/").content
    page.post(f"/me/knows/{Acquaintance.objects.get().pk}/end/")
    assert b"A Neighbour" not in page.get("/me/").content


ADMINISTRATION = ("/people/", "/people/invite/", "/organisation/", "/organisation/contact/in/")
INSTANCE = ("/organisations/", "/organisations/new/")


@pytest.mark.parametrize("path", [*ADMINISTRATION, *INSTANCE])
@pytest.mark.parametrize("role", ["analyst", "administrator", "oversight"])
def test_to_those_who_may_not_a_page_is_not_there(request: Any, path: str, role: str) -> None:
    page = browser(request.getfixturevalue(role))
    may = (role == "administrator" and path in ADMINISTRATION) or (role == "oversight" and path in INSTANCE)
    answer = page.get(path)
    assert answer.status_code == (200 if may else 404)
    if not may:
        nowhere = page.get(f"/nowhere/{uuid.UUID(int=3)}/")
        assert answer.content.replace(b"/", b"")[-200:] == nowhere.content.replace(b"/", b"")[-200:]


def test_another_organisations_people_are_not_there(administrator: Membership, charity: Organisation) -> None:
    other = member(charity, "team_manager", "manager@opendoor.example")
    page = browser(administrator)
    assert page.get(f"/people/{other.pk}/").status_code == 404
    assert b"opendoor" not in page.get("/people/").content
    assert Person.objects.filter(pk=other.person_id).exists()
