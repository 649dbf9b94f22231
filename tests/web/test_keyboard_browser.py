"""Every task by keyboard alone, and every task without scripts."""

from typing import TYPE_CHECKING, Final

import pytest

from tests.web.conftest import Visit
from tests.web.pages import again, code_now, first_step, nothing_set_up
from tests.web.serving import EMAIL, PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_FOCUS: Final = "document.activeElement"
_STOPS: Final = """[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary,'
    + '[tabindex="0"]')].filter(one => one.checkVisibility() && !one.disabled)
    .filter(one => one.type !== 'radio' || one.checked).map(one => one.id || one.textContent.trim())"""
_ON: Final = "document.activeElement.id || document.activeElement.textContent.trim()"
_SEEN: Final = """(() => { const box = document.activeElement.getBoundingClientRect()
    return box.width > 0 && box.bottom > 0 && box.right > 0 && box.left < innerWidth })()"""


def _type(page: "Page", *words: str) -> None:
    """Text and the names of keys, one after the other."""
    for word in words:
        if word in {"Tab", "Enter", "Space", "ArrowDown"}:
            page.keyboard.press(word)
        else:
            page.keyboard.type(word)


def test_the_skip_link_is_seen_when_it_has_focus_and_skips(served: str, visit: Visit) -> None:
    page = visit(f"{served}/", who="in")
    _type(page, "Tab")
    assert page.evaluate(_ON) == "Skip to main content"
    assert page.evaluate(_SEEN)
    _type(page, "Enter")
    assert page.evaluate(_ON) == "content"


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/tests/gallery/", "/sign-in/factors/"])
def test_the_keyboard_meets_all_that_can_be_used_in_its_order(served: str, visit: Visit, path: str, width: int) -> None:
    page = visit(f"{served}{path}", who="in")
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()  # so that the menu is folded before the stops are counted
    stops = page.evaluate(_STOPS)
    assert len(stops) > 5
    met = []
    for _ in stops:
        _type(page, "Tab")
        met.append(page.evaluate(_ON))
        assert page.evaluate(_SEEN), f"{met[-1]} has the focus and is not seen"
    assert met == stops


def test_one_signs_in_and_out_by_keyboard(served: str, visit: Visit) -> None:
    page = visit(f"{served}/sign-in/")
    page.get_by_label("Email address").focus()
    _type(page, "ben@northvale.example", "Tab", PASSWORD, "Enter")
    page.get_by_role("heading", name="Set up how you sign in").wait_for()
    page.get_by_role("link", name="Sign out").focus()
    _type(page, "Enter")
    page.get_by_role("button", name="Sign out").focus()
    _type(page, "Enter")
    page.get_by_role("heading", name="Sign in").wait_for()


def test_errors_take_the_focus_and_lead_to_what_is_to_be_mended(served: str, visit: Visit) -> None:
    page = visit(f"{served}/tests/gallery/", who="in")
    page.get_by_role("button", name="Save").focus()
    _type(page, "Enter")
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    assert page.evaluate(f"{_FOCUS}.className") == "govuk-error-summary"
    for name in ("Enter name", "Choose role", "Choose areas", "Tick this to go on: I have read what is recorded"):
        summary.get_by_role("link", name=name).focus()
        _type(page, "Enter")
        assert page.evaluate(f"['INPUT', 'SELECT', 'TEXTAREA'].includes({_FOCUS}.tagName)"), name


def test_a_wide_table_scrolls_by_keyboard(served: str, visit: Visit) -> None:
    page = visit(f"{served}/tests/gallery/", who="in")
    page.set_viewport_size({"width": 320, "height": 640})
    region = page.get_by_role("region", name="Events")
    region.focus()
    assert page.evaluate(f"{_FOCUS}.scrollWidth >= {_FOCUS}.clientWidth")


def test_a_password_can_be_shown(served: str, visit: Visit) -> None:
    page = visit(f"{served}/sign-in/")
    page.get_by_label("Password", exact=True).fill("seen")
    page.get_by_role("button", name="Show password").click()
    assert page.get_by_label("Password", exact=True).get_attribute("type") == "text"


def test_a_passkey_that_is_not_read_is_told(served: str, visit: Visit) -> None:
    page = visit(f"{served}/sign-in/")
    told = page.get_by_text("The passkey was not read.")
    assert not told.is_visible()
    page.evaluate("document.dispatchEvent(new CustomEvent('allauth.error', {cancelable: true}))")
    assert told.is_visible()


def test_one_signs_in_and_sends_a_form_without_scripts(served: str, visit: Visit) -> None:
    page = visit(f"{served}/sign-in/", java_script_enabled=False)
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    assert not page.get_by_role("button", name="Show password").is_visible()
    first_step(page, EMAIL)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What waits for you").wait_for()
    page.goto(f"{served}/tests/gallery/")
    page.get_by_label("Name").fill("Northvale")
    page.get_by_role("button", name="Save").click()
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Name").input_value() == "Northvale"
    page.get_by_role("link", name="Choose role").click()
    page.get_by_text("What this means").click()
    assert page.get_by_text("It means this.").is_visible()
    assert page.get_by_role("navigation", name="Menu").get_by_role("link", name="Audit").is_visible()


def test_without_scripts_one_is_told_what_a_passkey_needs(served: str, visit: Visit) -> None:
    page = visit(f"{served}/sign-in/", java_script_enabled=False)
    nothing_set_up(page)
    page.get_by_role("link", name="Add a passkey").click()
    again(page)
    assert page.get_by_text("Codes of an authenticator app work without.").is_visible()
    assert not page.get_by_role("button", name="Add").is_visible()


def test_a_page_prints_without_what_only_a_screen_needs(served: str, visit: Visit) -> None:
    page = visit(f"{served}/tests/gallery/", who="in")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Menu").is_visible()
    assert page.get_by_text("It means this.").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_whoever_is_away_is_warned_and_says_that_they_are_here(served: str, visit: Visit) -> None:
    page = visit(f"{served}/", who="in")
    page.clock.install()
    page.reload()
    asked = page.get_by_role("alertdialog", name="Are you still there?")
    assert not asked.is_visible()
    page.clock.fast_forward("18:30")
    asked.wait_for()
    assert asked.evaluate("one => one === document.activeElement")
    with page.expect_response(lambda answer: answer.url.endswith("/sign-in/still-here/")) as answered:
        page.get_by_role("button", name="I am still here").press("Enter")
    assert answered.value.status == 204
    asked.wait_for(state="hidden")
