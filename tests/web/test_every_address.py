"""A walk over every address of the application: to somebody who is not signed in none tells anything."""

import uuid
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import timezone

from concerted.organisations.models import Membership, Organisation, Person
from concerted.web.headers import HEADERS

OPEN: Final = {"account_login", "account_inactive", "health"}
"""What answers whoever asks: one signs in, is told that one cannot, asks whether it works. A new one needs a reason."""
NAMES: Final = ("Northvale Hidden Unit", "Asha Hidden", "asha.hidden@northvale.example")
_SAMPLES: Final[dict[type, str]] = {IntConverter: "1", UUIDConverter: str(uuid.UUID(int=1))}


def addresses(resolver: URLResolver | None = None, above: str = "/") -> Iterator[tuple[str, str]]:
    """The name of each address, and a path that leads there."""
    for one in (resolver or get_resolver()).url_patterns:
        path = above + _filled(one)
        if isinstance(one, URLResolver):
            yield from addresses(one, path)
        else:
            yield one.name or path, path


def _filled(one: URLPattern | URLResolver) -> str:
    """The part of a path, with something where a record is named."""
    route = str(one.pattern)
    for name, converter in one.pattern.converters.items():
        begin = route.index("<")
        end = route.index(">") + 1
        assert name in route[begin:end]
        route = route[:begin] + _SAMPLES.get(type(converter), "x") + route[end:]
    return route


EVERY: Final = sorted(addresses())


@pytest.fixture
def somebody() -> Person:
    """Whom no page may name."""
    person = Person.objects.create_user(NAMES[2], "three words apart 7", name=NAMES[1])
    organisation = Organisation.objects.create(name=NAMES[0], family="police")
    Membership.objects.create(
        person=person, organisation=organisation, role="sio", asked=timezone.now(), begins=timezone.now()
    )
    return person


def test_the_walk_meets_the_addresses() -> None:
    assert {"start", "health", "account_login", "mfa_remove_webauthn"} <= {name for name, _ in EVERY}
    assert all("<" not in path for _, path in EVERY)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "path"), EVERY, ids=[path for _, path in EVERY])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_told_nothing(
    somebody: Person, name: str, path: str, method: str
) -> None:
    response: Any = getattr(Client(raise_request_exception=False), method)(path)
    allowed = {302, 404, 405} | ({200} if name in OPEN else set())
    assert response.status_code in allowed, response.status_code
    if response.status_code == 302:
        assert response.headers["Location"].startswith("/")
        assert not response.headers["Location"].startswith("//")
    assert {one: response.headers.get(one) for one in HEADERS} == HEADERS
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    said = response.content.decode() + str(response.headers)
    assert [one for one in NAMES if one in said] == []
