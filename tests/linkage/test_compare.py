"""Pairs compared: the parts sum, a full name counts once, and nothing but the values decides what a pair weighs."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage import compare, frequencies
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.compare import LEAST_SHARE, Compared, Comparer
from concerted.linkage.comparisons import CROSSED, FAMILY, GIVEN, HOME, STANDARD
from concerted.linkage.frequencies import BLENDED, WHOLE
from concerted.linkage.levels import Comparison
from concerted.linkage.release import shipped
from concerted.linkage.standard import other_columns
from concerted.linkage.tables import FLOOR
from tests.linkage.records import Row, coded_with, comparer_of, write
from tests.linkage.slips import EVERY, ROWS, drawn, numbered, standard_of, table_of

FIGURES: Final = ("splink", "tokens", "kin", "telling", "common")


def every_pair(records: int) -> tuple[Numbers, Numbers]:
    """Every two records once, the lower on the left."""
    left, right = np.triu_indices(records, 1)
    return left.astype(np.int32), right.astype(np.int32)


def the_pair(left: int = 0, right: int = 1) -> tuple[Numbers, Numbers]:
    """One pair."""
    return np.array([left], np.int32), np.array([right], np.int32)


def assert_equal(one: Compared, other: Compared) -> None:
    """The same levels and figures, row by row."""
    assert all(np.array_equal(one.levels[name], other.levels[name]) for name in one.levels)
    for name in FIGURES:
        assert np.abs(getattr(one, name) - getattr(other, name)).max(initial=0) < 1e-9, name


@pytest.fixture(scope="module")
def comparer(tmp_path_factory: pytest.TempPathFactory) -> Comparer:
    return comparer_of(Coded(standard_of(tmp_path_factory.mktemp("compare"), drawn(60))), EVERY)


@pytest.fixture(scope="module")
def compared(comparer: Comparer) -> Compared:
    return comparer.compare(*every_pair(60))


def _of(records: Sequence[dict[str, Any]], comparisons: Sequence[Comparison] = STANDARD) -> Comparer:
    return comparer_of(Coded(table_of(records)), comparisons)


def test_only_fields_with_values_are_compared() -> None:
    made = _of([{"given": "hana", "sex": None, "phones": [], "postcode": "QQ11CC"}])
    assert [comparison.name for comparison in made.comparisons] == ["given", "home"]


def test_the_parts_sum_to_the_weight(comparer: Comparer, compared: Compared) -> None:
    parts = [comparer.part(one, compared.levels, compared.left) for one in comparer.comparisons]
    assert np.abs(np.sum(parts, axis=0) - compared.splink).max() < 1e-9
    gains = np.sum([np.maximum(part, 0) for part in parts], axis=0)
    assert np.abs(compared.telling + compared.common - compared.tokens - gains).max() < 1e-9


def test_for_a_household_only_the_shares_of_the_levels_are_others(comparer: Comparer, compared: Compared) -> None:
    beside = compared.splink + compared.tokens
    for one in comparer.comparisons:
        figures = np.array([*(np.log2(level.kin / level.m) for level in one.levels), 0.0])
        beside = beside + figures[compared.levels[one.name]]
    assert np.abs(beside - compared.kin).max() < 1e-9
    assert np.any(compared.tokens != 0)


def test_what_is_missing_counts_for_nothing(comparer: Comparer, compared: Compared) -> None:
    for one in comparer.comparisons:
        part = comparer.part(one, compared.levels, compared.left)
        assert np.all(part[compared.levels[one.name] == -1] == 0)


def test_one_pair_by_hand() -> None:
    row = {"given": "hana", "sex": "female", "postcode": "QQ11CC", "district": "QQ1"}
    records = [row, {**row, "postcode": "QQ19KK"}, *[{"given": "efosa", "sex": "male"}] * 6]
    made = _of(records)
    found = made.compare(*the_pair())
    assert {name: int(level[0]) for name, level in found.levels.items()} == {"given": 0, "sex": 0, "home": 3}
    held = 4e-3  # two of eight records say nothing of how common the name is
    name, home = np.log2(0.78 / held), np.log2(0.10 / 0.01)
    sex = np.log2(0.98 / 0.5)  # thousands share one, so that how many there are in the file never counts
    assert found.splink[0] == pytest.approx(name + sex + home)
    assert found.common[0] == pytest.approx(sex + home)
    assert found.telling[0] == pytest.approx(name)
    kin = np.log2(0.004 / held) + np.log2(0.5 / 0.5) + np.log2(0.02 / 0.01)
    assert found.kin[0] == pytest.approx(kin)
    assert found.tokens[0] == 0


def test_levels_alone_are_those_of_the_comparison(comparer: Comparer, compared: Compared) -> None:
    levels = comparer.levels(*every_pair(60))
    assert levels.keys() == compared.levels.keys()
    assert all(np.array_equal(levels[name], compared.levels[name]) for name in levels)


def test_pairs_keep_their_order_however_they_are_cut(
    comparer: Comparer, compared: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "CHUNK", 301)
    again = comparer.compare(*every_pair(60))
    assert np.array_equal(again.left, compared.left)
    assert np.array_equal(again.right, compared.right)
    assert_equal(again, compared)
    assert all(np.array_equal(comparer.levels(*every_pair(60))[name], compared.levels[name]) for name in again.levels)


def test_rows_are_taken_with_all_that_belongs_to_them(comparer: Comparer, compared: Compared) -> None:
    rows = np.array([5, 900, 17])
    some = compared.take(rows)
    assert (len(some), some.left.tolist()) == (3, compared.left[rows].tolist())
    assert_equal(some, comparer.compare(compared.left[rows], compared.right[rows]))


def test_no_pair_and_no_field_come_to_nothing(comparer: Comparer) -> None:
    none = np.empty(0, np.int32)
    assert len(comparer.compare(none, none)) == 0
    assert set(comparer.levels(none, none)) == {comparison.name for comparison in EVERY}
    bare = _of([{"source": "force"}, {"source": "force"}]).compare(*the_pair())
    assert (bare.levels, bare.splink[0], bare.tokens[0], bare.kin[0]) == ({}, 0, 0, 0)
    assert len(_of([]).compare(none, none)) == 0


HANA, EFOSA = ({"given": name, "family": family} for name, family in (("hana", "varga"), ("efosa", "rudd")))


def _tokens(records: list[dict[str, Any]], left: int = 0, right: int = 1) -> float:
    return float(_of(records).compare(*the_pair(left, right)).tokens[0])


def _mixed(count: int) -> list[dict[str, Any]]:
    """So many records of names that go together by chance alone."""
    return [{"given": f"given{at % 10}", "family": f"family{at // 10 % 10}"} for at in range(count)]


def test_a_full_name_that_many_have_together_is_worth_what_the_whole_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "BLENDED", 0)
    by_chance, held = (40 / 240) ** 2, 40 / 240
    assert _tokens([HANA] * 40 + _mixed(200)) == pytest.approx(np.log2(by_chance / held))


def test_names_that_go_together_by_chance_are_worth_what_they_are_one_by_one() -> None:
    assert _tokens(_mixed(200), 0, 100) == 0


def test_a_rare_full_name_is_not_rarer_than_a_population_says() -> None:
    records = [HANA] * 2 + _mixed(9_998)
    of_given, of_family = (min(FLOOR, 10_000 * u) + BLENDED * u for u in (0.004, 0.0015))
    one_by_one = np.log2(of_given / 11_000) + np.log2(of_family / 11_000)
    assert _tokens(records) == pytest.approx(one_by_one - max(one_by_one, np.log2(WHOLE)))


@pytest.mark.parametrize("other", [{**HANA, "family": "rudd"}, {**HANA, "given": "efosa"}, {**HANA, "family": None}])
def test_only_a_whole_name_has_a_rarity_of_its_own(other: dict[str, Any]) -> None:
    assert _tokens([HANA, other, *[HANA] * 40, EFOSA]) == 0


@pytest.mark.parametrize("column", ["given", "family"])
def test_records_of_one_name_alone_have_no_full_name(column: str) -> None:
    assert _tokens([{column: "hana"}] * 40) == 0


def test_names_the_other_way_round_are_worth_what_the_commoner_reading_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "BLENDED", 0)
    records = [HANA, {"given": "varga", "family": "hana"}, *[{"given": "hana"}] * 99, *[{"family": "varga"}] * 49]
    made = _of([*records, *[EFOSA] * 50])
    found, again = (made.compare(*the_pair(*pair)) for pair in ((0, 1), (1, 0)))
    crossed = next(level for level in GIVEN.levels if level.words == CROSSED)
    given, family = 100 / 151, 50 / 101
    assert found.splink[0] + found.tokens[0] == pytest.approx(np.log2(crossed.m / (given * family)))
    assert_equal(found, again)


def _figures(comparison: Comparison, made: Comparer) -> list[tuple[float, float, float]]:
    fitted = next(one for one in made.comparisons if one.name == comparison.name)
    return [(round(level.m, 9), level.u, round(level.kin, 9)) for level in fitted.levels]


def test_a_level_whose_columns_are_empty_leaves_its_share_to_the_next() -> None:
    address, postcode, near, district, differ = HOME.levels
    found = _figures(HOME, _of([{"postcode": "QQ11CC"}]))
    assert found[0] == (LEAST_SHARE, address.u, LEAST_SHARE)
    assert found[1] == (round(address.m + postcode.m, 9), postcode.u, round(address.kin + postcode.kin, 9))
    assert found[2] == (near.m, near.u, near.kin)
    assert found[3][0] == LEAST_SHARE
    assert found[4] == (round(district.m + differ.m, 9), differ.u, round(district.kin + differ.kin, 9))


def test_several_empty_levels_leave_their_shares_together() -> None:
    address, postcode, near, *_, differ = HOME.levels
    found = _figures(HOME, _of([{"address": "1 low lane"}]))
    assert found[0] == (address.m, address.u, address.kin)
    total = sum(level.m for level in HOME.levels) - address.m
    assert found[1][0] == found[2][0] == found[3][0] == LEAST_SHARE
    assert found[4][0] == pytest.approx(total)
    assert postcode.m + near.m + differ.m < total


def test_no_share_is_lost_where_columns_are_empty() -> None:
    for columns in ({"given": "hana"}, {"family": "varga"}, {"dob": "1984-03-05", "year": 1984}, {"year": 1984}):
        for one in _of([columns]).comparisons:
            (whole,) = (comparison for comparison in STANDARD if comparison.name == one.name)
            for share in ("m", "kin"):
                before, after = (sum(getattr(level, share) for level in each.levels) for each in (whole, one))
                assert after == pytest.approx(before, abs=10 * LEAST_SHARE)


def test_a_comparison_with_nothing_empty_stays_as_it_is(comparer: Comparer) -> None:
    assert comparer.comparisons == tuple(EVERY)


def test_comparisons_without_an_else_leave_other_pairs_uncompared() -> None:
    alone = replace(FAMILY, levels=FAMILY.levels[:1])
    found = _of([HANA, EFOSA, HANA], [alone]).levels(np.array([0, 0], np.int32), np.array([1, 2], np.int32))
    assert found["family"].tolist() == [-1, 0]


_on_files = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_on_files
@given(ROWS)
def test_it_does_not_matter_which_record_comes_first(tmp_path: Path, rows: list[Row]) -> None:
    made = comparer_of(Coded(standard_of(tmp_path, numbered(rows))), EVERY)
    left, right = every_pair(len(rows))
    assert_equal(made.compare(left, right), made.compare(right, left))


def _weights(path: Path, rows: Sequence[Row]) -> tuple[Comparer, Compared]:
    file = write(path, rows)
    made = comparer_of(coded_with(file), shipped(other_columns([file])).comparisons)
    return made, made.compare(*every_pair(len(rows)))


@_on_files
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_and_the_ids_of_records_change_no_weight(
    tmp_path: Path, rows: list[Row], draw: random.Random
) -> None:
    rows = numbered(rows)
    _, before = _weights(tmp_path / "before.parquet", rows)
    order = draw.sample(range(len(rows)), len(rows))
    ids = draw.sample(range(10_000), len(rows))
    shuffled = [{**rows[at], "record_id": f"x{name}"} for at, name in zip(order, ids, strict=True)]
    made, _ = _weights(tmp_path / "after.parquet", shuffled)
    place = np.argsort(order).astype(np.int32)
    assert_equal(before, made.compare(place[before.left], place[before.right]))


@_on_files
@given(ROWS, st.sampled_from(["other_school", "other_Club / unit", "other_zz", "other_a"]))
def test_what_a_profile_calls_its_own_columns_changes_no_weight(tmp_path: Path, rows: list[Row], name: str) -> None:
    rows = [{**row, "other_reg": row["upn"]} for row in numbered(rows)]
    renamed = [{name if column == "other_school" else column: row[column] for column in row} for row in rows]
    _, before = _weights(tmp_path / "before.parquet", rows)
    _, after = _weights(tmp_path / "after.parquet", renamed)
    for figure in FIGURES:
        assert np.abs(getattr(before, figure) - getattr(after, figure)).max() < 1e-9, figure


# Fields that are told together; what stands beside them in a record is left as it is.
TOLD: Final = (
    ("dob", "year", "month", "day"),
    ("address", "address_words", "postcode", "district"),
    *((name,) for name in ("sex", "town", "place", "country", "occupation", "organisation", "local_id")),
    *((name,) for name in ("phones", "emails", "handles", "nhs_number", "upn", "pnc_id", "other_school")),
)
RARE: Final = ("address", "postcode", "town", "place", "country", "occupation", "organisation", "other_school")


@pytest.mark.parametrize("fields", TOLD, ids=lambda fields: str(fields[0]))
def test_a_field_told_alike_never_lowers_the_weight(tmp_path: Path, fields: tuple[str, ...]) -> None:
    """Beside hundreds of others, so that no value is held by nearly all: agreeing on such a one would say nothing."""
    table = standard_of(tmp_path, drawn(100))
    rows = table.to_pylist()
    both = [dict(row) for at in range(40) for row in (rows[at], _with(rows[at + 40], fields, rows[at]))]
    silent = [dict(row) for at in range(40) for row in (rows[at], _with(rows[at + 40], fields, {}))]
    others = [dict.fromkeys(RARE, f"value {at}") for at in range(300)]
    everyone = pa.Table.from_pylist([*rows, *both, *silent, *others], table.schema)
    made = comparer_of(Coded(everyone), EVERY)
    starts = np.arange(100, 180, 2, dtype=np.int32)
    told, untold = made.compare(starts, starts + 1), made.compare(starts + 80, starts + 81)
    assert np.all(told.splink >= untold.splink - 1e-9)
    assert np.any(told.splink > untold.splink + 0.5)


def _with(row: dict[str, Any], fields: tuple[str, ...], of: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{field: of.get(field) for field in fields}}
