"""A report in Chromium: free of axe findings, fit for narrow pages, for the keyboard and for paper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concerted.desk.report import render
from concerted.desk.report.data import ReportData, Thresholds
from tests.desk.browsing import NARROW, axe_faults, on_paper, opened_file, stops_met, too_wide, words_cut
from tests.desk.report_data import empty, hostile, large, nothing, small

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize("make", [small, empty, nothing, large, hostile])
Make = Callable[[], ReportData]
Open = Callable[[ReportData], "Page"]


@pytest.fixture
def opened(page: "Page", tmp_path: Path) -> Open:
    """Opens a report."""
    return lambda data: opened_file(page, tmp_path / "report.html", render(data))


@EVERY
def test_axe_finds_nothing_wide_or_narrow(opened: Open, make: Make) -> None:
    assert axe_faults(opened(make())) == []


@EVERY
def test_nothing_but_a_marked_region_scrolls_sideways(opened: Open, make: Make) -> None:
    assert too_wide(opened(make())) == []


@pytest.mark.parametrize("at", [(-24.0, -20.0), (-10.0, 0.0), (2.0, 4.0), (14.0, 15.0), (30.0, 36.0)])
def test_the_words_of_a_chart_are_whole_on_a_narrow_page(opened: Open, at: tuple[float, float]) -> None:
    scores = replace(large().scores, thresholds=Thresholds(keep=at[0], join=at[1]))
    assert words_cut(opened(replace(large(), scores=scores))) == []


def test_hostile_text_runs_nothing(opened: Open) -> None:
    shown = opened(hostile())
    assert shown.title().startswith("<script>document.title='taken'</script>")
    assert shown.locator("script, img").count() == 0


def test_the_keyboard_goes_through_the_page_in_its_order(opened: Open) -> None:
    shown = opened(small())
    shown.set_viewport_size(NARROW)
    assert stops_met(shown)[:2] == ["Skip to main content", "What to look at next"]


def test_the_skip_link_is_seen_when_it_has_focus_and_skips(opened: Open) -> None:
    shown = opened(small())
    skip = shown.locator(".skip")
    assert not shown.evaluate("document.querySelector('.skip').getBoundingClientRect().right > 0")
    shown.keyboard.press("Tab")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "main"


def _until(shown: "Page", holds: Callable[[], bool]) -> None:
    """Wait for what a page comes to. Its own policy forbids Playwright's way, which evaluates text in the page."""
    for _ in range(200):
        if holds():
            return
        shown.wait_for_timeout(50)
    raise AssertionError("it never came to that")


def test_a_table_that_is_too_wide_scrolls_by_keyboard(opened: Open) -> None:
    shown = opened(large())
    shown.set_viewport_size(NARROW)
    region = shown.get_by_role("region", name="Files, and what became of their rows")
    region.focus()
    shown.keyboard.press("ArrowRight")
    _until(shown, lambda: shown.evaluate("document.activeElement.scrollLeft") > 0)


def test_details_are_shut_on_the_screen_and_open_on_paper(opened: Open) -> None:
    shown = opened(small())
    table = shown.get_by_role("table", name="Entities by the number of their records")
    assert table.count() == 0
    shown.emulate_media(media="print")
    assert table.count() == 1
    assert not shown.locator(".contents").is_visible()


def test_a_report_prints_and_pictures_of_it_can_be_taken(opened: Open, tmp_path: Path) -> None:
    on_paper(opened(large()), tmp_path)
