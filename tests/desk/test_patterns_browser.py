"""The page of networks in Chromium: free of axe findings, fit for narrow pages, for the keyboard and for paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concerted.desk.patterns.page import render
from tests.desk.patterns import TOGETHER, WORLD, hostile, many, page_of
from tests.desk.test_report_browser import NARROW, OPEN_DETAILS, TOO_WIDE, WIDE, WORDS_CUT, findings
from tests.networks.worlds import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize("make", [lambda: WORLD, lambda: TOGETHER, hostile, lambda: many(2)])
SEEN_CUT = WORDS_CUT.replace(".filter(text => {", ".filter(text => text.checkVisibility()).filter(text => {")
Make = Callable[[], World]
Open = Callable[[World], "Page"]


@pytest.fixture
def opened(page: "Page", tmp_path: Path) -> Open:
    """Writes a page to a file and opens that. One that asks for anything beside itself fails."""

    def open_page(world: World) -> "Page":
        file = tmp_path / "networks.html"
        file.write_text(render(page_of(world)), encoding="utf-8")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()]
        return page

    return open_page


@EVERY
def test_axe_finds_nothing_wide_or_narrow(opened: Open, make: Make) -> None:
    shown = opened(make())
    shown.evaluate(OPEN_DETAILS)
    for size in (WIDE, NARROW):
        shown.set_viewport_size(size)
        assert findings(shown) == []


@EVERY
def test_nothing_but_a_marked_region_scrolls_sideways(opened: Open, make: Make) -> None:
    shown = opened(make())
    for width in (320, 641, 1087, 1280):
        shown.set_viewport_size({"width": width, "height": 640})
        shown.evaluate(OPEN_DETAILS)
        assert shown.evaluate(TOO_WIDE) == 0


def test_the_words_of_a_chart_are_whole(opened: Open) -> None:
    shown = opened(WORLD)
    for size in (NARROW, WIDE):
        shown.set_viewport_size(size)
        assert shown.evaluate(SEEN_CUT) == []


def test_hostile_text_runs_nothing(opened: Open) -> None:
    shown = opened(hostile())
    assert shown.title() == "Networks: patterns to check – Concerted"
    assert shown.locator("script, img").count() == 0


def test_every_stop_is_met_by_the_keyboard_in_the_order_of_the_page(opened: Open) -> None:
    shown = opened(WORLD)
    stops = shown.locator("a, summary, [tabindex='0']")
    expected = stops.evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.textContent.trim())")
    met = []
    for _ in expected:
        shown.keyboard.press("Tab")
        met.append(shown.evaluate("document.activeElement.textContent.trim()"))
    assert met == expected


def test_the_list_leads_to_a_pattern_and_back(opened: Open) -> None:
    shown = opened(many(2))
    shown.get_by_role("link", name="2. Two or more people of concern").press("Enter")
    assert shown.url.endswith("#pattern-2")
    shown.get_by_role("link", name="Back to the list of patterns").last.press("Enter")
    assert shown.url.endswith("#patterns")


def test_it_prints_with_its_tables_and_pictures_of_it_can_be_taken(opened: Open, tmp_path: Path) -> None:
    shown = opened(WORLD)
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        shown.set_viewport_size(size)
        shown.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        assert (tmp_path / f"{name}.png").stat().st_size > 20_000
    shown.emulate_media(media="print")
    hidden = "[...document.querySelectorAll('details table')].filter(one => !one.checkVisibility()).length"
    assert shown.evaluate(hidden) == 0
    assert shown.pdf(format="A4").startswith(b"%PDF")
