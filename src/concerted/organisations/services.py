"""Changes to organisations and to who belongs to them. Each leaves its event; each refusal is said in words."""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common import clock
from concerted.instance.endings import note
from concerted.organisations import selectors
from concerted.organisations.models import Acquaintance, ContactPoint, Invitation, Membership, Organisation, Person
from concerted.organisations.rules import (
    FIRST,
    SET_UP,
    NotAllowedError,
    check_agrees,
    check_manages,
    check_person,
    check_role,
    may,
    waits,
)
from concerted.outbox.services import send
from concerted.reference.roles import FAMILIES

INVITED_FOR: Final = timedelta(days=7)


@transaction.atomic
def create_organisation(acting: Acting, name: str, family: str, **details: str) -> Organisation:
    """A new organisation, by the instance's administrator. details: areas, controller, registration."""
    if acting.system not in SET_UP and not may(acting, "create_organisation"):
        raise NotAllowedError("only the instance's administrator creates organisations", mend="ask them")
    name = " ".join(name.split())
    if not name or family not in FAMILIES or family == "public":
        raise NotAllowedError("an organisation needs a name and a family of the list", mend="give both")
    if Organisation.objects.filter(name__iexact=name).exists():
        raise NotAllowedError("there is an organisation of that name already", mend="choose another name")
    made = Organisation.objects.create(name=name, family=family, **details)
    record(acting, Act.ORGANISATION_CREATED, [_of("organisation", made.pk)], family=family)
    return made


@transaction.atomic
def change_organisation(acting: Acting, organisation: UUID, version: int, **details: str) -> None:
    """Areas, controller or registration, by its administrator. version: what the page showed; NotAllowedError where
    somebody else has changed it since."""
    found = Organisation.objects.get(pk=organisation)
    check_manages(acting, found)
    changed = Organisation.objects.filter(pk=organisation, version=version).update(version=version + 1, **details)
    _check_changed(changed)
    record(acting, Act.ORGANISATION_CHANGED, [_of("organisation", organisation)], fields=sorted(details))


@transaction.atomic
def set_contact_point(acting: Acting, organisation: UUID, hours: str, **details: str) -> ContactPoint:
    """Where the organisation is reached, in hours or out of hours, which confirms it. details: name, telephone,
    email."""
    found = Organisation.objects.get(pk=organisation)
    check_manages(acting, found)
    confirmed = {"confirmed": clock.now(), "confirmed_by": acting.person}
    made, _ = ContactPoint.objects.update_or_create(organisation=found, hours=hours, defaults={**details, **confirmed})
    record(acting, Act.CONTACT_CONFIRMED, [_of("organisation", organisation)], hours=hours, set=True)
    return made


@transaction.atomic
def confirm_contact_point(acting: Acting, organisation: UUID, hours: str) -> None:
    """It is still right."""
    check_manages(acting, Organisation.objects.get(pk=organisation))
    found = ContactPoint.objects.filter(organisation=organisation, hours=hours)
    if not found.update(confirmed=clock.now(), confirmed_by=acting.person):
        raise NotAllowedError("there is no such contact point", mend="set it first")
    record(acting, Act.CONTACT_CONFIRMED, [_of("organisation", organisation)], hours=hours, set=False)


@transaction.atomic
def invite(acting: Acting, organisation: UUID, email: str, name: str, role: str) -> str:
    """Invite somebody to sign in. Gives the token of the link, which stands nowhere else but in the mail."""
    found, email = Organisation.objects.get(pk=organisation), email.strip().lower()
    check_manages(acting, found, role)
    check_role(found, role)
    _check_address(email)
    person = Person.objects.filter(email=email).first()
    if person:
        check_person(acting, person, role)
    token, now = secrets.token_urlsafe(24), clock.now()
    made = Invitation.objects.create(
        organisation=found,
        email=email,
        name=" ".join(name.split()),
        role=role,
        digest=selectors.digest_of(token),
        invited_by=acting.person,
        invited=now,
        expires=now + INVITED_FOR,
    )
    send(acting, "invitation", email, recipient=person.pk if person else made.pk, link=f"/invitations/{token}/")
    record(acting, Act.PERSON_INVITED, [_of("invitation", made.pk)], role=role)
    return token


