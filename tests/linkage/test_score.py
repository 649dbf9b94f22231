"""Weights: the parts sum, Splink's own weight is the oracle, and frequency and household count where they should."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import engine as db
from concerted.linkage.candidates import propose
from concerted.linkage.comparisons import BIRTH_DIFFERS, NAMES_DIFFER, STANDARD
from concerted.linkage.release import shipped
from concerted.linkage.score import (
    FLOOR,
    MOST_LIKELY,
    Scorer,
    estimate_prior,
    level_of,
    linker_for,
    prior_weight,
    probability,
    register_rarities,
)
from tests.linkage.records import Row, engine_with, people, write

PRIOR = 0.003
BY_NAME = {comparison.name: comparison for comparison in STANDARD}


def _mixed() -> list[Row]:
    """Two agencies' records, with slips, gaps, shared homes and an 'other' column."""
    rows: list[dict[str, str | None]] = [dict(row) for row in people(40)]
    for at, row in enumerate(rows[40:]):
        row["address"] = f"{at % 5} Low Lane"
        row["other_school"] = "Brae" if at % 2 else None
        if at % 3 == 0:
            row["family_name"] = f"{row['family_name']}s"
        if at % 4 == 0:
            row["date_of_birth"] = None
        if at % 5 == 0:
            row["phone"] = None
    return [*rows]


class Scene:
    """Records scored once for the tests of this file."""

    def __init__(self, folder: Path) -> None:
        self.engine = engine_with(write(folder / "records.parquet", _mixed()))
        self.release = shipped({"other_school": "other_school"})
        self.scorer = Scorer(self.engine, self.release)
        self.pairs = propose(self.engine, ())
        scored = self.scorer.score(self.pairs, every=True)
        self.evidence, self.parts = scored.evidence, scored.parts


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("score"))


def test_only_fields_with_values_are_compared(scene: Scene) -> None:
    names = [comparison.name for comparison in scene.scorer.comparisons]
    assert names == ["name", "birth", "sex", "home", "town", "phones", "other_school"]


def test_the_parts_sum_to_the_evidence(scene: Scene) -> None:
    names = [name for name in scene.parts.column_names if name.startswith("part_")]
    assert len(names) == len(scene.scorer.comparisons) + 2
    total = np.sum([scene.parts[name].to_numpy() for name in names], axis=0)
    assert np.abs(total - scene.parts["evidence"].to_numpy()).max() < 1e-9


def test_pairs_keep_their_order_and_none_is_lost(scene: Scene) -> None:
    assert scene.evidence.select(["left", "right"]).equals(scene.pairs.select(["left", "right"]))
    assert scene.parts.num_rows == scene.pairs.num_rows


def test_the_weight_is_splinks_own_where_no_term_counts(scene: Scene) -> None:
    linker, api = linker_for(scene.engine, scene.scorer.comparisons, PRIOR)
    register_rarities(scene.engine, linker, api, scene.scorer.comparisons)
    db.put(scene.engine, "oracle", scene.pairs)
    scene.engine.execute(
        """create or replace table oracle_pairs as
        select "left" as join_key_l, "right" as join_key_r, '0' as match_key from oracle"""
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register("oracle_pairs"))
    found = linker.inference.predict(warning_mode="never").physical_name
    rows = scene.engine.execute(f"select n_l, n_r, match_weight from {found}").fetchall()
    oracle = {(left, right): weight for left, right, weight in rows}
    checked = 0
    for row in scene.parts.to_pylist():
        if row["part_household"] == row["part_common"] == 0:
            ours = prior_weight(PRIOR) + row["evidence"]
            assert ours == pytest.approx(oracle[row["left"], row["right"]], abs=1e-9)
            checked += 1
    assert checked > 100


def test_what_is_missing_counts_for_nothing(scene: Scene) -> None:
    for name in (comparison.name for comparison in scene.scorer.comparisons):
        parts, numbers = (scene.parts[f"{kind}_{name}"].to_numpy() for kind in ("part", "level"))
        assert np.all(parts[numbers == -1] == 0)


def test_the_household_term_is_only_where_names_and_births_differ(scene: Scene) -> None:
    counted = 0
    for row in scene.parts.to_pylist():
        name = level_of(BY_NAME["name"], row["level_name"])
        birth = level_of(BY_NAME["birth"], row["level_birth"])
        differ = name is not None and name.words in NAMES_DIFFER and (birth is None or birth.words in BIRTH_DIFFERS)
        shared = max(0, row["part_home"]) + max(0, row["part_phones"])
        assert row["part_household"] == pytest.approx(-shared if differ else 0, abs=1e-12)
        counted += bool(row["part_household"])
    assert counted > 3


def _scored(folder: Path, rows: list[Row], pairs: list[tuple[int, int]]) -> list[dict[str, Any]]:
    engine = engine_with(write(folder / "few.parquet", [{**row, "record_id": str(at)} for at, row in enumerate(rows)]))
    left, right = zip(*pairs, strict=True)
    table = pa.table({"left": pa.array(left, pa.int32()), "right": pa.array(right, pa.int32())})
    made: list[dict[str, Any]] = Scorer(engine, shipped()).score(table, every=True).parts.to_pylist()
    return made


