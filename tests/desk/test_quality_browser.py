"""The data-quality page in Chromium: free of axe findings, fit for narrow pages and for the keyboard, its numbers open
their rows."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk.browsing import axe_faults, on_paper, opened_file, stops_met, too_wide
from tests.desk.quality import made

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result folder that no test may change."""
    return made(tmp_path_factory.mktemp("quality"))


@pytest.fixture
def shown(page: "Page", folder: Path) -> "Page":
    """The page, opened."""
    return opened_file(page, folder / "quality.html")


def test_axe_finds_nothing_wide_or_narrow(shown: "Page") -> None:
    assert axe_faults(shown) == []


def test_nothing_but_a_marked_region_scrolls_sideways(shown: "Page") -> None:
    assert too_wide(shown) == []


def test_a_red_number_opens_its_rows_by_keyboard_and_they_lead_back(shown: "Page") -> None:
    red = shown.get_by_role("link", name="1 value of Date of birth of force could not be read: open the rows")
    red.focus()
    shown.keyboard.press("Enter")
    heading = shown.get_by_role("heading", name="force, people: 1 value of Date of birth that could not be read")
    assert heading.evaluate("one => one === document.activeElement && one.getBoundingClientRect().top >= 0")
    article = shown.get_by_role("article", name="force, people: 1 value of Date of birth that could not be read")
    article.get_by_role("link", name="Back to the number").press("Enter")
    assert red.evaluate("one => one === document.activeElement")


def test_every_link_can_be_reached_in_the_order_of_the_page(shown: "Page") -> None:
    assert stops_met(shown)


def test_the_words_beside_a_red_number_are_heard_and_take_no_room(shown: "Page") -> None:
    size = shown.locator("a.red .unseen").first.evaluate("one => [one.offsetWidth, one.offsetHeight]")
    assert size == [1, 1]
    assert shown.locator("a.red .mark").first.get_attribute("aria-hidden") == "true"


def test_it_leads_to_the_report_and_back(shown: "Page") -> None:
    shown.get_by_role("link", name="What was joined, and why").click()
    assert shown.url.endswith("/report.html")
    shown.get_by_role("navigation").get_by_role("link", name="Data quality").click()
    assert shown.url.endswith("/quality.html")


def test_it_prints_and_a_picture_of_it_can_be_taken(shown: "Page", tmp_path: Path) -> None:
    on_paper(shown, tmp_path)
