"""Workbooks that no spreadsheet wrote: refused in words, before the library that reads them can end the program."""

import io
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts.readers import workbook_parts
from tests.extracts.files import profile, read, take_file, written
from tests.extracts.workbooks import SHEET, changed, sheet_xml, workbook

NEAR = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
FAR = f'{NEAR}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return workbook(tmp_path / "plain.xlsx", [["id", "first"], ["1", "Ann"], ["2", "Bea"]])


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (FAR, "lie over 1,048,576 rows and 16,384 columns"),
        (FAR.replace("<c r=", "<c  r="), "lie over 1,048,576 rows and 16,384 columns"),
        (FAR.replace(' t="inlineStr"', "").replace("<c r=", "<c t='n' r="), "lie over 1,048,576 rows"),
        (FAR.replace("<c r=", "<c t='n' r="), "the workbook is damaged. Duplicate attribute"),
        (FAR.replace('r="XFD1048576"', 'r="A2" r="XFD1048576"'), "the workbook is damaged. Duplicate attribute"),
        (FAR.replace('r="XFD1048576"', 'r="A2"\tr="XFD1048576"'), "the workbook is damaged. Duplicate attribute"),
        (FAR.replace('r="XFD1048576"', 'r="A2"r="XFD1048576"'), "the workbook is damaged"),
        (FAR.replace('r="XFD1048576"', 'r="A2" r ="XFD1048576"'), "the workbook is damaged. Duplicate attribute"),
        (FAR.replace('r="XFD1048576"', "r='XFD1048576'"), "lie over 1,048,576 rows and 16,384 columns"),
        (FAR.replace('r="XFD1048576"', 'r="xfd1048576"'), "lie over 1,048,576 rows and 16,384 columns"),
        (FAR.replace('r="XFD1048576"', f'r="D{"9" * 400}"'), "which is no place in a sheet"),
        (FAR.replace('r="XFD1048576"', 'r="XFDX1"'), "which is no place in a sheet"),
        (FAR.replace('r="XFD1048576"', 'r=""'), "stands at '', which is no place in a sheet"),
        (FAR.replace('row r="1048576"', 'row r="99999999"').replace(' r="XFD1048576"', ""), "stands at '99999999'"),
        (f'{NEAR}<row r="2"><é:c xmlns:é="x" r="XFD1048576"><v>1</v></é:c></row>', "lie over 1,048,576 rows"),
        (FAR.replace('r="XFD1048576"', 'r="XFD&#49;048576"'), "lie over 1,048,576 rows and 16,384 columns"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><row/>", "it holds a DOCTYPE"),
        ("<row r='1'><c r='A1'><v>1</v></row>", "the workbook is damaged"),
        ("\x00", "is not in UTF-8"),
    ],
)
def test_a_sheet_that_is_not_as_it_should_be(plain: Path, xml: str, said: str) -> None:
    with pytest.raises(UsedWronglyError) as error:
        read(changed(plain, {SHEET: sheet_xml(xml)}))
    assert said.lower() in str(error.value).lower()
    assert str(error.value).startswith("changed.xlsx")


def test_a_sheet_in_another_encoding(plain: Path) -> None:
    text = sheet_xml(FAR).decode().replace("UTF-8", "UTF-16")
    with pytest.raises(UsedWronglyError, match="not in UTF-8"):
        read(changed(plain, {SHEET: text.encode("utf-16")}))


def test_cells_that_do_not_say_where_they_stand(plain: Path) -> None:
    cells = "<row><c t='inlineStr'><is><t>id</t></is></c></row><row><c t='inlineStr'><is><t>7</t></is></c></row>"
    assert read(changed(plain, {SHEET: sheet_xml(cells)})).cells == [["7"]]


def test_one_long_text_that_every_cell_shares(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{space}"><si><t>id</t></si><si><t>{"x" * 20_000}</t></si></sst>'.encode()
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{int(row > 1)}</v></c></row>' for row in range(1, 500))
    path = changed(plain, {SHEET: sheet_xml(cells), "xl/sharedStrings.xml": shared})

    assert len(read(path).rows) == 498
    monkeypatch.setattr(workbook_parts, "TEXT_LIMIT", 9_000_000)
    with pytest.raises(UsedWronglyError, match="Its texts come to more than can be held"):
        read(path)


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        ('<sst uniqueCount="99999999"><si><t>id</t></si></sst>', "it says that it holds 99,999,999 texts"),
        ('<!-- > --><x:sst xmlns:x="y" a=">" count="99999999"/>', "it says that it holds 99,999,999 texts"),
        ('<sst uniqueCount="2147483648000"/>', "its list of texts does not say how many it holds, or says it twice"),
        ('<sst uniqueCount="+9"/>', "its list of texts does not say how many"),
        ('<a><sst uniqueCount="1"/><sst uniqueCount="99999999"/></a>', "or says it twice"),
        ('<a><sst uniqueCount="99999999"/></a>', "its list of texts does not say how many"),
        ("<sst", "the workbook is damaged"),
        ("x", "the workbook is damaged"),
    ],
)
def test_shared_texts_that_say_they_are_many(plain: Path, shared: str, said: str) -> None:
    """The library makes room for as many as the list says."""
    with pytest.raises(UsedWronglyError) as error:
        read(changed(plain, {"xl/sharedStrings.xml": shared.encode()}))
    assert said.lower() in str(error.value).lower()


