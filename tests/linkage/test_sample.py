"""Samples of pairs: what the records hold decides what is drawn, and nothing else does."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage.candidates import Pairs, apart, as_one
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.contents import Contents, contents
from concerted.linkage.sample import drawn, random_pairs
from tests.linkage.records import Row, coded_with, people, write

TRAINED = [one for one in STANDARD if one.trained]


def _held(path: Path, rows: list[Row]) -> list[int]:
    return list(contents(coded_with(write(path / "records.parquet", rows)), TRAINED).tolist())


ROWS: list[Row] = [{**row, "address": f"{at} Low Lane Flat {at + 1}"} for at, row in enumerate(people(30, ("force",)))]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(ROWS))
def test_a_records_number_goes_with_what_it_holds(tmp_path: Path, turned: list[Row]) -> None:
    straight = dict(zip((row["address"] for row in ROWS), _held(tmp_path, ROWS), strict=True))
    assert dict(zip((row["address"] for row in turned), _held(tmp_path, turned), strict=True)) == straight
    assert len(set(straight.values())) == len(ROWS)


@pytest.mark.parametrize("field", ["given_name", "date_of_birth", "sex", "town", "address", "postcode"])
def test_another_value_or_none_gives_another_number(tmp_path: Path, field: str) -> None:
    rows = [*ROWS[:2], {**ROWS[0], field: ROWS[1][field]}, {**ROWS[0], field: None}, {**ROWS[0], "record_id": "again"}]
    first, other, changed, emptied, again = _held(tmp_path, rows)
    assert first == again
    assert len({first, other, changed, emptied}) >= 3 + (ROWS[0][field] != ROWS[1][field])


def test_records_of_nothing_are_all_the_same(tmp_path: Path) -> None:
    assert set(_held(tmp_path, [{"source": "a", "record_id": str(at)} for at in range(3)])) == {0}


HELD: Contents = np.random.default_rng(1).integers(0, 2**63, 60).astype(np.uint64)
EVERY: Pairs = as_one(*(side.astype(np.int32) for side in np.triu_indices(60, 1)))


def _of(pairs: Pairs, held: Contents) -> list[tuple[int, int]]:
    """The pairs by what they hold, the lower number first."""
    left, right = apart(pairs)
    return [(min(a, b), max(a, b)) for a, b in zip(held[left].tolist(), held[right].tolist(), strict=True)]


@pytest.mark.parametrize("most", [1, 100, 1770, 5000])
def test_what_is_drawn_does_not_depend_on_the_order_of_records(most: int) -> None:
    order = np.random.default_rng(2).permutation(60)
    straight, turned = _of(drawn(EVERY, HELD, most), HELD), _of(drawn(EVERY, HELD[order], most), HELD[order])
    assert straight == turned
    assert len(set(straight)) == min(most, 1770)


def test_random_pairs_are_of_two_records_and_follow_what_is_held() -> None:
    order = np.random.default_rng(2).permutation(60)
    left, right = random_pairs(HELD, 5_000)
    other_left, other_right = random_pairs(HELD[order], 5_000)
    assert (left != right).all()
    assert 4_800 < len(left) < 5_000
    assert np.array_equal(HELD[left], HELD[order][other_left])
    assert np.array_equal(HELD[right], HELD[order][other_right])
    assert np.bincount(left, minlength=60).min() > 40
