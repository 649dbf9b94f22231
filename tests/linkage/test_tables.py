"""How many records hold a value: what is named, what is not told, and that order says nothing."""

import random
from itertools import product
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.coded import Coded
from concerted.linkage.tables import BOTH_NAMES, FLOOR, Table, Tables, counted


def _counted(**columns: list[Any]) -> Tables:
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return counted(Coded(table), [name for name in columns if name != "source"])


def test_only_values_that_enough_records_hold_are_named() -> None:
    found = _counted(town=[*["dunmere"] * FLOOR, *["eastholt"] * (FLOOR - 1), None, "aberwold"])
    assert found == {"town": Table(2 * FLOOR, ((FLOOR - 1) ** 2 + 1) / FLOOR, {"dunmere": FLOOR})}
    assert found["town"].floor == FLOOR


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        (["force"], True),
        (["force", "council"], True),
        (["force", "council", "charity"], True),
        (["force", "council", "charity", "health"], True),
    ],
)
def test_a_value_of_three_owners_or_of_all_where_they_are_fewer_is_named(sources: list[str], named: bool) -> None:
    assert bool(_counted(town=["dunmere"] * 60, source=(sources * 60)[:60])["town"].held) is named


@pytest.mark.parametrize("others", [["council"], ["council", "charity"], ["council", "charity", "health"]])
def test_what_one_owner_alone_holds_is_never_told_to_the_others(others: list[str]) -> None:
    towns = [*["dunmere"] * 500, *["eastholt"] * 300]
    sources = [*["force"] * 500, *(["force", *others] * 300)[:300]]
    assert _counted(town=towns, source=sources)["town"].held == {"eastholt": 300}


def test_of_four_owners_two_are_too_few() -> None:
    sources = [*["force", "council"] * 50, "charity", "health"]
    assert _counted(town=[*["dunmere"] * 100, "rudd", "mott"], source=sources)["town"].held == {}


def test_full_names_are_counted_where_a_record_has_both() -> None:
    found = _counted(given=[*["hana"] * 30, *["hana"] * 30, None], family=[*["varga"] * 30, *[None] * 31])
    assert found[BOTH_NAMES] == Table(30, 0.0, {"hana+varga": 30})


def test_a_column_in_which_nobody_has_a_value_has_no_table() -> None:
    assert _counted(given=[None], town=["dunmere"]).keys() == {"town"}
    assert _counted(given=[]) == {}


VALUES = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=9)


@given(VALUES, st.integers(1, 30))
def test_chance_is_how_often_two_records_hold_the_same_value_named_or_not(values: list[str | None], times: int) -> None:
    everyone = values * times
    held = [value for value in everyone if value]
    equal = sum(one == other for one, other in product(held, repeat=2))
    found = _counted(given=everyone).get("given", Table())
    assert found.chance == pytest.approx(equal / max(len(held), 1) ** 2, rel=1e-5)


def test_the_order_of_the_records_says_nothing() -> None:
    rows = [(f"given{at % 7}", f"family{at % 11}", ("force", "council", "charity")[at % 3]) for at in range(900)]
    shuffled = random.Random(3).sample(rows, len(rows))
    one, other = (
        _counted(**{name: [row[at] for row in each] for at, name in enumerate(("given", "family", "source"))})
        for each in (rows, shuffled)
    )
    assert one == other
    assert [list(table.held) for table in one.values()] == [sorted(table.held) for table in other.values()]


@given(st.dictionaries(st.text("abc ", min_size=1), st.integers(FLOOR, 10**6)), st.integers(0, 10**6))
def test_what_is_written_is_read_again(held: dict[str, int], rest: int) -> None:
    table = Table(sum(held.values()) + rest, rest / 2, held)
    assert Table.read(table.written()) == table
    assert table.holds


@pytest.mark.parametrize(
    "table",
    [
        Table(100, 1.0, {"a": FLOOR - 1}),
        Table(100, 1.0, {"a": 101}),
        Table(100, 51.0, {"a": 50}),
        Table(100, -1.0, {}),
        Table(-1, 0.0, {}),
        Table(100, float("nan"), {}),
    ],
)
def test_what_no_records_can_hold_is_known(table: Table) -> None:
    assert not table.holds