def test_a_part_that_unpacks_without_end(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsedWronglyError, match="unpacks to more than 200 times its size"):
        read(changed(plain, {SHEET: sheet_xml(" " * 100_000_000)}))
    monkeypatch.setattr(workbook_parts, "PART_LIMIT", 1_000_000)
    with pytest.raises(UsedWronglyError, match="One part of it unpacks to more than 0 MB"):
        read(changed(plain, {SHEET: sheet_xml(" " * 10_000_000)}))


def test_a_cell_longer_than_a_spreadsheet_can_hold(plain: Path) -> None:
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row, text in enumerate(["id", "1", "x" * 40_000, "2"], 1)
    )
    found = read(changed(plain, {SHEET: sheet_xml(cells)}))

    assert found.rows == {2: ["1"], 4: ["2"]}
    assert found.reasons == {3: "a cell has 40,000 characters and a spreadsheet's holds at most 32,767"}
    assert found.total == 3


def test_a_million_hidden_columns(plain: Path) -> None:
    columns = '<cols><col min="1" max="999999999" hidden="1"/></cols>' * 50
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
    found = read(changed(plain, {SHEET: sheet_xml(cells, columns)}))
    assert found.notes == ["columns that are hidden in the sheet and were read like the others: id"]


@pytest.mark.parametrize("said", ['min="x" max="1"', 'min="1" max=""', f'min="1" max="{"9" * 5000}"', 'max="true"'])
def test_columns_that_are_hidden_nowhere(plain: Path, said: str) -> None:
    found = read(changed(plain, {SHEET: sheet_xml(NEAR, f'<cols><col {said} hidden="1"/></cols>')}))
    assert found.notes == []


def test_tags_that_never_end_take_no_time(plain: Path) -> None:
    """Were each looked for to the end of the part, this would take a day."""
    with pytest.raises(UsedWronglyError, match="the workbook is damaged"):
        read(changed(plain, {SHEET: sheet_xml(NEAR + "<row " * 2_000_000)}))
    with pytest.raises(UsedWronglyError, match="there are no column names in row 1"):
        read(changed(plain, {SHEET: sheet_xml(NEAR, "<col " * 2_000_000)}))


def test_merged_cells_that_lie_over_one_another(plain: Path) -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>id</t></is></c></row>' for row in (1, 2))
    over = "".join(f'<mergeCell ref="A1:A{row}"/>' for row in (2, 3, 4))
    xml = sheet_xml(cells).decode().replace("</worksheet>", f"<mergeCells>{over}</mergeCells></worksheet>")
    with pytest.raises(UsedWronglyError, match="Its merged cells lie over one another"):
        read(changed(plain, {SHEET: xml.encode()}))


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UsedWronglyError, match="not a workbook: it is another kind of ZIP file"):
        read(path)


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"one with a password.*without a password"):
        read(written(tmp_path / "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)))


def test_cut_short_anywhere_it_is_an_error_and_nothing_is_left(plain: Path, tmp_path: Path) -> None:
    whole = plain.read_bytes()
    for end in range(1, len(whole), 97):
        path = written(tmp_path / "cut.xlsx", whole[:end])
        with pytest.raises(UsedWronglyError):
            take_file(path, profile(fields={"given_name": "first"}))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cut.xlsx", "plain.xlsx"]


def test_a_workbook_is_read_from_bytes_that_lie_about_their_size(plain: Path) -> None:
    """A size that the directory understates ends in an error, never in more memory."""
    data = bytearray(changed(plain, {SHEET: sheet_xml(" " * 1_000_000)}).read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    lying = bytes(data).replace(size, (10).to_bytes(4, "little"))
    with pytest.raises(UsedWronglyError, match="damaged"):
        read(written(plain.with_name("lying.xlsx"), lying))


class PanicException(BaseException):
    """Stands for what the library raises where it gives up: of this name, and of no kind that can be named."""


@pytest.mark.parametrize("at", ["get_sheet_by_name", "iter_rows"])
def test_where_the_library_gives_up_the_workbook_is_damaged(plain: Path, at: str) -> None:
    with patch("concerted.extracts.readers.workbook.calamine.CalamineWorkbook") as library:
        book = library.from_filelike.return_value
        sheet = book.get_sheet_by_name.return_value
        sheet.start, sheet.width, sheet.merged_cell_ranges = (0, 0), 2, []
        panic = PanicException("called `Option::unwrap()` on a `None` value")
        {"get_sheet_by_name": book.get_sheet_by_name, "iter_rows": sheet.iter_rows}[at].side_effect = panic
        with pytest.raises(
            UsedWronglyError, match=r"the workbook is damaged\. Called `Option::unwrap.*Fetch the extract"
        ):
            read(plain)


def test_what_stops_the_program_is_not_taken_for_damage(plain: Path) -> None:
    with patch("concerted.extracts.readers.workbook.calamine.CalamineWorkbook") as library:
        library.from_filelike.side_effect = KeyboardInterrupt
        with pytest.raises(KeyboardInterrupt):
            read(plain)
