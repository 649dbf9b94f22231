"""Two organisations with an administrator each, and who acts."""

from collections.abc import Callable
from datetime import datetime

import pytest

from concerted.audit.acting import Acting
from concerted.common import clock
from concerted.organisations.models import Membership, Organisation, Person

Acts = Callable[[Membership], Acting]
SET_UP = Acting(None, None, "", "", "here", "set-up")


def acts(membership: Membership) -> Acting:
    """In that role."""
    return Acting(membership.person_id, membership.organisation_id, membership.role, "", "192.0.2.7")


def member(organisation: Organisation, role: str, email: str) -> Membership:
    """Somebody who is just there."""
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, name=email.split("@")[0])
    now = clock.now()
    return Membership.objects.create(person=person, organisation=organisation, role=role, asked=now, begins=now)


@pytest.fixture
def force(db: None, frozen_clock: datetime) -> Organisation:
    return Organisation.objects.create(name="Northvale Police", family="police")


@pytest.fixture
def charity(db: None, frozen_clock: datetime) -> Organisation:
    return Organisation.objects.create(name="Open Door", family="third_sector")


@pytest.fixture
def administrator(force: Organisation) -> Membership:
    return member(force, "organisation_administrator", "administrator@northvale.example")


@pytest.fixture
def second(force: Organisation) -> Membership:
    return member(force, "organisation_administrator", "second@northvale.example")


@pytest.fixture
def oversight(db: None, frozen_clock: datetime) -> Membership:
    host = Organisation.objects.create(name="The host", family="oversight")
    return member(host, "instance_administrator", "host@host.example")
