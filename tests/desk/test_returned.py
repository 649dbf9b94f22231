"""A sender's file given back: every row as sent, what was mended in its place, and it reads when it comes again."""

import csv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.desk import mending, quarantine, returned_files
from concerted.desk.replay import replay
from concerted.desk.resolve import Options, resolve
from concerted.desk.returned import Returned, give_back
from concerted.desk.returned_rows import Row
from concerted.desk.store import Store
from concerted.extracts import FileSettings, Quarantined, open_table
from concerted.extracts.readers import FAULTS, MENDINGS
from tests.common.test_spreadsheets import ANY, runs
from tests.desk.extracts import EXAMPLE, HEADER, PEOPLE, PROFILE, alone, extract, ids, profile, small, table
from tests.extracts.workbooks import workbook

LINE = "9,Farah,Varga,2001-02-03,07700 900009,f,too much"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking takes most of the time, and none of these tests is about it."""
    monkeypatch.setattr("concerted.desk.resolve.link", alone)


def back(folder: Path, original: Path, out: Path, *, name: str = "", only_faulty: bool = False) -> Returned:
    with Store.open(folder) as store:
        return give_back(store, original, out, name=name, only_faulty=only_faulty)


def mended(folder: Path, number: int, **values: str) -> None:
    with Store.open(folder) as store:
        mending.mend(store, number, values, "Ann", "asked the agency")


def cells(path: Path, **settings: object) -> list[list[str]]:
    """The rows below the names as the file holds them, what was added too."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.reader(handle))[1:]
    copy = path.with_name("look.xlsx")  # under other names the columns are like any others
    with zipfile.ZipFile(path) as there, zipfile.ZipFile(copy, "w") as made:
        for name in there.namelist():
            made.writestr(name, there.read(name).replace(b"Concerted: ", b"Seen: "))
    return read(copy, **settings)


def read(path: Path, **settings: object) -> list[list[str]]:
    """The rows of a file as our readers give them."""
    with open_table(path, FileSettings.model_validate(settings)) as opened:
        chunks = [zip(*chunk.columns, strict=True) for chunk in opened.chunks()]
        return [[cell or "" for cell in row] for rows in chunks for row in rows]


