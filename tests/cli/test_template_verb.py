"""`concerted template` as a person uses it, and what the picture then makes of what was typed."""

import csv
import json
from pathlib import Path

import pytest

from concerted.extracts.template.writer import write_template
from tests.cli.commands import Command, Ran
from tests.extracts.templates import SHEETS, examples
from tests.extracts.workbooks import Rows, workbook


def given(folder: Path, agency: str = "open-wicket") -> Path:
    """A folder of extracts with one workbook that is filled in; gives the folder of the agency."""
    place = folder / "extracts" / agency
    place.mkdir(parents=True)
    (folder / "profiles").mkdir(exist_ok=True)
    write_template(place / "concerted-template.xlsx", examples())
    return place


def picture(concerted: Command, folder: Path) -> Ran:
    """What `picture` says of the folder of extracts."""
    words = ("picture", folder / "extracts", "--profiles", folder / "profiles", "--out", folder / "out")
    return concerted(*words, "--as-of", "2026-03-02", "--purpose", "1")


def test_it_says_what_it_wrote_and_what_to_do_next(tmp_path: Path, concerted: Command) -> None:
    ran = concerted("template", tmp_path / "concerted-template.xlsx")

    assert ran.code == 0
    assert "a page of help, and 10 sheets to fill in: People, Events, People in events" in ran.out
    assert "concerted picture" in ran.out
    assert "Its name" not in ran.out


def test_a_name_that_no_profile_knows_is_said(tmp_path: Path, concerted: Command) -> None:
    ran = concerted("template", tmp_path / "ours.xlsx")

    assert ran.code == 0
    assert "Its name must hold concerted-template when it comes back" in ran.out


def test_json_is_for_machines(tmp_path: Path, concerted: Command) -> None:
    found = json.loads(concerted("template", tmp_path / "ours.xlsx", "--json").out)

    assert list(found["sheets"]) == list(SHEETS)
    assert found["known_by_name"] is False
    assert found["sheets"]["Places"]["columns"][:2] == ["Place reference", "Name"]


def test_a_workbook_that_is_there_stays(tmp_path: Path, concerted: Command) -> None:
    place = tmp_path / "concerted-template.xlsx"
    assert concerted("template", place).code == 0
    before = place.read_bytes()
    ran = concerted("template", place)

    assert ran.code == 2
    assert "concerted-template.xlsx: it is there already" in ran.err
    assert "Give another name." in ran.err
    assert place.read_bytes() == before


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path, concerted: Command) -> None:
    ran = concerted("template", tmp_path / "nowhere" / "concerted-template.xlsx")

    assert (ran.code, ran.err.count("\n")) == (2, 1)


@pytest.mark.usefixtures("quick")
def test_a_picture_reads_it_without_a_profile_of_ones_own(tmp_path: Path, concerted: Command) -> None:
    given(tmp_path)
    ran = picture(concerted, tmp_path)

    assert ran.code == 0, ran.err
    assert "0 in quarantine; 0 values in quarantine" in ran.out
    assert "not among its records" not in ran.out, "what one sheet refers to stands on another"
    with (tmp_path / "out" / "entities-vehicle.csv").open(encoding="utf-8", newline="") as handle:
        assert {row["value"] for row in csv.DictReader(handle)} == {"QI07ZZZ"}


@pytest.mark.usefixtures("quick")
def test_two_organisations_may_use_the_same_references(tmp_path: Path, concerted: Command) -> None:
    given(tmp_path)
    given(tmp_path, "lantern-trust")
    ran = picture(concerted, tmp_path)

    assert ran.code == 0, ran.err
    assert "lantern-trust" in ran.out
    assert "open-wicket" in ran.out


@pytest.mark.usefixtures("quick")
def test_a_sheet_that_was_deleted_is_passed_over(tmp_path: Path, concerted: Command) -> None:
    place = given(tmp_path) / "concerted-template.xlsx"
    sheet = SHEETS["Places"]
    rows: Rows = [[column.heading for column in sheet.columns], [column.example or None for column in sheet.columns]]
    workbook(place, {"Help": [["What this is"]], "Places": rows, "Lists": [["Sex"]]})
    ran = picture(concerted, tmp_path)

    assert ran.code == 0, ran.err
    assert "open-wicket: 1 file, 1 row, 1 read" in ran.out


def test_a_sheet_with_another_name_is_not_passed_over(tmp_path: Path, concerted: Command) -> None:
    place = given(tmp_path) / "concerted-template.xlsx"
    sheet = SHEETS["Places"]
    workbook(place, {"Places": [[column.heading for column in sheet.columns]], "Our people": [["Person reference"]]})
    ran = picture(concerted, tmp_path)

    assert ran.code == 2
    assert "the workbook has no sheet" in ran.err
    assert "or give the sheet that name: its sheets are Places, Our people" in ran.err
