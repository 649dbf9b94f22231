"""Every page of the application that a person meets, and how one comes to it. Each is looked at by the browser tests,
and its picture stands in the documents."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.web.serving import EMAIL, PASSWORD, SECRET

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Shown(NamedTuple):
    """name: of its picture. path: its address. who: "in" for somebody who is signed in. then: what is done there."""

    name: str
    path: str
    who: str = ""
    then: "Callable[[Page], object] | None" = None


_shown: Final[set[str]] = set()


def code_now(secret: str = SECRET) -> str:
    """What an authenticator app shows that has this key: now, or half a minute from now or before, since each counts
    once."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    before, now, then = (str(format_hotp_value(hotp_value(secret, at))) for at in yield_hotp_counters_from_time())
    code = next((one for one in (now, then, before) if one not in _shown), now)
    _shown.add(code)
    return code


def sign_in(page: "Page") -> None:
    """From the page that asks for address and password to the start page."""
    first_step(page)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What waits for you").wait_for()


def first_step(page: "Page", email: str = EMAIL, password: str = PASSWORD) -> None:
    """On the page that asks for address and password."""
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Continue").click()


def again(page: "Page") -> None:
    """Where something about signing in is changed, one shows first that it is oneself."""
    if page.get_by_role("heading", name="Show that it is you").count():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("heading", name="Show that it is you").wait_for(state="detached")


def _wrong_password(page: "Page") -> None:
    first_step(page, password="not this")
    page.locator(".govuk-error-summary").wait_for()


def _second_step(page: "Page") -> None:
    first_step(page)
    page.get_by_role("heading", name="Enter your code").wait_for()


def nothing_set_up(page: "Page", name: str = "ben") -> None:
    first_step(page, f"{name}@northvale.example")
    page.get_by_role("heading", name="Set up how you sign in").wait_for()


def _app(page: "Page", name: str = "cora") -> None:
    nothing_set_up(page, name)
    page.get_by_role("link", name="Use codes of an authenticator app").click()
    again(page)
    page.get_by_role("heading", name="Set up an authenticator app").wait_for()


def _app_set_up(page: "Page") -> None:
    _app(page, "dan")
    page.get_by_label("Code").fill(code_now(page.locator(".concerted-code").inner_text()))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("heading", name="Codes for recovery").wait_for()


def _passkey(page: "Page") -> None:
    """Chromium's own authenticator takes the place of a device."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    nothing_set_up(page, "eve")
    page.get_by_role("link", name="Add a passkey").click()
    again(page)
    page.get_by_label("Name").fill("Office computer")
    page.get_by_label("Sign in with it without a password").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Codes for recovery").wait_for()
    page.goto(f"{page.url.partition('/sign-in/')[0]}/sign-in/factors/passkeys/")
    page.get_by_role("heading", name="Office computer").wait_for()


def _nothing_given(page: "Page") -> None:
    page.get_by_role("button", name="Change password").click()
    page.locator(".govuk-error-summary").wait_for()


def _send_gallery(page: "Page") -> None:
    page.get_by_role("button", name="Save").click()
    page.locator(".govuk-error-summary").wait_for()


def _forged(page: "Page") -> None:
    """A form whose page was open while the browser lost its cookies."""
    page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="This page was open for too long").wait_for()


PAGES: Final = (
    Shown("sign-in", "/sign-in/"),
    Shown("sign-in-refused", "/sign-in/", then=_wrong_password),
    Shown("second-step", "/sign-in/", then=_second_step),
    Shown("set-up-second-factor", "/sign-in/", then=nothing_set_up),
    Shown("set-up-app", "/sign-in/", then=_app),
    Shown("recovery-codes-once", "/sign-in/", then=_app_set_up),
    Shown("passkey-added", "/sign-in/", then=_passkey),
    Shown("suspended", "/sign-in/suspended/"),
    Shown("start-empty", "/", "in"),
    Shown("sign-out", "/sign-in/out/", "in"),
    Shown("change-password", "/sign-in/password/", "in"),
    Shown("change-password-errors", "/sign-in/password/", "in", _nothing_given),
    Shown("how-you-sign-in", "/sign-in/factors/", "in"),
    Shown("remove-app", "/sign-in/factors/codes/remove/", "in", again),
    Shown("passkeys", "/sign-in/factors/passkeys/", "in"),
    Shown("add-passkey", "/sign-in/factors/passkeys/add/", "in", again),
    Shown("recovery-codes", "/sign-in/factors/recovery/", "in"),
    Shown("new-recovery-codes", "/sign-in/factors/recovery/new/", "in", again),
    Shown("sessions", "/sign-in/sessions/", "in"),
    Shown("people", "/people/", "in"),
    Shown("you", "/me/", "in"),
    Shown("again-password", "/sign-in/again/", "in"),
    Shown("again-code", "/sign-in/again/code/", "in"),
    Shown("error-not-understood", "/tests/strange/"),
    Shown("error-open-too-long", "/sign-in/", then=_forged),
    Shown("error-not-found", "/nowhere/", "in"),
    Shown("error-went-wrong", "/tests/broken/", "in"),
    Shown("error-out-of-reach", "/tests/away/", "in"),
    Shown("components", "/tests/gallery/", "in"),
    Shown("components-saved", "/tests/gallery/?saved=yes", "in"),
    Shown("components-errors", "/tests/gallery/", "in", _send_gallery),
)


PICTURED: Final = ("start", *(shown.name for shown in PAGES))
"""The names of all pictures: the start page with what waits is looked at by a test of its own."""