def people(folder: Path) -> list[tuple[str, ...]]:
    with Store.open(folder) as store:
        return sorted(tuple(row) for row in store.run("select source, record_id from member"))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A row without an id (2), a blank one (4), a line of seven cells (9), and two faulty values in one row (10)."""
    rows = [("", *PEOPLE[0][1:]), PEOPLE[1], ("",) * 6, *PEOPLE[2:]]
    path = extract(tmp_path, rows)
    text = path.read_text(encoding="utf-8") + f"{LINE}\n7,Efosa,Umeh,2009-13-45,+44 7700 900001; ask,e\n"
    path.write_text(text, encoding="utf-8")
    resolve([path], [profile(tmp_path)], tmp_path / "out", Options())
    return tmp_path / "out"


def numbers(folder: Path) -> dict[str, int]:
    with Store.open(folder) as store:
        return {str(raw): number for number, raw in store.run("select id, raw from quarantine")}


@pytest.mark.parametrize("name", ["back.csv", "back.xlsx"])
def test_every_row_stands_where_it_stood(faulty: Path, tmp_path: Path, name: str) -> None:
    done = back(faulty, tmp_path / "small.csv", tmp_path / name)
    assert (done.rows, done.faulty, done.mended) == (9, 3, 0)
    found = cells(tmp_path / name)
    assert [row[0] for row in found if row[0]] == ["2", "3", "4", "5", "6", "7"]
    row = next(row for row in found if LINE in row[6])
    assert row[:6] == [""] * 6
    assert row[6] == (
        "The row: it has 7 cells and the header has 6. To mend it: put a cell that holds a comma in quotes. "
        f"The line as it was: {LINE}"
    )
    assert found[-1][6].startswith('(1) dob holds "2009-13-45": not a date')
    assert '(2) phone holds "ask": ' in found[-1][6]


def test_what_was_mended_stands_in_its_place(faulty: Path, tmp_path: Path) -> None:
    number = numbers(faulty)
    mended(faulty, number["2009-13-45"], dob="2009-12-31")
    mended(faulty, number["ask"], phone="nobody's")
    with Store.open(faulty) as store:
        mending.mend_line(store, number[LINE], LINE.removesuffix(",too much"), "Ann", "asked")
        [first] = [at for raw, at in number.items() if raw.startswith('["", "Amara"')]
        mending.dismiss(store, first, "Bea", "not ours")
    replay(faulty)
    done = back(faulty, tmp_path / "small.csv", tmp_path / "back.csv")
    assert (done.faulty, done.mended) == (3, 2)
    found = cells(tmp_path / "back.csv")
    assert found[0][0] == ""
    assert found[0][7].startswith("Nothing is to be mended in id (Bea, 20")
    assert found[0][7].endswith(": not ours).")
    assert found[7][:6] == LINE.split(",")[:6]
    assert found[7][7].startswith("6 columns are filled in (Ann, 20")
    assert found[8][3:5] == ["2009-12-31", "'+44 7700 900001; ask"], "what cannot be read either is not put in place"
    assert 'dob is now "2009-12-31" (Ann, ' in found[8][7]
    assert "this cannot be read either and was not put in its place" in found[8][7]


def test_only_what_was_faulty_with_its_row(faulty: Path, tmp_path: Path) -> None:
    done = back(faulty, tmp_path / "small.csv", tmp_path / "back.xlsx", only_faulty=True)
    assert (done.rows, done.faulty) == (3, 3)
    assert [row[6].split(". ")[0] for row in cells(tmp_path / "back.xlsx")] == ["Row 2", "Row 9", "(1) Row 10"]


@pytest.mark.parametrize("name", ["back.csv", "back.xlsx"])
@pytest.mark.parametrize("file", ["", "file: {delimiter: ';'}\n", "file: {encoding: windows-1252}\n"])
@pytest.mark.parametrize("columns", ["", "columns: complete\n"])
def test_given_back_and_delivered_again_it_reads(tmp_path: Path, name: str, file: str, columns: str) -> None:
    rows = [*PEOPLE, ("7", "Zoë", "=Umeh", "2009-13-45", "+44 7700 900001", "e"), ("", *PEOPLE[0][1:])]
    path = extract(tmp_path, rows)
    if "delimiter" in file:
        path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    if "1252" in file:
        path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    by = profile(tmp_path, PROFILE + file + columns)
    out = tmp_path / "out"
    resolve([path], [by], out, Options())
    [date, row] = ids(out)
    mended(out, date, dob="2009-12-31")
    mended(out, row, id="8")
    replay(out)
    assert back(out, path, tmp_path / name).notes == ()

    summary = resolve([tmp_path / name], [by], tmp_path / "again", Options())
    assert (summary.rows_quarantined, summary.values_quarantined) == (0, 0)
    assert people(tmp_path / "again") == people(out)
    assert read(tmp_path / name, **({"delimiter": ";"} if "delimiter" in file and name.endswith("csv") else {}))[6] == [
        *("7", "Zoë", "=Umeh", "2009-12-31", "+44 7700 900001", "e")
    ]


def test_a_line_given_back_and_not_filled_in_is_put_aside_again(faulty: Path, tmp_path: Path) -> None:
    back(faulty, tmp_path / "small.csv", tmp_path / "back.csv")
    summary = resolve([tmp_path / "back.csv"], [tmp_path / "small.yaml"], tmp_path / "again", Options())
    assert summary.rows_quarantined == 2
    with Store.open(tmp_path / "again") as store:
        reasons = [reason for (reason,) in store.run("select reason from quarantine where kind = 'row'")]
    assert "it was given back empty, because it could not be split, and nothing was filled in" in reasons
    assert "passed over" in (tmp_path / "again" / "summary.json").read_text(encoding="utf-8")


def test_a_file_given_back_twice_has_the_columns_once(faulty: Path, tmp_path: Path) -> None:
    back(faulty, tmp_path / "small.csv", tmp_path / "back.csv")
    resolve([tmp_path / "back.csv"], [tmp_path / "small.yaml"], tmp_path / "again", Options())
    back(tmp_path / "again", tmp_path / "back.csv", tmp_path / "twice.csv")
    head = (tmp_path / "twice.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == f'{",".join(HEADER)},{FAULTS},"{MENDINGS}"'


def test_rows_above_the_names_and_a_sheet_come_back(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", {"People": [["Northmarsh"], [], list(HEADER), *map(list, PEOPLE)]})
    by = profile(tmp_path, PROFILE + "file: {format: xlsx, sheet: People, header_row: 3}\n")
    out = tmp_path / "out"
    resolve([path], [by], out, Options())
    back(out, path, tmp_path / "back.xlsx")
    assert read(tmp_path / "back.xlsx", sheet="People", header_row=3) == [list(row) for row in PEOPLE]
    with open_table(tmp_path / "back.xlsx", FileSettings()) as opened:
        assert opened.top()[0][0] == "Northmarsh"
    said = "the profile small reads xlsx: to deliver this file again, write file: {format: csv} in it"
    assert back(out, path, tmp_path / "back.csv").notes == (f"{said}, or give --out a name that ends in .xlsx",)


def test_json_lines_come_back_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "1", "first": "Ama", "last": "Osei", "dob": "x", "phone": "", "who": "a"}\n{"id"\n')
    by = profile(tmp_path, PROFILE + "file: {format: jsonl}\n")
    resolve([path], [by], tmp_path / "out", Options())
    done = back(tmp_path / "out", path, tmp_path / "back.csv")
    assert done.notes == ("the profile small reads jsonl: to deliver this file again, write file: {format: csv} in it",)
    found = cells(tmp_path / "back.csv")
    assert (found[0][0], found[0][6][:9], found[1][6][-5:]) == ("1", "dob holds", '{"id"')


def test_a_value_made_from_several_columns_is_told_and_not_put(tmp_path: Path) -> None:
    text = PROFILE.replace('{column: dob, date: "%Y-%m-%d"}', '{columns: [dob, who], date: "%Y-%m-%d"}')
    path = extract(tmp_path, [("1", "Ama", "Osei", "2009-13", "", "45")])
    resolve([path], [profile(tmp_path, text.replace("truth: who", ""))], tmp_path / "out", Options())
    with Store.open(tmp_path / "out") as store:
        mending.mend(store, 1, {"dob who": "2009-12-31"}, "Ann", "asked")
    back(tmp_path / "out", path, tmp_path / "back.csv")
    [row] = cells(tmp_path / "back.csv")
    assert row[3] == "2009-13"
    assert "its text was made from several columns" in row[7]


def test_faulty_cells_have_a_comment_and_not_colour_alone(faulty: Path, tmp_path: Path) -> None:
    mended(faulty, numbers(faulty)["2009-13-45"], dob="2009-12-31")
    back(faulty, tmp_path / "small.csv", tmp_path / "back.xlsx")
    with zipfile.ZipFile(tmp_path / "back.xlsx") as made:
        sheet = made.read("xl/worksheets/sheet1.xml").decode()
        comments = made.read("xl/comments1.xml").decode()
        styles = made.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet
    assert "Mended. dob holds" in comments
    assert "Could not be read. phone holds" in comments
    assert "FFFFE08A" in styles
    assert "<b/>" in styles


def test_another_file_is_refused_in_words(faulty: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = extract(tmp_path / "other", PEOPLE)
    size = (tmp_path / "small.csv").stat().st_size
    with pytest.raises(UsedWronglyError) as refused:
        back(faulty, other, tmp_path / "back.csv")
    assert str(refused.value) == (
        f"small.csv: it is another file than the small.csv that was read. That one had {size} bytes and another "
        f"content; this one has {other.stat().st_size} bytes. Give the extract as it was sent, without any change."
    )
    with pytest.raises(UsedWronglyError, match=r"no file of this content was read into the folder.*small\.csv"):
        back(faulty, tmp_path / "small.yaml", tmp_path / "back.csv")
    assert not (tmp_path / "back.csv").exists()


def test_one_content_read_twice_is_asked_for_by_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        extract(tmp_path / name, PEOPLE)
    by = profile(tmp_path, PROFILE.replace("{constant: force}", "{folder: true}"))
    resolve([tmp_path / "a" / "small.csv", tmp_path / "b" / "small.csv"], [by], tmp_path / "out", Options())
    with pytest.raises(UsedWronglyError, match=r"Write --file with one of a/small\.csv, b/small\.csv"):
        back(tmp_path / "out", tmp_path / "a" / "small.csv", tmp_path / "back.csv")
    done = back(tmp_path / "out", tmp_path / "a" / "small.csv", tmp_path / "back.csv", name="b/small.csv")
    assert done.file == "b/small.csv"


def test_a_workbook_of_two_sheets_is_asked_for_by_profile(tmp_path: Path) -> None:
    rows = {name: [list(HEADER), [f"{name}1", *PEOPLE[0][1:]]] for name in ("one", "two")}
    path = workbook(tmp_path / "people.xlsx", rows)
    texts = {name: PROFILE.replace("small", name) + f"files: [people.xlsx]\nfile: {{sheet: {name}}}\n" for name in rows}
    by = [profile(tmp_path, text, f"{name}.yaml") for name, text in texts.items()]
    resolve([path], by, tmp_path / "out", Options())
    with pytest.raises(UsedWronglyError, match=r"Write --file with one of one, two"):
        back(tmp_path / "out", path, tmp_path / "back.csv")
    back(tmp_path / "out", path, tmp_path / "back.csv", name="two")
    assert read(tmp_path / "back.csv") == [["two1", *PEOPLE[0][1:]]]


@pytest.mark.parametrize("name", ["back.csv", "back.xlsx"])
def test_nothing_is_overwritten(faulty: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsedWronglyError, match="there is such a file already"):
        back(faulty, tmp_path / "small.csv", tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_only_workbooks_and_csv_are_written(faulty: Path, tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"ends in \.xlsx or \.csv"):
        back(faulty, tmp_path / "small.csv", tmp_path / "back.ods")


def test_what_no_workbook_holds_is_refused_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "x" * 32_768
    out = small(tmp_path, [*PEOPLE, ("7", long, "Umeh", "", "", "e")])
    there = set(tmp_path.iterdir())
    with pytest.raises(UsedWronglyError) as refused:
        back(out, tmp_path / "small.csv", tmp_path / "back.xlsx")
    assert str(refused.value) == (
        "sheet Extract, row 8, column first: a cell has 32,768 characters and a workbook's holds 32,767. "
        "Give --out a name that ends in .csv."
    )
    monkeypatch.setattr(returned_files, "ROWS", 7)
    with pytest.raises(UsedWronglyError, match="a workbook holds 6 rows below the names, and here are 7"):
        back(out, tmp_path / "small.csv", tmp_path / "back.xlsx")
    assert set(tmp_path.iterdir()) == there
    assert back(out, tmp_path / "small.csv", tmp_path / "back.csv").rows == 7
    assert cells(tmp_path / "back.csv")[6][1] == long


def test_comments_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_files, "COMMENTS", 2)
    rows = [Row(["a", "f", "m"], {0: "said"})] * 5
    returned_files.write_workbook(tmp_path / "a.xlsx", [["id", FAULTS, MENDINGS]], rows, "S")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as made:
        assert made.read("xl/comments1.xml").count(b"<comment ") == 2


def test_the_example_comes_back_as_it_was(copied: Path, tmp_path: Path) -> None:
    for agency in ("force", "council", "charity"):
        original = EXAMPLE / f"{agency}.csv"
        for name in ("back.csv", "back.xlsx"):
            back(copied, original, tmp_path / f"{agency}-{name}")
            assert read(tmp_path / f"{agency}-{name}") == read(original)


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | ANY
NO_CHARACTERS = str.maketrans("\ufffe\uffff", "\ufffd\ufffd")


@given(st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=4))
def test_any_text_given_back_runs_nowhere_and_reads_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: Sequence[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    above = [["id", "one", "two", FAULTS, MENDINGS]]
    rows = [Row([str(at), *pair, pair[1], pair[0]], {1: pair[0]}) for at, pair in enumerate(texts)]
    wanted = [[str(at), *pair] for at, pair in enumerate(texts)]
    returned_files.write_workbook(folder / "a.xlsx", above, rows, "S")
    assert read(folder / "a.xlsx") == [[cell.translate(NO_CHARACTERS) for cell in row] for row in wanted]
    with zipfile.ZipFile(folder / "a.xlsx") as made:
        assert b"<f>" not in made.read("xl/worksheets/sheet1.xml")
    returned_files.write_csv(folder / "a.csv", above, rows, ",")
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="") as handle:
        stands = list(csv.reader(handle))
    assert not any(runs(cell) for row in stands for cell in row)
    assert read(folder / "a.csv") == wanted


@given(texts=st.lists(ANY.filter(str.strip), min_size=1, max_size=3))
def test_a_spreadsheet_to_mend_that_nobody_changed_mends_nothing(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("mend")
    found = [Quarantined("value", "f", None, 2, "dob", "dob", "s", "1", text, "text", "why", "mend") for text in texts]
    with Store.create(folder) as store:
        store.run("begin")  # and never kept: there is no delivery that it would be of
        quarantine.sink(store, lambda _: 1)(found)
        mending.write_csv(store, quarantine.items(store), folder / "mend.csv")
        assert mending.mend_from(store, folder / "mend.csv", "Ann", "asked") == 0
        for number, text in enumerate(texts, 1):
            quarantine.keep_mending(store, number, {"dob": "x"}, "Ann", "asked")
            assert quarantine.item(store, number).raw == text


def test_a_table_for_tests_is_what_it_says(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", ("id", "x"), [("1", "'=1")])
    assert read(path) == [["1", "'=1"]], "an apostrophe of the sender's own stays where no file was given back"
