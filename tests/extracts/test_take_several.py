"""Rows that hold several people, and the truth of them, which goes to a file of its own and only when asked for."""

from pathlib import Path
from typing import Any

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import Counts
from tests.extracts.files import profile, take_file, take_text, written

HEADER = "id,first,last,born\n"
TWO = HEADER + "1,Ann,Lee,01/02/1999\n2, Bea ,O'Hara,\n"

# Several people in one row

PARTS = {
    "child": {"given_name": "first", "date_of_birth": {"column": "born", "date": "%d/%m/%Y"}},
    "mother": {"family_name": "last"},
}


def take_parts(folder: Path, text: str, **changes: Any) -> Any:
    return take_text(folder, text, fields=None, parts=PARTS, **changes)


def test_several_people_in_one_row(tmp_path: Path) -> None:
    result = take_parts(tmp_path, HEADER + "1,Ann,Lee,\n2,Bea,,\n3,,,\n4,,Lee,x\n")
    told = [(one["record_id"], one["row"], one["given_name"], one["family_name"]) for one in result.records]
    assert told == [
        ("1/child", 2, "Ann", None),
        ("1/mother", 2, None, "Lee"),
        ("2/child", 3, "Bea", None),
        ("4/mother", 5, None, "Lee"),
    ]
    assert result.taken.counts == Counts(4, 4, 0, 0, 0, 4, 1)
    assert result.taken.notes == ("rows in which none of the fields of any person has a value: 1",)
    assert result.values[0].record_id == "4/child"


def test_a_required_field_of_one_of_them(tmp_path: Path) -> None:
    result = take_parts(tmp_path, HEADER + "1,Ann,,\n2,Bea,Lee,\n", required=["mother.family_name"])
    assert [one["record_id"] for one in result.records] == ["2/child", "2/mother"]
    assert result.rows[0].reason == "mother.family_name is required and is empty"


def test_the_same_row_of_several_people_twice(tmp_path: Path) -> None:
    text = HEADER + "1,Ann,Lee,\n2,Bea,Lee,\n1,Ann,Lee,\n2,Bea,,\n"
    result = take_parts(tmp_path, text)
    assert [one["record_id"] for one in result.records] == ["1/child", "1/mother", "2/child", "2/mother"]
    assert (result.taken.counts.repeated, [one.row for one in result.rows]) == (1, [5])


# Truth


def test_truth_only_when_it_is_asked_for(tmp_path: Path) -> None:
    text = "id,first,same\n1,Ann,c1\n2,Bea,\n3,Ann,c1\n,Cat,c2\n"
    result = take_text(tmp_path, text, fields={"given_name": "first"}, truth="same")
    assert "truth" not in str(result.records)
    path = written(tmp_path / "b.csv", text)
    told = take_file(path, profile(fields={"given_name": "first"}, truth="same"), truth=True).truth
    assert [(one["source"], one["record_id"], one["truth_id"]) for one in told] == [
        ("force-a", "1", "c1"),
        ("force-a", "3", "c1"),
    ]


def test_truth_by_a_pattern_in_the_record_id(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,first\nrec-7-org,Ann\nrec-7-dup,Ann\nx,Bea\n")
    made = profile(fields={"given_name": "first"}, truth={"column": "id", "pattern": r"rec-(\d+)-"})
    result = take_file(path, made, truth=True)
    assert [one["truth_id"] for one in result.truth] == ["7", "7"]
    assert result.values == [], "the truth is never a value of a record"


def test_truth_of_several_people(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,first,last,born,same\n1,Ann,Lee,,f\n2,Ann,Lee,,f\n")
    result = take_file(path, profile(fields=None, parts=PARTS, truth="same"), truth=True)
    told = {one["record_id"]: one["truth_id"] for one in result.truth}
    assert told == {"1/child": "f/child", "1/mother": "f/mother", "2/child": "f/child", "2/mother": "f/mother"}


def test_truth_that_the_profile_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="the profile does not say where it is"):
        take_file(written(tmp_path / "a.csv", TWO), profile(), truth=True)


def test_the_truth_makes_no_row_differ(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,first,same\n1,Ann,x\n1,Ann,y\n")
    result = take_file(path, profile(fields={"given_name": "first"}, truth="same"), truth=True)
    assert result.taken.counts.repeated == 1
    assert [one["truth_id"] for one in result.truth] == ["x"]
