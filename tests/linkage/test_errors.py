"""How many links are false and how many true ones missed: what the weights say, and no surer than they can be."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.errors import Errors, errors

Pair = tuple[float, bool, bool, int, int]  # probability, a link, in one entity, and the two records
pairs_of_some = st.lists(
    st.tuples(st.floats(0, 1), st.booleans(), st.booleans(), st.integers(0, 4), st.integers(5, 9)), max_size=30
)


def _found(pairs: list[Pair]) -> Errors:
    of_one, joined, together, left, right = zip(*pairs, strict=True) if pairs else ((),) * 5
    records = (np.array(side, np.int32) for side in (left, right))
    return errors(np.array(of_one, float), np.array(joined, bool), np.array(together, bool), *records)


def test_links_are_as_often_false_as_their_weights_say() -> None:
    found = _found([(0.9, True, True, 2 * at, 2 * at + 1) for at in range(100)])
    assert found.false_links.estimate == 0.1
    assert found.missed_links.estimate == 0
    assert 0.05 < found.false_links.low < 0.1 < found.false_links.high < 0.18


def test_pairs_of_one_person_in_two_entities_are_missed() -> None:
    pairs = [(1.0, True, True, at, at + 20) for at in range(9)]
    assert _found([*pairs, (0.5, False, False, 10, 30), (0.5, False, False, 12, 32)]).missed_links.estimate == 0.1


def test_links_of_one_record_are_one_finding_so_that_the_interval_is_wider() -> None:
    apart = _found([(0.9, True, True, 2 * at, 2 * at + 1) for at in range(100)]).false_links
    together = _found([(0.9, True, True, 0, at) for at in range(1, 101)]).false_links
    assert together.estimate == apart.estimate
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_of_no_links_nothing_is_known() -> None:
    found = _found([]).to_dict()
    assert found["false_links"] == found["missed_links"] == {"estimate": None, "low": 0.0, "high": 1.0}


@given(pairs_of_some)
def test_an_estimate_lies_in_its_interval_and_that_between_none_and_all(pairs: list[Pair]) -> None:
    found = _found(pairs)
    for rate in (found.false_links, found.missed_links):
        assert 0 <= rate.low <= rate.high <= 1
        assert rate.estimate is None or rate.low - 1e-3 <= rate.estimate <= rate.high + 1e-3
