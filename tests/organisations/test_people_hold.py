"""Whatever people do in whatever order: nobody gains by themselves, and what excludes does so for good."""

from typing import Any

import pytest
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from concerted.organisations import selectors, services
from concerted.organisations.models import Membership, Organisation, Person
from concerted.organisations.rules import NotAllowedError
from concerted.reference.roles import roles
from tests.organisations.conftest import acts, member

PEOPLE = st.integers(0, 4)
ROLES = st.sampled_from(
    ["organisation_administrator", "independent_adviser", "listener", "team_manager", "data_protection_officer"]
)


class Belonging(RuleBasedStateMachine):
    """Five people of two charities, who do to each other what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.atomics: Any = TestCase._enter_atomics()  # type: ignore[attr-defined]
        self.places = [Organisation.objects.create(name=f"Charity {n}", family="third_sector") for n in range(2)]
        for number, place in enumerate(self.places):
            member(place, "organisation_administrator", f"person{number}@charity.example")
        member(self.places[0], "listener", "person2@charity.example")
        self.people = [self.person(number) for number in range(5)]

    def person(self, number: int) -> Person:
        email = f"person{number}@charity.example"
        return Person.objects.filter(email=email).first() or Person.objects.create_user(email, name=f"Person {number}")

    def tried(self, who: int, act: Any) -> None:
        """As each of the roles that they have now, until one may."""
        for mine in selectors.memberships_now(self.people[who]):
            try:
                act(acts(mine))
            except NotAllowedError:
                continue
            return

    @rule(who=PEOPLE, whom=PEOPLE, place=st.integers(0, 1), role=ROLES)
    def grant(self, who: int, whom: int, place: int, role: str) -> None:
        self.tried(who, lambda by: services.grant_role(by, self.people[whom].pk, self.places[place].pk, role))

    @rule(who=PEOPLE, data=st.data(), act=st.sampled_from(["agree", "refuse", "suspend", "restore", "end_membership"]))
    def change(self, who: int, data: st.DataObject, act: str) -> None:
        one = data.draw(st.sampled_from([*Membership.objects.order_by("asked", "pk")])).pk
        words = () if act in {"agree", "restore"} else ("why",)
        self.tried(who, lambda by: getattr(services, act)(by, one, *words))

    @invariant()
    def nobody_gained_by_themselves(self) -> None:
        for one in Membership.objects.exclude(asked_by=None):
            assert one.asked_by != one.person_id
            assert one.agreed_by is None or one.agreed_by not in {one.asked_by, one.person_id}
            if one.begins and roles()[one.role].reads_cases:
                assert one.agreed_by

    @invariant()
    def what_excludes_does_so(self) -> None:
        for person in self.people:
            ever = selectors.roles_ever(person)
            assert not any(ever & roles()[one].excludes for one in ever)

    @invariant()
    def each_has_an_administrator(self) -> None:
        assert all(selectors.administrators_now(place.pk) for place in self.places)

    def teardown(self) -> None:
        TestCase._rollback_atomics(self.atomics)  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_people_and_roles_hold() -> None:
    run_state_machine_as_test(
        Belonging,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
