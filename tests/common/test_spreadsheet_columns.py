"""Column by column the same bytes are written as row by row."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.spreadsheet_columns import write_columns
from concerted.common.spreadsheets import write_rows

_TEXT = (
    st.none() | st.text(st.sampled_from("ab1 ,;\"'\n\r\t=+-@.\u00a0\u200b\uff1dé"), max_size=6) | st.text(max_size=6)
)
_ROWS = st.lists(st.tuples(_TEXT, _TEXT, _TEXT), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(_ROWS, max_size=3))
def test_the_same_bytes_as_row_by_row(tmp_path: Path, parts: list[list[tuple[str | None, ...]]]) -> None:
    header = ("one", "two", "three")
    write_rows(tmp_path / "rows.csv", header, (row for rows in parts for row in rows))
    columns = ([[row[at] for row in rows] for at in range(3)] for rows in parts)
    write_columns(tmp_path / "columns.csv", header, columns)
    assert (tmp_path / "columns.csv").read_bytes() == (tmp_path / "rows.csv").read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "-5", "-x", "a,b", 'say "so"', "two\nlines", "a\rb", "", None])
def test_what_takes_care_is_written_alike(tmp_path: Path, text: str | None) -> None:
    write_rows(tmp_path / "rows.csv", ("a", "b"), [(text, "x"), ("y", text)])
    write_columns(tmp_path / "columns.csv", ("a", "b"), [[[text, "y"], ["x", text]]])
    assert (tmp_path / "columns.csv").read_bytes() == (tmp_path / "rows.csv").read_bytes()