SIBLING: Row = {"source": "force", "given_name": "Hana", "family_name": "Varga", "address": "1 Low Lane"}


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ({**SIBLING, "given_name": "Efosa"}, True),
        ({**SIBLING, "given_name": "Efosa", "date_of_birth": "1984-03-05"}, True),
        (SIBLING, False),
        ({**SIBLING, "given_name": None}, False),
        ({"source": "force", "address": "1 Low Lane"}, False),
    ],
)
def test_a_shared_home_is_the_households_when_given_names_differ(tmp_path: Path, other: Row, counts: bool) -> None:
    (row,) = _scored(tmp_path, [SIBLING, other], [(0, 1)])
    assert row["part_household"] == (pytest.approx(-row["part_home"]) if counts else 0)
    assert row["part_home"] > 0


def test_without_names_or_without_a_home_there_is_no_household_term(tmp_path: Path) -> None:
    home: Row = {"source": "force", "address": "1 Low Lane"}
    named: Row = {"source": "force", "given_name": "Hana", "family_name": "Varga"}
    for row in (home, named):
        (scored,) = _scored(tmp_path, [row, row], [(0, 1)])
        assert scored["part_household"] == 0


def test_a_common_value_says_less_than_a_rare_one_and_none_is_rarer_than_the_floor(tmp_path: Path) -> None:
    counts = {"Umeh": 200, "Varga": 60, "Szalai": FLOOR, "Okonjo": FLOOR // 2, "Tregear": 2}
    rows: list[Row] = [
        {
            "source": "force",
            "given_name": "abcdefghij"[at % 10] * 3 + "klmnopqrst"[at // 10 % 10] * 3,
            "family_name": family,
        }
        for family, count in counts.items()
        for at in range(count)
    ]
    starts = np.cumsum([0, *counts.values()])[:-1].tolist()
    rows_scored = _scored(tmp_path, rows, [(start, start + 1) for start in starts])
    levels = {level_of(BY_NAME["name"], row["level_name"]) for row in rows_scored}
    assert [level and level.words for level in levels] == ["same family name"]
    parts = [row["part_name"] for row in rows_scored]
    assert parts[0] < parts[1] < parts[2]
    assert parts[3] == parts[4]


def test_few_pairs_or_none_are_scored(scene: Scene) -> None:
    none = scene.scorer.score(scene.pairs.slice(0, 0))
    assert (none.evidence.num_rows, none.parts.num_rows) == (0, 0)
    some = scene.scorer.score(scene.pairs.slice(3, 2), every=True)
    assert some.parts.equals(scene.parts.slice(3, 2))


def test_only_pairs_with_enough_evidence_keep_their_parts(scene: Scene) -> None:
    least = shipped().review - prior_weight(MOST_LIKELY)
    scored = scene.scorer.score(scene.pairs)
    assert scored.evidence.equals(scene.evidence)
    assert scored.parts.num_rows == sum(evidence >= least for evidence in scene.evidence["evidence"].to_pylist())


def test_a_pair_is_explained_as_it_was_scored(scene: Scene) -> None:
    row = scene.parts.to_pylist()[0]
    assert scene.scorer.explain(row["left"], row["right"]) == row


def test_records_without_a_comparable_field_have_no_evidence(tmp_path: Path) -> None:
    engine = engine_with(write(tmp_path / "bare.parquet", [{"source": "a", "record_id": str(at)} for at in range(2)]))
    scorer = Scorer(engine, shipped())
    assert scorer.comparisons == ()
    assert scorer.explain(0, 1) == {"left": 0, "right": 1, "evidence": 0.0, "part_household": 0.0, "part_common": 0.0}
    pair = pa.table({"left": pa.array([0], pa.int32()), "right": pa.array([1], pa.int32())})
    assert scorer.score(pair).parts.num_rows == 0


@given(st.floats(-2000, 2000))
def test_weight_and_probability_go_together(weight: float) -> None:
    found = float(probability(np.array([weight]))[0])
    assert 0 <= found <= 1
    if -40 < weight < 40:
        assert prior_weight(found) == pytest.approx(weight, abs=1e-3)


@pytest.mark.parametrize("planted", [0.0002, 0.001, 0.004])
@pytest.mark.parametrize("seed", range(3))
def test_a_planted_prior_is_found_again(planted: float, seed: int) -> None:
    draw = np.random.default_rng(seed)
    records = 400
    everything = records * (records - 1) // 2
    matches = int(everything * planted)
    evidence = np.concatenate([draw.normal(16, 4, matches), draw.normal(-10, 4, 4000)])
    assert planted / 1.5 < estimate_prior(evidence, records) < planted * 1.5


def test_an_estimate_that_hardly_settles_is_stopped() -> None:
    assert 0.01 < estimate_prior(np.full(4950, 0.01), 100) < 0.03


@given(st.lists(st.floats(-60, 60), max_size=30), st.integers(0, 200))
def test_a_prior_stays_between_half_a_match_in_all_and_one_pair_in_ten(evidence: list[float], records: int) -> None:
    found = estimate_prior(np.array(evidence), records)
    everything = max(records * (records - 1) / 2, 1)
    assert min(0.1, 0.5 / everything) <= found <= 0.1 or everything == 1
    assert 0 < found <= 0.5
