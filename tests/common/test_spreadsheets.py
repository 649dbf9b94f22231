"""CSV for spreadsheets begins no formula and reads back as it was written."""

import ast
import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.spreadsheets import neutral, plain, read_rows, write_rows
from tests.conftest import ROOT

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "\u2212"]
BEFORE = ["", "'", "''", " ", '"', "\u00a0", "\u200b", "\ufeff", "\u202e", "\x00", "' ", "\x1f'"]
FORMULAS = st.builds("{}{}{}".format, st.sampled_from(BEFORE), st.sampled_from(SIGNS), TEXT)
ANY = TEXT | FORMULAS
OTHERS = {  # what writes CSV by itself, and why it may
    "src/concerted/common/spreadsheets.py": "it is the one way",
    "src/concerted/synthetic/region.py": "an invented extract stands as an agency's system wrote it",
    "src/concerted/synthetic/truth.py": "ids and words of our own, in no other program's hands",
}


def runs(text: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula: what it passes over first is passed over here too."""
    if not text or text[0] in "\t\r\n":
        return bool(text)
    seen = text.lstrip().lstrip('"')
    while seen and (unicodedata.category(seen[0]) in ("Cc", "Cf", "Zs", "Zl", "Zp") or seen[0] == '"'):
        seen = seen[1:]
    is_number = text.lstrip("+-").replace(".", "", 1).isdecimal() and text.isascii()
    return unicodedata.normalize("NFKC", seen[:1]) in tuple("=+-@\u2212") and bool(seen) and not is_number


@given(ANY)
def test_what_is_made_neutral_reads_back(text: str) -> None:
    assert plain(neutral(text)) == text
    assert plain(neutral(neutral(text))) == neutral(text)


@given(ANY)
def test_nothing_neutral_begins_a_formula_unless_it_is_a_number(text: str) -> None:
    assert not runs(neutral(text))


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_that_begins_a_formula_is_held(before: str, sign: str) -> None:
    assert neutral(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("number", ["-12", "+4.5", "0123", "-0.000001"])
def test_numbers_stay_numbers(number: str) -> None:
    assert neutral(number) == number


@pytest.mark.parametrize(
    "formula", ["=cmd()", "+1+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "-1\n", "-١", '"=1', "＝1+1"]
)
def test_formulas_are_held_by_an_apostrophe(formula: str) -> None:
    assert neutral(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["O'Neil", "'tis", "a=b", "a@force.example", "3-4", "#1", "", "'", "''"])
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == plain(text) == text


def test_rows_read_back_by_column_name_trimmed(tmp_path: Path) -> None:
    rows = [("=1", "a,b", None), ('"q"', "two\nlines", 3)]
    assert write_rows(tmp_path / "a.csv", ["id", "text", "n"], rows) == 2
    assert list(read_rows(tmp_path / "a.csv")) == [
        {"id": "=1", "text": "a,b", "n": ""},
        {"id": '"q"', "text": "two\nlines", "n": "3"},
    ]


@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=5))
def test_any_text_written_runs_nowhere_and_reads_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    header = ("=id", "text")
    assert write_rows(path, header, rows) == len(rows)
    with path.open(encoding="utf-8", newline="") as handle:
        assert not any(runs(cell) for row in csv.reader(handle) for cell in row)
    assert list(read_rows(path)) == [{"=id": one.strip(), "text": other.strip()} for one, other in rows]


@pytest.mark.parametrize("text", ["a\rb", "\r", "x" * 200_000, "a\r\nb"])
def test_carriage_returns_and_very_long_cells_read_back(tmp_path: Path, text: str) -> None:
    write_rows(tmp_path / "a.csv", ["text"], [[f"<{text}>"]])
    assert [row["text"] for row in read_rows(tmp_path / "a.csv")] == [f"<{text}>"]


def test_another_separator_and_the_mark_of_utf_8(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", ["a", "b"], [["1;2", "=3"]], delimiter=";", mark=True)
    assert (tmp_path / "a.csv").read_bytes() == b'\xef\xbb\xbfa;b\n"1;2";\'=3\n'


def test_a_byte_order_mark_and_blanks_after_commas_are_no_part_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfid, text\n 1, two \n")
    assert list(read_rows(tmp_path / "a.csv")) == [{"id": "1", "text": "two"}]


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id\n\xe9\n")
    with pytest.raises(UsedWronglyError, match=r"It is not in UTF-8: save it as CSV UTF-8"):
        list(read_rows(tmp_path / "a.csv"))


def test_nothing_else_writes_csv() -> None:
    """Whatever a spreadsheet may open goes through one place; what does not has a reason."""
    found = {str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.py") if any(_writers(path))}
    assert found == set(OTHERS)


def _writers(path: Path) -> Iterator[ast.AST]:
    """Calls of `csv.writer`, `csv.DictWriter` and pandas', pyarrow's and DuckDB's ways of writing CSV."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"writer", "DictWriter", "to_csv", "write_csv"}:
            owner = node.value
            if isinstance(owner, ast.Name) and owner.id in {"csv", "pc", "pa", "pyarrow", "frame", "duckdb"}:
                yield node
        if isinstance(node, ast.ImportFrom) and node.module in {"csv", "pyarrow.csv"}:
            yield node
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "FORMAT CSV" in node.value.upper():
            yield node
