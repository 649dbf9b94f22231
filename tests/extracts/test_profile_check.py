"""Checking a profile against a file: what is wrong, and what would be read."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts.profile_check import ROWS_LOOKED_AT, check_profile
from concerted.extracts.profile_load import parse_profile
from concerted.extracts.profile_report import Example, FieldReport, ProfileReport
from tests.extracts.profile_texts import HEAD, sound, with_fields

ROWS = """\
id, first, last ,dob,s,note
1,Ann,Testerson,31/01/2009,1,a
2,  Tom ,N/A,81/01/2009,2,b
3,,"O'Sample",05/06/2010,7,c
4,Ann,Testerson,,1,d
"""
FIELDS = (
    "given_name: first",
    "family_name: last",
    'full_name: {columns: [first, last], join: " "}',
    'date_of_birth: {column: dob, date: "%d/%m/%Y"}',
    "sex: {column: s, codes: {1: male, 2: female}}",
)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "force.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def check(text: str, file: Path) -> ProfileReport:
    """The report on a sound profile, with the lines of its faults."""
    reading = parse_profile(text)
    assert reading.profile is not None, reading.faults
    return check_profile(reading.profile, file, reading.fault)


def said(report: ProfileReport) -> list[str]:
    return [str(fault) for fault in report.faults]


def field(report: ProfileReport, name: str) -> FieldReport:
    assert report.file is not None
    return next(found for found in report.file.fields if found.field == name)


def test_a_profile_alone() -> None:
    report = check_profile(sound(with_fields(*FIELDS, after="evidence: [x]\ndrop: {y: old}\n")))

    assert (report.profile, report.version, report.faults, report.file) == ("example", 1, (), None)
    assert (report.evidence, report.drop) == (("x",), (("y", "old"),))


def test_what_would_be_read_stands_beside_what_is_there(extract: Path) -> None:
    report = check(with_fields(*FIELDS), extract)

    assert report.faults == ()
    assert field(report, "given_name").examples == (Example("Ann", "Ann"), Example("Tom", "Tom"))
    assert field(report, "full_name").examples[0] == Example("Ann Testerson", "Ann Testerson")
    assert field(report, "date_of_birth").examples == (
        Example("31/01/2009", "2009-01-31"),
        Example("05/06/2010", "2010-06-05"),
    )
    assert field(report, "sex").examples == (Example("1", "male"), Example("2", "female"))


def test_what_is_missing_and_what_cannot_be_read_is_counted(extract: Path) -> None:
    report = check(with_fields(*FIELDS), extract)

    counts = {name: field(report, name) for name in ("given_name", "family_name", "date_of_birth", "sex")}
    assert {name: (one.read, one.missing, one.unreadable) for name, one in counts.items()} == {
        "given_name": (3, 1, 0),
        "family_name": (3, 1, 0),
        "date_of_birth": (2, 1, 1),
        "sex": (3, 0, 1),
    }
    assert counts["date_of_birth"].problems[0].raw == "81/01/2009"
    assert "not a date" in (counts["date_of_birth"].problems[0].problem or "")


def test_how_many_rows_were_looked_at_and_which_columns_are_not_named(extract: Path) -> None:
    report = check(with_fields(*FIELDS), extract)

    assert report.file is not None
    assert (report.file.file, report.file.rows, report.file.whole) == ("force.csv", 4, True)
    assert report.file.not_named == ("note",)


def test_only_the_first_rows_of_a_large_file_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("id,a\n" + "".join(f"{number},x\n" for number in range(5 * ROWS_LOOKED_AT)), encoding="utf-8")

    report = check(with_fields("given_name: a"), path)

    assert report.file is not None
    assert (report.file.rows, report.file.whole) == (ROWS_LOOKED_AT, False)


def test_examples_are_fit_to_be_shown_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(f"id,a\n1,\x1b[31mred\u202e\n2,{'x' * 500}\n", encoding="utf-8")

    examples = field(check(with_fields("occupation: a"), path), "occupation").examples

    assert examples[0].raw == "[31mred"
    assert len(examples[1].raw) < 70


@pytest.mark.parametrize(
    ("written", "meant"),
    [("fist", "first"), ("First", "first"), ("FIRST", "first"), ("firstt", "first"), ("LAST", "last"), ("Dob", "dob")],
)
def test_a_column_that_is_not_there_is_named_with_one_that_is_near(written: str, meant: str, extract: Path) -> None:
    report = check(with_fields(f"given_name: {written}"), extract)

    assert said(report) == [f"line 7: given_name: the file has no column {written}. Did you mean {meant}?"]
    assert report.file is not None
    assert report.file.fields == ()


def test_every_column_that_is_not_there_is_said_with_its_line(extract: Path) -> None:
    text = with_fields("given_name: xylophone", "family_name: zebra", after="evidence: [q]\n").replace(
        "{constant: force-a}", "{column: agency}"
    )

    assert [fault.line for fault in check(text, extract).faults] == [5, 7, 8, 9]
    assert "its columns are: id, first, last, dob, s, note" in check(text, extract).faults[1].mend


def test_the_record_id_must_be_there(extract: Path) -> None:
    report = check(with_fields("given_name: first").replace("record_id: id", "record_id: ref"), extract)

    assert said(report)[0].startswith("line 4: record_id: the file has no column ref")


def test_a_dropped_column_need_not_be_there(extract: Path) -> None:
    assert check(with_fields("given_name: first", after="drop: {gone: old}\n"), extract).faults == ()


def test_column_names_in_a_later_row(tmp_path: Path) -> None:
    path = tmp_path / "titled.csv"
    path.write_text("Extract of persons,,\n,,\nid,first,last\n1,Ann,Testerson\n", encoding="utf-8")

    report = check(with_fields("given_name: first", "family_name: last"), path)
    mended = check(with_fields("given_name: first", "family_name: last", after="file: {header_row: 3}\n"), path)

    assert len(report.faults) == 1
    assert "not in row 1 of the file but in row 3" in report.faults[0].what
    assert "header_row: 3" in report.faults[0].mend
    assert mended.faults == ()
    assert field(mended, "given_name").read == 1


def test_a_delimiter_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "semicolons.csv"
    path.write_text("id;first\n1;Ann\n", encoding="utf-8")

    report = check(with_fields("given_name: first", after="file: {delimiter: ','}\n"), path)

    assert said(report) == ['line 8: file: the columns seem to be parted by a semicolon. Write file: {delimiter: ";"}.']


def test_a_file_without_names_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("1,Ann,Lee,01/02/1999\n2,Bea,Lee,\n", encoding="utf-8")

    report = check(with_fields("given_name: first", "family_name: last"), path)

    told = "the row of names seems to be a record. Put a row with the names of its columns above it."
    assert said(report) == [f"line 1: file: {told}"]


def test_a_header_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("id,name,name\n1,Ann,Testerson\n", encoding="utf-8")

    report = check(with_fields("given_name: name"), path)

    assert "more than once: write name (1) or name (2)" in report.faults[0].mend
    assert check(with_fields("given_name: name (1)", "family_name: name (2)"), path).faults == ()


def test_complete_asks_for_every_column(extract: Path) -> None:
    report = check(with_fields(*FIELDS, after="columns: complete\n"), extract)

    assert [fault.line for fault in report.faults] == [12]
    assert report.faults[0].what == "columns: the profile says nothing of: note"
    assert "`evidence:`" in report.faults[0].mend
    for after in ("evidence: [note]\n", "drop: {note: not needed}\n"):
        assert check(with_fields(*FIELDS, after=f"columns: complete\n{after}"), extract).faults == ()


def test_a_field_of_which_hardly_anything_can_be_read_is_a_fault(extract: Path) -> None:
    report = check(with_fields('date_of_birth: {column: first, date: "%Y"}'), extract)

    assert said(report)[0].startswith("line 7: date_of_birth: 3 of 3 values cannot be read, such as 'Ann': not a date")


@pytest.mark.parametrize(
    "values", [["W1", "A2", "B1"], ["White British", "Pakistani", "Black"], ["Sikh", "Muslim", "Jewish"]]
)
@pytest.mark.parametrize(
    "line",
    [
        "occupation: c",
        "other: [c]",
        "other: {x: c}",
        "full_name: {columns: [a, c]}",
        r"town: {column: c, pattern: '(\w+)'}",
    ],
)
def test_a_protected_column_is_refused_by_its_values(values: list[str], line: str, tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("id,a,c\n" + "".join(f"{at},x,{value}\n" for at, value in enumerate(values * 5)), encoding="utf-8")

    report = check(with_fields("given_name: a", line), path)

    assert len(report.faults) == 1
    assert "column c seems to hold" in report.faults[0].what
    assert "evidence" in report.faults[0].mend


def test_a_list_that_is_joined_or_cut_out_is_found(tmp_path: Path) -> None:
    path = tmp_path / "hidden.csv"
    codes = [("W", "1"), ("A", "2"), ("B", "9")] * 9
    rows = "".join(f"{at},x,{one},{two},row {at} is {one}{two}\n" for at, (one, two) in enumerate(codes))
    path.write_text("id,a,b,c,d\n" + rows, encoding="utf-8")

    joined = check(with_fields("given_name: a", "other: {x: {columns: [b, c], join: ''}}"), path)
    cut = check(with_fields("given_name: a", "other: {x: {column: d, pattern: 'is (..)'}}"), path)

    assert said(joined)[0].startswith("line 8: x: what b and c make seems to hold ethnicity")
    assert said(cut)[0].startswith("line 8: x: what d make seems to hold ethnicity")


def test_a_protected_column_may_be_carried(tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("id,a,c\n1,x,W1\n", encoding="utf-8")

    assert check(with_fields("given_name: a", after="evidence: [c]\n"), path).faults == ()


def test_a_column_mapped_to_another_list_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("id,a,c\n1,x,A1\n2,x,B1\n", encoding="utf-8")

    report = check(with_fields("given_name: a", "other: {band: {column: c, codes: {A1: x, B1: y}}}"), path)

    assert report.faults == ()
    assert any("column c seems to hold ethnicity" in warning for warning in report.warnings)


def test_a_surname_column_with_white_black_and_english_passes(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("id,a,b\n1,Ann,White\n2,Tom,Black\n3,Jo,English\n4,Al,White\n", encoding="utf-8")

    report = check(with_fields("given_name: a", "family_name: b"), path)

    assert (report.faults, report.warnings) == ((), ())


def test_record_ids_that_are_missing_or_stand_twice_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("id,a\n1,x\n1,y\n,z\nNULL,w\n", encoding="utf-8")

    report = check(with_fields("given_name: a"), path)

    assert report.file is not None
    assert (report.file.without_id, report.file.repeated_ids) == (2, 1)
    assert any("2 rows have no record id in id" in warning for warning in report.warnings)
    assert any("1 row has a record id in id that stood above" in warning for warning in report.warnings)


def test_rows_that_cannot_be_split_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("id,a\n1,x\n2,y,z,q\n", encoding="utf-8")

    report = check(with_fields("given_name: a"), path)

    assert any("1 row has not as many cells as the header" in warning for warning in report.warnings)


def test_a_file_that_the_profile_is_not_for_is_warned_of(extract: Path) -> None:
    report = check(with_fields(*FIELDS, after="files: [council-*.csv]\n"), extract)

    assert any("force.csv is none of the files" in warning for warning in report.warnings)
    assert not check(with_fields(*FIELDS, after="files: [force*.csv]\n"), extract).warnings


def test_several_people_in_a_row(tmp_path: Path) -> None:
    path = tmp_path / "family.csv"
    path.write_text("id,c,m\n1,Ann,Mary\n", encoding="utf-8")

    report = check(HEAD + "parts: {child: {given_name: c}, mother: {given_name: m, other: {x: c}}}\n", path)

    assert report.file is not None
    assert [(one.part, one.field, one.examples[0].value) for one in report.file.fields] == [
        ("child", "given_name", "Ann"),
        ("mother", "given_name", "Mary"),
        ("mother", "other_x", "Ann"),
    ]


def test_a_warning_by_name(extract: Path) -> None:
    report = check_profile(sound(with_fields("given_name: a", "country: country_of_birth")))

    assert report.faults == ()
    assert "country_of_birth" in report.warnings[0]


def test_faults_have_no_line_when_none_is_known(extract: Path) -> None:
    report = check_profile(sound(with_fields("given_name: xylophone")), extract)

    assert [fault.line for fault in report.faults] == [None]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="cannot be opened"):
        check_profile(sound(with_fields("given_name: a")), tmp_path / "absent.csv")
