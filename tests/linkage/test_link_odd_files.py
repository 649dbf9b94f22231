"""Linking files that hold little, nothing, or what was made to do harm."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from concerted.common.ids import RecordKey
from concerted.linkage.decisions import Decision
from concerted.linkage.link import link
from concerted.linkage.release import shipped
from concerted.linkage.review import review_order
from tests.linkage.records import AGENCY, Row, agencies, write


def _bare(count: int) -> list[Row]:
    return [{"source": "force", "record_id": str(at)} for at in range(count)]


@pytest.mark.parametrize("rows", [[], _bare(1), _bare(3), agencies()[:1]], ids=["none", "one bare", "bare", "one"])
@pytest.mark.parametrize("model", ["auto", "default"])
def test_few_records_or_none_are_each_their_own_entity(tmp_path: Path, rows: Sequence[Row], model: str) -> None:
    made = link([write(tmp_path / "few.parquet", rows)], model=model)
    assert made.entity == list(range(len(rows)))
    assert (made.pairs.num_rows, made.shown.num_rows, made.strengths) == (0, 0, [])
    assert made.shown.column_names == [
        *("left", "right", "weight", "probability", "band", "reasons", "against", "splink_weight")
    ]
    assert made.release.prior is not None
    assert review_order(made) == []


def test_no_file_at_all_is_no_record() -> None:
    assert link([]).entity == []


def test_records_without_a_comparable_field_are_joined_by_decision_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "bare.parquet", _bare(3))
    pair = RecordKey("force", "0"), RecordKey("force", "2")
    decision = Decision(*pair, "same", "R. Reader", "2026-03-02", "asked both")
    made = link([path], decisions=[decision])
    assert made.entity == [0, 1, 0]
    (row,) = made.shown.to_pylist()
    assert (row["left"], row["right"], row["band"]) == (0, 2, "join")


def test_a_release_made_where_there_were_other_columns_serves_where_there_are_not(tmp_path: Path) -> None:
    path = write(tmp_path / "agencies.parquet", agencies())
    foreign = shipped({"other_school": "other_school"})
    made = link([path], model=foreign)
    assert len(set(made.entity)) == AGENCY


def test_columns_of_the_profiles_own_naming_are_compared_whatever_they_are_called(tmp_path: Path) -> None:
    rows = agencies()
    names = ['other_"; drop table standard; --', "other_left", "other_x_l", "other_select", "other_é"]
    for at, row in enumerate(rows):
        row |= dict.fromkeys(names, "".join(random.Random(at % AGENCY).choices("abcdefghij", k=9)))
    made = link([write(tmp_path / "hostile.parquet", rows)])
    assert len(set(made.entity)) == AGENCY
    assert len(made.release.comparisons) == len(shipped().comparisons) + len(names)


HOSTILE = ["'; drop table standard; --", "\\", "\u202e", "a\x00b", "%s", "{n}", "🜁" * 20, "=cmd()", "x" * 5000]


def test_hostile_values_are_values(tmp_path: Path) -> None:
    rows: list[Row] = [
        {
            **dict.fromkeys(("given_name", "family_name", "town", "address", "phone", "handle", "local_id"), text),
            "source": "for'ce",
            "record_id": text,
            "date_of_birth": text,
            "postcode": text,
        }
        for text in HOSTILE
    ]
    made = link([write(tmp_path / "values.parquet", rows)], decisions=[])
    assert [one.record_id for one in made.keys] == HOSTILE
    assert len(set(made.entity)) == len(HOSTILE)


def test_a_chain_of_links_is_judged_on_pairs_that_were_never_proposed(tmp_path: Path) -> None:
    rows = [{**row, "phone": None, "postcode": None, "town": None} for row in agencies()[:2]]
    one = {**rows[0], "given_name": "Hana", "family_name": "Varga", "date_of_birth": "1984-03-05"}
    two = {**one, "record_id": "both", "aliases": "Efosa Okonjo", "handle": "reed", "date_of_birth": None}
    three = {**one, "record_id": "far", "given_name": "Efosa", "family_name": "Okonjo", "handle": "reed"}
    three["date_of_birth"] = "1962-11-27"
    made = link([write(tmp_path / "chain.parquet", [one, two, three])])
    scored = {(row["left"], row["right"]): row["candidate"] for row in made.pairs.to_pylist()}
    assert scored == {(0, 1): True, (1, 2): True, (0, 2): False}
