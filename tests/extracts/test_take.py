"""Taking one file: records, evidence and truth, and what is put aside."""

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.extracts import Counts, take
from concerted.extracts.origins import FileOrigin
from tests.extracts.files import AS_OF, profile, take_file, take_text, written

HEADER = "id,first,last,born\n"
TWO = HEADER + "1,Ann,Lee,01/02/1999\n2, Bea ,O'Hara,\n"


def test_records_as_they_are_written(tmp_path: Path) -> None:
    result = take_text(tmp_path, TWO)
    assert result.records[0] == {
        "source": "force-a",
        "record_id": "1",
        "row": 2,
        "given_name": "Ann",
        "given_name_as_given": "Ann",
        "family_name": "Lee",
        "family_name_as_given": "Lee",
        "date_of_birth": "1999-02-01",
        "date_of_birth_as_given": "01/02/1999",
    }
    assert result.records[1]["given_name_as_given"] == "Bea "
    assert (result.records[1]["date_of_birth"], result.records[1]["date_of_birth_as_given"]) == (None, "")
    assert result.taken.counts == Counts(2, 2, 0, 0, 0, 2, 0)


def test_the_file_of_records(tmp_path: Path) -> None:
    result = take_text(tmp_path, TWO)
    file = pq.ParquetFile(result.taken.records)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert {str(field.type) for field in file.schema_arrow} == {"string", "int64"}
    assert [path.name for path in result.taken.records.parent.iterdir()] == ["records.parquet"]


def test_what_was_taken_is_told(tmp_path: Path) -> None:
    result = take_text(tmp_path, TWO)
    assert result.taken.file == "a.csv"
    assert result.taken.sha256 == hashlib.sha256(TWO.encode()).hexdigest()
    assert result.taken.bytes == len(TWO)
    assert (result.taken.profile, result.taken.profile_version) == ("small", 1)
    assert result.taken.truth is None


def test_columns_of_the_profiles_own_and_evidence(tmp_path: Path) -> None:
    text = "id,first,last,born,car,eth\n1,Ann,Lee,, red ,White\n2,Bea,Lee,,NULL,\n"
    fields = {"given_name": "first", "other": {"vehicle": "car"}}
    result = take_text(tmp_path, text, fields=fields, evidence=["eth", "last"])
    assert [record["other_vehicle"] for record in result.records] == ["red", None]
    assert [record["evidence_eth"] for record in result.records] == ["White", ""]
    assert "other_vehicle_as_given" not in result.records[0]
    assert result.taken.dropped == ("born",)


def test_a_row_without_its_record_id_is_put_aside_with_its_cells(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + ' ,Ann,"Lee, Jr",81/01/1999\nNULL,Bea,Lee,\n3,Cat,Lee,\n')
    assert [record["record_id"] for record in result.records] == ["3"]
    first = result.rows[0]
    assert (first.file, first.row, first.column, first.source) == ("a.csv", 2, "id", "force-a")
    assert (first.reason, first.mend) == ("it has no record id", "fill the record id in")
    assert json.loads(first.raw) == ["", "Ann", "Lee, Jr", "81/01/1999"]
    assert first.raw_form == "cells"
    assert result.rows[1].record_id == "NULL"
    assert result.values == [], "a row that is put aside is not told of twice"


def test_a_row_without_a_required_field_is_put_aside(tmp_path: Path) -> None:
    text = HEADER + "1,Ann,,\n2,Bea,Lee,81/01/1999\n3,Cat,Lee,01/02/1999\n4,Dee,Lee,\n"
    result = take_text(tmp_path, text, required=["family_name", "date_of_birth"])
    assert [record["record_id"] for record in result.records] == ["3"]
    assert [(one.row, one.column, one.reason) for one in result.rows] == [
        (2, "last", "family_name is required and is empty"),
        (3, "born", "date_of_birth is required and cannot be read: not a date: there is no 81 January 1999"),
        (5, "born", "date_of_birth is required and is empty"),
    ]


def test_a_value_that_cannot_be_read_leaves_its_row(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + "1,Ann,Lee,81/01/1999\n")
    record = result.records[0]
    assert (record["date_of_birth"], record["date_of_birth_as_given"]) == (None, "81/01/1999")
    (value,) = result.values
    assert (value.row, value.column, value.field, value.raw) == (2, "born", "date_of_birth", "81/01/1999")
    assert (value.source, value.record_id, value.raw_form) == ("force-a", "1", "text")
    assert value.reason == "not a date: there is no 81 January 1999"


def test_leading_zeros_lost_and_numbers_as_a_spreadsheet_writes_them(tmp_path: Path) -> None:
    text = "id,nhs,tel\n1,9990000018,7700900123\n2,9.99E+09,7.7009E+09\n3,9990000018.0,07700900123\n"
    result = take_text(tmp_path, text, fields={"nhs_number": "nhs", "phone": "tel"})
    assert [record["phone"] for record in result.records] == ["+447700900123", None, "+447700900123"]
    assert [record["nhs_number"] for record in result.records] == ["9990000018", None, "9990000018"]
    assert {value.raw for value in result.values} == {"9.99E+09", "7.7009E+09"}


