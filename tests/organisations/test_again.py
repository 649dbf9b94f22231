"""A role or an invitation that ended ends again where a backup was brought back that does not know of it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from concerted.audit.acting import Acting
from concerted.audit.models import Payload
from concerted.instance import endings
from concerted.instance.models import WORKING
from concerted.instance.services import set_up
from concerted.organisations import again, selectors, services
from concerted.organisations.models import Invitation, Membership
from concerted.organisations.selectors import memberships_now

SET_UP = Acting(None, None, "", "", "a terminal", system="set-up")
BACKUP = Acting(None, None, "", "", "a terminal", system="backup")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token() -> str:
    """Of an invitation of an investigator."""
    set_up(SET_UP, WORKING)
    police = services.create_organisation(SET_UP, "Northvale Police", "police")
    return services.invite(SET_UP, police.pk, "asha@northvale.example", "Asha Example", "investigator")


@pytest.fixture
def member(token: str) -> Membership:
    return services.accept_invitation(SET_UP, token, "three words apart 7")


def acts() -> list[str]:
    return [one for one in Payload.objects.values_list("content", flat=True) if again.WHY in one]


def test_a_role(member: Membership, frozen_clock: datetime) -> None:
    assert again.membership(BACKUP, member.pk, frozen_clock)
    assert not again.membership(BACKUP, member.pk, frozen_clock + timedelta(days=1))
    member.refresh_from_db()
    assert member.ends == frozen_clock
    assert not memberships_now(member.person).exists()
    assert len(acts()) == 1


def test_a_role_that_was_suspended(member: Membership, frozen_clock: datetime) -> None:
    assert again.suspension(BACKUP, member.pk, frozen_clock)
    assert not again.suspension(BACKUP, member.pk, frozen_clock)
    assert not memberships_now(member.person).exists()


def test_an_invitation(token: str, frozen_clock: datetime) -> None:
    invited = Invitation.objects.get()
    assert again.invitation(BACKUP, invited.pk, frozen_clock)
    assert selectors.invitation_of(token) is None
    assert not again.invitation(BACKUP, invited.pk, frozen_clock)


def test_each_of_them_is_noted_when_it_ends(token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(endings.NAME, str(tmp_path / "endings"))
    member = services.accept_invitation(SET_UP, token, "three words apart 7")
    services.suspend(SET_UP, member.pk, "away")
    services.end_membership(SET_UP, member.pk, "left")
    other = services.invite(SET_UP, member.organisation_id, "ben@northvale.example", "Ben Example", "investigator")
    found = selectors.invitation_of(other)
    assert found
    services.withdraw_invitation(SET_UP, found.pk)
    kinds = [line.split('"kind": "')[1].split('"')[0] for line in (tmp_path / "endings").read_text().splitlines()]
    assert kinds == ["invitation", "suspension", "membership", "invitation"]
