"""Candidate pairs: each once, the lower number first, the same for any order of the rows, and company for all."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import CAP, WEAK_CAP, propose
from concerted.linkage.comparisons import other
from tests.linkage.records import FAMILY, GIVEN, Row, engine_with, key, people, person, write

Pairs = set[frozenset[RecordKey]]


def _numbers(path: Path, rows: list[Row]) -> list[tuple[int, int]]:
    engine = engine_with(write(path / "records.parquet", rows))
    table = propose(engine, ())
    names = {str(row[0]) for row in engine.execute("show tables").fetchall()}
    assert names == {"standard", "candidate"}
    return list(zip(table["left"].to_pylist(), table["right"].to_pylist(), strict=True))


def _keys(rows: list[Row], numbers: list[tuple[int, int]]) -> Pairs:
    return {frozenset((key(rows[left]), key(rows[right]))) for left, right in numbers}


def _rows(*fields: Row) -> list[Row]:
    return [{"source": "force", "record_id": str(at), **row} for at, row in enumerate(fields)]


RECORDS = st.fixed_dictionaries(
    {
        "given_name": st.none() | st.sampled_from(GIVEN[:4]),
        "family_name": st.none() | st.sampled_from(FAMILY[:4]),
        "date_of_birth": st.none() | st.sampled_from(["1984-03-05", "1984-05-03", "1990"]),
        "postcode": st.none() | st.sampled_from(["QQ1 1CC", "QQ1 1CK"]),
        "occupation": st.none() | st.sampled_from(["baker", "'; drop table standard; --", "\\", "%", "a\x00b", "🜁"]),
        "phone": st.none() | st.sampled_from(["+447700900001", "+447700900001; +447700900002", ";"]),
    }
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(RECORDS, max_size=15), st.randoms(use_true_random=False))
def test_pairs_are_unique_in_order_and_the_same_for_any_order_of_the_rows(
    tmp_path: Path, fields: list[Row], draw: random.Random
) -> None:
    rows = _rows(*fields)
    found = _numbers(tmp_path, rows)
    assert found == sorted(set(found))
    assert all(left < right for left, right in found)
    shuffled = draw.sample(rows, len(rows))
    assert _keys(shuffled, _numbers(tmp_path, shuffled)) == _keys(rows, found)


def test_invented_people_are_found_again_in_the_other_source(tmp_path: Path) -> None:
    rows: list[Row] = [*people(60)]
    found = set(_numbers(tmp_path, rows))
    assert all((number, number + 60) in found for number in range(60))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"given_name": "Hana", "family_name": "Varga"}, {"full_name": "VARGA, Hana"}),
        ({"given_name": "Hana", "date_of_birth": "1984-03-05"}, {"given_name": "Hanae", "date_of_birth": "1984-03-05"}),
        ({"date_of_birth": "1984-03-05"}, {"date_of_birth": "1984-05-03"}),
        ({"postcode": "QQ1 1CC"}, {"postcode": "qq11cc"}),
        ({"address": "1 Low Lane"}, {"address": "1, low lane"}),
        ({"phone": "+447700900001; +447700900002"}, {"phone": "+447700900002"}),
        ({"email": "a@reed.example"}, {"email": "a@reed.example"}),
        ({"handle": "reed"}, {"handle": "reed"}),
        ({"nhs_number": "9990000018"}, {"nhs_number": "9990000018"}),
        ({"local_id": "7"}, {"local_id": "7"}),
        (
            {"given_name": "Danuta", "family_name": "Wrexley", "year_of_birth": "1984"},
            {"given_name": "Dan", "family_name": "Wrexford", "year_of_birth": "1984"},
        ),
    ],
)
def test_one_shared_piece_of_evidence_is_enough(tmp_path: Path, one: Row, two: Row) -> None:
    assert _numbers(tmp_path, _rows(one, two)) == [(0, 1)]


@pytest.mark.parametrize("field", ["town", "country", "sex", "organisation", "place_of_birth"])
def test_what_very_many_share_proposes_nothing_alone(tmp_path: Path, field: str) -> None:
    assert _numbers(tmp_path, _rows({field: "female"}, {field: "female"})) == []


def test_a_local_id_is_no_evidence_across_sources(tmp_path: Path) -> None:
    rows: list[Row] = [{"source": source, "record_id": "1", "local_id": "7"} for source in ("force", "council")]
    assert _numbers(tmp_path, rows) == []


def test_a_column_of_the_profiles_own_naming_is_evidence(tmp_path: Path) -> None:
    engine = engine_with(write(tmp_path / "o.parquet", _rows({"other_school": "Brae"}, {"other_school": "BRAE"})))
    assert propose(engine, (other("other_school", "School"),)).to_pylist() == [{"left": 0, "right": 1}]


def test_a_name_that_two_hundred_hold_leaves_nobody_without_company(tmp_path: Path) -> None:
    rows = _rows(*[{"given_name": "Hana", "family_name": "Varga"}] * 200)
    found = _numbers(tmp_path, rows)
    assert {number for pair in found for number in pair} == set(range(200))
    assert len(found) < 200 * CAP


def test_weak_evidence_that_many_hold_proposes_nothing(tmp_path: Path) -> None:
    few = _rows(*[{"date_of_birth": "1984-03-05"}] * WEAK_CAP)
    assert len(_numbers(tmp_path, few)) == WEAK_CAP * (WEAK_CAP - 1) // 2
    assert _numbers(tmp_path, _rows(*[{"date_of_birth": "1984-03-05"}] * (CAP + 1))) == []


def test_work_stays_in_proportion_to_the_records(tmp_path: Path) -> None:
    rows = _rows(*[{**person(number % 7), "phone": "+447700900001", "address": "1 Low Lane"} for number in range(1400)])
    assert len(_numbers(tmp_path, rows)) < 1400 * CAP


def test_no_record_and_one_record_give_no_pair(tmp_path: Path) -> None:
    assert _numbers(tmp_path, []) == []
    assert _numbers(tmp_path, _rows(person(1))) == []
