"""Chains of links: what hangs together is named by its first record, however the links come."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.components import Limit, Raised, components, parts

Pair = tuple[int, int]
RECORDS = 40

pairs = st.tuples(st.integers(0, RECORDS - 1), st.integers(0, RECORDS - 1))


def _first(records: int, links: list[Pair]) -> list[int]:
    columns = np.array(links, np.int32).reshape(-1, 2)
    found = components(records, columns[:, 0], columns[:, 1])
    assert found.dtype == np.int32
    return [int(first) for first in found]


def _plainly(records: int, links: list[Pair]) -> list[int]:
    """The same by a plain union-find in which the lower of two roots stays one."""
    parent = list(range(records))

    def root(record: int) -> int:
        while parent[record] != record:
            record = parent[record]
        return record

    for left, right in links:
        one, other = root(left), root(right)
        parent[max(one, other)] = min(one, other)
    return [root(record) for record in range(records)]


@given(st.lists(pairs, max_size=60))
def test_components_are_those_of_a_plain_union_find(links: list[Pair]) -> None:
    assert _first(RECORDS, links) == _plainly(RECORDS, links)


@given(st.lists(pairs, max_size=30), st.randoms(use_true_random=False))
def test_neither_the_order_of_links_nor_their_sides_change_anything(links: list[Pair], draw: random.Random) -> None:
    turned = [pair[:: draw.choice((1, -1))] for pair in draw.sample(links, len(links))]
    assert _first(RECORDS, [(one, other) for one, other in turned]) == _first(RECORDS, links)


@pytest.mark.parametrize("records", [0, 1, 5])
def test_without_links_every_record_is_alone(records: int) -> None:
    assert _first(records, []) == list(range(records))


def test_a_link_of_a_record_with_itself_is_none() -> None:
    assert _first(3, [(1, 1), (2, 2)]) == [0, 1, 2]


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_chain_of_thousands_is_one_in_whatever_order_it_runs(seed: int | None) -> None:
    order = list(range(5_000))
    if seed:
        random.Random(seed).shuffle(order)
    assert set(_first(5_000, list(pairwise(order)))) == {0}


def test_links_given_are_left_as_they_were() -> None:
    left, right = np.array([0, 1], np.int32), np.array([1, 2], np.int32)
    components(3, left, right)
    assert (left.tolist(), right.tolist()) == ([0, 1], [1, 2])


links = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.0, 2.0, 4.0, 6.0, 9.0])), max_size=30
)


@given(links, st.integers(1, 10))
def test_a_part_is_no_larger_than_the_limit_unless_the_last_step_holds_it_together(
    drawn: list[tuple[int, int, float]], most: int
) -> None:
    left, right = (np.array([link[side] for link in drawn], np.int32) for side in (0, 1))
    weight, nothing = np.array([link[2] for link in drawn], float), np.empty(0, np.int32)
    group, least, raised = parts((left, right, weight), (nothing, nothing), 10, 2.0, Limit(most, (2.0, 4.0)))
    whole = components(10, left[weight >= 2.0], right[weight >= 2.0])
    over = np.bincount(whole, minlength=10)[whole] > most
    assert (group[~over] == whole[~over]).all()
    assert (least[~over] == 2.0).all()
    assert (np.bincount(group, minlength=10)[group[least < 6.0]] <= most).all()
    assert raised == Raised(len(set(whole[over].tolist())), int(over.sum()), float(least.max()))
    assert all(group[one] == group[two] for one, two, bits in drawn if bits >= 6.0)
