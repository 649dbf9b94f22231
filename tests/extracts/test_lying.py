"""What a file holds, whatever it is called: endings that lie, marks that hide, formulas, encodings that are mixed."""

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from concerted.common.errors import UsedWronglyError
from tests.extracts.files import profile, take_file
from tests.extracts.seeds import SEEDS
from tests.extracts.workbooks import workbook

ENDINGS: Final = {
    "csv": ".csv",
    "csv-utf16": ".tsv",
    "jsonl": ".jsonl",
    "json": ".json",
    "xlsx": ".xlsx",
    "parquet": ".parquet",
    "census": ".xml",
}
SEEMS: Final = {
    "csv": ("plain text", "Give it the ending .csv"),
    "csv-utf16": ("plain text", "Give it the ending .csv"),
    "jsonl": ("JSON Lines", "Give it the ending .jsonl"),
    "json": ("JSON, one array", "Give it the ending .json"),
    "xlsx": ("a workbook (XLSX) or another ZIP file", "Give it the ending .xlsx"),
    "parquet": ("a Parquet file", "Give it the ending .parquet"),
    "census": ("an XML file", "A children-in-need census is read with the ending .xml"),
}
# Plain text is read as a table whatever stands between its columns, and each of its lines may be faulty JSON.
TEXT: Final = {("csv", ".tsv"), ("csv-utf16", ".csv"), ("csv", ".jsonl"), ("csv-utf16", ".jsonl")}


@pytest.mark.parametrize(("holds", "called"), list(permutations(SEEMS, 2)))
def test_an_ending_that_lies(tmp_path: Path, holds: str, called: str) -> None:
    if (holds, ENDINGS[called]) in TEXT:
        return
    path = tmp_path / f"people{ENDINGS[called]}"
    path.write_bytes(SEEDS[holds].content)
    with pytest.raises(UsedWronglyError) as error:
        take_file(path, profile())
    seems, mend = SEEMS[holds]
    assert str(error.value).startswith(f"{path.name}: the file is not ")
    assert f": it seems to be {seems}. {mend}" in str(error.value)
    assert list(tmp_path.iterdir()) == [path]


def test_plain_text_under_the_ending_of_json_lines_has_no_objects(tmp_path: Path) -> None:
    for name in ("csv", "csv-utf16"):
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(SEEDS[name].content)
        with pytest.raises(UsedWronglyError, match=r"the file holds no JSON objects\. Write one object a line"):
            take_file(path, profile())


def _parquet(path: Path, rows: list[dict[str, str]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def _census(path: Path, rows: list[dict[str, str]]) -> None:
    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>{row['id']}</LAchildID><UPN>{row['first']}</UPN>"
        f"<FormerUPN>{row['last']}</FormerUPN></ChildIdentifiers></Child>"
        for row in rows
    )
    path.write_text(f"<Message><Children>{children}</Children></Message>", encoding="utf-8")


def _delimited(mark: str) -> Callable[[Path, list[dict[str, str]]], object]:
    def write(path: Path, rows: list[dict[str, str]]) -> None:
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        path.write_text("".join(mark.join(line) + "\n" for line in lines), encoding="utf-8")

    return write


WRITERS: Final[dict[str, Callable[[Path, list[dict[str, str]]], object]]] = {
    "a.csv": _delimited(","),
    "a.tsv": _delimited("\t"),
    "a.jsonl": lambda path, rows: path.write_text("".join(json.dumps(row) + "\n" for row in rows)),
    "a.json": lambda path, rows: path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8"),
    "a.xlsx": lambda path, rows: workbook(path, [list(rows[0]), *(list(row.values()) for row in rows)]),
    "a.parquet": _parquet,
    "a.xml": _census,
}


def taken(path: Path, first: str, last: str) -> dict[str, Any]:
    """The record of a file of this kind with one person, whose names are evidence too."""
    WRITERS[path.name](path, [{"id": "1", "first": first, "last": last}])
    names = ("UPN", "FormerUPN") if path.suffix == ".xml" else ("first", "last")
    made = profile(
        record_id="row_id" if path.suffix == ".xml" else "id",
        fields={"given_name": names[0], "family_name": names[1]},
        evidence=list(names),
    )
    [record] = take_file(path, made).records
    return record | {"evidence": record[f"evidence_{names[0]}"]}


@pytest.mark.parametrize("name", WRITERS)
def test_marks_that_hide_a_value_are_taken_out_and_what_was_given_is_kept(tmp_path: Path, name: str) -> None:
    marks = (
        "\u202e\u2066{}\u2069\u200b\u200f\ufeff" if name in {"a.xml", "a.xlsx"} else "\u202e\x1b\x07{}\x7f\u2069\u200b"
    )
    given = marks.format("Ann")
    record = taken(tmp_path / name, given, "L\u00ade\u200be")
    assert (record["given_name"], record["family_name"]) == ("Ann", "Lee")
    assert record["given_name_as_given"] == given


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("formula", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|'/c calc'!A0", "=HYPERLINK(1)"])
def test_formulas_stay_text(tmp_path: Path, name: str, formula: str) -> None:
    assert taken(tmp_path / name, formula, "Lee")["evidence"] == formula


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.json"])
def test_two_encodings_in_one_file(tmp_path: Path, name: str) -> None:
    rows = [{"id": "1", "first": "Zoë", "last": "Lee"}, {"id": "2", "first": "Chloé", "last": "O’Brien"}]
    if name == "a.jsonl":
        (tmp_path / name).write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
    else:
        WRITERS[name](tmp_path / name, rows)
    mixed = (tmp_path / name).read_bytes().replace("Chloé".encode(), b"Chlo\xe9").replace("’".encode(), b"\x92")
    (tmp_path / name).write_bytes(mixed)
    result = take_file(tmp_path / name, profile(fields={"given_name": "first", "family_name": "last"}))
    found = [(one["given_name_as_given"], one["family_name_as_given"]) for one in result.records]
    assert found == [("Zoë", "Lee"), ("Chloé", "O’Brien")]
    assert result.taken.notes == ("bytes that are not UTF-8 and were read as Windows-1252: 2",)
