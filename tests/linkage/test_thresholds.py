"""Where links begin to join: the model's word where nothing tells, what surer links and answers say where they do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.labels import NO_LABELS, Labels
from concerted.linkage.partition import Links
from concerted.linkage.release import JOIN, by_hand
from concerted.linkage.thresholds import (
    HALF,
    HIGH,
    LOW,
    RIGHT,
    SURE,
    Line,
    Told,
    calibrated,
    chosen,
    fitted,
    lowest,
    tell,
)

Weights = dict[tuple[int, int], float]


def _links(weights: Weights) -> Links:
    left, right = (np.array([pair[side] for pair in weights], np.int32) for side in (0, 1))
    return Links(left, right, np.array(list(weights.values()), float))


BANDS = len(tell(_links({}), 0).links)


def _told(links: float, share: float) -> Told:
    """So many links in each band, of which this share is right."""
    return Told(np.full(BANDS, links), np.full(BANDS, links * share), int(links * BANDS), 0)


def test_where_nothing_tells_weights_are_taken_at_their_word() -> None:
    line = fitted(_told(0, 0))
    assert line == pytest.approx((0, 1), abs=1e-5)
    assert lowest(line) == JOIN == RIGHT
    release = chosen(by_hand(), _links({}), 0)
    assert release.join == JOIN
    assert release.calibration == pytest.approx((0, 1), abs=1e-5)
    assert release.join_from.endswith("by the model's own weights alone")


def test_links_found_right_join_from_less_and_links_found_wrong_from_more() -> None:
    assert lowest(fitted(_told(50, 1.0))) == LOW
    assert lowest(fitted(_told(50, 0.5))) == HIGH
    assert LOW < lowest(fitted(_told(1, 1.0))) <= JOIN  # a few links move little


@given(st.floats(0, 100), st.floats(0, 1), st.floats(0, 1))
def test_the_more_links_are_right_the_lower_is_the_threshold(links: float, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert lowest(fitted(_told(links, more))) <= lowest(fitted(_told(links, less)))


@given(st.floats(-20, 20), st.floats(-5, 5))
def test_from_the_threshold_on_the_line_says_enough(at: float, by: float) -> None:
    line, join = Line(at, by), lowest(Line(at, by))
    assert LOW <= join <= HIGH
    assert join % HALF == 0
    if join < HIGH:
        assert line.of(np.arange(join, HIGH + HALF, HALF)).min() >= RIGHT - 1e-9


SETS: Weights = {(0, 1): SURE, (2, 3): SURE + 3, (4, 5): SURE, (1, 5): SURE + 1}  # 0 1 4 5 and 2 3; 6 and 7 alone


def test_sure_sets_tell_of_the_links_between_their_records() -> None:
    told = tell(_links({**SETS, (0, 4): 3.1, (0, 5): 3.2, (1, 2): 3.1, (6, 7): 3.1, (0, 6): 3.1}), 8)
    assert (told.witnessed, told.answered) == (3, 0)
    at = int((3.1 - LOW) / 0.25)
    assert (told.links[at], told.right[at]) == (3, 2)
    assert told.links.sum() == 3


def test_answers_count_once_a_question_and_outrank_sure_sets() -> None:
    asked = sorted(one << 32 | two for one, two in [(0, 2), (1, 3), (0, 4), (6, 7)])
    labels = Labels(np.array(asked), np.array([True, False, True, True]))  # 0-2 yes, 0-4 no, 1-3 yes, 6-7 yes
    told = tell(_links({**SETS, (0, 2): 2.0, (1, 3): 2.0, (0, 4): 2.0, (6, 7): 2.0}), 8, labels)
    assert (told.witnessed, told.answered) == (0, 4)
    assert told.links.sum() == 3  # 0-2 and 1-3 are one question
    assert told.right.sum() == 2


@given(
    st.permutations(range(10)),
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
        st.floats(-5, 15),
        max_size=30,
    ),
)
def test_neither_the_order_of_the_records_nor_that_of_the_links_moves_it(names: list[int], weights: Weights) -> None:
    renamed = {tuple(sorted((names[one], names[two]))): bits for (one, two), bits in reversed(weights.items())}
    assert fitted(tell(_links(weights), 10)) == fitted(tell(_links(renamed), 10))  # type: ignore[arg-type]


def test_a_release_for_which_it_was_chosen_keeps_it() -> None:
    release = chosen(by_hand(), _links({}), 0)
    told = {**SETS, (0, 4): 1.2, (0, 5): 1.2}
    assert chosen(release, _links(told), 8, NO_LABELS) is release
    assert chosen(by_hand(), _links(told), 8).join_from.endswith("found by 2 links of which surer ones tell")


def test_weights_are_calibrated_near_the_threshold_alone() -> None:
    release = replace(by_hand(), calibration=(1.0, 0.5))
    weights = np.array([LOW - 0.1, LOW, 4.0, HIGH, 20.0])
    assert calibrated(release, weights).tolist() == [LOW - 0.1, 1 + LOW / 2, 3.0, HIGH, 20.0]
