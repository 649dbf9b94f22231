"""Whoever was away shows again who they are, and finds what they had sent."""

import time
from datetime import timedelta

import pytest
from django.conf import settings

from concerted.common import clock
from tests.web.signing_in.conftest import PASSWORD, SignsIn

OPENS = "/sign-in/sessions/"


@pytest.fixture
def here(officer: SignsIn) -> SignsIn:
    officer.with_code()
    officer.password()
    officer.client.post("/sign-in/code/", {"code": officer.code()})
    assert officer.client.get(OPENS).status_code == 200
    return officer


def pass_by(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both for us and for the library that signs in."""
    at = clock.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(time, "time", at.timestamp)


def test_nothing_opens_after_idle_time_but_the_way_back(here: SignsIn, monkeypatch: pytest.MonkeyPatch) -> None:
    pass_by(settings.IDLE_SECONDS + 1, monkeypatch)
    answer = here.client.get(OPENS)
    assert answer["Location"] == "/sign-in/again/?next=%2Fsign-in%2Fsessions%2F"
    assert here.client.get(OPENS).status_code == 302, "asking again does not open it"
    assert here.client.post("/sign-in/still-here/").status_code == 302, "nor saying so too late"
    assert here.client.post("/sign-in/again/?next=/sign-in/sessions/", {"password": "wrong"}).status_code == 200
    assert here.client.get(OPENS).status_code == 302
    back = here.client.post("/sign-in/again/?next=/sign-in/sessions/", {"password": PASSWORD})
    assert back["Location"] == OPENS
    assert here.client.get(OPENS).status_code == 200


def test_whoever_is_busy_or_says_so_stays(here: SignsIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        pass_by(settings.IDLE_SECONDS - 1, monkeypatch)
        assert here.client.post("/sign-in/still-here/").status_code == 204
    assert here.client.get(OPENS).status_code == 200


def test_what_was_sent_after_idle_time_is_taken_up_once_they_are_back(
    here: SignsIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_by(settings.IDLE_SECONDS + 1, monkeypatch)
    new = "another of them, 8 words"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    where = here.client.post("/sign-in/password/", given)["Location"]
    here.person.refresh_from_db()
    assert here.person.check_password(PASSWORD), "nothing was done while they were away"
    here.client.post(where, {"password": PASSWORD})
    here.person.refresh_from_db()
    assert here.person.check_password(new)
