"""Keys are found, groups are numbered and lists are listed as going through them one by one would."""

from itertools import groupby

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from concerted.networks.keys import (
    NONE,
    Numbers,
    at_rows,
    distinct,
    find,
    find_each,
    first_rows,
    groups,
    listed,
    pick,
    rows_of,
    runs,
    stretch,
)

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


_KEYS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["1", "2", None])), max_size=8)


@given(_KEYS, st.lists(_KEYS, min_size=1, max_size=3))
def test_keys_of_several_columns_are_found_as_one_by_one(
    table: list[tuple[str, str | None]], wanted: list[list[tuple[str, str | None]]]
) -> None:
    """Whether or not the rows of one source stand together."""
    table = [(source, record_id) for source, record_id in dict.fromkeys(table) if record_id]
    found = find_each(columns(table), [tuple(columns(keys).columns) for keys in wanted])
    assert [one.tolist() for one in found] == [
        [table.index(key) if key in table else NONE for key in keys] for keys in wanted
    ]


def columns(keys: list[tuple[str, str | None]]) -> pa.Table:
    source, record_id = ([key[part] for key in keys] for part in (0, 1))
    return pa.table({"source": pa.array(source, pa.string()), "record_id": pa.array(record_id, pa.string())})


@given(st.lists(st.integers(-3, 3), max_size=9))
def test_numbers_are_listed_once_and_by_runs(values: list[int]) -> None:
    assert distinct(numbers(*values)).tolist() == sorted(set(values))
    rows = [one.tolist() for one in runs(numbers(*values))]
    assert [row for run in rows for row in run] == list(range(len(values)))
    assert [[values[row] for row in run] for run in rows] == [list(run) for _, run in groupby(values)]


@given(st.lists(st.integers(-3, 9), max_size=20), st.integers(-5, 11), st.sampled_from([np.int32, np.int64]))
def test_the_rows_of_one_number_are_those_that_hold_it(values: list[int], one: int, kind: type) -> None:
    ordered: Numbers = np.array(sorted(values), kind)
    assert stretch(ordered, one).tolist() == [row for row, value in enumerate(sorted(values)) if value == one]
