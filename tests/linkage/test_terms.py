"""The terms of a weight: what thousands of people share never joins anyone, and the sum says so."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.decisions import Decision
from concerted.linkage.explain import explain_pair
from concerted.linkage.link import Linked, link
from concerted.linkage.release import Release, shipped
from concerted.linkage.score import Scorer, prior_weight
from concerted.linkage.terms import COMMON, HOUSEHOLD, WORDS, common, household
from tests.linkage.records import Row, engine_with, people, write

BORN: dict[str, str | None] = {"date_of_birth": "2012-06-14", "sex": "female"}
WHERE = {"town": "Dunmere", "country": "England"}
HOME = {"address": "1 Low Lane", "postcode": "QQ7 7CI"}


def _numbered(rows: list[dict[str, str | None]], source: str = "census") -> list[Row]:
    return [{"source": source, **row, "record_id": str(at)} for at, row in enumerate(rows)]


def _linked(folder: Path, rows: list[Row], release: Release | str = "auto", **said: list[Decision]) -> Linked:
    return link([write(folder / "records.parquet", rows)], model=release, **said)  # type: ignore[arg-type]


def _entities(linked: Linked) -> int:
    return len(set(linked.entity))


def _bands(linked: Linked) -> set[str]:
    return set(linked.pairs["band"].to_pylist())


@pytest.mark.parametrize(
    "shared",
    [
        {"date_of_birth": "2012-06-14"},
        BORN,
        {**BORN, "town": "Dunmere"},
        {**BORN, **WHERE},
        WHERE,
    ],
)
@pytest.mark.parametrize("size", [2, 3, 15])
def test_in_a_small_file_whose_start_is_generous_they_join_nobody(
    tmp_path: Path, shared: dict[str, str | None], size: int
) -> None:
    made = _linked(tmp_path, _numbered([shared] * size))
    assert _entities(made) == size
    assert _bands(made) <= {"apart"}
    assert made.shown.num_rows == 0


def test_one_postcode_district_and_a_date_of_birth_are_not_enough(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [{**BORN, **WHERE, "postcode": code} for code in ("QQ7 1CI", "QQ7 9VK")]
    assert _bands(_linked(tmp_path, _numbered(rows))) == {"apart"}


@pytest.mark.parametrize(
    "telling",
    [
        {"given_name": "Hana", "family_name": "Varga"},
        HOME,
        {"phone": "+447700900001"},
        {"email": "hana@reed.example"},
        {"handle": "reed"},
        {"nhs_number": "9990000018"},
        {"upn": "X1"},
        {"pnc_id": "X1"},
        {"local_id": "7"},
        {"other_registration": "QQ12 QQQ"},
    ],
)
def test_with_one_more_fact_that_is_somebodys_own_they_do(tmp_path: Path, telling: dict[str, str | None]) -> None:
    assert _entities(_linked(tmp_path, _numbered([{**BORN, **telling}] * 2))) == 1


def _maybe(*values: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values)


SHARED_BY_THOUSANDS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["census", "council"]),
        "date_of_birth": _maybe("2012-06-14", "2012-06-15", "2012-06", "2012", "2013-06-14"),
        "sex": _maybe("female", "male"),
        "town": _maybe("Dunmere", "Dunmeer", "Eastholt"),
        "country": _maybe("England", "Wales"),
    }
)
RELEASES = st.builds(
    lambda prior, review, join: replace(shipped(), prior=prior, review=review, join=join),
    st.none() | st.floats(1e-6, 0.999),
    st.floats(-40, 5),
    st.floats(-40, 5),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(SHARED_BY_THOUSANDS, min_size=2, max_size=12), RELEASES)
def test_records_of_nothing_else_are_never_joined_nor_asked_about(
    tmp_path: Path, rows: list[dict[str, str | None]], release: Release
) -> None:
    made = _linked(tmp_path, _numbered(rows), release)
    assert _entities(made) == len(rows)
    assert made.shown.num_rows == 0
    assert _bands(made) <= {"apart"}


MIXED = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["census", "council"]),
        "date_of_birth": _maybe("2012-06-14", "2012-06-15"),
        "sex": _maybe("female", "male"),
        "town": _maybe("Dunmere", "Eastholt"),
        "given_name": _maybe("Hana", "Efosa"),
        "family_name": _maybe("Varga", "Rudd"),
        "address": _maybe("1 Low Lane"),
        "local_id": _maybe("7", "8"),
    }
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(MIXED, min_size=2, max_size=8), RELEASES)
def test_parts_and_terms_sum_and_the_term_counts_just_where_nothing_else_speaks(
    tmp_path: Path, rows: list[dict[str, str | None]], release: Release
) -> None:
    scorer = Scorer(engine_with(write(tmp_path / "records.parquet", _numbered(rows))), release)
    left, right = zip(*combinations(range(len(rows)), 2), strict=True)
    pairs = pa.table({"left": pa.array(left, pa.int32()), "right": pa.array(right, pa.int32())})
    for row in scorer.score(pairs, every=True).parts.to_pylist():
        assert sum(bits for name, bits in row.items() if name.startswith("part_")) == pytest.approx(row["evidence"])
        telling = sum(max(0, row.get(f"part_{name}", 0)) for name in ("name", "home", "local_id"))
        if telling + row["part_household"] > 1e-6:
            assert row["part_common"] == 0
        elif scorer.comparisons:
            assert row["evidence"] <= 0
            assert prior_weight(release.prior or 0.1) + row["evidence"] < min(release.review, release.join)


def test_the_term_is_said_in_words_and_the_parts_still_add_up(tmp_path: Path) -> None:
    path = write(tmp_path / "records.parquet", _numbered([{**BORN, "town": "Dunmere"}] * 2))
    release = link([path]).release
    explained = explain_pair([path], release, RecordKey("census", "0"), RecordKey("census", "1"))
    parts = {part.field: part for part in explained.parts}
    title, words = WORDS[COMMON]
    assert parts[title].words == words
    assert parts[title].bits == pytest.approx(-sum(bits.bits for bits in explained.parts if bits.field != title))
    assert explained.weight == pytest.approx(explained.start)


def test_a_sibling_of_one_home_is_told_by_both_terms(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"given_name": name, "family_name": family, "date_of_birth": born, "town": "Dunmere", **HOME}
        for name, family, born in (("Hana", "Varga", "2012-06-14"), ("Efosa", "Rudd", "2009-01-30"))
    ]
    engine = engine_with(write(tmp_path / "records.parquet", _numbered(rows)))
    row = Scorer(engine, shipped()).explain(0, 1)
    assert row["part_household"] == pytest.approx(-row["part_home"])
    assert row["part_common"] == pytest.approx(-row["part_town"])


@pytest.mark.parametrize(("word", "band", "entities"), [("same", "join", 1), ("unsure", "review", 2)])
def test_what_a_person_decided_outranks_the_term(tmp_path: Path, word: str, band: str, entities: int) -> None:
    keys = (RecordKey("census", "0"), RecordKey("census", "1"))
    decided = Decision(*keys, word, "R. Reader", "2026-03-02", "asked the school")
    made = _linked(tmp_path, _numbered([BORN, BORN]), decisions=[decided])
    assert (_entities(made), _bands(made)) == (entities, {band})
    assert made.shown["reasons"][0].as_py().startswith(f"decided {word} by R. Reader")
    assert WORDS[COMMON][1] in made.shown["against"][0].as_py()


def _census(named: list[dict[str, str | None]]) -> list[Row]:
    """A line for each of these people, twice over: numbers, date of birth, sex, town, and nobody's name."""
    said = ("date_of_birth", "sex", "town")
    lines: list[Mapping[str, str | None]] = [
        {**{name: person[name] for name in said}, "local_id": f"L{at}", "upn": person["upn"] if at % 2 else None}
        for at, person in enumerate(named)
    ]
    return [
        {**line, "source": "census", "record_id": f"c{turn}.{at}"} for turn in (1, 2) for at, line in enumerate(lines)
    ]


