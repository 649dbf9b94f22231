"""Intervals: as published for independent findings, wider for clusters, and always around what they are of."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.intervals import Ratio, Share, ratio_of, share_of, wilson

clusters = st.lists(
    st.integers(1, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), min_size=1, max_size=30
)


def share(counted: list[tuple[int, int]]) -> Share:
    """Of clusters, each with the part of its whole."""
    part, whole = np.array(counted, np.float64).reshape(-1, 2).T
    return share_of(part, whole)


@pytest.mark.parametrize(
    ("count", "number", "low", "high"),
    [  # R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_score_interval_is_as_published(count: int, number: int, low: float, high: float) -> None:
    assert wilson(count / number, number) == pytest.approx((low, high), abs=5e-5)


def test_findings_that_do_not_come_together_count_each() -> None:
    found = share([(1, 1)] * 30 + [(0, 1)] * 70)
    assert found.effective == pytest.approx(100, rel=0.02)
    assert (found.low, found.high) == pytest.approx(wilson(0.3, 100), abs=2e-3)


def test_pairs_that_are_missed_together_count_as_few() -> None:
    """Ten people of a hundred pairs each, of whom all or none are missed, are ten findings."""
    found = share([(100, 100)] * 3 + [(0, 100)] * 7)
    assert (found.count, found.whole, found.share) == (300, 1_000, 0.3)
    assert found.effective == pytest.approx(9)
    assert (found.low, found.high) == pytest.approx(wilson(0.3, 9))


def test_where_nothing_is_missed_each_person_counts_by_how_even_they_are() -> None:
    assert share([(0, 10)] * 5).effective == pytest.approx(5)
    assert share([(0, 1_000), (0, 1)]).effective == pytest.approx(1.002, abs=1e-3)


def test_one_person_who_has_most_of_the_pairs_does_not_make_a_group_look_certain() -> None:
    """A hundred people of one pair, a third missed, and one of 14,000 pairs, a fortieth: leave out that one, and the
    share is thirteen times as high."""
    found = share([(1, 1)] * 33 + [(0, 1)] * 67 + [(350, 14_000)])
    assert found.effective < 1
    assert found.low < 0.025 < 0.33 < found.high


@given(clusters)
def test_an_interval_holds_its_share_and_is_no_narrower_than_of_independent_pairs(
    counted: list[tuple[int, int]],
) -> None:
    found = share(counted)
    assert found.share is not None
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert 0 < found.effective <= found.whole * (1 + 1e-12)
    low, high = wilson(found.share, found.whole)
    assert found.high - found.low >= (high - low) * (1 - 1e-9)


@given(clusters, clusters)
def test_a_ratio_is_held_by_its_interval_and_turns_over_with_it(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    left, right = share(one), share(other)
    found, turned = ratio_of(left, right), ratio_of(right, left)
    assert found is not None
    assert turned is not None
    assert 0 <= found.low <= found.value <= found.high
    if left.count and right.count:
        assert (turned.value, turned.low, turned.high) == pytest.approx(
            (1 / found.value, 1 / found.high, 1 / found.low)
        )


def test_the_ratio_of_independent_findings_is_as_katz_has_it() -> None:
    """Worked by hand: 30 of 100 beside 20 of 100; the variance of the logarithm is 1/30 - 1/100 + 1/20 - 1/100."""
    found = ratio_of(share([(1, 1)] * 30 + [(0, 1)] * 70), share([(1, 1)] * 20 + [(0, 1)] * 80))
    assert found is not None
    half = 1.959964 * math.sqrt(1 / 30 + 1 / 20 - 2 / 100)
    assert (found.value, found.low, found.high) == pytest.approx(
        (1.5, 1.5 * math.exp(-half), 1.5 * math.exp(half)), rel=0.01
    )


def test_a_share_that_is_none_has_a_ratio_with_one_end() -> None:
    none, some, nothing = share([(0, 1)] * 50), share([(1, 1), (0, 1)] * 25), share([])
    assert ratio_of(none, none) == Ratio(1.0, 0.0, math.inf)
    assert ratio_of(none, none).to_dict() == {"ratio": 1.0, "low": 0.0, "high": None}  # type: ignore[union-attr]
    below, above = ratio_of(none, some), ratio_of(some, none)
    assert below is not None
    assert above is not None
    assert (below.value, below.low) == (0.0, 0.0)
    assert 0 < below.high < 1
    assert above.value == above.high == math.inf
    assert above.low == pytest.approx(1 / below.high)
    everything = share([(1, 1)] * 50)
    whole = ratio_of(everything, everything)
    assert whole is not None
    assert whole.low < whole.value == 1 < whole.high
    assert ratio_of(nothing, some) is ratio_of(some, nothing) is None
    assert nothing.share is None
