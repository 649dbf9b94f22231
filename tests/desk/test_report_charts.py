"""Where the marks of a report's charts stand."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.desk.report import charts
from concerted.desk.report.charts import PLOT_HEIGHT, PLOT_TOP, ScoreChart, balance, score_chart, size_chart
from concerted.desk.report.data import Bin, EntitySize, Scores, Thresholds
from tests.desk import report_data

BASE = PLOT_TOP + PLOT_HEIGHT
counts = st.integers(0, 10**9)


def drawn(*bins: Bin, join: float = 6.0, keep: float = -2.0) -> ScoreChart:
    chart = score_chart(Scores(Thresholds(join=join, keep=keep), bins))
    assert chart
    return chart


@st.composite
def scores(draw: st.DrawFn) -> Scores:
    width = draw(st.sampled_from([0.5, 1.0, 2.0, 5.0]))
    first = draw(st.integers(-60, 40))
    rows = draw(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=40))
    bins = [Bin((first + at) * width, (first + at + 1) * width, *row) for at, row in enumerate(rows)]
    limits = sorted(draw(st.tuples(st.floats(-300, 300), st.floats(-300, 300))))
    return Scores(Thresholds(keep=limits[0], join=limits[1]), tuple(bins))


@given(scores())
def test_every_mark_stands_inside_the_chart(given_scores: Scores) -> None:
    chart = score_chart(given_scores)
    if chart is None:
        assert not any(one.apart or one.review or one.joined for one in given_scores.bins)
        return
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= 100.01
        assert bar.y >= PLOT_TOP - 0.1
        assert bar.y + bar.height == pytest.approx(BASE)
    assert all(0 <= tick.at <= 100 for tick in (*chart.across, *chart.thresholds))
    assert all(PLOT_TOP - 0.1 <= tick.at <= BASE for tick in chart.up)


@given(scores())
def test_a_bar_for_every_count_and_none_for_nought(given_scores: Scores) -> None:
    chart = score_chart(given_scores)
    bars = chart.bars if chart else ()
    wanted = [band for one in given_scores.bins for band in charts.BANDS if getattr(one, band)]
    assert [bar.band for bar in bars] == wanted
    assert all(bar.height >= 2 for bar in bars)


@given(scores())
def test_more_is_never_drawn_lower(given_scores: Scores) -> None:
    chart = score_chart(given_scores)
    if chart is None:
        return
    found = [getattr(one, band) for one in given_scores.bins for band in charts.BANDS if getattr(one, band)]
    heights = sorted(zip(found, (bar.height for bar in chart.bars), strict=True))
    assert [height for _, height in heights] == sorted(height for _, height in heights)


@given(scores())
def test_bars_do_not_lie_over_one_another(given_scores: Scores) -> None:
    chart = score_chart(given_scores)
    bars = sorted(chart.bars, key=lambda bar: bar.x) if chart else []
    assert all(one.x + one.width <= other.x + 0.01 for one, other in pairwise(bars))


def test_no_chart_when_nothing_was_compared() -> None:
    assert score_chart(Scores(Thresholds(6.0, -2.0))) is None
    assert score_chart(Scores(Thresholds(6.0, -2.0), (Bin(0, 1),))) is None


def test_a_plain_scale_when_every_bar_can_be_seen() -> None:
    chart = drawn(Bin(0, 1, apart=10), Bin(1, 2, joined=40))
    assert not chart.logarithmic
    assert [bar.height for bar in chart.bars] == [PLOT_HEIGHT / 4, PLOT_HEIGHT]
    assert [tick.label for tick in chart.up] == ["0", "10", "20", "30", "40"]


def test_powers_of_ten_when_small_counts_would_vanish() -> None:
    chart = drawn(Bin(0, 1, apart=1_000_000), Bin(1, 2, joined=3))
    assert chart.logarithmic
    assert [tick.label for tick in chart.up] == ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"]
    assert chart.margin == len("1,000,000")
    gaps = {round(one.at - other.at, 0) for one, other in pairwise(chart.up)}
    assert len(gaps) <= 2  # each line is as far from the next, but for rounding


def test_one_pair_is_seen_on_either_scale() -> None:
    assert drawn(Bin(0, 1, joined=1)).bars[0].height == PLOT_HEIGHT
    assert drawn(Bin(0, 1, joined=1), Bin(1, 2, joined=10**6)).bars[0].height > 2


def test_weights_are_marked_at_round_places() -> None:
    assert [tick.label for tick in drawn(Bin(-7.5, 12.5, joined=1)).across] == ["−5", "0", "+5", "+10"]
    assert [tick.label for tick in drawn(Bin(0, 1, joined=1)).across] == ["0", "+1"]
    assert len(drawn(Bin(-300, 300, joined=1)).across) <= 7


def test_thresholds_stand_where_they_are_with_room_for_their_words() -> None:
    chart = drawn(Bin(0, 100, joined=1), keep=10, join=90)
    assert [(tick.at, tick.label, tick.anchor) for tick in chart.thresholds] == [
        (10.0, "Keep from +10.0", "start"),
        (90.0, "Join from +90.0", "end"),
    ]
    assert drawn(Bin(0, 100, joined=1), keep=50, join=50).thresholds[0].anchor == "middle"


def test_a_threshold_outside_the_chart_stands_at_its_edge() -> None:
    chart = drawn(Bin(0, 10, joined=1), keep=-5, join=20)
    assert [tick.at for tick in chart.thresholds] == [0.0, 100.0]


def test_sizes_from_longest_to_none() -> None:
    bars = size_chart((EntitySize("1 record", 1_000_000, 1_000_000), EntitySize("2 records", 1, 2)))
    assert bars[0].width == 100
    assert 0 < bars[1].width < 1
    assert [bar.y for bar in bars] == [0, charts.ROW_HEIGHT]
    assert size_chart((replace(bars[0].size, entities=0),))[0].width == 0
    assert size_chart(()) == ()


@given(st.floats(-1000, 1000), st.floats(0, 1000))
def test_a_balance_stays_on_its_side(weight: float, most: float) -> None:
    start, length = balance(weight, most)
    assert 0 <= start <= start + length <= 100
    assert start == 50 if weight >= 0 else start + length == pytest.approx(50)


def test_the_large_run_has_a_chart_of_every_band() -> None:
    chart = score_chart(report_data.large().scores)
    assert chart
    assert chart.logarithmic
    assert {bar.band for bar in chart.bars} == set(charts.BANDS)
