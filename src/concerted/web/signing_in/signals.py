"""django-allauth tells of what happened by signals alone; each leaves its event here. `WebConfig` connects them."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import user_logged_in, user_logged_out
from django.http import HttpRequest

from concerted.audit.acts import Act
from concerted.organisations.models import Person
from concerted.web.signing_in import events


def connect() -> None:
    """Once, when the application starts."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    mfa.authentication_failed.connect(_factor_refused)
    mfa.authenticator_added.connect(_added)
    mfa.authenticator_removed.connect(_removed)
    mfa.authenticator_reset.connect(_reset)
    account.password_changed.connect(_password_changed)


def _signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    events.signed_in(request, user)


def _signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    if user is not None:
        events.signed_out(request, user)


def _factor_refused(request: HttpRequest, user: Person, **_: Any) -> None:
    events.refused(request, user.email)


def _added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    events.factor_changed(request, user, Act.FACTOR_ADDED, authenticator.type)


def _removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    events.factor_changed(request, user, Act.FACTOR_REMOVED, authenticator.type)


def _reset(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    events.factor_changed(request, user, Act.FACTOR_CHANGED, authenticator.type)


def _password_changed(request: HttpRequest, user: Person, **_: Any) -> None:
    events.factor_changed(request, user, Act.PASSWORD_CHANGED, "password")
