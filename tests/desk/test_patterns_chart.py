"""Where the marks of charts and the bars of timelines stand."""

from datetime import date
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk.patterns import chart, times
from concerted.desk.patterns.chart import link_chart, of_concern
from concerted.desk.patterns.data import FactRow, Item, Link
from concerted.desk.patterns.layout import WIDTH, places
from concerted.desk.patterns.times import timeline
from concerted.networks import NodeKind
from concerted.networks.findings import Fact
from concerted.networks.spans import OPEN_END, OPEN_START, day_number
from concerted.networks.timeline import When

TODAY = day_number(date(2026, 3, 2))


def item(at: int, kind: NodeKind = "person") -> Item:
    return Item(at, f"P{at}", kind, f"Name {at}", RecordKey("force-a", str(at)))


def chain(count: int) -> tuple[list[Item], list[Link]]:
    items = [item(at) for at in range(count)]
    return items, [Link(one, other, "event", ("R1",)) for one, other in pairwise(items)]


def fact(mark: str, *span: int) -> FactRow:
    return FactRow(mark, Fact("force-a", mark, "", "", "crime"), "", When(*span), ())


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def on(mark: str, text: str) -> FactRow:
    return fact(mark, *[day(text)] * 4)


@given(st.integers(2, 24), st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=30))
@settings(max_examples=25)
def test_no_mark_stands_on_another_or_beside_the_chart(size: int, links: list[tuple[int, int]]) -> None:
    inside = [(one % size, other % size) for one, other in links if one % size != other % size]
    height = max(180.0, size * 14_000 / WIDTH)
    at = places(size, inside, height, (132.0, 62.0))
    assert ((at >= -1e-6) & (at <= np.array([WIDTH, height]) + 1e-6)).all()
    for one, other in combinations(range(size), 2):
        across, down = np.abs(at[one] - at[other])
        assert across > 40 or down > 36


def test_linked_marks_stand_nearer_than_others() -> None:
    two = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)]
    at = places(6, two, 400.0, (52.0, 44.0))
    far = {(one, other): float(np.hypot(*(at[one] - at[other]))) for one, other in combinations(range(6), 2)}
    linked = [far[min(pair), max(pair)] for pair in two]
    assert max(linked) < np.mean([far[one, other] for one in range(3) for other in range(3, 6)])


@given(st.permutations([(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (3, 5)]))
@settings(max_examples=10)
def test_the_order_of_links_moves_no_mark(links: list[tuple[int, int]]) -> None:
    usual = places(6, [(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (3, 5)], 300.0, (52.0, 44.0))
    assert np.array_equal(places(6, links, 300.0, (52.0, 44.0)), usual)


def test_a_chart_of_one_or_of_nothing_linked() -> None:
    assert link_chart([item(1)], []) is None
    assert places(0, [], 100.0, (10.0, 10.0)).shape == (0, 2)
    assert places(1, [], 100.0, (10.0, 10.0)).tolist() == [[WIDTH / 2, 50.0]]


def test_a_chart_draws_no_more_than_its_cap_and_says_how_many_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "MOST", 30)
    items, links = chain(33)
    made = link_chart(items, links)
    assert made is not None
    assert (len(made.items), made.left_out, len(made.links)) == (30, 3, 29)
    assert (made.named, made.least) == (False, 704)


def test_three_hundred_marks_are_placed() -> None:
    made = link_chart(*chain(301))
    assert made is not None
    assert (len(made.items), made.left_out) == (300, 1)
    assert all(0 <= one.x <= 100 and 0 <= one.y <= made.height for one in made.items)


def test_a_small_chart_has_names_and_fits_any_page() -> None:
    made = link_chart(*chain(5), concern={"P0"})
    assert made is not None
    assert (made.named, made.least, made.left_out) == (True, 0, 0)
    assert [one.item.mark for one in made.items if one.concern] == ["P0"]
    for link in made.links:
        [left] = [one for one in made.items if one.item is link.link.left]
        assert (link.x1, link.y1) == (left.x, left.y)


def test_lines_of_the_same_two_are_drawn_side_by_side() -> None:
    one, other, third = item(1), item(2), item(3)
    both: list[Link] = [
        Link(one, other, "event", ("R1",)),
        Link(other, third, "event", ("R2",)),
        Link(other, one, "missing"),
        Link(one, other, "related", says="claimed partner"),
    ]
    made = link_chart([one, other, third], both)
    assert made is not None
    first, alone, middle, last = made.links
    assert alone.beside == middle.beside == (0.0, 0.0)
    assert first.beside == tuple(-far for far in last.beside) != (0.0, 0.0)


@given(st.integers(2, 6), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14), st.floats(0.3, 1.0))
@settings(max_examples=40)
def test_no_line_lies_on_another_on_a_page_of_any_width(size: int, ends: list[tuple[int, int]], width: float) -> None:
    items = [item(at) for at in range(size)]
    links = [Link(items[one % size], items[other % size], "event") for one, other in ends if (one - other) % size]
    made = link_chart(items, links)
    for one, other in combinations(made.links if made else (), 2):
        if {one.link.left, one.link.right} == {other.link.left, other.link.right}:
            across, down = (one.x2 - one.x1) / 100 * WIDTH * width, one.y2 - one.y1
            aside = [mine - theirs for mine, theirs in zip(one.beside, other.beside, strict=True)]
            assert abs(across * aside[1] - down * aside[0]) / float(np.hypot(across, down)) > 4


