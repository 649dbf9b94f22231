"""The terms of a weight: what thousands of people share never joins anyone, nor does what a household shares."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage import terms
from concerted.linkage.compare import Compared
from concerted.linkage.constraints import WEIGHTS
from concerted.linkage.decisions import Decision
from concerted.linkage.explain import Part, explain_pair
from concerted.linkage.frequencies import Bits
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.release import Release, shipped
from concerted.linkage.terms import CLEAR, COMMON, DEPENDENCE, TOKENS, WORDS
from concerted.linkage.weigh import MOST_LIKELY, prior_weight, weighed
from tests.linkage.records import Row, coded_with, comparer_of, people, write

Rows = list[dict[str, str | None]]

BORN: dict[str, str | None] = {"date_of_birth": "2012-06-14", "sex": "female"}
WHERE = {"town": "Dunmere", "country": "England"}
HOME = {"address": "1 Low Lane", "postcode": "QQ7 7CI"}


def _numbered(rows: Rows, source: str = "census") -> list[Row]:
    return [{"source": source, **row, "record_id": str(at)} for at, row in enumerate(rows)]


def _linked(folder: Path, rows: list[Row], release: Release | str = "auto", **said: list[Decision]) -> Linked:
    return link([write(folder / "records.parquet", rows)], model=release, **said)  # type: ignore[arg-type]


def _entities(linked: Linked) -> int:
    return len(set(linked.entity))


def _bands(linked: Linked) -> set[str]:
    return set(linked.pairs["band"].to_pylist())


def compared(
    splink: float = 0.0, tokens: float = 0.0, kin: float = 0.0, telling: float = 0.0, common: float = 0.0
) -> Compared:
    """One pair of which nothing but these sums is known."""
    record = np.zeros(1, np.int32)
    return Compared(record, record + 1, {}, *(np.array([bits]) for bits in (splink, tokens, kin, telling, common)))


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
    rows: Rows = [{**BORN, **WHERE, "postcode": code} for code in ("QQ7 1CI", "QQ7 9VK")]
    assert _bands(_linked(tmp_path, _numbered(rows))) == {"apart"}


@pytest.mark.parametrize(
    "telling",
    [
        {"given_name": "Hana", "family_name": "Varga"},
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
        "date_of_birth": _maybe("2012-06-14", "2012-06-15", "2012-06", "2012", "2013-06-14", "2012-01-01"),
        "sex": _maybe("female", "male"),
        "town": _maybe("Dunmere", "Dunmeer", "Eastholt"),
        "country": _maybe("England", "Wales"),
    }
)


def _release(prior: tuple[float, float] | None, keep: float, join: float) -> Release:
    release = replace(shipped({"other_registration": "other_registration"}), keep=keep, join=join)
    return release.bound(*prior) if prior else release


RELEASES = st.builds(
    _release,
    st.none() | st.tuples(st.floats(1e-6, 0.999), st.floats(1e-6, 0.999)),
    st.floats(-40, 5),
    st.floats(-40, 5),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(SHARED_BY_THOUSANDS, min_size=2, max_size=12), st.data(), RELEASES)
def test_records_of_nothing_else_are_never_joined_nor_asked_about(
    tmp_path: Path, rows: Rows, data: st.DataObject, release: Release
) -> None:
    inward = [f"{at % 10}{letter}{letter}" for at, letter in enumerate("ABDEFGHJLNPQ")]  # none near another
    codes = [f"QQ7 {code}" if data.draw(st.booleans()) else None for code in inward[: len(rows)]]
    one_district: Rows = [{**row, "postcode": code} for row, code in zip(rows, codes, strict=True)]
    for told in (rows, one_district):
        made = _linked(tmp_path, _numbered(told), release)
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
    tmp_path: Path, rows: Rows, release: Release
) -> None:
    coded = coded_with(write(tmp_path / "records.parquet", _numbered(rows)))
    bound = release if release.prior else release.bound(0.1, 0.1)
    comparer = comparer_of(coded, bound.comparisons)
    left, right = (np.array(side, np.int32) for side in zip(*combinations(range(len(rows)), 2), strict=True))
    pairs = comparer.compare(left, right)
    found = weighed(pairs, bound, candidate=True)
    parts: dict[str, Bits] = {one.name: comparer.part(one, pairs.levels, left) for one in comparer.comparisons}
    start = prior_weight(bound.prior or 0)
    terms_too = [pairs.tokens, found.dependence, found.common]
    assert found.weight == pytest.approx(start + sum(parts.values(), sum(terms_too)), abs=1e-9)
    own = ("given", "family", "middle", "local_id")
    telling = sum((np.maximum(parts[name], 0) for name in own if name in parts), pairs.tokens)
    if "home" in parts:
        telling = telling + np.where(pairs.levels["home"] < 3, np.maximum(parts["home"], 0), 0)
    something = telling > 1e-6
    assert (found.common[something] == 0).all()
    assert (found.weight[~something] < min(bound.keep, bound.join)).all()
    assert (found.evidence[~something] <= 1e-6).all()


@given(st.floats(-40, 40), st.floats(0, 40), st.floats(-40, 40), st.floats(-30, 30))
def test_what_is_common_goes_only_where_nothing_else_speaks(
    telling: float, common: float, kin: float, least: float
) -> None:
    pair = compared(telling=telling, common=common, kin=kin)
    term, household = float(terms.common(pair, least)[0]), float(terms.dependence(pair, 0.1)[0])
    if telling > terms.NOTHING:
        assert term == 0
        assert household < 0
    else:
        assert common + term == pytest.approx(min(0.0, least - CLEAR))
        assert household == 0


def _parts(path: Path, release: Release, left: str = "0", right: str = "1") -> tuple[dict[str, Part], float, float]:
    explained = explain_pair([path], release, RecordKey("census", left), RecordKey("census", right))
    return {part.field: part for part in explained.parts}, explained.start, explained.weight


def test_the_term_is_said_in_words_and_the_parts_still_add_up(tmp_path: Path) -> None:
    path = write(tmp_path / "records.parquet", _numbered([{**BORN, "town": "Dunmere"}] * 2))
    parts, start, weight = _parts(path, link([path]).release)
    title, words = WORDS[COMMON]
    assert parts[title].words == words
    assert parts[title].bits == pytest.approx(-sum(part.bits for part in parts.values() if part.field != title))
    assert weight == pytest.approx(start)


def test_a_sister_of_one_home_is_told_by_the_household(tmp_path: Path) -> None:
    rows: Rows = [
        {"given_name": name, "family_name": "Varga", "date_of_birth": born, "town": "Dunmere", **HOME}
        for name, born in (("Hana", "2012-06-14"), ("Efosa", "2009-01-30"))
    ]
    parts, _, weight = _parts(write(tmp_path / "records.parquet", _numbered(rows)), shipped().bound(0.1, 0.1))
    household = parts[WORDS[DEPENDENCE][0]]
    assert household.words == WORDS[DEPENDENCE][1]
    assert household.bits < -max(parts[field].bits for field in ("Address and postcode", "Family name"))
    assert WORDS[COMMON][0] not in parts
    assert weight < shipped().keep


@pytest.mark.parametrize(("word", "band", "entities"), [("same", "join", 1), ("unsure", "review", 2)])
def test_what_a_person_decided_outranks_the_term(tmp_path: Path, word: str, band: str, entities: int) -> None:
    keys = (RecordKey("census", "0"), RecordKey("census", "1"))
    decided = Decision(*keys, word, "R. Reader", "2026-03-02", "asked the school")
    made = _linked(tmp_path, _numbered([BORN, BORN]), decisions=[decided])
    assert (_entities(made), _bands(made)) == (entities, {band})
    assert made.shown["reasons"][0].as_py().startswith(f"decided {word} by R. Reader")
    assert WORDS[COMMON][1] in made.shown["against"][0].as_py()


def _census(named: Rows) -> list[Row]:
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
    rows: Rows = [
        {"local_id": "7", "sex": "female", "town": "Dunmere", "date_of_birth": born}
        for born in ("2012-06-14", "2012-06-14", "2004-11-30")
    ]
    made = _linked(tmp_path, _numbered(rows))
    assert made.entity == [0, 0, 2]
    assert _bands(made) == {"join", "apart"}


@pytest.mark.parametrize("sources", [4, 30])
def test_a_record_without_names_joins_a_person_of_many_records_by_its_local_number(
    tmp_path: Path, sources: int
) -> None:
    """Against the person's other records it has only a date of birth and a sex to show, and that says nothing."""
    named = {**BORN, "given_name": "Hana", "family_name": "Varga", "address": "1 Low Lane", "postcode": "QQ7 7CI"}
    rows: Rows = [{"source": "council", **named, "local_id": "7"}]
    rows += [{"source": f"agency {at}", **named} for at in range(sources)]
    rows.append({"source": "council", **BORN, "local_id": "7"})
    assert _entities(_linked(tmp_path, [{**row, "record_id": str(at)} for at, row in enumerate(rows)])) == 1


def test_the_terms_are_told_apart() -> None:
    assert list(WORDS) == [TOKENS, DEPENDENCE, COMMON, *(row.name for row in WEIGHTS)]
    assert len({words for _, words in WORDS.values()}) == len(WORDS)


def test_the_most_generous_start_is_the_one_that_the_term_reckons_with() -> None:
    assert prior_weight(MOST_LIKELY) == pytest.approx(np.log2(1 / 9))
