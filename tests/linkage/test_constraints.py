"""The table of constraints: what each row takes, from whom, and that it is in the release and in the reasons."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from concerted.common.ids import RecordKey
from concerted.linkage import constraints
from concerted.linkage.comparisons import ONE_A_PERSON, STANDARD
from concerted.linkage.constraints import TABLE, VETOES, WEIGHTS
from concerted.linkage.explain import explain_pair
from concerted.linkage.release import Release, shipped
from concerted.linkage.weigh import weighed
from tests.linkage.records import Row, coded_with, comparer_of, write

HANA = {"given_name": "Hana", "family_name": "Varga", "sex": "female", "date_of_birth": "1984-03-05"}
AT_HOME = {**HANA, "postcode": "QQ1 1CC"}
FATHER_AND_SON = ({**HANA, "date_of_birth": "1950-01-20"}, HANA)
BOUND = shipped().bound(1e-4, 1e-4)


def _holding(path: Path, left: Row, right: Row, without: str = "") -> set[str]:
    """The names of the weights that hold."""
    coded = coded_with(write(path / "records.parquet", _rows(left, right)))
    comparer = comparer_of(coded, [one for one in STANDARD if one.name != without])
    found = comparer.compare(np.array([0], np.int32), np.array([1], np.int32)).held
    return {name for name, holds in found.items() if holds[0]}


def _rows(*fields: Row) -> list[Row]:
    return [{"source": "force", "record_id": str(at), **row} for at, row in enumerate(fields)]


HOLDING: dict[str, tuple[Row, Row, set[str]]] = {
    "one record twice": (HANA, HANA, set()),
    "a slip in the day": (HANA, {**HANA, "date_of_birth": "1984-03-06"}, set()),
    "day and month swapped": (HANA, {**HANA, "date_of_birth": "1984-05-03"}, set()),
    "another day of the year": (HANA, {**HANA, "date_of_birth": "1984-11-28"}, {"births"}),
    "another day of the year after": (HANA, {**HANA, "date_of_birth": "1985-11-28"}, {"births"}),
    "a year alone": (HANA, {**HANA, "date_of_birth": None, "year_of_birth": "1984"}, set()),
    "no date": (HANA, {**HANA, "date_of_birth": None}, set()),
    "father and son": (*FATHER_AND_SON, {"generation"}),
    "father and son by their years": (
        {**HANA, "date_of_birth": None, "year_of_birth": "1950"},
        {**HANA, "date_of_birth": None, "year_of_birth": "1984"},
        {"generation"},
    ),
    "a nickname of the father's": ({**FATHER_AND_SON[0], "given_name": "Hannah"}, HANA, {"generation"}),
    "fourteen years": ({**HANA, "date_of_birth": "1970-07-20"}, HANA, set()),
    "fifteen years": ({**HANA, "date_of_birth": "1969-07-20"}, HANA, {"generation"}),
    "a slip in the decade": ({**HANA, "date_of_birth": "1954-03-05"}, HANA, set()),
    "other names": ({**FATHER_AND_SON[0], "given_name": "Idris"}, HANA, set()),
    "sister and brother": (AT_HOME, {**AT_HOME, "given_name": "Idris", "sex": "male"}, {"other_sex"}),
    "sisters": (AT_HOME, {**AT_HOME, "given_name": "Bryony"}, set()),
    "a sex written wrongly": (AT_HOME, {**AT_HOME, "sex": "male"}, set()),
    "of other homes": (AT_HOME, {**HANA, "given_name": "Idris", "sex": "male", "postcode": "QQ9 9ZZ"}, set()),
}


@pytest.mark.parametrize("left, right, names", HOLDING.values(), ids=HOLDING.keys())
def test_a_weight_holds_where_it_should_and_either_way_round(
    tmp_path: Path, left: Row, right: Row, names: set[str]
) -> None:
    assert _holding(tmp_path, left, right) == _holding(tmp_path, right, left) == names


def test_every_weight_has_an_example() -> None:
    assert set().union(*(names for *_, names in HOLDING.values())) == {row.name for row in WEIGHTS}


def test_without_the_field_that_it_rests_on_a_weight_says_nothing(tmp_path: Path) -> None:
    assert _holding(tmp_path, *FATHER_AND_SON, without="birth") == set()
    assert _holding(tmp_path, *FATHER_AND_SON, without="given") == set()


def test_the_table_has_each_row_once_and_a_veto_for_all_that_one_person_has_one_of() -> None:
    assert len({row.name for row in TABLE}) == len({row.words for row in TABLE}) == len(TABLE)
    assert {row.name for row in VETOES} == {*ONE_A_PERSON, "one_source"}
    assert all(row.bits is None for row in VETOES)
    assert all(row.bits is not None and row.bits < 0 for row in WEIGHTS)


@pytest.mark.parametrize("row", WEIGHTS, ids=[row.name for row in WEIGHTS])
def test_a_weight_names_levels_that_there_are(row: constraints.Constraint) -> None:
    levels = {one.name: {level.words for level in one.levels} for one in STANDARD}
    assert all(levels[name] >= {*words} for name, words in row.at)


def test_what_a_release_says_of_a_weight_is_what_it_takes(tmp_path: Path) -> None:
    coded = coded_with(write(tmp_path / "records.parquet", _rows(*FATHER_AND_SON)))
    compared = comparer_of(coded).compare(np.array([0], np.int32), np.array([1], np.int32))
    heavier = replace(BOUND, constraints=tuple(replace(row, bits=row.bits and 3 * row.bits) for row in TABLE))
    taken = weighed(compared, BOUND, candidate=True).weight - weighed(compared, heavier, candidate=True).weight
    assert taken == pytest.approx(10)
    assert heavier.id != BOUND.id
    assert Release.from_json(heavier.to_json()) == heavier


def test_a_constraint_is_told_in_words_and_its_bits_are_in_the_sum(tmp_path: Path) -> None:
    path = write(tmp_path / "records.parquet", _rows(*FATHER_AND_SON))
    release = BOUND.counted(coded_with(path))
    found = explain_pair([path], release, RecordKey("force", "0"), RecordKey("force", "1"))
    said = {part.words: part.bits for part in found.parts}
    assert said["one full name, and births more than 14 years apart"] == -5
    assert found.start + sum(part.bits for part in found.parts) == pytest.approx(found.weight, abs=1e-9)