def test_a_census_joins_by_pupil_number_and_by_its_own_number_and_by_nothing_else(tmp_path: Path) -> None:
    named = people(30, ("council",))
    for at, row in enumerate(named):
        row |= {"record_id": f"p{at}", "upn": f"U{at}", "local_id": f"L{(at + 1) % 30}"}
        row |= {"date_of_birth": f"2012-06-{1 + at // 10:02}", "town": "Dunmere"}
    lists: list[Row] = [*named]
    made = _linked(tmp_path, lists + _census(named))
    found: dict[int, set[str]] = {}
    for one, entity in zip(made.keys, made.entity, strict=True):
        found.setdefault(entity, set()).add(one.record_id)
    lines = [{f"c1.{at}", f"c2.{at}"} for at in range(30)]
    expected = [line | {f"p{at}"} if at % 2 else line for at, line in enumerate(lines)]
    expected += [{f"p{at}"} for at in range(0, 30, 2)]
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))


def test_a_number_given_away_again_is_not_one_child(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"local_id": "7", "sex": "female", "town": "Dunmere", "date_of_birth": born}
        for born in ("2012-06-14", "2012-06-14", "2004-11-30")
    ]
    made = _linked(tmp_path, _numbered(rows))
    assert made.entity == [0, 0, 2]
    assert _bands(made) == {"join", "apart"}


def test_without_anything_to_compare_the_terms_are_nothing() -> None:
    assert household(()) == "0::double"
    assert common((), 3.0) == "0::double"


def test_the_terms_are_told_apart() -> None:
    assert list(WORDS) == [HOUSEHOLD, COMMON]
    assert len({words for _, words in WORDS.values()}) == len({title for title, _ in WORDS.values()}) == len(WORDS)


def test_every_term_has_its_column_even_where_nothing_is_compared(tmp_path: Path) -> None:
    engine = engine_with(write(tmp_path / "bare.parquet", _numbered([{}, {}])))
    pair = pa.table({"left": pa.array([0], pa.int32()), "right": pa.array([1], pa.int32())})
    parts = Scorer(engine, shipped()).score(pair, every=True).parts
    assert [parts[f"part_{term}"].to_pylist() for term in WORDS] == [[0.0], [0.0]]


def test_a_record_without_names_joins_a_person_of_many_records_by_its_local_number(tmp_path: Path) -> None:
    """Against the person's other records it has only a date of birth and a sex to show, and that says nothing."""
    named = {**BORN, "given_name": "Hana", "family_name": "Varga", "address": "1 Low Lane", "postcode": "QQ7 7CI"}
    rows: list[dict[str, str | None]] = [{"source": "council", **named, "local_id": "7"}]
    rows += [{"source": source, **named} for source in ("force", "health", "charity", "school")]
    rows.append({"source": "council", **BORN, "local_id": "7"})
    assert _entities(_linked(tmp_path, [{**row, "record_id": str(at)} for at, row in enumerate(rows)])) == 1
