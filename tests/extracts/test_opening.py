"""Files that are not what they are said to be: each with a message that says what it seems to be and what to do."""

import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import open_table
from concerted.extracts.readers import sniff
from tests.extracts.files import read, read_text, settings, written


def parquet_bytes() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": ["1"], "first": ["Ann"]}), buffer)
    return buffer.getvalue()


def workbook_bytes() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


LIES = {
    "a workbook": (workbook_bytes(), r"a workbook \(XLSX\) or another ZIP file.*ending \.xlsx"),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "an old Excel or Word file.*save it as \\.xlsx",
    ),
    "Parquet": (parquet_bytes(), r"a Parquet file.*format: parquet"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "a PDF document.*Ask its owner for the table"),
    "a web page": (
        b"\n<!DOCTYPE html>\n<html><body>Sign in",
        "a web page.*sign-in or error page.*fetch the extract again",
    ),
    "a web page without a head": (b"<TABLE><tr><td>id", "a web page"),
    "XML": (b"<?xml version='1.0'?><rows/>", "an XML file"),
    "XML with a mark": (b"\xef\xbb\xbf<rows><row/></rows>", "an XML file"),
    "JSON": (b'[\n  {"id": 1}\n]', "JSON, one array.*ending \\.json"),
    "JSON Lines": (b'{"id": "1", "first": "Ann"}\n', "JSON Lines.*format: jsonl"),
    "JSON in UTF-16": (b"\xff\xfe" + '{"id": 1}'.encode("utf-16-le"), "JSON Lines"),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(50), r"a compressed file \(gzip\).*ending \.gz after its own"),
    "SQLite": (b"SQLite format 3\x00" + bytes(50), "an SQLite database"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "an image"),
    "UTF-32": (b"\xff\xfe\x00\x00" + "id".encode("utf-32-le"), "text in UTF-32.*Save it as UTF-8"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_file_called_csv_that_is_something_else(tmp_path: Path, lie: str) -> None:
    content, message = LIES[lie]
    with pytest.raises(UsedWronglyError, match=rf"^a\.csv: the file is not CSV: it seems to be {message}"):
        read_text(tmp_path, content)


def test_csv_called_parquet(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"not Parquet: it seems to be plain text.*format: csv"):
        read_text(tmp_path, "id,first\n1,Ann\n", "a.parquet")


def test_csv_called_json_lines(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"holds no JSON objects.*one object a line"):
        read_text(tmp_path, "id,first\n1,Ann\n", "a.jsonl")


def test_parquet_called_json_lines(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="not JSON Lines: it seems to be a Parquet file"):
        read_text(tmp_path, parquet_bytes(), "a.jsonl")


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.parquet", "a.jsonl", "a"])
def test_an_empty_file_of_any_kind(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsedWronglyError, match="the file is empty"):
        read_text(tmp_path, b"", name)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"^gone\.csv: the file cannot be opened\. No such file"):
        read(tmp_path / "gone.csv")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="cannot be opened"):
        read(tmp_path)


def test_the_profile_says_the_kind_whatever_the_ending(tmp_path: Path) -> None:
    assert read_text(tmp_path, "id\tx\n1\t2\n", "a.txt", format="tsv").columns == ["id", "x"]
    assert read_text(tmp_path, parquet_bytes(), "a.dat", format="parquet").columns == ["id", "first"]
    assert read_text(tmp_path, '{"id": 1}\n', "a.csv", format="jsonl").columns == ["id"]


def test_without_an_ending_the_kind_is_found_out(tmp_path: Path) -> None:
    assert read_text(tmp_path, "id,x\n", "a").columns == ["id", "x"]
    assert read_text(tmp_path, parquet_bytes(), "b").columns == ["id", "first"]
    assert read_text(tmp_path, '{"id": 1}\n', "c").columns == ["id"]


def test_a_truncated_parquet_file(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"the Parquet file is cut short.*nothing of this file was taken"):
        read_text(tmp_path, parquet_bytes()[:-20], "a.parquet")
    with pytest.raises(UsedWronglyError, match="is damaged"):
        read_text(tmp_path, b"PAR1", "b.parquet")


def test_a_parquet_file_damaged_inside(tmp_path: Path) -> None:
    content = parquet_bytes()
    for damaged in (content[:8] + bytes(40) + content[48:], content[:-12] + b"\xff" * 4 + content[-8:]):
        with pytest.raises(UsedWronglyError, match="the Parquet file is damaged"):
            read_text(tmp_path, damaged, "a.parquet")


def test_the_file_is_closed_afterwards(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id\n1\n")
    with open_table(path, settings()) as table:
        chunks = table.chunks()
    with pytest.raises(ValueError, match="closed file"):
        list(chunks)


@pytest.mark.parametrize("text", [b"id,name\n", b"", b"{id},x\n", b"[a],b\n", b"<5,x\n", b"name of the <b>\n"])
def test_plain_text_seems_to_be_nothing_else(text: bytes) -> None:
    assert sniff.seems_to_be(text) is None


def test_every_kind_has_a_mend() -> None:
    assert all(sniff.mend_for(words) for _, words in sniff._MAGIC)
    assert sniff.mend_for("an image (PNG)") == "ask its owner for the table itself, as CSV"


@pytest.mark.parametrize(
    ("header", "mark"),
    [
        ("a,b,c", ","),
        ("a;b,c;d", ";"),
        ("a\tb", "\t"),
        ('"a;b;c",d', ","),
        ("a|b", "|"),
        ("alone", ","),
        ("a\rb;c", ","),
        ('"open', ","),
    ],
)
def test_what_parts_the_columns_of_a_header(header: str, mark: str) -> None:
    assert sniff.delimiter_of(header) == mark
