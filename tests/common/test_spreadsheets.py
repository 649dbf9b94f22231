"""CSV for spreadsheets begins no formula and reads back as it was written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.spreadsheets import neutral, plain, read_rows, write_rows

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
FORMULAS = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'=", "''-"]), TEXT)


@given(TEXT | FORMULAS)
def test_what_is_made_neutral_reads_back(text: str) -> None:
    assert plain(neutral(text)) == text


@given(TEXT | FORMULAS)
def test_nothing_neutral_begins_a_formula_unless_it_is_a_number(text: str) -> None:
    first = neutral(text)[:1]
    assert first not in tuple("=@\t\r")
    assert first not in ("+", "-") or float(text) is not None


@pytest.mark.parametrize("number", ["-12", "+4.5", "0123", "-0.000001"])
def test_numbers_stay_numbers(number: str) -> None:
    assert neutral(number) == number


@pytest.mark.parametrize("formula", ["=cmd()", "+1+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1"])
def test_formulas_are_held_by_an_apostrophe(formula: str) -> None:
    assert neutral(formula) == f"'{formula}"


def test_rows_read_back_by_column_name_trimmed(tmp_path: Path) -> None:
    rows = [("=1", "a,b", None), ('"q"', "two\nlines", 3)]
    assert write_rows(tmp_path / "a.csv", ["id", "text", "n"], rows) == 2
    assert list(read_rows(tmp_path / "a.csv")) == [
        {"id": "=1", "text": "a,b", "n": ""},
        {"id": '"q"', "text": "two\nlines", "n": "3"},
    ]


def test_a_byte_order_mark_and_blanks_after_commas_are_no_part_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfid, text\n 1, two \n")
    assert list(read_rows(tmp_path / "a.csv")) == [{"id": "1", "text": "two"}]
