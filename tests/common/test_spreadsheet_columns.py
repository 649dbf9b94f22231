"""Column by column the same bytes are written as row by row."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common import spreadsheet_columns
from concerted.common.spreadsheet_columns import write_columns
from concerted.common.spreadsheets import write_rows

_TEXT = (
    st.none() | st.text(st.sampled_from("ab1 ,;\"'\n\r\t=+-@.\u00a0\u200b\uff1dé"), max_size=6) | st.text(max_size=6)
)
_ROWS = st.lists(st.tuples(_TEXT, _TEXT, _TEXT), max_size=8)
_Row = tuple[str | None, ...]


def same_bytes(folder: Path, rows: list[_Row], coded: set[int]) -> None:
    header = tuple(f"column {at}" for at in range(len(rows[0]) if rows else 3))
    write_rows(folder / "rows.csv", header, rows)
    columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(header))]
    columns = [one.dictionary_encode() if at in coded else one for at, one in enumerate(columns)]
    write_columns(folder / "columns.csv", header, columns)
    assert (folder / "columns.csv").read_bytes() == (folder / "rows.csv").read_bytes()
    assert {one.name for one in folder.iterdir()} == {"rows.csv", "columns.csv"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_ROWS, at_a_time=st.integers(1, 9), coded=st.sets(st.integers(0, 2)))
def test_the_same_bytes_as_row_by_row(tmp_path: Path, rows: list[_Row], at_a_time: int, coded: set[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spreadsheet_columns, "ROWS", at_a_time)
        same_bytes(tmp_path, rows, coded)


@pytest.mark.parametrize("text", ["=1+1", "-5", "-x", "a,b", 'say "so"', "two\nlines", "a\rb", "", None])
@pytest.mark.parametrize("coded", [set[int](), {0}, {0, 1}])
def test_what_takes_care_is_written_alike(tmp_path: Path, text: str | None, coded: set[int]) -> None:
    same_bytes(tmp_path, [(text, "x"), ("y", text), ("y", "x")], coded)


def test_a_slice_of_a_column_is_written_and_no_more(tmp_path: Path) -> None:
    column = pa.array(["before", "=1", "a,b", "after"])
    for sliced in (column.slice(1, 2), column.dictionary_encode().slice(1, 2)):
        write_columns(tmp_path / "some.csv", ("a", "b"), [sliced, sliced])
        assert (tmp_path / "some.csv").read_text(encoding="utf-8") == "a,b\n'=1,'=1\n" + '"a,b","a,b"\n'
