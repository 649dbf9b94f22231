"""Which sheets of a workbook are read, when a person deleted or renamed some."""

from pathlib import Path

import pytest

from concerted.extracts import Profile
from concerted.extracts.sheets import standing
from tests.extracts.profile_texts import sound
from tests.extracts.workbooks import workbook

HEADED = [["id", "first"], ["1", "Rosa"]]


def profile(sheet: str) -> Profile:
    """One that names this sheet."""
    return sound(
        f"profile: {sheet.lower()}\nversion: 1\nkind: person\nfile: {{sheet: {sheet}}}\nrecord_id: id\n"
        "source: {constant: force-a}\nfields: {given_name: first}\n"
    )


BOTH = [profile("People"), profile("Parents")]


@pytest.mark.parametrize(
    ("sheets", "left"),
    [
        (["People", "Parents"], ["people", "parents"]),
        (["PEOPLE "], ["people"]),
        (["Help", "Parents", "Lists"], ["parents"]),
        (["People", "Mothers and fathers"], ["people", "parents"]),
        (["Somebody"], ["people", "parents"]),
        (["Help"], ["people", "parents"]),
    ],
    ids=["all", "one deleted", "help is no record", "one renamed", "another workbook", "none left"],
)
def test_a_sheet_that_was_deleted_is_passed_over_and_one_that_was_renamed_is_not(
    tmp_path: Path, sheets: list[str], left: list[str]
) -> None:
    path = workbook(tmp_path / "people.xlsx", dict.fromkeys(sheets, HEADED))

    assert [one.id for one in standing(path, BOTH)] == left


def test_an_empty_or_hidden_sheet_is_nobodys(tmp_path: Path) -> None:
    sheets = {"People": HEADED, "Sheet2": [], "Workings": HEADED}
    path = workbook(tmp_path / "people.xlsx", sheets, hidden_sheets=["Workings"])

    assert [one.id for one in standing(path, BOTH)] == ["people"]


def test_what_is_no_workbook_is_left_to_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,first\n1,Rosa\n", encoding="utf-8")

    assert standing(path, BOTH) == BOTH
    assert standing(tmp_path / "gone.xlsx", BOTH) == BOTH
    assert standing(path, BOTH[:1]) == BOTH[:1]
