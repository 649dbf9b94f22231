"""Where the names of the columns seem to stand, among the first rows of a file."""

from pathlib import Path

import pytest

from concerted.extracts.profile_draft import draft_profile
from concerted.extracts.profile_load import parse_profile
from concerted.extracts.readers.headers import likely_header
from tests.extracts.files import written
from tests.extracts.workbooks import workbook

NAMES = ["Ref", "Surname", "DOB"]
ROW = ["1", "Lee", "01/02/1999"]


@pytest.mark.parametrize(
    ("top", "found"),
    [
        ([NAMES, ROW], (1, 1)),
        ([["Report of March"], [], NAMES, ROW], (3, 1)),
        ([["Report of March", "", "page 1"], NAMES, ROW], (2, 1)),
        (
            [["Report", "", "", "", ""], ["", "Child", "", "Mother", ""], ["Ref", "Surname", "DOB", "Surname", "DOB"]],
            (3, 2),
        ),
        ([["", "Child", "Child", "Mother"], ["Ref", "Surname", "DOB", "Surname"], [*ROW, "Kay"]], (2, 2)),
        ([ROW, ROW], (1, 1)),
        ([["name"], ["Ann"]], (1, 1)),
        ([], (1, 1)),
    ],
)
def test_the_row_of_names(top: list[list[str]], found: tuple[int, int]) -> None:
    assert likely_header(top) == found


def test_a_draft_of_a_workbook_finds_names_that_stand_late_and_in_groups(tmp_path: Path) -> None:
    rows = [["Referrals"], [], ["", "Child", "", "Mother"], ["Ref No", "Surname", "DOB", "Surname"]]
    rows += [[f"R{number}", "Lee", "01/02/2010", "Kay"] for number in range(5)]
    sheets = {"March": rows, "Notes": [["x", "y"]]}
    draft = draft_profile(workbook(tmp_path / "a.xlsx", sheets, merged={"B3:C3": "Child"}), "March")
    made = parse_profile(draft).profile

    assert made is not None
    assert made.file.model_dump(exclude_none=True) == {
        "format": "xlsx",
        "sheet": "March",
        "header_row": 4,
        "header_rows": 2,
    }
    assert made.parts is not None
    assert set(made.parts["child"].fields) == {"family_name", "date_of_birth"}
    assert set(made.parts["mother"].fields) == {"family_name"}


def test_a_draft_of_a_csv_with_a_title_above(tmp_path: Path) -> None:
    text = "Missing persons,,\n,,\nRef,Surname,DOB\n1,Lee,01/02/1999\n2,Kay,03/02/1999\n"
    made = parse_profile(draft_profile(written(tmp_path / "a.csv", text))).profile

    assert made is not None
    assert (made.file.header_row, made.record_id) == (3, "Ref")
