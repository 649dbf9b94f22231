"""Records that say the same are folded, within a source, where they say enough; and never what was decided."""

from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.decisions import Decision
from concerted.linkage.folding import Folded, fold
from concerted.linkage.link import link
from tests.linkage.records import Row, coded_with, write

HANA: Row = {
    "source": "force",
    "given_name": "Hana",
    "family_name": "Varga",
    "date_of_birth": "2009-02-24",
    "phone": "07700900388; 07700900389",
}


def _folded(tmp_path: Path, rows: list[Row], *, alone: tuple[int, ...] = (), once: tuple[str, ...] = ()) -> Folded:
    numbered = [{**row, "record_id": str(at)} for at, row in enumerate(rows)]
    return fold(coded_with(write(tmp_path / "records.parquet", numbered)), alone, frozenset(once))


def test_records_that_hold_the_same_are_one_and_the_first_stands_for_all(tmp_path: Path) -> None:
    bryony: Row = {**HANA, "given_name": "Bryony"}
    found = _folded(tmp_path, [bryony, HANA, bryony, HANA, HANA])
    assert found.kept.tolist() == [0, 1]
    assert found.of.tolist() == [0, 1, 0, 1, 1]
    assert [side.tolist() for side in found.others] == [[0, 1, 1], [2, 3, 4]]


def test_how_a_value_is_written_makes_no_difference(tmp_path: Path) -> None:
    shouted: Row = {**HANA, "given_name": "HANA", "phone": "07700900389; 07700900388"}
    assert _folded(tmp_path, [HANA, shouted]).of.tolist() == [0, 0]


def test_one_value_more_or_another_source_keeps_records_apart(tmp_path: Path) -> None:
    others: list[Row] = [
        {**HANA, "town": "Dunmere"},
        {**HANA, "phone": "07700900388"},
        {**HANA, "other_left hand": "amber"},
        {**HANA, "source": "council"},
    ]
    assert len(_folded(tmp_path, [HANA, *others]).kept) == 5


def test_a_name_without_a_full_date_is_not_one_person(tmp_path: Path) -> None:
    for missing in ("given_name", "family_name", "date_of_birth"):
        bare: Row = {**HANA, missing: None}
        assert len(_folded(tmp_path, [bare, bare]).kept) == 2
        numbered: Row = {**bare, "nhs_number": "9990000018"}
        assert len(_folded(tmp_path, [numbered, numbered]).kept) == 1


def test_what_was_decided_stands_for_itself_and_so_does_who_a_source_lists_once(tmp_path: Path) -> None:
    assert _folded(tmp_path, [HANA, HANA, HANA], alone=(1,)).of.tolist() == [0, 1, 0]
    assert len(_folded(tmp_path, [HANA, HANA], once=("force",)).kept) == 2
    assert len(_folded(tmp_path, [HANA, HANA], once=("council",)).kept) == 1


def test_of_no_records_nothing_is_folded(tmp_path: Path) -> None:
    assert _folded(tmp_path, []).kept.tolist() == []


values = st.sampled_from([None, "Amara", "Bryony", "Callum"])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["force", "council"]),
            "given_name": values,
            "family_name": values,
            "date_of_birth": st.sampled_from([None, "2009-02-24", "2009-02"]),
            "local_id": st.sampled_from([None, "7"]),
        }
    ),
    max_size=25,
)


@given(rows)
def test_records_are_folded_exactly_where_all_is_the_same_and_enough(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row]
) -> None:
    found = _folded(tmp_path_factory.mktemp("folding"), rows)
    firsts: dict[tuple[object, ...], int] = {}
    for at, row in enumerate(rows):
        enough = row["local_id"] or (
            row["given_name"] and row["family_name"] and len(row["date_of_birth"] or "") == len("2009-02-24")
        )
        expected = firsts.setdefault(tuple(sorted(row.items(), key=str)), at) if enough else at
        assert found.kept[found.of[at]] == expected
    assert np.array_equal(found.of[found.kept], np.arange(len(found.kept)))


def _mentions(count: int) -> list[Row]:
    others: list[Row] = [{**HANA, "given_name": name, "date_of_birth": "1990-05-06"} for name in ("Idris", "Farah")]
    rows: list[Row] = [{**HANA, "source": "council", "town": "Dunmere"}, *[HANA] * count, *others]
    return [{**row, "record_id": str(at)} for at, row in enumerate(rows)]


def test_a_person_mentioned_often_is_one_entity_with_a_reason_for_every_record(tmp_path: Path) -> None:
    linked = link([write(tmp_path / "records.parquet", _mentions(40))])
    assert linked.entity[:41] == [0] * 41
    assert len(set(linked.entity)) == 3
    joined = linked.shown.filter(pc.equal(linked.shown["band"], "join")).to_pylist()
    assert {one["right"] for one in joined} == set(range(1, 41))
    assert all("same date of birth" in one["reasons"] for one in joined)
    assert [one["weight"] for one in joined] == sorted((one["weight"] for one in joined), reverse=True)


def test_pairs_are_told_of_every_record_that_another_stands_for(tmp_path: Path) -> None:
    rows: list[Row] = [{**HANA, "source": "council"}, HANA, HANA, {**HANA, "source": "council"}]
    linked = link([write(tmp_path / "records.parquet", [{**row, "record_id": str(at)} for at, row in enumerate(rows)])])
    pairs = linked.pairs.to_pylist()
    assert sorted((row["left"], row["right"]) for row in pairs) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert len({row["weight"] for row in pairs if {row["left"], row["right"]} not in ({0, 3}, {1, 2})}) == 1
    assert {row["band"] for row in pairs} == {"join"}
    assert all(row["candidate"] for row in pairs)


def test_mentions_change_neither_the_weights_of_others_nor_who_is_joined(tmp_path: Path) -> None:
    few, many = (link([write(tmp_path / f"{count}.parquet", _mentions(count))]) for count in (1, 300))
    assert few.release.id == many.release.id
    assert few.entity == [*many.entity[:2], *(at - 299 for at in many.entity[-2:])]


def test_a_record_of_which_something_was_decided_is_compared_by_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "records.parquet", _mentions(5))
    one, other = RecordKey("force", "2"), RecordKey("council", "0")
    linked = link([path], decisions=[Decision(one, other, "different", "A", "2026-11-26", "seen")])
    assert linked.entity[2] != linked.entity[0]
    said = {(row["left"], row["right"]) for row in linked.pairs.to_pylist()}
    assert (0, 2) in said
