"""The template workbook as a file: what a spreadsheet finds in it, and what the writer refuses."""

import re
import zipfile
from pathlib import Path

import pytest
import python_calamine as calamine

from concerted.common.errors import UsedWronglyError
from concerted.extracts.template.layout import layout
from concerted.extracts.template.writer import write_template
from tests.extracts.templates import SHEETS, filled


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("blank"), {})


def parts_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_help_comes_first_and_the_lists_last_and_all_can_be_seen(blank: Path) -> None:
    sheets = calamine.CalamineWorkbook.from_path(str(blank)).sheets_metadata

    assert [one.name for one in sheets] == ["Help", *SHEETS, "Lists"]
    assert all(one.visible == calamine.SheetVisibleEnum.Visible for one in sheets)


def test_there_is_no_formula_no_merged_cell_and_no_macro(blank: Path) -> None:
    for name, text in parts_of(blank).items():
        assert "<f>" not in text, name
        assert "mergeCell" not in text, name
    assert not any("vba" in name.lower() for name in parts_of(blank))


def test_every_column_says_what_to_write_and_every_list_is_offered(blank: Path) -> None:
    parts = parts_of(blank)
    for number, sheet in enumerate(layout().sheets, 2):
        rules = re.findall("<dataValidation .*?</dataValidation>", parts[f"xl/worksheets/sheet{number}.xml"])
        rules += re.findall("<dataValidation [^>]*/>", parts[f"xl/worksheets/sheet{number}.xml"])
        offered = [rule for rule in rules if 'type="list"' in rule]

        assert len(offered) == sum(bool(column.choices) for column in sheet.columns)
        assert all(re.search(r"<formula1>Lists!\$[A-Z]+\$2:\$[A-Z]+\$\d+</formula1>", rule) for rule in offered)


def test_the_headings_stay_in_sight_and_cells_are_text(blank: Path) -> None:
    for number in range(2, len(SHEETS) + 2):
        text = parts_of(blank)[f"xl/worksheets/sheet{number}.xml"]
        assert 'state="frozen"' in text
        assert all('style="' in column for column in re.findall("<col [^>]*>", text))


def test_it_says_what_it_is(blank: Path) -> None:
    parts = parts_of(blank)

    assert layout().title in parts["docProps/core.xml"]
    assert "en-GB" in parts["docProps/custom.xml"]


def test_the_same_layout_gives_the_same_bytes(blank: Path, tmp_path: Path) -> None:
    assert filled(tmp_path, {}).read_bytes() == blank.read_bytes()


def test_a_workbook_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "concerted-template.xlsx"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsedWronglyError) as error:
        write_template(path)

    assert "is not overwritten" in error.value.what
    assert error.value.mend == "give another name"
    assert path.read_text(encoding="utf-8") == "mine"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError) as error:
        write_template(tmp_path / "template.ods")

    assert (error.value.what, error.value.mend) == ("the template is a workbook", "give it a name in .xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_heading_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_template(tmp_path / "template.xlsx", {"People": [{"Surname": "Tolland"}]})
    assert list(tmp_path.iterdir()) == []
