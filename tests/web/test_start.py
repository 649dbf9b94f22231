"""The start page and what every page shows, filled by applications."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from concerted.audit.acting import Acting
from concerted.common import clock
from concerted.organisations.models import Membership, Organisation, Person
from concerted.web import providers, shown
from concerted.web.components.lists import Place
from concerted.web.start import start


@dataclass(frozen=True)
class Said:
    text: str
    href: str
    state: str = ""
    hint: str = ""


class Application:
    """One that gives a supervisor something, and nobody else."""

    def due(self, acting: Acting) -> Iterable[Said]:
        return [Said("Confirm the contact point", "/contact/", "today")] if acting.role == "supervisor" else []

    def ways(self, acting: Acting) -> Iterable[Said]:
        return [Said("People", "/people/"), Said("Invitations", "/people/invited/")]


@pytest.fixture(autouse=True)
def applications(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(providers, "APPLICATIONS", [Application()])
    yield


def asked(path: str, role: str = "supervisor", purpose: str = "") -> HttpRequest:
    """A request of a person who acts in this role."""
    request = RequestFactory().get(path)
    person = Person.objects.create_user("asha@northvale.example", None, name="Asha Example")
    police = Organisation.objects.create(name="Northvale Police", family="police")
    Membership.objects.create(person=person, organisation=police, role=role, asked=clock.now(), begins=clock.now())
    request.user = person
    request.acting = Acting(person.pk, police.pk, role, purpose, "")  # type: ignore[attr-defined]
    return request


@pytest.mark.django_db
def test_what_waits_for_a_role_stands_on_its_start_page() -> None:
    html = start(asked("/")).content.decode()
    assert "Confirm the contact point" in html
    assert 'href="/people/"' in html


@pytest.mark.django_db
def test_where_nothing_waits_it_says_so() -> None:
    html = start(asked("/", "analyst")).content.decode()
    assert "Nothing waits for you in this role." in html
    assert "Confirm" not in html


@pytest.mark.django_db
def test_who_is_not_signed_in_is_shown_nothing_of_it() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    found = shown.shown(request)["shown"]
    assert (found.who, found.places, found.demonstration) == (None, [], False)


@pytest.mark.django_db
def test_an_error_before_anybody_is_known_is_shown_too() -> None:
    assert shown.shown(RequestFactory().get("/"))["shown"].who is None


@pytest.mark.django_db
def test_every_page_says_who_acts_where_as_what_and_for_what() -> None:
    who = shown.shown(asked("/", "force_spoc", "protecting_a_child"))["shown"].who
    assert who == shown.Who("Asha Example", "Northvale Police", "Force spoc", "Protecting a child")


@pytest.mark.django_db
def test_a_person_without_a_role_is_named_alone() -> None:
    request = asked("/")
    request.acting = Acting(request.user.pk, None, "", "", "")  # type: ignore[attr-defined]
    assert shown.shown(request)["shown"].who == shown.Who("Asha Example")


@pytest.mark.django_db
def test_an_organisation_that_one_is_not_of_is_not_named() -> None:
    request = asked("/")
    request.acting = Acting(request.user.pk, UUID(int=7), "sio", "", "")  # type: ignore[attr-defined]
    assert shown.shown(request)["shown"].who == shown.Who("Asha Example", "", "Sio")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/", "Start"),
        ("/people/", "People"),
        ("/people/1/", "People"),
        ("/people/invited/2/", "Invitations"),
        ("/x/", ""),
    ],
)
def test_the_place_that_a_page_is_at_is_marked(path: str, here: str) -> None:
    found: list[Place] = shown.shown(asked(path))["shown"].places
    assert [one.text for one in found] == ["Start", "People", "Invitations"]
    assert [one.text for one in found if one.here] == ([here] if here else [])


def test_providers_may_be_named() -> None:
    nobody = Acting(None, None, "", "", "")
    assert providers.due(nobody, []) == []
    assert [one.text for one in providers.ways(nobody, [Application()])] == ["People", "Invitations"]
