"""Files as they come: each trouble that an extract may have, taken whole with nothing lost, or refused in words.

The readers' own tests look at each more closely.
"""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts import Counts
from concerted.extracts.readers import lines
from tests.extracts.files import Result, profile, read_text, take_file, take_text, written

HEADER = "id,first,last,born\n"
ROWS = "1,Zoë,O’Brien,01/02/1999\n2,Bea,Müller,\n"
NAMES = [("Zoë", "O’Brien"), ("Bea", "Müller")]


def names(result: Result) -> list[tuple[Any, Any]]:
    return [(one["given_name_as_given"], one["family_name_as_given"]) for one in result.records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_that_are_found_out(tmp_path: Path, encoding: str) -> None:
    result = take_file(written(tmp_path / "a.csv", HEADER + ROWS, encoding), profile())
    assert names(result) == NAMES
    assert result.values == []


@pytest.mark.parametrize(
    ("said", "encoding"),
    [("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("windows-1252", "cp1252"), ("utf-8", "cp1252")],
)
def test_encodings_that_the_profile_states(tmp_path: Path, said: str, encoding: str) -> None:
    result = take_file(written(tmp_path / "a.csv", HEADER + ROWS, encoding), profile(file={"encoding": said}))
    assert names(result) == NAMES


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    first, second = ROWS.splitlines(keepends=True)
    result = take_text(tmp_path, (HEADER + first).encode() + second.encode("cp1252"))
    assert names(result) == NAMES
    assert result.taken.notes == ("bytes that are not UTF-8 and were read as Windows-1252: 1",)


def test_headers_that_stand_twice_and_are_not_needed(tmp_path: Path) -> None:
    result = take_text(tmp_path, "id,first,last,born,note,note,\n1,Ann,Lee,,a,b,c\n")
    assert result.taken.dropped == ("note (1)", "note (2)", "(column 7)")


def test_new_lines_inside_cells(tmp_path: Path) -> None:
    text = HEADER + '1,Ann,"Lee\n(formerly\r\nKay)",\n2,Bea,Lee,\n'
    result = take_text(tmp_path, text)
    assert [(one["record_id"], one["row"]) for one in result.records] == [("1", 2), ("2", 3)]
    assert result.records[0]["family_name_as_given"] == "Lee\n(formerly\r\nKay)"
    assert "\n" not in result.records[0]["family_name"]


def test_a_quote_left_open_early_in_a_large_file(tmp_path: Path) -> None:
    rows = [f"{number},Ann,Lee," for number in range(30_000)]
    rows[10] = '10,"Ann,Lee,'
    result = take_text(tmp_path, HEADER + "\n".join(rows) + "\n")
    assert result.taken.counts == Counts(30_000, 29_999, 1, 0, 0, 29_999, 0)
    assert (result.rows[0].row, result.rows[0].raw) == (12, '10,"Ann,Lee,')


def test_bidirectional_marks_do_not_hide_a_value(tmp_path: Path) -> None:
    text = "id,first,last,born\n1,\u202eAnn\u202c,\u200bLee\u200b,\n"
    record = take_text(tmp_path, text).records[0]
    assert (record["given_name"], record["family_name"]) == ("Ann", "Lee")
    assert record["given_name_as_given"] == "\u202eAnn\u202c"


@pytest.mark.parametrize("formula", ["=1+1", "+1+1", "-1+1", "@SUM(1)", '=cmd|"/c calc"!A0', "\t=1"])
def test_formulas_are_text(tmp_path: Path, formula: str) -> None:
    quoted = '"' + formula.replace('"', '""') + '"'
    result = take_text(tmp_path, f"{HEADER}1,{quoted},Lee,\n", evidence=["first"])
    assert result.records[0]["evidence_first"] == formula


def test_leading_zeros_that_a_spreadsheet_took(tmp_path: Path) -> None:
    result = take_text(tmp_path, "id,tel\n1,7700900123\n", fields={"phone": "tel"})
    assert result.records[0]["phone"] == "+447700900123"
    assert result.records[0]["phone_as_given"] == "7700900123"


def test_nul_bytes(tmp_path: Path) -> None:
    result = take_text(tmp_path, (HEADER + "1,A\x00nn,Lee,\n").encode() + bytes(5000) + b"\n2,Bea,Lee,\n")
    assert [one["record_id"] for one in result.records] == ["1", "2"]
    assert result.records[0]["given_name"] == "Ann"
    assert result.taken.counts.quarantined == 1


def test_an_empty_file_and_one_with_names_alone(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="the file is empty"):
        take_text(tmp_path, "", "empty.csv")
    assert take_text(tmp_path, HEADER, "names.csv").taken.notes == ("the file has column names and no rows",)


def test_a_million_columns(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="1,000,004 columns"):
        take_text(tmp_path, HEADER.strip() + ",x" * 1_000_000 + "\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_row_of_a_million_cells(tmp_path: Path) -> None:
    result = take_text(tmp_path, HEADER + "1,Ann,Lee," + ",x" * 1_000_000 + "\n2,Bea,Lee,\n")
    assert [one["record_id"] for one in result.records] == ["2"]
    assert result.rows[0].reason == "it has 1,000,004 cells and the header has 4"


def test_a_cell_of_many_megabytes(tmp_path: Path) -> None:
    content = HEADER.encode() + b"1,Ann,Lee,\n2," + b"x" * (12 * 2**20) + b",Lee,\n3,Cat,Lee,\n"
    result = take_text(tmp_path, content)
    assert [(one["record_id"], one["row"]) for one in result.records] == [("1", 2), ("3", 4)]
    (row,) = result.rows
    assert (row.row, len(row.raw), row.raw[:4]) == (3, lines.BEGINNING, "2,xx")
    assert "12,582,919 bytes long, from byte 30 of the file" in row.reason
    assert row.mend == "shorten it to at most 4,194,304 bytes"


def test_a_parquet_file_is_taken_as_the_csv_file_it_could_be(tmp_path: Path) -> None:
    table = pa.table({"id": [1.0, None, 3.0], "first": ["Ann", "Bea", "Cat"], "last": ["Lee"] * 3, "born": [None] * 3})
    pq.write_table(table, tmp_path / "a.parquet")
    result = take_file(tmp_path / "a.parquet", profile())
    assert [(one["record_id"], one["row"]) for one in result.records] == [("1", 2), ("3", 4)]
    assert json.loads(result.rows[0].raw) == [None, "Bea", "Lee", None]


def test_a_truncated_parquet_file_leaves_nothing(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["1"], "first": ["Ann"]}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for length in range(1, len(whole), 37):
        written(tmp_path / "a.parquet", whole[:length])
        with pytest.raises(UsedWronglyError, match=r"^a\.parquet: the (Parquet file is|file is not Parquet)"):
            take_file(tmp_path / "a.parquet", profile())
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_json_lines_with_a_bad_line(tmp_path: Path) -> None:
    good = [{"id": number, "first": "Ann", "last": "Lee", "born": "01/02/1999"} for number in (1, 2)]
    text = f"{json.dumps(good[0])}\n{{broken\n{json.dumps(good[1])}\n"
    result = take_text(tmp_path, text, "a.jsonl")
    assert [(one["record_id"], one["row"]) for one in result.records] == [("1", 1), ("2", 3)]
    assert (result.rows[0].row, result.rows[0].raw, result.rows[0].raw_form) == (2, "{broken", "line")


def test_json_lines_with_objects_inside(tmp_path: Path) -> None:
    text = json.dumps({"id": "1", "name": {"first": "Ann"}, "tel": ["07700900123", "07700 900124"]}) + "\n"
    result = take_text(tmp_path, text, "a.jsonl", fields={"given_name": "name.first", "phone": "tel"})
    assert result.records[0]["phone"] == "+447700900123; +447700900124"
    assert result.records[0]["given_name"] == "Ann"


_SOUND = (HEADER + ROWS + '3,"Ann ""Annie""","Lee\nKay",81/01/1999\n4,,,\n').encode()


@given(st.lists(st.tuples(st.integers(0, len(_SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_bytes_changed_below_the_header(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    """Whatever byte is changed, every row is accounted for (`Counts` refuses anything else) and none comes twice."""
    data = bytearray(_SOUND)
    for at, byte in changes:
        data[max(at, len(HEADER))] = byte
    result = take_text(tmp_path_factory.mktemp("changed"), bytes(data))
    rows = [one["row"] for one in result.records] + [one.row for one in result.rows]
    assert len(set(rows)) == len(rows)


@given(st.integers(0, len(_SOUND)))
def test_a_file_cut_short_anywhere(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    try:
        result = take_text(folder, _SOUND[:length])
    except UsedWronglyError as error:
        assert length < len(HEADER)
        assert str(error).startswith("a.csv: ")
        return
    assert result.taken.counts.rows <= 4


@given(st.integers(1, 60), st.integers(0, 59), st.sampled_from(['"', '""', '"x"y', 'a"', '"\r']))
def test_one_quote_too_many_costs_one_row(
    tmp_path_factory: pytest.TempPathFactory, count: int, at: int, quote: str
) -> None:
    rows = [f"{number},Ann,Lee," for number in range(count)]
    spoilt = at % count
    rows[spoilt] = f"{spoilt},{quote},Lee,"
    found = read_text(tmp_path_factory.mktemp("quote"), HEADER + "\n".join(rows) + "\n")
    assert len(found.rows) >= count - 1
    assert found.total == count
