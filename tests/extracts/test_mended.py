"""Rows that a person has mended are read as those of a file are, and beside what was taken before."""

import json
from pathlib import Path
from typing import Any

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import Counts, MendedOrigin, Quarantined, take_mended
from tests.extracts.files import AS_OF, Result, profile, result_of, take_text

COLUMNS = ("id", "first", "last", "born")
HEADER = "id,first,last,born\n"
Rows = list[tuple[int, list[str | None]]]


def mend(folder: Path, rows: Rows, taken: list[Path] | None = None, **changes: Any) -> Result:
    quarantined: list[Quarantined] = []
    out = folder / "mended.parquet"
    made = take_mended(
        "a.csv", profile(**changes), COLUMNS, rows, out, quarantined.extend, taken=taken or [], as_of=AS_OF
    )
    return result_of(made, quarantined)


def test_mended_rows_become_records_with_their_own_row_numbers(tmp_path: Path) -> None:
    result = mend(tmp_path, [(9, ["2", "Bea", "Lee", None]), (4, ["1", "Ann", "Lee", "01/02/1999"])])
    told = [(one["record_id"], one["row"], one["date_of_birth"]) for one in result.records]
    assert told == [("1", 4, "1999-02-01"), ("2", 9, None)]
    assert result.taken.file == "a.csv"
    assert result.taken.bytes > 0


def test_what_still_cannot_be_read_is_put_aside_again(tmp_path: Path) -> None:
    rows: Rows = [
        (2, ["", "Ann", "Lee", ""]),
        (3, ["3", "Cat"]),
        (4, ["4", "Dee", "Lee", "81/01/1999"]),
        (5, ["", None]),
    ]
    result = mend(tmp_path, rows)
    assert result.taken.counts == Counts(4, 1, 2, 1, 0, 1, 1)
    assert [(one.row, one.raw_form, json.loads(one.raw)) for one in result.rows] == [
        (2, "cells", ["", "Ann", "Lee", ""]),
        (3, "cells", ["3", "Cat"]),
    ]
    assert result.rows[1].reason == "it has 2 cells and the header has 4"


def test_a_row_put_aside_and_mended_gives_what_a_sound_file_gives(tmp_path: Path) -> None:
    broken = take_text(tmp_path, HEADER + "1,Ann,Lee,01/02/1999\n2,Bea\n3,Cat,Lee,\n", "broken.csv")
    sound = take_text(tmp_path, HEADER + "1,Ann,Lee,01/02/1999\n2,Bea,Lee,\n3,Cat,Lee,\n", "sound.csv")
    mended = mend(tmp_path, [(3, ["2", "Bea", "Lee", ""])], [broken.taken.records])
    together = sorted([*broken.records, *mended.records], key=lambda one: int(one["row"]))
    assert together == sound.records


def test_a_record_that_was_taken_before(tmp_path: Path) -> None:
    before = take_text(tmp_path, HEADER + "1,Ann,Lee,\n2,Bea,Lee,\n")
    rows: Rows = [(7, ["1", "Ann", "Lee", None]), (8, ["2", "Bee", "Lee", ""]), (9, ["3", "Cat", "Lee", ""])]
    result = mend(tmp_path, rows, [before.taken.records])
    assert [one["record_id"] for one in result.records] == ["3"]
    assert result.taken.counts == Counts(3, 2, 1, 0, 1, 1, 0)
    assert [(one.row, one.reason) for one in result.rows] == [
        (8, "its record id stands already in row 3, with other content")
    ]


def test_a_part_that_was_not_there_before_differs(tmp_path: Path) -> None:
    parts = {"child": {"given_name": "first"}, "mother": {"family_name": "last"}}
    before = take_text(tmp_path, HEADER + "1,Ann,,\n", fields=None, parts=parts)
    result = mend(tmp_path, [(5, ["1", "Ann", "Lee", ""])], [before.taken.records], fields=None, parts=parts)
    assert [one.row for one in result.rows] == [5]
    assert result.records == []


def test_a_profile_with_other_columns_since(tmp_path: Path) -> None:
    before = take_text(tmp_path, HEADER + "1,Ann,Lee,\n", fields={"given_name": "first"}, evidence=["last"])
    result = mend(tmp_path, [(5, ["1", "Ann", "Lee", ""])], [before.taken.records], evidence=["born"])
    assert result.taken.counts.repeated == 1, "only what both read is compared"


def test_the_columns_of_mended_rows_need_no_looking_for() -> None:
    origin = MendedOrigin("a.csv", COLUMNS, [])
    assert (origin.top(), origin.notes(), origin.columns) == ([], [], list(COLUMNS))


def test_no_rows_at_all(tmp_path: Path) -> None:
    assert mend(tmp_path, []).taken.counts.rows == 0


def test_the_fingerprint_hangs_on_cells_and_rows() -> None:
    prints = {
        MendedOrigin("a.csv", COLUMNS, rows).fingerprint().sha256
        for rows in ([(2, ["1"])], [(3, ["1"])], [(2, ["2"])], [(2, ["1"])])
    }
    assert len(prints) == 3


@pytest.mark.parametrize("count", [1, 10_001])
def test_many_rows(tmp_path: Path, count: int) -> None:
    rows: Rows = [(number, [str(number), "Ann", "Lee", ""]) for number in range(2, count + 2)]
    assert mend(tmp_path, rows).taken.counts.records == count


def test_a_row_or_two_do_not_tell_what_a_column_holds(tmp_path: Path) -> None:
    """The extract was judged when it was read; of one mended row, every value can be a word for what is protected."""
    fields = {"given_name": "first", "organisation": "last"}
    result = mend(tmp_path, [(4, ["1", "Ann", "Irish", None])], fields=fields)
    assert [one["organisation"] for one in result.records] == ["Irish"]
    with pytest.raises(UsedWronglyError, match="may not be made from a column that holds"):
        take_text(tmp_path, HEADER + "1,Ann,Irish,\n", fields=fields)
