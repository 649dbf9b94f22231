"""The page of networks in Chromium: free of axe findings, fit for narrow pages, for the keyboard and for paper."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concerted.desk.patterns.page import render
from tests.desk.browsing import axe_faults, on_paper, opened_file, stops_met, too_wide, words_cut
from tests.desk.patterns import TOGETHER, WORLD, hostile, many, page_of
from tests.networks.findings.worlds import adult, child, crime, report, scope
from tests.networks.worlds import Row, World, row

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
GROUP = [adult("pat"), adult("quin"), child("cleo")]
EVERY = pytest.mark.parametrize("make", [lambda: WORLD, lambda: TOGETHER, hostile, lambda: many(2)])
Make = Callable[[], World]
Open = Callable[[World], "Page"]


@pytest.fixture
def opened(page: "Page", tmp_path: Path) -> Open:
    """Opens the page of a world."""
    return lambda world: opened_file(page, tmp_path / "networks.html", render(page_of(world)))


def _circle_until(day: str) -> list[list[tuple[str, Row]]]:
    told = [crime("c1", "2025-03-01", "pat", "cleo"), report("r1", "2025-03-10", "pat quin")]
    return [*told, report("r2", day, "quin cleo")]


@EVERY
def test_axe_finds_nothing_wide_or_narrow(opened: Open, make: Make) -> None:
    assert axe_faults(opened(make())) == []


@EVERY
def test_nothing_but_a_marked_region_scrolls_sideways(opened: Open, make: Make) -> None:
    assert too_wide(opened(make())) == []


def test_the_words_of_a_chart_are_whole(opened: Open) -> None:
    assert words_cut(opened(WORLD)) == []


@pytest.mark.parametrize("day", ["2025-03-20", "2025-05-28", "2025-08-01", "2026-02-20"])
def test_no_word_of_a_timeline_stands_on_another(opened: Open, day: str) -> None:
    """Whatever months there are between the first record and the last: on the axis the words are the nearest."""
    shown = opened(scope(GROUP, *_circle_until(day)))
    boxes = """all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())
        .map(at => [at.left, at.right]).sort((one, other) => one[0] - other[0])"""
    for width in (320, 641, 1280):
        shown.set_viewport_size({"width": width, "height": 900})
        axis = shown.locator(".times text[text-anchor]").evaluate_all(boxes)
        assert axis
        assert all(one[1] <= other[0] for one, other in pairwise(axis)), width


def test_hostile_text_runs_nothing(opened: Open) -> None:
    shown = opened(hostile())
    assert shown.title() == "Networks: patterns to check – Concerted"
    assert shown.locator("script, img").count() == 0


def test_every_stop_is_met_by_the_keyboard_in_the_order_of_the_page(opened: Open) -> None:
    assert stops_met(opened(WORLD))[0] == "Skip to main content"


def test_the_list_leads_to_a_pattern_and_back(opened: Open) -> None:
    shown = opened(many(2))
    shown.get_by_role("link", name="2. Two or more people of concern").press("Enter")
    assert shown.url.endswith("#pattern-2")
    shown.get_by_role("link", name="Back to the list of patterns").last.press("Enter")
    assert shown.url.endswith("#patterns")


def test_lines_of_the_same_two_are_seen_side_by_side_on_a_page_of_any_width(opened: Open) -> None:
    """Two children who are in one record, and were missing at the same times besides."""
    both = row("m3cleo/dee", event="m3cleo", person="dee", role="missing child")
    shown = opened({**TOGETHER, "person_in_event": [*TOGETHER["person_in_event"], both]})
    assert shown.locator("line.tie[transform]").count() == 2
    boxes = "all => all.map(one => one.getBoundingClientRect()).map(at => [at.x, at.y, at.width, at.height])"
    for width in (320, 1280):
        shown.set_viewport_size({"width": width, "height": 900})
        drawn = shown.locator("line.tie").evaluate_all(boxes)
        assert len({tuple(one) for one in drawn}) == len(drawn)


def test_it_prints_with_its_tables_and_pictures_of_it_can_be_taken(opened: Open, tmp_path: Path) -> None:
    on_paper(opened(WORLD), tmp_path)
