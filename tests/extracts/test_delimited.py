"""CSV and TSV files as tables: headers, encodings, rows that are blank or cannot be split."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import open_table
from concerted.extracts.readers import lines, shape
from tests.extracts.files import read, read_text, settings, written


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'id,note\n1,"two\nlines"\n\n2,x\n')
    assert found.columns == ["id", "note"]
    assert found.rows == {2: ["1", "two\nlines"], 4: ["2", "x"]}
    assert found.blank == 1
    assert found.total == 3


def test_blanks_after_the_delimiter_and_around_headers_are_trimmed(tmp_path: Path) -> None:
    found = read_text(tmp_path, "id , name\n1,  Ann\n")
    assert found.columns == ["id", "name"]
    assert found.cells == [["1", "Ann"]]


def test_rows_of_nothing_but_delimiters_and_blanks_are_blank(tmp_path: Path) -> None:
    found = read_text(tmp_path, "id,name\n,\n  ,  \n\u00a0,\n,x\n")
    assert found.blank == 3
    assert found.rows == {5: ["", "x"]}


def test_too_few_and_too_many_cells_are_put_aside_with_a_mend(tmp_path: Path) -> None:
    found = read_text(tmp_path, "id,first,last\n1,Ann\n2,Ann,Lee,Oldham\n3,Ann,Lee\n4,Ann,Lee,,\n")
    assert found.unsplit == {2: "1,Ann", 3: "2,Ann,Lee,Oldham"}
    assert found.reasons == {
        2: "it has 2 cells and the header has 3",
        3: "it has 4 cells and the header has 3",
    }
    assert "join it with the line that follows" in found.mends[2]
    assert found.mends[3] == "put a cell that holds a comma in quotes"
    assert found.cells == [["3", "Ann", "Lee"], ["4", "Ann", "Lee"]]


def test_one_cell_is_said_in_the_singular(tmp_path: Path) -> None:
    found = read_text(tmp_path, "id;first\n1\n2;Ann;Lee\n")
    assert found.reasons[2] == "it has 1 cell and the header has 2"
    assert found.mends[3] == "put a cell that holds a semicolon in quotes"


def test_a_quote_left_open_puts_one_row_aside(tmp_path: Path) -> None:
    rows = "".join(f"{number},b,c\n" for number in range(5000))
    found = read_text(tmp_path, f'id,x,y\n{rows}"open,b,c\n{rows}')
    assert found.unsplit == {5002: '"open,b,c'}
    assert found.mends[5002] == "close the quote, or take it out"
    assert len(found.rows) == 10_000
    assert list(found.rows)[-1] == 10_002


@pytest.mark.parametrize("block", [16, 40, 100])
def test_blocks_do_not_part_rows(tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'id,x,y\n1,"a\nb\nc",d\n2,e,f\n\n3,"g,h",i\n4,"open,k\n5,l,"m\n\nn"\n'
    whole = read_text(tmp_path, text)
    monkeypatch.setattr(lines, "BLOCK", block)
    assert read_text(tmp_path, text) == whole
    assert whole.rows[2] == ["1", "a\nb\nc", "d"]
    assert whole.unsplit == {6: '4,"open,k'}
    assert whole.rows[7] == ["5", "l", "m\n\nn"]


def test_a_last_row_with_an_open_quote(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'id,x\n1,a\n2,"b')
    assert found.unsplit == {3: '2,"b'}


def test_windows_line_endings(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'id,x\r\n1,"a\r\nb"\r\n2,c\r\n')
    assert found.columns == ["id", "x"]
    assert found.cells == [["1", "a\r\nb"], ["2", "c"]]


def test_carriage_returns_alone(tmp_path: Path) -> None:
    assert read_text(tmp_path, "id,x\r1,a\r2,b\r").cells == [["1", "a"], ["2", "b"]]


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    text = "id,name\n1,Zoë Müller\n2,Plain Name\n"
    found = read(written(tmp_path / "a.csv", text, encoding))
    assert found.columns == ["id", "name"]
    assert found.cells == [["1", "Zoë Müller"], ["2", "Plain Name"]]


def test_big_endian_with_its_mark(tmp_path: Path) -> None:
    content = b"\xfe\xff" + "id,name\n1,Åsa\n".encode("utf-16-be")
    assert read_text(tmp_path, content).cells == [["1", "Åsa"]]


def test_a_mixed_file_is_read_and_the_bytes_counted(tmp_path: Path) -> None:
    content = "id,name\n1,Zoë\n".encode() + "2,Zoë\n3,“Zoë”\n".encode("cp1252")
    found = read_text(tmp_path, content, encoding="utf-8")
    assert found.cells == [["1", "Zoë"], ["2", "Zoë"], ["3", "“Zoë”"]]
    assert found.notes == ["bytes that are not UTF-8 and were read as Windows-1252: 4"]


def test_windows_1252_when_the_profile_says_so(tmp_path: Path) -> None:
    content = "id,name\n1,Ã©\n2,x\x81y\n".encode("latin-1")
    found = read_text(tmp_path, content, encoding="windows-1252")
    assert found.cells == [["1", "Ã©"], ["2", "x\x81y"]]
    assert found.notes == []


def test_a_mark_outweighs_what_the_profile_says(tmp_path: Path) -> None:
    found = read(written(tmp_path / "a.csv", "id,name\n1,Zoë\n", "utf-8-sig"), encoding="windows-1252")
    assert found.cells == [["1", "Zoë"]]
    assert found.notes == ["the file is UTF-8 by its first bytes, not WINDOWS-1252"]


def test_utf_16_without_a_mark_that_is_called_utf_8(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,name\n1,Zoe\n" * 20, "utf-16-le")
    with pytest.raises(UsedWronglyError, match=r"seems to be UTF-16.*encoding: utf-16"):
        read(path, encoding="utf-8")
    assert read(path, encoding="utf-16").columns == ["id", "name"]


def test_utf_16_without_a_mark_and_few_plain_letters(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "日本,京\n東京,大\n", "utf-16-le")
    assert read(path, encoding="utf-16").cells == [["東京", "大"]]


def test_nul_bytes_are_text(tmp_path: Path) -> None:
    assert read_text(tmp_path, b"id,name\n1,A\x00nn\n").cells == [["1", "A\x00nn"]]


def test_bidirectional_marks_and_formulas_are_text(tmp_path: Path) -> None:
    cells = ["\u202eevil\u202c", "=HYPERLINK(1)", "@SUM(A1)", "+44", "-1", "|calc"]
    found = read_text(tmp_path, "a\tb\tc\td\te\tf\n" + "\t".join(cells) + "\n", "a.tsv")
    assert found.cells == [cells]


# Headers


def test_a_header_that_stands_twice(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id,Name,Name,,Name (1),\n1,a,b,c,d,e\n")
    with open_table(path, settings()) as table:
        assert table.columns == ["id", "Name (2)", "Name (3)", "(column 4)", "Name (1)", "(column 6)"]
        assert table.twice == {"Name"}


def test_a_header_in_another_row(tmp_path: Path) -> None:
    text = 'Extract of March,,\n"prepared by\nthe unit",,\nid,first,last\n1,Ann,Lee\n'
    found = read_text(tmp_path, text, header_row=3)
    assert found.columns == ["id", "first", "last"]
    assert found.rows == {4: ["1", "Ann", "Lee"]}
    assert found.notes == ["the rows above row 3, which holds the column names, were passed over"]


def test_the_top_of_the_file_for_those_who_look_for_the_header(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Title\n\nid,first\n" + "1,Ann\n" * 100)
    with open_table(path, settings()) as table:
        assert table.top()[:3] == [["Title"], [], ["id", "first"]]
        assert len(table.top()) == 30


@pytest.mark.parametrize("text", ["\n\nid,x\n", ",,\n1,2,3\n", "id,x\n"])
def test_no_column_names_where_they_should_be(tmp_path: Path, text: str) -> None:
    row = 1 if text.startswith((",", "\n")) else 9
    with pytest.raises(UsedWronglyError, match=rf"no column names in row {row}.*header_row"):
        read_text(tmp_path, text, header_row=row)


def test_a_header_with_an_open_quote(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"no column names in row 1\. A quote .* Close the quote"):
        read_text(tmp_path, 'id,"first,last\n1,Ann,Lee\n')


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n", b"\xff\xfe"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsedWronglyError, match=r"a\.csv: the file is empty"):
        read_text(tmp_path, content)


def test_column_names_and_no_rows(tmp_path: Path) -> None:
    for text in ("id,x", "id,x\n", "id,x\n\n"):
        found = read_text(tmp_path, text)
        assert found.columns == ["id", "x"]
        assert found.rows == {}


def test_too_many_columns_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsedWronglyError, match="1,000,000 columns and at most 10,000"):
        read_text(tmp_path, ",".join(["a"] * 1_000_000) + "\n")
    names = ",".join(f"c{number}" for number in range(shape.MAX_COLUMNS))
    found = read_text(tmp_path, f"{names}\n{names}\n")
    assert len(found.cells[0]) == shape.MAX_COLUMNS


# Delimiters


@pytest.mark.parametrize(
    ("mark", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.csv"), ("|", "a.csv"), ("\t", "a.tsv")]
)
def test_the_delimiter_is_found_out(tmp_path: Path, mark: str, name: str) -> None:
    text = f"id{mark}first{mark}last\n1{mark}Ann{mark}Lee\n"
    assert read_text(tmp_path, text, name).cells == [["1", "Ann", "Lee"]]


def test_the_delimiter_of_the_profile_holds(tmp_path: Path) -> None:
    assert read_text(tmp_path, "a,b;c\n1,2;3\n", delimiter=";").columns == ["a,b", "c"]
    assert read_text(tmp_path, "a,b\tc,d\n", format="tsv").columns == ["a,b", "c,d"]


def test_one_column(tmp_path: Path) -> None:
    assert read_text(tmp_path, "id\n1\n\n2\n").rows == {2: ["1"], 4: ["2"]}


# Lines too long to hold


def test_a_line_of_many_megabytes_is_put_aside_by_its_place(tmp_path: Path) -> None:
    size = 9 * 2**20
    content = b"id,x\n1,a\n2," + b"y" * size + b"\n3,b\n"
    found = read_text(tmp_path, content)
    assert found.rows == {2: ["1", "a"], 4: ["3", "b"]}
    assert len(found.unsplit[3]) == lines.BEGINNING
    assert found.reasons[3].startswith(f"the line is {size + 2:,} bytes long, from byte 9 of the file")


def test_a_first_line_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="the first line is"):
        read_text(tmp_path, b"x" * (lines.LINE_LIMIT + 10))


def test_an_open_quote_before_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE_LIMIT", 50)
    monkeypatch.setattr(lines, "BLOCK", 20)
    found = read_text(tmp_path, 'id,x\n1,"open\n2,' + "y" * 80 + "\n3,b\n")
    assert found.rows == {4: ["3", "b"]}
    assert set(found.unsplit) == {2, 3}


def test_a_long_line_of_utf_16_is_told_of_roughly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE_LIMIT", 50)
    monkeypatch.setattr(lines, "BLOCK", 20)
    found = read(written(tmp_path / "a.csv", "id,x\n2," + "y" * 80 + "\n3,b\n", "utf-16"))
    assert "about 164 bytes long, from about byte 12" in found.reasons[2]
    assert found.rows == {3: ["3", "b"]}
