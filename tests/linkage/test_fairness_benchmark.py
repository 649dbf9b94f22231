"""What the benchmark of fairness makes of figures: which origin it shows, and which bounds hold for it."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks import fairness as bench
from concerted.common.ids import RecordKey

LOST = {"alpha": 4, "beta": 8, "gamma_delta": 12}  # of forty people with twelve records each, those found by nobody


@pytest.fixture
def joined() -> bench.Joined:
    """Three origins of 2,640 true pairs, a region each; and one with few, all of them missed."""
    made = bench.Joined()
    for origin, lost in LOST.items():
        _add(made, origin, 40, 12, lost)
    _add(made, "few", 1, 5, 1)
    return made


def _add(made: bench.Joined, origin: str, people: int, records: int, lost: int) -> None:
    keys = {RecordKey("force", f"{person}-{record}"): person for person in range(people) for record in range(records)}
    entity = {key: str(key) if person < lost else f"of {person}" for key, person in keys.items()}
    made.add(entity, {key: f"P{person}" for key, person in keys.items()}, dict.fromkeys(keys, origin))


def test_the_largest_is_of_an_origin_with_enough_pairs(joined: bench.Joined) -> None:
    worst = bench.largest(joined.by("record"), "missed")
    assert worst.group == "gamma_delta"
    assert worst.missed_ratio is not None
    assert worst.missed_ratio.value == pytest.approx(0.3 / (149 / 965))


def test_bounds_hold_for_equal_noise_alone(joined: bench.Joined) -> None:
    rows = list(bench._rows("equal noise", joined.by("record"), bounded=True))
    assert [(row.must, row.aim) for row in rows] == [(1.15, 1.10), (1.25, None), (1.5, 1.25), (None, None)]
    assert [row.reached for row in rows] == ["no", "no", "aim", "not compared"]
    assert rows[1].ours is not None
    assert rows[0].ours is not None
    assert rows[1].ours > rows[0].ours
    assert rows[0].note == (
        "missed links, equal noise: the largest of 3 origins with 2,000 true pairs or more is gamma delta's, "
        "0.3000 beside 0.2028 over all"
    )
    assert {row.reached for row in bench._rows("evidence noise", joined.by("pair"))} == {"not compared"}


def test_regions_of_which_no_record_holds_what_is_left_out_need_not_be_linked_twice(tmp_path: Path) -> None:
    tables = {"none": {"town": ["Ousel"]}, "empty": {"country": pa.nulls(1, pa.string())}, "held": {"country": ["x"]}}
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), tmp_path / name)
    assert [any(bench._held([tmp_path / name])) for name in tables] == [False, False, True]