def test_a_child_is_marked_as_of_concern_by_another_role_alone() -> None:
    people = [(item(1), ("child",)), (item(2), ("child", "person of concern")), (item(3), ("subject of the order",))]
    assert of_concern(people) == {"P2", "P3"}


def test_bars_stand_where_their_days_are() -> None:
    month = fact("R2", day("2025-02-01"), day("2025-02-28"), OPEN_END, OPEN_START)
    made = timeline([on("R3", "2025-04-10"), on("R1", "2025-01-01"), month], TODAY)
    assert made is not None
    first, vague, last = made.bars
    assert [one.row.mark for one in made.bars] == ["R1", "R2", "R3"]
    assert (first.left, first.width, first.sure) == (0.0, 1.0, (0.0, 1.0))
    assert (vague.left, vague.width, vague.sure) == (31.0, 28.0, None)
    assert (last.left, last.width) == (99.0, 1.0)
    assert [one.y for one in made.bars] == [0, 40, 80]
    assert made.ticks == ((0.0, "Jan 2025"), (31.0, "Feb 2025"), (59.0, "Mar 2025"), (90.0, "Apr 2025"))


def test_what_has_no_end_goes_on_until_today_and_what_has_no_date_is_counted() -> None:
    still = fact("R1", day("2026-02-01"), OPEN_END, day("2026-02-01"), day("2026-02-01"))
    late = fact("R2", OPEN_START, day("2026-02-20"), OPEN_END, OPEN_START)
    none = fact("R3", OPEN_START, OPEN_END, OPEN_END, OPEN_START)
    made = timeline([still, late, none], TODAY)
    assert made is not None
    assert made.undated == 1
    assert made.bars[0].left + made.bars[0].width == pytest.approx(100)
    assert timeline([still, none], TODAY) is None


def test_a_timeline_draws_no_more_than_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "MOST", 3)
    made = timeline([on(f"R{at}", f"2025-01-{at:02}") for at in range(1, 8)], TODAY)
    assert made is not None
    assert [one.row.mark for one in made.bars] == ["R1", "R2", "R3"]
    assert made.ticks == ((0.0, "Jan 2025"),)


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 900)), min_size=2, max_size=12))
@settings(max_examples=40)
def test_every_bar_and_tick_is_within_the_chart(spans: list[tuple[int, int]]) -> None:
    rows = [fact(f"R{at}", begin, begin + days, begin, begin + days) for at, (begin, days) in enumerate(spans)]
    made = timeline(rows, TODAY)
    assert made is not None
    for bar in made.bars:
        assert bar.left >= 0
        assert bar.left + bar.width <= 100.02
        assert bar.sure == (bar.left, bar.width)
    assert 1 <= len(made.ticks) <= times._TICKS + 1
    assert all(0 <= at <= 100 for at, _ in made.ticks)
