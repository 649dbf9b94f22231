"""A report in Chromium: free of axe findings, fit for narrow pages, for the keyboard and for paper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from axe_playwright_python.sync_playwright import Axe

from concerted.desk.report import render
from concerted.desk.report.data import ReportData, Thresholds
from tests.desk.report_data import empty, hostile, large, nothing, small

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

pytestmark = pytest.mark.browser
EVERY = pytest.mark.parametrize("make", [small, empty, nothing, large, hostile])
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE: "ViewportSize" = {"width": 1280, "height": 900}
NARROW: "ViewportSize" = {"width": 320, "height": 640}
Make = Callable[[], ReportData]
Open = Callable[[ReportData], "Page"]

OPEN_DETAILS = "document.querySelectorAll('details').forEach(one => { one.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WORDS_CUT = """[...document.querySelectorAll('.chart')].flatMap(chart => {
    const box = chart.getBoundingClientRect()
    return [...chart.querySelectorAll('text')]
        .filter(text => {
            const at = text.getBoundingClientRect()
            return at.left < box.left - 10 || at.right > box.right + 10
        })
        .map(text => text.textContent)
})"""


@pytest.fixture
def opened(page: "Page", tmp_path: Path) -> Open:
    """Writes a report to a file and opens that. A page that asks for anything beside itself fails."""

    def open_report(data: ReportData) -> "Page":
        file = tmp_path / "report.html"
        file.write_text(render(data), encoding="utf-8")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()]
        return page

    return open_report


def findings(page: "Page") -> list[str]:
    results = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    violations = cast("list[dict[str, list[dict[str, object]]]]", results.response["violations"])
    return [f"{rule['id']}: {node['target']}" for rule in violations for node in rule["nodes"]]


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
        assert shown.evaluate(TOO_WIDE) == 0
        shown.evaluate(OPEN_DETAILS)
        assert shown.evaluate(TOO_WIDE) == 0


@pytest.mark.parametrize("at", [(-24.0, -20.0), (-10.0, 0.0), (2.0, 4.0), (14.0, 15.0), (30.0, 36.0)])
def test_the_words_of_a_chart_are_whole_on_a_narrow_page(opened: Open, at: tuple[float, float]) -> None:
    scores = replace(large().scores, thresholds=Thresholds(keep=at[0], join=at[1]))
    shown = opened(replace(large(), scores=scores))
    for size in (NARROW, WIDE):
        shown.set_viewport_size(size)
        assert shown.evaluate(WORDS_CUT) == []


def test_hostile_text_runs_nothing(opened: Open) -> None:
    shown = opened(hostile())
    assert shown.title().startswith("<script>document.title='taken'</script>")
    assert shown.locator("script, img").count() == 0


def test_the_keyboard_goes_through_the_page_in_its_order(opened: Open) -> None:
    shown = opened(small())
    shown.set_viewport_size(NARROW)
    stops = shown.locator("a, summary, [tabindex='0']")
    expected = stops.evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.textContent.trim())")
    met = []
    for _ in expected:
        shown.keyboard.press("Tab")
        met.append(shown.evaluate("document.activeElement.textContent.trim()"))
    assert met == expected
    assert met[:2] == ["Skip to main content", "What to look at next"]


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
    hidden = "[...document.querySelectorAll('details table')].filter(one => !one.checkVisibility()).length"
    assert shown.evaluate(hidden) == 0
    assert not shown.locator(".contents").is_visible()


def test_a_report_prints(opened: Open) -> None:
    assert opened(large()).pdf(format="A4").startswith(b"%PDF")