@transaction.atomic
def accept_invitation(acting: Acting, token: str, password: str = "") -> Membership:
    """By the invited person: signed in, where they have an address here already; else with the password that they
    choose. The role begins, or waits for a second person. ValidationError for a password that others would guess."""
    found = Invitation.objects.select_for_update().filter(digest=selectors.digest_of(token), ended__isnull=True).first()
    if found is None or found.expires <= clock.now():
        raise NotAllowedError("this invitation has ended, or was used", mend="ask for a new one")
    person = Person.objects.filter(email=found.email).first()
    if person is None:
        person = Person(email=found.email, name=found.name)
        validate_password(password, person)
        person.set_password(password)
        person.save()
    elif acting.person != person.pk:
        raise NotAllowedError("somebody with that address signs in here already", mend="sign in, then open the link")
    found.ended, found.accepted_by = clock.now(), person.pk
    found.save()
    note("invitation", found.pk, found.ended)
    system = "" if found.invited_by else "set-up"
    inviter = Acting(found.invited_by, found.organisation_id, "", "", acting.where, system)
    check_person(inviter, person, found.role)
    made = _asked(inviter, person, found.organisation, found.role)
    as_them = Acting(person.pk, found.organisation_id, "", "", acting.where)
    record(as_them, Act.INVITATION_ACCEPTED, [_of("invitation", found.pk), _of("membership", made.pk)])
    return made


@transaction.atomic
def withdraw_invitation(acting: Acting, invitation: UUID) -> None:
    """It can no longer be accepted."""
    found = Invitation.objects.select_related("organisation").get(pk=invitation)
    check_manages(acting, found.organisation, found.role)
    if found.ended is None:
        now = clock.now()
        Invitation.objects.filter(pk=invitation).update(ended=now)
        note("invitation", invitation, now)
        record(acting, Act.INVITATION_WITHDRAWN, [_of("invitation", invitation)])


@transaction.atomic
def grant_role(acting: Acting, person: UUID, organisation: UUID, role: str) -> Membership:
    """One more role for somebody who signs in here. It begins, or waits for a second person."""
    found, whom = Organisation.objects.get(pk=organisation), Person.objects.get(pk=person)
    check_manages(acting, found, role)
    check_role(found, role)
    check_person(acting, whom, role)
    if selectors.people_of(organisation).filter(person=whom, role=role).exists():
        raise NotAllowedError("they have that role here, or it waits for a second person", mend="choose another")
    return _asked(acting, whom, found, role)


@transaction.atomic
def agree(acting: Acting, membership: UUID) -> None:
    """The second person agrees to a role, which begins now."""
    found = _locked(membership)
    _check_waits(found)
    check_agrees(acting, found)
    check_person(acting, found.person, found.role)
    found.begins, found.agreed_by = clock.now(), acting.person
    found.save()
    record(acting, Act.MEMBERSHIP_AGREED, _whom(found), role=found.role)


@transaction.atomic
def refuse(acting: Acting, membership: UUID, why: str) -> None:
    """The second person does not agree."""
    found = _locked(membership)
    _check_waits(found)
    check_agrees(acting, found)
    found.ends, found.ended_by, found.why = clock.now(), acting.person, why[:300]
    found.save()
    record(acting, Act.MEMBERSHIP_REFUSED, _whom(found), role=found.role)


@transaction.atomic
def suspend(acting: Acting, membership: UUID, why: str) -> None:
    """A role stops to count at once, until it is restored."""
    found = _managed(acting, membership)
    if found.suspended is None:
        found.suspended, found.why = clock.now(), why[:300]
        found.save()
        note("suspension", found.pk, found.suspended)
        record(acting, Act.PERSON_SUSPENDED, _whom(found), role=found.role)


@transaction.atomic
def restore(acting: Acting, membership: UUID) -> None:
    """A suspended role counts again: by another than its own person."""
    found = _managed(acting, membership)
    if found.person_id == acting.person:
        raise NotAllowedError("nobody gives a role back to themselves", mend="ask another administrator")
    if found.suspended is not None:
        found.suspended = None
        found.save()
        record(acting, Act.PERSON_RESTORED, _whom(found), role=found.role)


