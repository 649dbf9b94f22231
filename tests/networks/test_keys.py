"""Keys are found, groups are numbered and lists are listed as going through them one by one would."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from concerted.networks.keys import NONE, Numbers, at_rows, find, first_rows, groups, listed, pick, rows_of

_SOME = st.lists(st.integers(0, 5), max_size=12)


def numbers(*values: int) -> Numbers:
    return np.array(values, np.int32)


def test_a_key_is_a_source_and_an_id() -> None:
    table = pa.table({"source": ["a", "b", "a"], "record_id": ["1", "1", "2"]})
    found = find(table, pa.array(["b", "a", "a", "c", "a"]), pa.array(["1", "2", "3", "1", None]))
    assert found.tolist() == [1, 2, NONE, NONE, NONE]
    assert find(table.slice(0, 0), pa.array(["a"]), pa.array(["1"])).tolist() == [NONE]
    assert find(table, pa.array(["a"]), pa.array([None], pa.string())).tolist() == [NONE]


def test_what_is_empty_is_nowhere() -> None:
    assert rows_of(pa.array(["x", None]), pa.array(["x", None, "y"])).tolist() == [0, NONE, NONE]


def test_rows_that_are_not_there_have_nothing() -> None:
    assert pick(pa.array(["x", "y"]), numbers(1, NONE)).to_pylist() == ["y", None]
    assert at_rows(numbers(7, 8), numbers(1, NONE, 0)).tolist() == [8, NONE, 7]


@given(st.lists(st.sampled_from("abc"), max_size=8))
def test_groups_are_numbered_as_they_are_met(labels: list[str]) -> None:
    codes, first = groups(pa.array(labels, pa.string()))
    met = list(dict.fromkeys(labels))
    assert codes.tolist() == [met.index(one) for one in labels]
    assert first.tolist() == [labels.index(one) for one in met]


@given(_SOME)
def test_the_first_row_of_each(values: list[int]) -> None:
    expected = [values.index(one) if one in values else NONE for one in range(4)]
    assert first_rows(numbers(*values), 4).tolist() == expected


@given(of=_SOME, wanted=st.lists(st.integers(NONE, 5), max_size=6))
def test_lists_end_to_end(of: list[int], wanted: list[int]) -> None:
    values = list(range(100, 100 + len(of)))
    lists = listed(numbers(*of), numbers(*values), 6)
    by_hand = [[value for one, value in zip(of, values, strict=True) if one == number] for number in range(6)]
    assert [lists.of(number).tolist() for number in range(6)] == by_hand
    which, found = lists.each(numbers(*wanted))
    expected = [(at, value) for at, one in enumerate(wanted) if one != NONE for value in by_hand[one]]
    assert list(zip(which.tolist(), found.tolist(), strict=True)) == expected
