"""A person who signs in, with a password and a code."""

import base64
from dataclasses import dataclass
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from concerted.common import clock
from concerted.organisations.models import Membership, Organisation, Person

PASSWORD = "quite a long one, 7 words in all"
SECRET = base64.b32encode(b"01234567890123456789").decode()


@dataclass
class SignsIn:
    """Somebody, and the browser they use."""

    person: Person
    client: Client
    membership: Membership

    def with_code(self) -> None:
        """Codes of an authenticator app are set up."""
        TOTP.activate(self.person, SECRET)

    def password(self, password: str = PASSWORD) -> int:
        """Write address and password. Gives the answer's status."""
        given = {"login": self.person.email, "password": password}
        return self.client.post("/sign-in/", given).status_code

    def code(self, ahead: int = 0) -> str:
        """What the app shows, so many half minutes ahead."""
        return str(format_hotp_value(hotp_value(SECRET, int(clock.now().timestamp()) // 30 + ahead)))

    def signed_in(self) -> bool:
        """Whether the session is this person's."""
        return self.client.session.get("_auth_user_id") == str(self.person.pk)

    def has(self, kind: str) -> Authenticator:
        """One that is just there."""
        return Authenticator.objects.create(user=self.person, type=kind, data={})


@pytest.fixture
def officer(db: None) -> SignsIn:
    return person("officer@force.example", "investigator")


@pytest.fixture
def administrator(db: None) -> SignsIn:
    return person("administrator@force.example", "organisation_administrator")


def person(email: str, role: str) -> SignsIn:
    """In an organisation of that name's own."""
    made = Person.objects.create_user(email, PASSWORD, name=email.partition("@")[0].title())
    organisation = Organisation.objects.create(name=f"The organisation of {email}", family="police")
    since = timezone.now() - timedelta(days=1)
    membership = Membership.objects.create(person=made, organisation=organisation, role=role, asked=since, begins=since)
    return SignsIn(made, Client(), membership)