@transaction.atomic
def end_membership(acting: Acting, membership: UUID, why: str) -> None:
    """Somebody leaves, or a role is taken back: by an administrator, or by themselves. What they have open ends with
    their next click. The last administrator of an organisation stays until there is another."""
    found = _locked(membership)
    if found.person_id != acting.person:
        check_manages(acting, found.organisation, found.role)
    _check_not_last(found)
    if found.ends is None:
        found.ends, found.ended_by, found.why = clock.now(), acting.person, why[:300]
        found.save()
        note("membership", found.pk, found.ends)
        send(acting, "membership_ended", found.person.email, recipient=found.person_id)
        record(acting, Act.MEMBERSHIP_ENDED, _whom(found), role=found.role)


@transaction.atomic
def choose_membership(acting: Acting, membership: UUID) -> Membership:
    """Go on in another of one's own roles. NotAllowedError where it is not one that counts now."""
    found = selectors.memberships_now(_oneself(acting)).filter(pk=membership).first()
    if found is None:
        raise NotAllowedError("that is no role that you have now", mend="choose one of those listed")
    record(acting, Act.ROLE_SWITCHED, [_of("membership", found.pk)])
    return found


@transaction.atomic
def declare_acquaintance(acting: Acting, name: str, how: str) -> Acquaintance:
    """Say that one knows somebody who may be in the records."""
    person = _oneself(acting)
    made = Acquaintance.objects.create(person=person, name=name.strip(), how=how.strip(), declared=clock.now())
    record(acting, Act.INTEREST_DECLARED, [_of("acquaintance", made.pk)])
    return made


@transaction.atomic
def end_acquaintance(acting: Acting, acquaintance: UUID) -> None:
    """Take a declaration of one's own back."""
    own = Acquaintance.objects.filter(pk=acquaintance, person=_oneself(acting), ended__isnull=True)
    if own.exists():
        own.update(ended=clock.now())
        record(acting, Act.INTEREST_ENDED, [_of("acquaintance", acquaintance)])


def _asked(acting: Acting, person: Person, organisation: Organisation, role: str) -> Membership:
    now, later = clock.now(), waits(role, acting)
    begins = None if later else now
    made = Membership.objects.create(
        person=person, organisation=organisation, role=role, asked=now, asked_by=acting.person, begins=begins
    )
    record(acting, Act.MEMBERSHIP_ASKED if later else Act.MEMBERSHIP_BEGUN, _whom(made), role=role)
    return made


def _oneself(acting: Acting) -> Person:
    found = Person.objects.filter(pk=acting.person).first() if acting.person else None
    if found is None:
        raise NotAllowedError("only somebody who is signed in may do this", mend="sign in")
    return found


def _locked(membership: UUID) -> Membership:
    """It, while nobody else changes it. Membership.DoesNotExist."""
    alone = Membership.objects.select_for_update(of=("self",))
    return alone.select_related("person", "organisation").get(pk=membership)


def _managed(acting: Acting, membership: UUID) -> Membership:
    found = _locked(membership)
    check_manages(acting, found.organisation, found.role)
    if found.ends is not None or found.begins is None:
        raise NotAllowedError("this role has ended, or has not begun", mend="look at the list again")
    if found.suspended is None:
        _check_not_last(found)
    return found


def _check_not_last(found: Membership) -> None:
    counts = found.begins is not None and found.suspended is None and found.ends is None
    if counts and found.role == FIRST and selectors.administrators_now(found.organisation_id) < 2:
        raise NotAllowedError(
            "this is the organisation's only administrator", mend="give somebody else that role first"
        )


def _check_waits(found: Membership) -> None:
    if found.begins is not None or found.ends is not None:
        raise NotAllowedError("this role does not wait any more", mend="look at the list again")


def _check_changed(rows: int) -> None:
    if not rows:
        raise NotAllowedError("somebody else has changed this since you opened it", mend="open it again")


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise NotAllowedError("that is no e-mail address", mend="correct it") from wrong


def _of(kind: str, one: UUID) -> Subject:
    return Subject(kind, str(one))


def _whom(found: Membership) -> list[Subject]:
    return [_of("person", found.person_id), _of("membership", found.pk)]
