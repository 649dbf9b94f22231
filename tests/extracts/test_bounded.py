"""A cell of 100 MB, and more columns than any table has, in files of every kind: memory stays within bounds.

They are taken in another process, and the most memory that it had at once is looked at. The program itself takes 150
MB. A workbook and a Parquet file can be read only with a whole cell, and a few copies of it, in memory.
"""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.extracts.bounded import taken_apart
from tests.extracts.workbooks import SHEET, changed, sheet_xml, workbook

LONG: Final = 100 * 2**20  # characters
CELL: Final = "x" * LONG
ROWS: Final = (("1", "Ann"), ("2", CELL), ("3", "Cat"))
STREAMED, HELD = 400, 1500  # MB at most
MANY: Final = 1_000_000
CHILD: Final = "<Message><Children><Child><ChildIdentifiers>{}</ChildIdentifiers></Child></Children></Message>"


def _delimited(mark: str) -> str:
    return "".join(f"{one}{mark}{two}\n" for one, two in (("id", "first"), *ROWS))


def _objects(between: str) -> str:
    return between.join(json.dumps({"id": one, "first": two}) for one, two in ROWS)


def _book(path: Path) -> None:
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="str"><v>{one}</v></c><c r="B{at}" t="str"><v>{two}</v></c></row>'
        for at, (one, two) in enumerate((("id", "first"), *ROWS), 1)
    )
    plain = workbook(path.with_name("plain.xlsx"), [["id"]])
    # A picture beside it, so that it is not refused for what it unpacks to before the cell is read.
    changed(plain, {SHEET: sheet_xml(cells), "xl/media/image1.png": _noise()}, path.name)


def _noise() -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in range(0, 2**32, 2**32 // 400_003))


def _table(path: Path) -> None:
    pq.write_table(
        pa.table({"id": [one for one, _ in ROWS], "first": [two for _, two in ROWS]}), path, compression="none"
    )


def _gzip(path: Path) -> None:
    # What no packing makes smaller, so that it is not refused for what it unpacks to.
    text = _delimited(",").replace(CELL, CELL + _noise().hex())
    path.write_bytes(gzip.compress(text.encode(), 1))


CELLS: Final[dict[str, tuple[Callable[[Path], object], str]]] = {
    "a.csv": (lambda path: path.write_text(_delimited(",")), "the line is 104,857,602 bytes long, from byte 15"),
    "wide.csv": (lambda path: path.write_text(_delimited(","), "utf-16"), "the line is about 209,715,204 bytes long"),
    "a.jsonl": (lambda path: path.write_text(_objects("\n")), "the line is 104,857,624 bytes long"),
    "a.csv.gz": (_gzip, "the line is 108,057,730 bytes long"),
    "a.xlsx": (_book, "a cell has 104,857,600 characters and a spreadsheet's holds at most 32,767"),
    "a.parquet": (_table, "a cell has 104,857,600 characters and there may be at most 4,194,304"),
}
REFUSED: Final[dict[str, tuple[Callable[[], str], str]]] = {
    "a.json": (lambda: f"[{_objects(',')}]", "a value is longer than 4,194,304 characters"),
    "a.xml": (lambda: CHILD.format(f"<LAchildID>{CELL}</LAchildID>"), "text node too long"),
    "named.xml": (lambda: CHILD.format(f"<LAchildID id='{CELL}'/>"), "16 mb of it hold no whole child"),
    "many.csv": (lambda: "id,first" + ",x" * MANY + "\n1,Ann\n", "has 1,000,002 columns and at most 10,000"),
    "many.jsonl": (lambda: "".join(f'{{"c{n}":1}}\n' for n in range(MANY)), "columns and at most 10,000"),
    "many.json": (lambda: json.dumps([{f"c{n}": 1} for n in range(MANY)]), "10,001 columns and at most"),
    "deep.json": (lambda: "[" * 10 * MANY, "objects stand inside objects beyond all measure"),
    "deeper.json": (lambda: '{"a":' * MANY, "objects stand inside objects beyond all measure"),
    "deep.xml": (lambda: "<Message><Children>" + "<a>" * MANY, "excessive depth in document"),
}


@pytest.mark.parametrize(
    ("names", "most"), [(("a.csv", "wide.csv", "a.jsonl", "a.csv.gz"), STREAMED), (("a.xlsx", "a.parquet"), HELD)]
)
def test_a_cell_of_100_mb_is_put_aside(tmp_path: Path, names: tuple[str, ...], most: int) -> None:
    for name in names:
        CELLS[name][0](tmp_path / name)
    for name, came in zip(names, taken_apart(*(tmp_path / name for name in names)), strict=True):
        assert (came.said, came.records) == ("", 2)
        assert CELLS[name][1] in came.reasons[0]
        assert came.peak < most


def test_what_cannot_be_passed_over_is_refused(tmp_path: Path) -> None:
    for name, (content, _) in REFUSED.items():
        (tmp_path / name).write_text(content())
    for name, came in zip(REFUSED, taken_apart(*(tmp_path / name for name in REFUSED)), strict=True):
        assert REFUSED[name][1] in came.said.lower()
        assert came.said.startswith(f"{name}: ")
        assert came.peak < STREAMED
    assert {one.name for one in tmp_path.iterdir()} == set(REFUSED)


def test_as_many_columns_as_a_sheet_can_hold(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [[f"c{number}" for number in range(16_384)]])
    [came] = taken_apart(tmp_path / "a.xlsx")
    assert came.said.startswith("a.xlsx: the file has 16,384 columns and at most 10,000 can be read. Check that")
    assert came.peak < STREAMED


def test_a_line_that_is_no_row_is_put_aside(tmp_path: Path) -> None:
    keys = json.dumps({f"c{number}": 1 for number in range(MANY // 2)})
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    (tmp_path / "a.jsonl").write_text(f'{{"id": "1", "first": "Ann"}}\n{keys}\n{deep}\n')
    [came] = taken_apart(tmp_path / "a.jsonl")
    assert (came.rows, came.records, came.peak < STREAMED) == (3, 1, True)
    assert came.reasons[0].startswith("the line is 6,888,890 bytes long")
    assert came.reasons[1] == "it holds objects inside objects beyond all measure"
