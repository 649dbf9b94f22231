"""Before each page: who acts, that their second factor is there, that they were not away too long."""

from collections.abc import Callable
from typing import Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from concerted.common import clock
from concerted.web.signing_in import acting, factors

Answer = Callable[[HttpRequest], HttpResponse]
SEEN: Final = "seen"  # in the session: when its person did something, in seconds
LOCKED: Final = "locked"  # in the session: when it was locked
NOTED_EVERY: Final = 30  # seconds: so that not every page writes the session
# What a locked or half set-up person may still open, by the names of the addresses.
OPEN: Final = {"account_logout", "health", "still_here", "invitation"}
UNLOCKING: Final = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
SETTING_UP: Final = {"second_factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"} | {
    "mfa_generate_recovery_codes"
}


class ActingMiddleware:
    """Sets `request.acting`. Whoever has no role that counts now is signed out with their next click."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = acting.of_request(request)  # type: ignore[attr-defined]
        if request.user.is_authenticated and request.acting.role == "" and _name(request) not in OPEN:  # type: ignore[attr-defined]
            return acting.without_role(request)
        return self.answer(request)


class IdleMiddleware:
    """After idle time a page opens only to whoever shows again who they are. What they had sent is then taken up."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or _name(request) in OPEN - {"still_here"}:
            return self.answer(request)
        now = clock.now().timestamp()
        if self._locked(request, now):
            if _name(request) in UNLOCKING:
                return self.answer(request)
            answer: HttpResponse = suspend_request(request, reverse("account_reauthenticate"))
            return answer
        if now - request.session.get(SEEN, 0) > NOTED_EVERY:
            request.session[SEEN] = now
        return self.answer(request)

    def _locked(self, request: HttpRequest, now: float) -> bool:
        session = request.session
        if LOCKED not in session and now - session.get(SEEN, now) > settings.IDLE_SECONDS:
            session[LOCKED] = now
        if LOCKED in session and _shown_since(request, session[LOCKED]):
            del session[LOCKED]
            session[SEEN] = now
        return LOCKED in session


class SecondFactorMiddleware:
    """Until a second factor is set up nothing else opens."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        free = OPEN | SETTING_UP | UNLOCKING
        if request.user.is_authenticated and _name(request) not in free and factors.missing(request.user):
            return redirect("second_factor")
        return self.answer(request)


def _name(request: HttpRequest) -> str:
    """The name of the address, of whatever application; empty where there is none."""
    try:
        return resolve(request.path_info).url_name or ""
    except Exception:
        return ""


def _shown_since(request: HttpRequest, when: float) -> bool:
    return any(one["at"] >= when for one in get_authentication_records(request, request.user))
