"""A profile laid on a file that lacks its columns: what is said, and what is to be done."""

from pathlib import Path
from typing import Any

import pytest

from concerted.common.errors import UsedWronglyError
from tests.extracts.files import take_text


def refusal(folder: Path, text: str, name: str = "a.csv", **changes: Any) -> str:
    with pytest.raises(UsedWronglyError) as caught:
        take_text(folder, text, name, **changes)
    return str(caught.value)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path, "id,first,last,other\n1,Ann,Lee,x\n") == (
        "a.csv: the file has no column born. Its columns are id, first, last, other. "
        "Check the names in the profile, or whether this is the right file."
    )


def test_a_name_that_is_nearly_there(tmp_path: Path) -> None:
    assert refusal(tmp_path, "id,first,last,Born\n").endswith("If this is meant, write Born for born in the profile.")
    both = refusal(tmp_path, "ID,first,last,Born\n")
    assert "the file has no columns born, id. " in both
    assert both.endswith("If these are meant, write Born for born, ID for id in the profile.")


@pytest.mark.parametrize("row", ["1,Ann,Lee,01/02/1999", "1,Ann,Lee,9990000018", "1,Ann,Lee,ann@school.example"])
def test_a_file_without_names(tmp_path: Path, row: str) -> None:
    told = "The row of names seems to be a record: put a row with the names of its columns above it"
    assert told in refusal(tmp_path, f"{row}\n2,Bea,Lee,\n")


def test_names_that_cannot_be_seen_are_not_shown(tmp_path: Path) -> None:
    assert "Its columns are id, ab, (column 3)." in refusal(tmp_path, "id,a\x00\u202eb,\n")


def test_the_names_stand_in_another_row(tmp_path: Path) -> None:
    text = "Missing episodes 2009,,,\n\nid,first,last,born\n1,Ann,Lee,01/02/1999\n"
    assert "The names seem to stand in row 3: write file: {header_row: 3} in the profile" in refusal(tmp_path, text)


def test_merged_headers_in_two_rows(tmp_path: Path) -> None:
    text = "Person,,,Birth\nid,first,last,born\n1,Ann,Lee,01/02/1999\n"
    assert "The names seem to stand in row 2" in refusal(tmp_path, text)
    assert take_text(tmp_path, text, "b.csv", file={"header_row": 2}).taken.counts.read == 1


@pytest.mark.parametrize(("mark", "written"), [(";", '";"'), ("\t", "tab"), ("|", '"|"')])
def test_another_mark_parts_the_columns(tmp_path: Path, mark: str, written: str) -> None:
    text = mark.join(["id", "first", "last", "born"]) + "\n"
    assert f"write file: {{delimiter: {written}}}" in refusal(tmp_path, text, file={"delimiter": ","})


def test_a_header_that_stands_twice_cannot_be_named_plainly(tmp_path: Path) -> None:
    text = "id,first,last,born,born\n1,Ann,Lee,01/02/1999,x\n"
    assert refusal(tmp_path, text) == (
        "a.csv: the column born stands more than once in the file. "
        "Write born (1) or born (2) in the profile, counted from the left."
    )
    born = {"column": "born (1)", "date": "%d/%m/%Y"}
    result = take_text(tmp_path, text, "b.csv", fields={"given_name": "first", "date_of_birth": born})
    assert result.records[0]["date_of_birth"] == "1999-02-01"


def test_long_lists_are_cut(tmp_path: Path) -> None:
    text = ",".join(["id", *(f"c{number}" for number in range(40))]) + "\n"
    assert "c9, c10 and 29 more" in refusal(tmp_path, text)


def test_a_complete_profile_names_every_column(tmp_path: Path) -> None:
    text = "id,first,last,born,shoe,hat\n1,Ann,Lee,01/02/1999,4,7\n"
    assert "to name every column and does not name shoe, hat" in refusal(tmp_path, text, columns="complete")
    result = take_text(tmp_path, text, "b.csv", columns="complete", evidence=["shoe"], drop={"hat": "not needed"})
    assert result.taken.dropped == ("hat",)


def test_what_a_profile_drops_need_not_be_there(tmp_path: Path) -> None:
    result = take_text(tmp_path, "id,first,last,born\n", drop={"hat": "not needed"})
    assert result.taken.dropped == ()


def test_columns_not_named_are_listed(tmp_path: Path) -> None:
    assert take_text(tmp_path, "id,first,last,born,shoe\n").taken.dropped == ("shoe",)


@pytest.mark.parametrize("text", ['{"id": "1", "first": "Ann"}\n'])
def test_json_lines_have_no_other_row_to_look_in(tmp_path: Path, text: str) -> None:
    assert "no columns born, last. Its columns are id, first" in refusal(tmp_path, text, "a.jsonl")
