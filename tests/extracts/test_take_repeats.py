"""Rows with the record id of an earlier row of the same file: once when they tell the same, else put aside."""

import json
from pathlib import Path

from concerted.extracts import Counts
from tests.extracts.files import take_text

HEADER = "id,first,last,born\n"


def test_an_identical_repeat_counts_once(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + "1,Ann,Lee,\n2,Bea,Lee,\n1,Ann , Lee,\n1,Ann,Lee,\n")
    assert [(one["record_id"], one["row"]) for one in result.records] == [("1", 2), ("2", 3)]
    assert result.taken.counts == Counts(4, 4, 0, 0, 2, 2, 0)


def test_a_differing_repeat_is_put_aside_and_the_first_stays(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + "1,Ann,Lee,\n1,Anne,Lee,\n1,Ann,Lee,\n1,Anne,Lee,\n2,Bea,Lee,\n")
    assert [(one["record_id"], one["given_name"]) for one in result.records] == [("1", "Ann"), ("2", "Bea")]
    assert result.taken.counts == Counts(5, 3, 2, 0, 1, 2, 0)
    assert [(one.row, one.record_id, one.column) for one in result.rows] == [(3, "1", "id"), (5, "1", "id")]
    assert result.rows[0].reason == "its record id stands already in row 2, with other content"
    assert json.loads(result.rows[0].raw) == ["1", "Anne", "Lee", ""]


def test_columns_that_are_not_read_make_no_row_differ(tmp_path: Path) -> None:
    result = take_text(tmp_path, "id,first,last,born,printed\n1,Ann,Lee,,Monday\n1,Ann,Lee,,Tuesday\n")
    assert result.taken.counts.repeated == 1


def test_evidence_makes_a_row_differ(tmp_path: Path) -> None:
    text = "id,first,last,born,note\n1,Ann,Lee,,seen\n1,Ann,Lee,,not seen\n"
    assert take_text(tmp_path, text, evidence=["note"]).taken.counts.quarantined == 1


def test_repeats_far_apart(tmp_path: Path) -> None:
    rows = "".join(f"{number},Ann{'x' * 40},Lee,\n" for number in range(20_000))
    result = take_text(tmp_path, HEADER + rows + "5,Bea,Lee,\n" + rows.split("\n", maxsplit=1)[0] + "\n")
    assert result.taken.counts == Counts(20_002, 20_001, 1, 0, 1, 20_000, 0)
    assert [one.row for one in result.rows] == [20_002]
    assert [one["row"] for one in result.records] == list(range(2, 20_002))
