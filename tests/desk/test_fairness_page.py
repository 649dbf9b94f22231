"""The page on fairness: what it says, that it is sound, and that nothing it is given can change what it is."""

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from concerted.desk.fairness import page, words
from concerted.desk.fairness.page import FairnessPage, drawn, render
from concerted.linkage.fairness import Fairness, GroupFigures
from concerted.linkage.intervals import Ratio, Share, share_of
from tests.desk.test_report_page import POLICY, Outline

NOTHING = Share(0, 0, None, 0.0, 1.0, 0.0)
HOSTILE = "<script>alert(1)</script>\u202ex"


def group(name: str, missed: Share, ratio: Ratio | None, *, few: bool = False, false: Share = NOTHING) -> GroupFigures:
    return GroupFigures(name, 40, missed.whole, missed, false, ratio, None, few)


def share(count: float, whole: float, low: float, high: float) -> Share:
    return Share(count, whole, count / whole, low, high, whole)


@pytest.fixture
def found() -> Fairness:
    """Three groups: one with figures, one without a joined pair, one with too few pairs."""
    groups = (
        group("west_african", share(30, 200, 0.1, 0.2), Ratio(1.5, 0.9, 2.5), false=share(1, 170, 0.001, 0.03)),
        group(HOSTILE, share(20.5, 200, 0.07, 0.15), Ratio(float("inf"), 0.2, float("inf"))),
        group("few", share(1, 3, 0.01, 0.9), None, few=True),
    )
    return Fairness("name_origin", "pair", 120, 1, 100, share(51.5, 403, 0.1, 0.16), share(1, 170, 0.001, 0.03), groups)


@pytest.fixture
def html(found: Fairness) -> str:
    return render(FairnessPage("2 March 2026, 9:30am", "Concerted 0", "a purpose", HOSTILE, "groups.csv", [found]))


def test_every_element_is_closed_and_the_page_runs_nothing(html: str) -> None:
    outline = Outline(html)
    tags = Counter(tag for tag, _ in outline.elements)
    assert outline.open == []
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "use"} & set(tags)
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in outline.named("meta")
    assert HOSTILE not in html
    assert "[U+202E]" in html


def test_headings_tables_and_links_are_sound(html: str) -> None:
    outline = Outline(html)
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(outline.named("caption")) == len(outline.named("table")) == 2
    assert all(one.get("scope") for one in outline.named("th"))
    ids = Counter(held["id"] for _, held in outline.elements if "id" in held)
    assert set(ids.values()) == {1}
    targets = [(one["href"] or "")[1:] for one in outline.named("a") if (one["href"] or "").startswith("#")]
    assert set(targets) <= set(ids)
    assert [one["href"] for one in outline.named("a") if not (one["href"] or "").startswith("#")] == ["report.html"]


def test_each_figure_stands_in_words_beside_its_drawing(html: str) -> None:
    said = Outline(html).text
    assert "Missed links by Name origin" in said
    assert "west african 40 200 30 15.00% 10.00% to 20.00% 1.50 (0.90 to 2.50)" in said
    assert "200 20.5 10.25% 7.00% to 15.00% the others have none (0.20 to no limit)" in said
    assert "few 40 Too few to say: fewer than 100 true pairs" in said
    assert "1 record with a known answer and no group is left out" in said
    assert "All together: 12.78% of true pairs missed, 0.59% of joined pairs false; every pair counts alike." in said
    assert html.count('<svg class="span" aria-hidden="true"') == 3  # of the one joined pair of a group none is drawn


def test_what_the_figures_do_not_show_is_said(html: str) -> None:
    said = Outline(html).text
    assert "They do not say why a group is missed more often" in said
    assert "Contains personal data" not in said
    assert list(page.SECTIONS.values()) == [
        *("Group by group", "How it is counted", "What this page does not show"),
    ]


def test_a_drawing_keeps_within_its_table(found: Fairness) -> None:
    one, other, few = (drawn(found, it, "missed") for it in found.groups)
    assert one is not None
    assert other is not None
    assert few is None
    assert (one.left, one.width, one.at) == (50, 50, 75)
    assert (other.left, other.at) == (35, 51.25)
    assert one.all == other.all == pytest.approx(63.9, abs=0.05)
    narrow = Fairness("x", "pair", 1, 0, 1, NOTHING, NOTHING, (group("a", share(1, 10, 0.1, 0.1), None),))
    mark = drawn(narrow, narrow.groups[0], "missed")
    assert mark is not None
    assert (mark.left, mark.width) == (100, 0.5)


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "no pairs"), (0.0, "0%"), (1.0, "100%"), (0.00001, "0.01%"), (0.99999, "99.99%"), (0.04126, "4.13%")],
)
def test_a_share_is_never_rounded_to_none_or_all(value: float | None, said: str) -> None:
    assert words.percent(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(1.0, "1.00"), (0.004, "under 0.01"), (0.0, "0.00"), (1e9, "over 1,000"), (float("inf"), "no limit")],
)
def test_a_ratio_beyond_telling_apart_is_in_words(value: float, said: str) -> None:
    assert words.times(value) == said


def test_half_a_pair_is_shown_where_there_is_one() -> None:
    assert (words.pairs(1_234.0), words.pairs(0.5)) == ("1,234", "0.5")
    assert words.ratio_words(None) == "nothing to compare"


def test_a_share_of_nothing_is_no_share() -> None:
    assert words.share_words(share_of(np.array([]), np.array([]))) == "no pairs"
