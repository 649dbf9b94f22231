"""Conditions over one pair say what they say over arrays."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from concerted.linkage.coded import Coded
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.conditions import Condition, Says, Some
from concerted.linkage.constraints import TABLE
from concerted.linkage.dialects import arrays
from concerted.linkage.dialects.one_pair import Seen, holds
from tests.linkage.records import coded_with, write
from tests.linkage.test_link_worlds import TRUE, World, worlds

EVERY: list[Condition] = [
    *(one.missing for one in STANDARD),
    *(level.when for one in STANDARD for level in one.levels if level.when),
    *(row.when for row in TABLE if row.when),
    Some((Says("month", 3), Says("day", 5)), 2),
]
COLUMNS = set[str]().union(*(one.columns for one in STANDARD), {"month", "day", "source", "nhs_number"})


def _sides(coded: Coded) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """Each record with numbers of its values that are the same in every column."""
    known: dict[str | None, int] = {None: 0}
    sides: list[dict[str, Any]] = [{} for _ in range(coded.records)]
    for name in filter(coded.has, COLUMNS):
        column = coded[name]
        largest = int(column.numbers.max()) + 1
        texts: list[str | None] = column.texts.tolist()
        shared = [known.setdefault(text, len(known)) for text in texts] or list(range(largest))
        for side, numbers in zip(sides, column.numbers.tolist(), strict=True):
            is_list = isinstance(numbers, list)
            side[name] = frozenset(shared[one] for one in numbers if one) if is_list else shared[numbers]
    return sides, {number: str(text) for text, number in known.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=worlds())
def test_every_condition_holds_of_the_same_pairs(tmp_path: Path, rows: World) -> None:
    address = ["12 Mill Lane", "12a Mill Lane, Aberwold", None, "Mill Lane"]
    seen_rows = [
        {**{name: row[name] for name in row if name != TRUE}, "address": address[at % 4]} for at, row in enumerate(rows)
    ]
    coded = coded_with(write(tmp_path / "world.parquet", seen_rows))
    sides, texts = _sides(coded)
    left, right = np.triu_indices(coded.records, 1)
    pairs = arrays.Pairs(coded, left.astype(np.int32), right.astype(np.int32))
    seen = Seen(texts.__getitem__, {})
    for condition in EVERY:
        asked = holds(condition, coded.has)
        one_by_one = [
            asked(sides[one], sides[other], seen) for one, other in zip(left.tolist(), right.tolist(), strict=True)
        ]
        assert one_by_one == arrays.holds(condition, pairs).tolist(), condition


@pytest.mark.parametrize("condition", EVERY[len(STANDARD) : len(STANDARD) + 20])
def test_what_nobody_has_holds_of_nobody(condition: Condition) -> None:
    assert holds(condition, lambda _: False)({}, {}, Seen(str, {})) is False
