"""A password and a second factor, for everyone; a lock-out that ends; what each of it leaves behind."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from concerted.common import clock
from concerted.instance.models import Store
from concerted.outbox.models import Item
from concerted.web.signing_in import factors
from concerted.web.signing_in.forms import code_now
from tests.web.signing_in.conftest import PASSWORD, SECRET, SignsIn

OPENS = "/sign-in/sessions/"  # a page like any other


def test_password_then_code(officer: SignsIn) -> None:
    officer.with_code()
    assert officer.password() == 302
    assert not officer.signed_in()
    assert officer.client.post("/sign-in/code/", {"code": officer.code()}).status_code == 302
    assert officer.signed_in()
    assert officer.client.get(OPENS).status_code == 200


def test_a_code_counts_once(officer: SignsIn) -> None:
    officer.with_code()
    code = officer.code()
    for client in (Client(), Client()):
        officer.client = client
        officer.password()
        client.post("/sign-in/code/", {"code": code})
    assert not officer.signed_in()


def test_what_is_wrong_is_refused_in_the_same_words_whoever_it_is(officer: SignsIn) -> None:
    wrong = officer.client.post("/sign-in/", {"login": officer.person.email, "password": "wrong"})
    nobody = Client().post("/sign-in/", {"login": "nobody@force.example", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 200
    told = [answer.context["form"].errors.as_text() for answer in (wrong, nobody)]
    assert told[0] == told[1]
    assert not officer.signed_in()


def test_a_lock_out_ends_by_itself(officer: SignsIn, monkeypatch: pytest.MonkeyPatch) -> None:
    officer.with_code()
    for _ in range(6):
        officer.password("wrong")
    assert officer.password() in {200, 429}
    assert "mfa" not in str(officer.client.session.get("account_login", ""))
    later = clock.now().timestamp() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert officer.password() == 302


def test_nothing_opens_until_a_second_factor_is_there(officer: SignsIn) -> None:
    assert officer.password() == 302
    assert officer.client.get(OPENS)["Location"] == "/sign-in/second-factor/"
    page = officer.client.get("/sign-in/second-factor/")
    assert b"Add a passkey" in page.content
    assert b"authenticator app" in page.content
    officer.with_code()
    assert officer.client.get(OPENS).status_code == 200
    assert officer.client.get("/sign-in/second-factor/").status_code == 302


def test_of_an_administrator_a_passkey_is_required(administrator: SignsIn) -> None:
    administrator.with_code()
    administrator.password()
    administrator.client.post("/sign-in/code/", {"code": administrator.code()})
    assert administrator.client.get(OPENS)["Location"] == "/sign-in/second-factor/"
    assert b"authenticator app" not in administrator.client.get("/sign-in/second-factor/").content
    administrator.has(Authenticator.Type.WEBAUTHN)
    assert administrator.client.get(OPENS).status_code == 200


def test_the_last_factor_that_a_role_needs_stays(officer: SignsIn, administrator: SignsIn) -> None:
    code, key = officer.has(Authenticator.Type.TOTP), administrator.has(Authenticator.Type.WEBAUTHN)
    administrator.has(Authenticator.Type.TOTP)
    assert not factors.may_remove(code)
    assert not factors.may_remove(key)
    assert factors.may_remove(administrator.has(Authenticator.Type.RECOVERY_CODES))
    more = administrator.has(Authenticator.Type.WEBAUTHN)
    assert factors.may_remove(key)
    assert factors.may_remove(more)
    officer.has(Authenticator.Type.WEBAUTHN)
    assert factors.may_remove(code)


def test_a_role_that_ends_ends_what_its_person_may_open_with_the_next_click(officer: SignsIn) -> None:
    officer.with_code()
    officer.client.force_login(officer.person)
    assert officer.client.get(OPENS).status_code == 200
    officer.membership.ends = timezone.now() - timedelta(seconds=1)
    officer.membership.save()
    answer = officer.client.get(OPENS)
    assert answer.status_code == 403
    assert b"You have no role now" in answer.content
    assert officer.client.post("/sign-in/out/").status_code == 302
    assert not officer.signed_in()


def test_a_secret_is_not_stored_as_it_is(officer: SignsIn) -> None:
    officer.with_code()
    [one] = Authenticator.objects.filter(user=officer.person)
    assert SECRET not in str(one.data)
    assert code_now(officer.person) == officer.code()


def test_nobody_signs_up_or_sets_a_new_password_by_mail_alone() -> None:
    for path in ("/sign-in/signup/", "/sign-in/password/reset/", "/accounts/signup/"):
        assert Client().get(path).status_code == 404


def test_a_person_is_told_when_their_way_to_sign_in_changes(officer: SignsIn) -> None:
    officer.with_code()
    officer.password()
    officer.client.post("/sign-in/code/", {"code": officer.code()})
    given = {"oldpassword": PASSWORD, "password1": "another of them, 8 words", "password2": "another of them, 8 words"}
    assert officer.client.post("/sign-in/password/", given).status_code == 302
    [item] = Item.objects.all()
    assert (item.notice, item.address, item.recipient) == ("sign_in_changed", officer.person.email, officer.person.pk)


@pytest.mark.parametrize("password", ["password1234", "officer@force", "short"])
def test_a_password_that_others_would_guess_is_refused(officer: SignsIn, password: str) -> None:
    officer.with_code()
    officer.password()
    officer.client.post("/sign-in/code/", {"code": officer.code()})
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert officer.client.post("/sign-in/password/", given).status_code == 200
    officer.person.refresh_from_db()
    assert officer.person.check_password(PASSWORD)


@pytest.mark.parametrize("kind", ["demonstration", "working"])
def test_only_in_a_demonstration_the_code_stands_in_its_field_and_is_one_that_still_counts(
    officer: SignsIn, kind: str
) -> None:
    Store.objects.create(kind=kind, since=clock.now())
    officer.with_code()
    for _ in range(2):
        officer.client = Client()
        officer.password()
        page = officer.client.get("/sign-in/code/")
        filled = page.context["form"]["code"].value()
        if kind == "working":
            assert not filled
        else:
            assert f'value="{filled}"'.encode() in page.content
            officer.client.post("/sign-in/code/", {"code": filled})
            assert officer.signed_in()
