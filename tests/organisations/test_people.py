"""Inviting, giving roles with a second person, suspending, leaving: what is done, and what is refused in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from concerted.audit.acting import Acting
from concerted.audit.models import Link
from concerted.common import clock
from concerted.organisations import selectors, services
from concerted.organisations.models import Acquaintance, Invitation, Membership, Organisation, Person
from concerted.organisations.rules import NotAllowedError
from concerted.outbox.models import Item
from tests.organisations.conftest import SET_UP, acts, member

pytestmark = pytest.mark.django_db
NOBODY = Acting(None, None, "", "", "192.0.2.9")
LONG = "quite a long one, 7 words in all"


def events() -> int:
    return Link.objects.count()


def invited(by: Membership, email: str, role: str = "analyst") -> Membership:
    token = services.invite(acts(by), by.organisation_id, email, "New Person", role)
    return services.accept_invitation(NOBODY, token, LONG)


def test_who_is_invited_waits_for_a_second_person_where_the_role_reads_cases(
    administrator: Membership, second: Membership
) -> None:
    made = invited(administrator, "new@northvale.example")
    assert [*selectors.memberships_now(made.person)] == []
    assert [*selectors.waiting(made.organisation_id)] == [made]
    with pytest.raises(NotAllowedError, match="a second person must agree"):
        services.agree(acts(administrator), made.pk)
    services.agree(acts(second), made.pk)
    assert [*selectors.memberships_now(made.person)] == [made]
    with pytest.raises(NotAllowedError, match="does not wait any more"):
        services.agree(acts(second), made.pk)


def test_a_role_that_reads_no_case_begins_at_once(administrator: Membership) -> None:
    made = invited(administrator, "new@northvale.example", "data_protection_officer")
    assert [*selectors.memberships_now(made.person)] == [made]


def test_where_there_is_one_administrator_whoever_reviews_access_agrees(administrator: Membership) -> None:
    reviews = member(administrator.organisation, "supervisor", "supervisor@northvale.example")
    made = invited(administrator, "new@northvale.example")
    services.agree(acts(reviews), made.pk)
    assert selectors.memberships_now(made.person).exists()


def test_a_second_person_may_refuse(administrator: Membership, second: Membership) -> None:
    made = invited(administrator, "new@northvale.example")
    services.refuse(acts(second), made.pk, "not known here")
    assert not selectors.waiting(made.organisation_id).exists()
    assert selectors.roles_ever(made.person) == set()


def test_an_invitation_works_once_and_ends(administrator: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    who = acts(administrator)
    token = services.invite(who, administrator.organisation_id, "New@Northvale.example ", "New  Person", "analyst")
    [mail] = Item.objects.all()
    assert (mail.notice, mail.address, mail.link) == ("invitation", "new@northvale.example", f"/invitations/{token}/")
    assert token not in str(Invitation.objects.values_list().get())
    found = selectors.invitation_of(token)
    assert found
    assert (found.name, found.email) == ("New Person", "new@northvale.example")
    with pytest.raises(ValidationError):
        services.accept_invitation(NOBODY, token, "password1234")
    services.accept_invitation(NOBODY, token, LONG)
    assert selectors.invitation_of(token) is None
    with pytest.raises(NotAllowedError, match="ended, or was used"):
        services.accept_invitation(NOBODY, token, LONG)
    late = services.invite(who, administrator.organisation_id, "late@northvale.example", "Late", "analyst")
    withdrawn = services.invite(who, administrator.organisation_id, "no@northvale.example", "No", "analyst")
    services.withdraw_invitation(who, Invitation.objects.get(email="no@northvale.example").pk)
    assert selectors.invitation_of(withdrawn) is None
    assert [one.email for one in selectors.invitations(administrator.organisation_id)] == ["late@northvale.example"]
    at = clock.now() + services.INVITED_FOR
    monkeypatch.setattr(clock, "now", lambda: at)
    assert selectors.invitation_of(late) is None


def test_whoever_signs_in_here_already_accepts_signed_in(administrator: Membership, charity: Organisation) -> None:
    there = member(charity, "independent_adviser", "adviser@opendoor.example")
    role = "data_protection_officer"
    token = services.invite(acts(administrator), administrator.organisation_id, there.person.email, "A", role)
    with pytest.raises(NotAllowedError, match="signs in here already"):
        services.accept_invitation(NOBODY, token, LONG)
    services.accept_invitation(acts(there), token)
    assert {one.role for one in selectors.memberships_now(there.person)} == {"independent_adviser", role}


def test_nobody_gives_themselves_anything(administrator: Membership, second: Membership) -> None:
    who, own = acts(administrator), administrator.organisation_id
    for act in (
        lambda: services.grant_role(who, administrator.person_id, own, "analyst"),
        lambda: services.invite(who, own, administrator.person.email, "Me", "analyst"),
    ):
        with pytest.raises(NotAllowedError, match="to themselves"):
            act()
    services.suspend(acts(second), administrator.pk, "while it is looked at")
    with pytest.raises(NotAllowedError, match="back to themselves"):
        services.restore(who, administrator.pk)
    services.restore(acts(second), administrator.pk)
    assert selectors.memberships_now(administrator.person).exists()


def test_nobody_manages_another_organisation(administrator: Membership, charity: Organisation) -> None:
    other = member(charity, "team_manager", "manager@opendoor.example")
    who = acts(administrator)
    for act in (
        lambda: services.invite(who, charity.pk, "a@opendoor.example", "A", "team_manager"),
        lambda: services.grant_role(who, other.person_id, charity.pk, "data_officer"),
        lambda: services.suspend(who, other.pk, "no"),
        lambda: services.end_membership(who, other.pk, "no"),
        lambda: services.set_contact_point(who, charity.pk, "in", name="Desk", telephone="07700 900123"),
        lambda: services.change_organisation(who, charity.pk, 1, areas="Northvale"),
    ):
        before = events()
        with pytest.raises(NotAllowedError, match="only an administrator of that organisation"):
            act()
        assert events() == before


def test_roles_are_those_of_the_family_and_those_that_can_sign_in(
    administrator: Membership, charity: Organisation
) -> None:
    own = administrator.organisation_id
    with pytest.raises(NotAllowedError, match="cannot have that role"):
        services.invite(acts(administrator), own, "a@northvale.example", "A", "social_worker")
    with pytest.raises(NotAllowedError, match="cannot have that role"):
        services.invite(acts(administrator), own, "a@northvale.example", "A", "no_such_role")
    with pytest.raises(NotAllowedError, match="nobody can sign in with that role yet"):
        services.invite(SET_UP, charity.pk, "a@opendoor.example", "A", "listener")
    with pytest.raises(NotAllowedError, match="no e-mail address"):
        services.invite(acts(administrator), own, "a at northvale", "A", "analyst")


def test_roles_that_exclude_each_other_do_so_for_good_and_everywhere(charity: Organisation) -> None:
    was = member(charity, "listener", "listener@opendoor.example")
    was.ends = clock.now()
    was.save()
    elsewhere = Organisation.objects.create(name="Another charity", family="third_sector")
    by = member(elsewhere, "organisation_administrator", "administrator@another.example")
    with pytest.raises(NotAllowedError, match="excludes this one"):
        services.grant_role(acts(by), was.person_id, elsewhere.pk, "independent_adviser")


def test_whoever_leaves_loses_the_role_and_is_told(administrator: Membership, second: Membership) -> None:
    services.end_membership(acts(administrator), second.pk, "left")
    assert not selectors.memberships_now(second.person).exists()
    assert Item.objects.filter(notice="membership_ended", recipient=second.person_id).exists()
    services.end_membership(acts(administrator), second.pk, "again")
    second.refresh_from_db()
    assert second.why == "left"
    with pytest.raises(NotAllowedError, match="only administrator"):
        services.end_membership(acts(administrator), administrator.pk, "left")


def test_a_person_may_leave_by_themselves(administrator: Membership) -> None:
    analyst = member(administrator.organisation, "analyst", "analyst@northvale.example")
    services.end_membership(acts(analyst), analyst.pk, "moved on")
    assert not selectors.memberships_now(analyst.person).exists()
    with pytest.raises(NotAllowedError, match="has ended"):
        services.suspend(acts(administrator), analyst.pk, "late")


def test_a_suspended_role_does_not_count(administrator: Membership) -> None:
    analyst = member(administrator.organisation, "analyst", "analyst@northvale.example")
    services.suspend(acts(administrator), analyst.pk, "while it is looked at")
    before = events()
    services.suspend(acts(administrator), analyst.pk, "twice")
    assert events() == before
    assert not selectors.memberships_now(analyst.person).exists()
    services.restore(acts(administrator), analyst.pk)
    assert selectors.memberships_now(analyst.person).exists()
    Person.objects.filter(pk=analyst.person_id).update(is_active=False)
    assert not selectors.memberships_now(Person.objects.get(pk=analyst.person_id)).exists()


def test_a_role_is_given_once(administrator: Membership) -> None:
    analyst = member(administrator.organisation, "analyst", "analyst@northvale.example")
    with pytest.raises(NotAllowedError, match="they have that role here"):
        services.grant_role(acts(administrator), analyst.person_id, analyst.organisation_id, "analyst")
    more = services.grant_role(acts(administrator), analyst.person_id, analyst.organisation_id, "investigator")
    assert str(more) == "analyst, Investigator at Northvale Police"


def test_people_declare_whom_they_know(administrator: Membership, second: Membership) -> None:
    made = services.declare_acquaintance(acts(administrator), " A Neighbour ", "lives next door")
    assert str(made) == "A Neighbour"
    services.end_acquaintance(acts(second), made.pk)
    assert Acquaintance.objects.get().ended is None
    services.end_acquaintance(acts(administrator), made.pk)
    assert Acquaintance.objects.get().ended == clock.now()
    with pytest.raises(NotAllowedError, match="signed in"):
        services.declare_acquaintance(NOBODY, "A", "b")


def test_a_contact_point_is_due_after_ninety_days(administrator: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    who, own = acts(administrator), administrator.organisation_id
    with pytest.raises(NotAllowedError, match="no such contact point"):
        services.confirm_contact_point(who, own, "in")
    made = services.set_contact_point(who, own, "in", name="Referral desk", telephone="07700 900123")
    assert str(made) == "Referral desk, in hours"
    assert not selectors.contact_points_due(own).exists()
    at = clock.now() + timedelta(days=90)
    monkeypatch.setattr(clock, "now", lambda: at)
    assert [*selectors.contact_points_due(own)] == [made]
    services.confirm_contact_point(who, own, "in")
    assert not selectors.contact_points_due(own).exists()


def test_only_the_instances_administrator_creates_organisations(
    oversight: Membership, administrator: Membership
) -> None:
    with pytest.raises(NotAllowedError, match="only the instance's administrator"):
        services.create_organisation(acts(administrator), "Ours", "police")
    made = services.create_organisation(
        acts(oversight), " Southmere  Council ", "childrens_services", areas="Southmere"
    )
    assert (str(made), made.areas) == ("Southmere Council", "Southmere")
    with pytest.raises(NotAllowedError, match="of that name already"):
        services.create_organisation(acts(oversight), "southmere council", "police")
    for name, family in (("", "police"), ("New", "fire"), ("New", "public")):
        with pytest.raises(NotAllowedError, match="a name and a family"):
            services.create_organisation(acts(oversight), name, family)
    first = services.invite(acts(oversight), made.pk, "a@southmere.example", "A", "organisation_administrator")
    assert services.accept_invitation(NOBODY, first, LONG).begins
    with pytest.raises(NotAllowedError, match="only an administrator of that organisation"):
        services.invite(acts(oversight), made.pk, "b@southmere.example", "B", "social_worker")
    assert made in selectors.organisations()


def test_the_second_who_saves_is_told(administrator: Membership) -> None:
    who, own = acts(administrator), administrator.organisation_id
    services.change_organisation(who, own, 1, areas="Northvale")
    with pytest.raises(NotAllowedError, match="somebody else has changed this"):
        services.change_organisation(who, own, 1, areas="Elsewhere")
    assert Organisation.objects.get(pk=own).areas == "Northvale"
