"""Workbooks: what a person sees in a spreadsheet is what is read, and what it hides is said."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from tests.extracts.files import profile, read, take_file
from tests.extracts.workbooks import workbook

MOMENT = datetime(2009, 3, 1, 14, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
HEADER = ["id", "first", "last", "born"]


def test_a_workbook_becomes_records(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER, ["1", "Ann", "Lee", "01/02/1999"], [], ["2", "Bea", "Lee", "x"]])
    result = take_file(path, profile())

    assert [one["record_id"] for one in result.records] == ["1", "2"]
    assert (result.taken.counts.rows, result.taken.counts.blank) == (3, 1)
    assert [(one.sheet, one.row, one.column) for one in result.values] == [("People", 4, "born")]


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_are_the_dates_that_a_person_sees(tmp_path: Path, epoch_1904: bool) -> None:
    moments: list[Any] = [date(2009, 3, 1), MOMENT, time(9, 5), timedelta(hours=26, minutes=30)]
    found = read(workbook(tmp_path / "a.xlsx", [HEADER, moments], epoch_1904=epoch_1904))

    assert found.cells == [["2009-03-01", "2009-03-01T14:30:00", "09:05:00", "26:30:00"]]


def test_numbers_are_written_as_their_digits(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "a.xlsx", [HEADER, [123_000_000_000, 0.5, True, 7]]))

    assert found.cells == [["123000000000", "0.5", "true", "7"]]


def test_no_formula_is_worked_out(tmp_path: Path) -> None:
    row = [("=1+1", 2), ('="A"&"nn"', "Ann"), ("=NA()", "#N/A"), "=1+1"]
    found = read(workbook(tmp_path / "a.xlsx", [HEADER, row]))

    assert found.cells == [["2", "Ann", "", "=1+1"]]
    assert found.notes == [
        "cells with a formula, of which the saved value was read and nothing worked out: 3",
        "cells that hold an error of the spreadsheet, such as #N/A, read as empty: 1",
    ]


def test_the_names_may_stand_late_and_over_each_other(tmp_path: Path) -> None:
    rows = [["Report of 3 March"], [], ["", "Child", "", "Mother"], ["Ref", "Surname", "Born", "Surname"]]
    path = workbook(tmp_path / "a.xlsx", [*rows, ["1", "Lee", "2009", "Kay"]], merged={"B3:C3": "Child"})
    found = read(path, header_row=4, header_rows=2)

    assert found.columns == ["Ref", "Child Surname", "Child Born", "Mother Surname"]
    assert found.rows == {5: ["1", "Lee", "2009", "Kay"]}
    assert found.notes == ["the rows above row 4, which holds the column names, were passed over"]


def test_a_merged_cell_stands_in_every_row_that_it_covers(tmp_path: Path) -> None:
    rows = [["family", "name"], ["", "Ann"], ["", "Bea"], ["F2", "Cat"]]
    found = read(workbook(tmp_path / "a.xlsx", rows, merged={"A2:A3": "F1"}))

    assert found.cells == [["F1", "Ann"], ["F1", "Bea"], ["F2", "Cat"]]


def test_a_table_that_does_not_begin_in_the_corner(tmp_path: Path) -> None:
    rows = [[], [None, None, "id", "name"], [None, None, "1", "Ann"]]
    found = read(workbook(tmp_path / "a.xlsx", rows, hidden_columns=[3]), header_row=2)

    assert (found.columns, found.rows) == (["id", "name"], {3: ["1", "Ann"]})
    assert found.notes[-1] == "columns that are hidden in the sheet and were read like the others: name"


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    sheets = {"People": [HEADER, ["1", "Ann", "Lee", ""], ["2", "Bea", "Lee", ""]], "Codes": [["a"], ["b"]]}
    path = workbook(tmp_path / "a.xlsx", sheets, hidden_columns=[1, 2], hidden_rows=[2], hidden_sheets=["Codes"])
    found = read(path)

    assert len(found.rows) == 2
    assert found.notes == [
        "hidden sheets, which are not read unless a profile names them: Codes",
        "columns that are hidden in the sheet and were read like the others: first, last",
        "rows that are hidden in the sheet and were read like the others: 1",
    ]
    assert read(path, sheet="codes").columns == ["a"]


def test_of_several_sheets_the_profile_says_which(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": [["id"], ["1"]], "Visits": [["no"], ["7"]], "Sheet3": []})

    assert read(path, sheet="Visits").cells == [["7"]]
    assert read(workbook(tmp_path / "b.xlsx", {"People": [["id"], ["1"]], "Sheet2": []})).cells == [["1"]]
    with pytest.raises(UsedWronglyError) as error:
        read(path)
    assert str(error.value) == (
        "a.xlsx: the workbook has several sheets: People, Visits. Say which one is read: file: {sheet: People} in the "
        "profile, or --sheet to `profile new`."
    )
    with pytest.raises(UsedWronglyError, match=r"no sheet Orders.*its sheets are People, Visits, Sheet3"):
        read(path, sheet="Orders")


def test_a_workbook_with_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="no sheet of the workbook holds anything"):
        read(workbook(tmp_path / "a.xlsx", []))
    with pytest.raises(UsedWronglyError, match=r"a\.xlsx, sheet People: there are no column names in row 3"):
        read(workbook(tmp_path / "a.xlsx", [["id"], ["1"]]), header_row=3)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@given(rows=st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = workbook(tmp_path_factory.mktemp("book") / "a.xlsx", [["id", "note"], *rows, ["end", "end"]])
    found = read(path)

    told = [row for row in rows if any(map(str.strip, row))]
    assert found.cells == [*told, ["end", "end"]]
    assert found.total == len(rows) + 1
