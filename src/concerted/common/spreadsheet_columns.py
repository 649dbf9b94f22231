"""Large CSV files, as `spreadsheets` writes them, column by column: the same bytes in a fraction of the time."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from concerted.common.spreadsheets import neutral, write_rows

Columns = Sequence[Sequence[str | None]]

_HARMLESS: Final = "^[A-Za-z0-9(]"  # no text that begins so is a formula
_QUOTED: Final = '[",\n]'
_LEFT_TO_ROWS: Final = "\r"  # in a text: it takes quotes around every cell of its row, which is for `write_rows`


def write_columns(path: Path, header: Sequence[str], parts: Iterable[Columns]) -> None:
    """Write a CSV file (UTF-8, one line each). parts: some rows each, as columns of texts that are as long as one
    another, two or more. Missing values are empty."""
    write_rows(path, header, ())
    with path.open("ab") as handle:
        for columns in parts:
            arrays = [pa.array(column, pa.string()) for column in columns]
            handle.write(_lines(arrays) if not any(map(_left_to_rows, arrays)) else _by_rows(path, columns))


def _lines(columns: Sequence[Any]) -> memoryview:
    """The rows of these columns as they stand in a file."""
    cells = [_quoted(_neutral(column)) for column in columns]
    joined = pc.binary_join_element_wise(*cells, ",")
    lines = pc.binary_join_element_wise(joined, "", "\n")
    _, offsets, written = lines.buffers()
    ends = memoryview(offsets).cast("i")
    return memoryview(written)[ends[lines.offset] : ends[lines.offset + len(lines)]] if len(lines) else memoryview(b"")


def _neutral(column: Any) -> Any:
    """The column with `neutral` done to every text; where there is none, empty."""
    filled = column.fill_null("")
    doubtful = pc.invert(pc.match_substring_regex(filled, _HARMLESS))
    if not pc.any(doubtful).as_py():
        return filled
    mended = [neutral(text) for text in filled.filter(doubtful).to_pylist()]
    return pc.replace_with_mask(filled, doubtful, pa.array(mended, pa.string()))


def _quoted(column: Any) -> Any:
    """The column with quotes around what needs them."""
    needs = pc.match_substring_regex(column, _QUOTED)
    if not pc.any(needs).as_py():
        return column
    inside = pc.replace_substring(column, '"', '""')
    return pc.if_else(needs, pc.binary_join_element_wise('"', inside, '"', ""), column)


def _left_to_rows(column: Any) -> bool:
    return bool(pc.any(pc.match_substring(column, _LEFT_TO_ROWS)).as_py())


def _by_rows(path: Path, columns: Columns) -> bytes:
    """The same, row by row."""
    beside = path.with_name(f".{path.name}.part")
    try:
        write_rows(beside, (), zip(*columns, strict=True))
        return beside.read_bytes().removeprefix(b"\n")
    finally:
        beside.unlink(missing_ok=True)
