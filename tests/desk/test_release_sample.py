"""Which questions a release raises, which of them are drawn, and what answers tell of all."""

import random
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk.release_sample import Beside, Kind, Pair, Stratum, Weights, estimate, standing_for, strata

KEYS: Final = [RecordKey("force", str(number)) for number in range(12)]
ENOUGH: Final = Weights(1.0, 9.0)  # joins under the one tried alone
TOO_LITTLE: Final = Weights(9.0, 1.0)
BOTH: Final = Weights(9.0, 9.0)


def beside(before: Sequence[int], after: Sequence[int], keys: Sequence[RecordKey] = KEYS) -> Beside:
    return Beside(keys[: len(before)], np.array(before), np.array(after), (3.0, 3.0))


def links(*rows: tuple[int, int, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left, right, weight = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(left, np.int32), np.array(right, np.int32), np.array(weight, np.float64)


def test_the_strongest_link_stands_for_two_sets_that_would_be_one() -> None:
    two = beside([0, 0, 1, 1, 2], [0, 0, 0, 0, 2])
    found = standing_for(two, "join", *links((0, 1, 20.0), (0, 2, 4.0), (1, 3, 8.0), (1, 2, 5.0), (3, 4, 9.0)))
    assert found == [(1, 3)]


def test_each_two_sets_that_a_link_holds_together_are_a_question() -> None:
    three = beside([0, 0, 0, 0], [0, 0, 2, 3])
    assert standing_for(three, "split", *links((0, 2, 4.0), (1, 2, 6.0), (2, 3, 5.0))) == [(1, 2), (2, 3)]
    assert standing_for(three, "join", *links((0, 2, 4.0), (1, 2, 6.0))) == []


def test_a_link_that_only_supports_stands_for_nothing() -> None:
    assert standing_for(beside([0, 1], [0, 0]), "join", *links((0, 1, 2.9))) == []
    assert standing_for(beside([0, 1], [0, 0]), "join", *links()) == []


def test_questions_by_weight_are_told_from_those_by_sets() -> None:
    weights = {(0, 1): ENOUGH, (2, 3): BOTH, (4, 5): TOO_LITTLE, (6, 7): Weights(None, 9.0)}
    questions: dict[Kind, list[Pair]] = {"join": [(0, 1), (2, 3), (6, 7)], "split": [(4, 5)]}
    found = strata(beside(range(12), range(12)), questions, {}, weights, 9)
    assert [(one.kind, one.by_weight, set(one.questions)) for one in found] == [
        ("join", True, {(0, 1), (6, 7)}),
        ("join", False, {(2, 3)}),
        ("split", True, {(4, 5)}),
    ]
    assert [set(one.drawn) for one in found] == [set(one.questions) for one in found]


def test_what_was_decided_is_a_question_still_where_the_weights_differ() -> None:
    """Decided, the two releases do with it alike, and it would be lost to the estimate."""
    decided = {(0, 1): "same", (2, 3): "different", (4, 5): "same"}
    weights = {(0, 1): ENOUGH, (2, 3): TOO_LITTLE, (4, 5): BOTH}
    found = strata(beside(range(12), range(12)), {"join": [], "split": []}, decided, weights, 9)
    assert [(one.kind, one.questions) for one in found] == [("join", [(0, 1)]), ("split", [(2, 3)])]


PAIRS: Final[list[Pair]] = [(one, other) for one in range(12) for other in range(one + 1, 12)]


def named(keys: Sequence[RecordKey], pairs: Sequence[Pair], most: int) -> list[frozenset[RecordKey]]:
    weights = dict.fromkeys(pairs, ENOUGH)
    [found] = strata(beside(range(12), range(12), keys), {"join": pairs, "split": []}, {}, weights, most)
    return [frozenset((keys[one], keys[other])) for one, other in found.drawn]


@given(seed=st.integers(0, 1000), most=st.integers(1, 40))
def test_the_order_of_the_records_changes_no_sample_and_a_larger_one_holds_the_smaller(seed: int, most: int) -> None:
    keys, pairs = list(KEYS), list(PAIRS)
    random.Random(seed).shuffle(keys)
    random.Random(seed).shuffle(pairs)
    drawn = named(keys, pairs, most)
    assert drawn == named(KEYS, PAIRS, most)
    assert len(drawn) == most
    assert named(keys, pairs, most + 5)[:most] == drawn


def test_it_is_spread_over_all() -> None:
    """Drawn by numbers of the records' keys, each question is as likely as another."""
    times = dict.fromkeys(PAIRS, 0)
    for world in range(400):
        keys = [RecordKey(f"agency {world}", str(number)) for number in range(12)]
        [found] = strata(
            beside(range(12), range(12), keys), {"join": PAIRS, "split": []}, {}, dict.fromkeys(PAIRS, ENOUGH), 33
        )
        for pair in found.drawn:
            times[pair] += 1
    assert min(times.values()) > 140
    assert max(times.values()) < 260


def answered(kind: Kind, answers: Mapping[Pair, str], drawn: Sequence[Pair]) -> dict[str, object]:
    return estimate(Stratum(kind, True, list(PAIRS), list(drawn)), answers)


def test_answers_to_those_drawn_tell_of_all() -> None:
    answers = {pair: "same" if at < 6 else "different" for at, pair in enumerate(PAIRS[:8])}
    found = answered("join", {**answers, PAIRS[8]: "unsure"}, PAIRS[:10])
    assert (found["questions"], found["drawn"], found["answered"], found["unsure"], found["right"]) == (66, 10, 9, 1, 6)
    assert found["share"] == 0.75
    assert (found["low"], found["high"]) == pytest.approx((0.4093, 0.9285), abs=1e-3)  # Wilson's, of 6 in 8
    assert answered("split", answers, PAIRS[:8])["right"] == 2


def test_no_answer_tells_nothing() -> None:
    found = answered("join", {PAIRS[20]: "same"}, PAIRS[:10])
    assert (found["answered"], found["share"], found["low"], found["high"]) == (0, None, 0.0, 1.0)
    assert answered("join", {PAIRS[0]: "unsure"}, PAIRS[:10])["share"] is None
