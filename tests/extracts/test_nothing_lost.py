"""Nothing is lost: every row of any file is a record, in quarantine, blank, or a repeat of one that is a record."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from tests.extracts.files import Result, profile, read, take_file, take_text, written

HEADER = "id,first,last,born\n"
_LINE = st.one_of(
    st.builds(
        ",".join,
        st.tuples(
            st.sampled_from(["1", "2", "3", "4", "", " ", "NULL"]),
            st.sampled_from(["Ann", "Bea", "", '"A, B"', '"two\nlines"', '"open', "x\ry"]),
            st.sampled_from(["Lee", "", "O'Hara", '"a"b']),
            st.sampled_from(["01/02/1999", "81/01/1999", "", "NULL"]),
        ),
    ),
    st.sampled_from(["", ",,,", " , ,,", "1,Ann", "1,Ann,Lee,,", "1,Ann,Lee,,,x", '"', '",",",', "\x00", "é" * 30]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12),
)


def check(result: Result) -> None:
    """Every row of the file is accounted for once, and by its number."""
    counts = result.taken.counts
    assert counts.rows == counts.read + counts.quarantined + counts.blank
    assert counts.read == counts.records + counts.repeated
    recorded, aside = [one["row"] for one in result.records], [one.row for one in result.rows]
    assert len({*recorded, *aside}) == len(recorded) + len(aside)
    assert recorded == sorted(recorded)
    assert all(2 <= row <= counts.rows + 1 for row in {*recorded, *aside} if row)
    keys = [(one["source"], one["record_id"]) for one in result.records]
    assert len(set(keys)) == len(keys)


@given(st.lists(_LINE, max_size=14))
def test_every_row_of_any_file_is_accounted_for(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    folder = tmp_path_factory.mktemp("lost")
    result = take_text(folder, HEADER + "\n".join(rows) + "\n")
    check(result)
    whole = read(folder / "a.csv")
    assert whole.total == result.taken.counts.rows
    assert set(whole.unsplit) <= {one.row for one in result.rows}


@given(st.binary(max_size=200))
def test_any_bytes_below_a_header(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    check(take_text(tmp_path_factory.mktemp("bytes"), HEADER.encode() + data))


@given(st.binary(max_size=80), st.sampled_from(["a.csv", "a.tsv", "a.jsonl", "a.parquet", "a"]))
def test_any_bytes_at_all_are_taken_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        check(take_text(folder, data, name))
    except UsedWronglyError as error:
        assert str(error).startswith(name)
        assert [path.name for path in folder.iterdir()] == [name]


_CELL = st.text(alphabet=st.sampled_from("ab é\"',;\n\r\t=-\u202e0"), max_size=6)


@given(st.lists(st.tuples(_CELL, _CELL), max_size=8))
def test_text_is_kept_exactly_as_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    """Evidence is what the file holds; in a record, or in the cells of a row that was put aside."""
    folder, buffer = tmp_path_factory.mktemp("kept"), io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["id", "first", "last", "a", "b", "c"])
    # Columns that are plain tell rows from cells with new lines in them.
    writer.writerows([number, "Ann", "Lee", first, second, "z"] for number, (first, second) in enumerate(cells))
    path = written(folder / "a.csv", buffer.getvalue())
    result = take_file(path, profile(fields={"given_name": "first"}, evidence=["a", "b"]))
    assert [(one["evidence_a"], one["evidence_b"]) for one in result.records] == cells


_SEVERAL: dict[str, Any] = {
    "fields": None,
    "parts": {"child": {"given_name": "first"}, "mother": {"family_name": "last"}},
}


@given(
    st.lists(st.tuples(st.sampled_from("12 "), st.sampled_from(["Ann", ""]), st.sampled_from(["Lee", ""])), max_size=9)
)
def test_rows_of_several_people(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]) -> None:
    text = HEADER + "".join(f"{','.join(row)},\n" for row in rows)
    result = take_text(tmp_path_factory.mktemp("parts"), text, **_SEVERAL)
    first: dict[str, tuple[str, str]] = {}
    told: list[str] = []
    aside: list[int] = []
    repeated = 0
    for number, (record_id, child, mother) in enumerate(rows, 2):
        if record_id == " ":
            if child or mother:
                aside.append(number)
        elif first.setdefault(record_id, (child, mother)) != (child, mother):
            aside.append(number)
        elif record_id in told:
            repeated += 1
        else:
            told.append(record_id)
    expected = [
        f"{record_id}/{part}"
        for record_id in told
        for part, value in zip(("child", "mother"), first[record_id], strict=True)
        if value
    ]
    assert [one["record_id"] for one in result.records] == expected
    assert sorted(one.row or 0 for one in result.rows) == aside
    assert result.taken.counts.repeated == repeated


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["Ann", "Bea"])), max_size=10), st.integers(0, 10))
def test_repeats_are_the_same_however_the_file_is_cut_in_blocks(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], block: int
) -> None:
    folder = tmp_path_factory.mktemp("blocks")
    text = HEADER + "".join(f"{record_id},{name},,\n" for record_id, name in rows)
    whole = take_text(folder, text, "whole.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.extracts.readers.lines.BLOCK", block + 1)
        patch.setattr("concerted.extracts.staging.GROUP", block % 3 + 1)
        cut = take_text(folder, text, "cut.csv")
    assert cut.records == whole.records
    assert [(one.row, one.reason) for one in cut.rows] == [(one.row, one.reason) for one in whole.rows]


@given(
    st.lists(st.dictionaries(st.sampled_from(["id", "first", "last", "born"]), st.sampled_from(["1", "x", "", None])))
)
def test_json_lines(tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, str | None]]) -> None:
    whole = {"id": "0", "first": "Ann", "last": "Lee", "born": None}
    text = "".join(json.dumps(one) + "\n" for one in [whole, *objects])
    result = take_text(tmp_path_factory.mktemp("json"), text, "a.jsonl")
    counts = result.taken.counts
    assert counts.rows == len(objects) + 1
    assert counts.read == counts.records + counts.repeated


def test_what_is_put_aside_holds_the_row_as_it_stands(tmp_path: Path) -> None:
    rows = ["1,Ann", '2,"open,Lee,', "3,Ann,Lee,,more"]
    result = take_text(tmp_path, HEADER + "\r\n".join(rows) + "\r\n")
    assert [one.raw.rstrip("\r") for one in result.rows] == rows
    assert {one.raw_form for one in result.rows} == {"line"}
    assert all(one.reason and one.mend for one in result.rows)