def test_record_ids_that_a_spreadsheet_rounded(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + "1.23E+11,Ann,Lee,\n1.24E+11,Bea,Lee,\nE+1,Cat,Lee,\n")
    assert result.taken.counts.read == 3
    assert result.taken.notes[0].startswith(
        "record ids that look as if a spreadsheet had rounded them, such as 1.23E+11: 2"
    )


def test_record_ids_keep_leading_zeros_and_marks(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + "007,Ann,Lee,\n7,Bea,Lee,\na:b/c,Cat,Lee,\n")
    assert [record["record_id"] for record in result.records] == ["007", "7", "a:b/c"]


def test_formulas_and_bidirectional_marks_are_kept_and_never_run(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + '1,"=HYPERLINK(""x"")",\u202eLee\u202c,\n', evidence=["last"])
    record = result.records[0]
    assert record["given_name_as_given"] == '=HYPERLINK("x")'
    assert record["family_name"] == "Lee"
    assert record["family_name_as_given"] == record["evidence_last"] == "\u202eLee\u202c"


# Sources


def test_the_source_in_a_column(tmp_path: Path) -> None:
    text = "id,who,first\n1, north ,Ann\n1,south,Ann\n2,,Ann\n3,a:b,Ann\n4,n/a,Ann\n"
    result = take_text(tmp_path, text, source={"column": "who"}, fields={"given_name": "first"})
    assert [(record["source"], record["record_id"]) for record in result.records] == [("north", "1"), ("south", "1")]
    assert [(one.row, one.column, one.reason) for one in result.rows] == [
        (4, "who", "it does not say its source"),
        (5, "who", "its source has a colon in it"),
        (6, "who", "it does not say its source"),
    ]


def test_the_files_name_as_source(tmp_path: Path) -> None:
    result = take_text(tmp_path, TWO, "custody march.csv", source={"file": True})
    assert {record["source"] for record in result.records} == {"custody march"}


def test_a_name_that_is_given_for_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "upload-1234.csv", TWO)
    result = take_file(path, profile(source={"file": True}), as_name="north.csv")
    assert result.taken.file == "north.csv"
    assert {record["source"] for record in result.records} == {"north"}


def test_a_file_whose_name_cannot_be_a_source(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", TWO)
    with pytest.raises(UsedWronglyError, match="the file's name cannot be its source: 'a:b'"):
        take_file(path, profile(source={"file": True}), as_name="a:b.csv")


# Refusals


def test_protected_values_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    rows = "".join(f"{number},{word},Lee,\n" for number, word in enumerate(["White British", "Pakistani"] * 20))
    with pytest.raises(UsedWronglyError, match="town may not be made from a column that holds ethnicity"):
        take_text(tmp_path, HEADER + rows, fields={"town": "first"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_records_are_never_overwritten(tmp_path: Path) -> None:
    result = take_text(tmp_path, TWO)
    before = result.taken.records.read_bytes()
    with pytest.raises(UsedWronglyError, match=r"records\.parquet: there is such a file already"):
        take_text(tmp_path, HEADER)
    assert result.taken.records.read_bytes() == before


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = iter([(1, 10), (2, 12)])
    monkeypatch.setattr(FileOrigin, "_now", lambda self: next(states))
    with pytest.raises(UsedWronglyError, match="the file changed while it was read"):
        take_text(tmp_path, TWO)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"^gone\.csv: the file cannot be read"):
        take_file(tmp_path / "gone.csv", profile())


def test_column_names_and_no_rows_give_an_empty_table(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER)
    assert result.records == []
    assert result.taken.notes == ("the file has column names and no rows",)


def test_progress_is_told(tmp_path: Path) -> None:
    progress = Silent()
    path = written(tmp_path / "a.csv", TWO)
    take(path, profile(), tmp_path / "r.parquet", lambda _: None, progress=progress, as_of=AS_OF)
    assert list(progress.seconds) == ["read", "repeats"]


@pytest.mark.usefixtures("frozen_clock")
def test_without_a_day_it_is_reckoned_from_today(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEADER + "1,Ann,Lee,aged 14\n")
    made = profile(fields={"date_of_birth": "born"})
    taken = take(path, made, tmp_path / "r.parquet", lambda _: None)
    assert pq.read_table(taken.records)["date_of_birth"].to_pylist() == ["2011-03-03/2012-03-02"]


def test_counts_that_lose_a_row_are_refused() -> None:
    with pytest.raises(AssertionError, match="rows were lost"):
        Counts(3, 1, 1, 0, 0, 1, 0)
