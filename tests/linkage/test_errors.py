"""How many links are false and how many true ones missed: what the weights say, and no surer than they can be."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from concerted.linkage.errors import errors

shares = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=30)


def _columns(pairs: list[tuple[float, bool, int, int]]) -> tuple[NDArray[Any], ...]:
    right, joined, one, other = zip(*pairs, strict=True) if pairs else ((),) * 4
    return np.array(right, float), np.array(joined, bool), np.array(one, np.int32), np.array(other, np.int32)


def test_links_are_as_often_false_as_their_weights_say() -> None:
    found = errors(*_columns([(0.9, True, at, at) for at in range(100)]))
    assert found.false_links.estimate == 0.1
    assert found.missed_links.estimate == 0
    assert 0.05 < found.false_links.low < 0.1 < found.false_links.high < 0.18


def test_pairs_of_one_person_in_two_entities_are_missed() -> None:
    pairs = [(1.0, True, at, at) for at in range(9)] + [(0.5, False, 10, 11), (0.5, False, 12, 13)]
    assert errors(*_columns(pairs)).missed_links.estimate == 0.1


def test_links_of_one_entity_are_one_finding_so_that_the_interval_is_wider() -> None:
    apart = errors(*_columns([(0.9, True, at, at) for at in range(100)])).false_links
    together = errors(*_columns([(0.9, True, 1, 1)] * 100)).false_links
    assert together.estimate == apart.estimate
    assert together.high - together.low > 3 * (apart.high - apart.low)


def test_of_no_links_nothing_is_known() -> None:
    found = errors(*_columns([])).to_dict()
    assert found["false_links"] == found["missed_links"] == {"estimate": None, "low": 0.0, "high": 1.0}
    assert found["from"] == "the model's own weights"


@given(shares)
def test_an_estimate_lies_in_its_interval_and_that_between_none_and_all(
    pairs: list[tuple[float, bool, int, int]],
) -> None:
    found = errors(*_columns(pairs))
    for rate in (found.false_links, found.missed_links):
        assert 0 <= rate.low <= rate.high <= 1
        assert rate.estimate is None or rate.low - 1e-3 <= rate.estimate <= rate.high + 1e-3
