"""Decisions of people, as a CSV file holds them."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import write_rows
from concerted.linkage.decisions import COLUMNS, Decision, current, read_decisions

ONE, TWO = RecordKey("council", "c2"), RecordKey("force", "f1")
GOOD = ("force", "f1", "council", "c2", "same", "R. Reader", "2026-03-02", "spoke to both workers")


def _written(path: Path, *rows: tuple[str, ...]) -> Path:
    write_rows(path / "decisions.csv", COLUMNS, rows)
    return path / "decisions.csv"


def _changed(column: str, text: str) -> tuple[str, ...]:
    return tuple(text if name == column else cell for name, cell in zip(COLUMNS, GOOD, strict=True))


def test_a_decision_is_read_as_it_was_written(tmp_path: Path) -> None:
    (decision,) = read_decisions(_written(tmp_path, GOOD))
    assert decision == Decision(TWO, ONE, "same", "R. Reader", "2026-03-02", "spoke to both workers")
    assert decision.pair == (ONE, TWO)


def test_words_are_read_in_any_case_and_columns_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    shuffled = sorted(zip(COLUMNS, _changed("decision", "UNSURE"), strict=True))
    write_rows(path, [name for name, _ in shuffled], [[cell for _, cell in shuffled]])
    assert [decision.decision for decision in read_decisions(path)] == ["unsure"]


@pytest.mark.parametrize("column", COLUMNS)
def test_an_empty_cell_is_named_by_row_and_column(tmp_path: Path, column: str) -> None:
    with pytest.raises(UsedWronglyError, match=rf"^decisions\.csv, row 3, column {column}: is empty\."):
        read_decisions(_written(tmp_path, GOOD, _changed(column, " ")))


def test_a_word_that_decides_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UsedWronglyError, match=r"row 2, column decision: 'maybe' is no decision. Write one of same, different, unsure"
    ):
        read_decisions(_written(tmp_path, _changed("decision", "maybe")))


def test_a_record_named_twice_is_refused(tmp_path: Path) -> None:
    row = ("force", "f1", "force", "f1", *GOOD[4:])
    with pytest.raises(UsedWronglyError, match="row 2: a record is named twice"):
        read_decisions(_written(tmp_path, row))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    path = tmp_path / "decisions.csv"
    for rows in ([GOOD[1:]], []):
        write_rows(path, [name for name in COLUMNS if name != column], rows)
        with pytest.raises(UsedWronglyError, match=f"row 1: there is no column {column}"):
            read_decisions(path)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00bad", b",".join(name.encode() for name in COLUMNS) + b"\n" + b"x" * 2_000]
)
def test_a_file_that_cannot_be_read_is_a_plain_error(tmp_path: Path, content: bytes, cells_of_a_thousand: None) -> None:
    (tmp_path / "decisions.csv").write_bytes(content)
    with pytest.raises(UsedWronglyError, match="the file cannot be read"):
        read_decisions(tmp_path / "decisions.csv")


def test_a_file_that_is_not_there_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"^decisions\.csv: the file cannot be read"):
        read_decisions(tmp_path / "decisions.csv")


def test_an_empty_file_holds_no_decision(tmp_path: Path) -> None:
    assert read_decisions(_written(tmp_path)) == []


def test_the_last_decision_on_a_pair_counts_whichever_way_round_it_names_it() -> None:
    first = Decision(ONE, TWO, "same", "R. Reader", "2026-03-02", "one school")
    later = Decision(TWO, ONE, "different", "R. Reader", "2026-03-03", "two schools")
    assert current([first, later]) == {(ONE, TWO): later}
    assert current([later, first]) == {(ONE, TWO): first}
