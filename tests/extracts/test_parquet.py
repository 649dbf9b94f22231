"""Parquet files as tables of plain text, as a CSV file would hold it."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import open_table
from concerted.extracts.readers import parquet
from concerted.extracts.readers.plain import plain_text
from tests.extracts.files import Read, read, settings


def of(folder: Path, **columns: Any) -> Read:
    pq.write_table(pa.table(columns), folder / "a.parquet")
    return read(folder / "a.parquet")


def test_rows_are_numbered_below_a_header(tmp_path: Path) -> None:
    found = of(tmp_path, id=["1", "2"], name=["Ann", None])
    assert found.columns == ["id", "name"]
    assert found.rows == {2: ["1", "Ann"], 3: ["2", None]}


TYPES = {
    "int64": (pa.array([1, None], pa.int64()), ["1", None]),
    "int8": (pa.array([-7, 0], pa.int8()), ["-7", "0"]),
    "large int": (pa.array([9_007_199_254_740_993], pa.int64()), ["9007199254740993"]),
    "uint64": (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
    "float": (pa.array([1234.0, 0.5, None, float("nan"), float("inf")]), ["1234", "0.5", None, None, "inf"]),
    "float beyond exactness": (pa.array([1e17]), ["1e+17"]),
    "bool": (pa.array([True, False, None]), ["true", "false", None]),
    "date": (pa.array([date(2009, 3, 1), None]), ["2009-03-01", None]),
    "date64": (pa.array([date(2009, 3, 1)], pa.date64()), ["2009-03-01"]),
    "timestamp": (
        pa.array([datetime(2009, 3, 1), datetime(2009, 3, 1, 12, 30)], pa.timestamp("us")),  # noqa: DTZ001 - as files hold it
        ["2009-03-01", "2009-03-01T12:30:00"],
    ),
    "timestamp in ns": (pa.array([0, 1_000_000_001], pa.timestamp("ns")), ["1970-01-01", "1970-01-01T00:00:01"]),
    "timestamp with zone": (
        pa.array([datetime(2009, 3, 1, tzinfo=UTC)], pa.timestamp("s", "UTC")),
        ["2009-03-01T00:00:00+00:00"],
    ),
    "time": (pa.array([time(9, 30)]), ["09:30:00"]),
    "decimal": (pa.array([Decimal("10.50"), Decimal("1E+3")], pa.decimal128(10, 2)), ["10.50", "1000.00"]),
    "large string": (pa.array(["a", None], pa.large_string()), ["a", None]),
    "dictionary": (pa.array(["m", "f", None]).dictionary_encode(), ["m", "f", None]),
    "binary": (pa.array(["Zoë".encode(), "Zoë".encode("cp1252")]), ["Zoë", "Zoë"]),
    "list": (pa.array([["a", "b"], [], None]), ["a; b", None, None]),
    "list of lists": (pa.array([[["a"]]]), ['[["a"]]']),
    "struct": (pa.array([{"a": 1, "b": None}]), ['{"a": 1, "b": null}']),
    "struct with a date": (pa.array([{"a": date(2009, 3, 1)}]), ['{"a": "2009-03-01"}']),
    "map": (pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())), ['[["k", 1]]']),
    "null": (pa.nulls(1), [None]),
}


@pytest.mark.parametrize("name", TYPES)
def test_every_type_is_plain_text(tmp_path: Path, name: str) -> None:
    array, texts = TYPES[name]
    found = of(tmp_path, id=[str(number) for number in range(len(array))], value=array)
    assert [row[1] for row in found.cells] == texts


def test_other_values_are_as_python_writes_them() -> None:
    assert plain_text(1 + 2j) == "(1+2j)"
    assert json.loads(plain_text({"a": [1]}) or "") == {"a": [1]}


def test_rows_without_any_value_are_blank(tmp_path: Path) -> None:
    found = of(tmp_path, id=["1", None, " ", "2"], name=["x", None, "", None])
    assert found.rows == {2: ["1", "x"], 5: ["2", None]}
    assert found.blank == 2


def test_columns_with_one_name(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["a"]), pa.array(["b"])], names=["id", "name", "name"])
    pq.write_table(table, tmp_path / "a.parquet")
    found = read(tmp_path / "a.parquet")
    assert found.columns == ["id", "name (1)", "name (2)"]
    assert found.cells == [["1", "a", "b"]]


def test_chunks_follow_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "CELLS", 6)
    found = of(tmp_path, id=[str(number) for number in range(10)], x=["y"] * 10)
    assert list(found.rows) == list(range(2, 12))
    assert [row[0] for row in found.cells] == [str(number) for number in range(10)]


def test_no_rows(tmp_path: Path) -> None:
    assert of(tmp_path, id=pa.array([], pa.string())).total == 0


def test_too_many_columns(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="10,001 columns"):
        of(tmp_path, **{f"c{number}": ["x"] for number in range(10_001)})


def test_there_is_no_top_to_look_for_a_header_in(tmp_path: Path) -> None:
    of(tmp_path, id=["1"])
    with open_table(tmp_path / "a.parquet", settings()) as table:
        assert table.top() == []
        assert table.notes() == []


def latin(*values: str | None) -> pa.Array:
    """Texts as a program writes them that takes no care of encodings."""
    data = pa.array([value.encode("cp1252") if value else None for value in values], pa.binary())
    return pa.StringArray.from_buffers(len(data), data.buffers()[1], data.buffers()[2], data.buffers()[0])


def test_texts_that_are_not_utf_8(tmp_path: Path) -> None:
    found = of(tmp_path, id=["1", "2", "3"], name=latin("Zoë", None, "Ann"))
    assert found.cells == [["1", "Zoë"], ["2", None], ["3", "Ann"]]
    assert found.notes == ["bytes that are not UTF-8 and were read as Windows-1252: 1"]


def test_a_name_of_a_column_or_a_list_that_is_not_utf_8(tmp_path: Path) -> None:
    of(tmp_path, id=["1"], name=["x"])
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(whole.replace(b"name", b"n\xe4me"))
    with pytest.raises(UsedWronglyError, match="the Parquet file is damaged"):
        read(tmp_path / "a.parquet")
    with pytest.raises(UsedWronglyError, match="the Parquet file is damaged"):
        of(tmp_path, id=["1"], names=pa.ListArray.from_arrays(pa.array([0, 1]), latin("Zoë")))


def bomb(text: str, rows: int) -> pa.Array:
    """One text that stands in every row."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))


def test_one_long_text_that_every_row_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "TEXTS", 2**20)
    found = of(tmp_path, id=[str(number) for number in range(300)], name=bomb("x" * 50_000, 300))
    assert (len(found.rows), found.cells[-1]) == (300, ["299", "x" * 50_000])
    monkeypatch.setattr(parquet, "FREE", 2**20)
    with pytest.raises(
        UsedWronglyError, match=r"a\.parquet: the Parquet file is not read\. It unpacks to more than 200"
    ):
        of(tmp_path, id=[str(number) for number in range(3_000)], name=bomb("x" * 50_000, 3_000))


def test_it_is_refused_for_what_it_says_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "FREE", 0)
    with pytest.raises(UsedWronglyError, match="unpacks to more than 200 times its size, which no table"):
        of(tmp_path, id=pa.nulls(10_000_000))
    with pytest.raises(UsedWronglyError, match="unpacks to more than 200 times its size, which no table"):
        of(tmp_path, tags=[[0] * 1_000_000])


def test_a_cell_longer_than_any_reader_holds(tmp_path: Path) -> None:
    found = of(tmp_path, id=["1", "2", "3"], name=["Ann", "x" * (4 * 2**20 + 1), None])
    assert found.rows == {2: ["1", "Ann"], 4: ["3", None]}
    assert found.reasons == {3: "a cell has 4,194,305 characters and there may be at most 4,194,304"}
    assert found.unsplit[3] == "2; " + "x" * 200


def test_what_texts_come_to() -> None:
    shared = bomb("x" * 10, 6)
    assert (parquet.text_bytes(shared), parquet.text_bytes(shared.slice(2, 3))) == (60, 30)
    lists = pa.ListArray.from_arrays(pa.array([0, 2, 6]), shared)
    assert (parquet.text_bytes(lists), parquet.text_bytes(lists.slice(1))) == (60, 40)
    inside = pa.StructArray.from_arrays([lists, shared.slice(0, 2)], names=["a", "b"])
    assert (parquet.text_bytes(inside), parquet.text_bytes(inside.slice(1))) == (80, 50)
    keyed = pa.MapArray.from_arrays(pa.array([0, 2, 6]), shared, shared)
    assert (parquet.text_bytes(keyed), parquet.text_bytes(keyed.slice(1))) == (120, 80)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (pa.timestamp("us"), "<value out of range: 4611686018427387904>"),
        (pa.timestamp("us", "UTC"), "<value out of range: 4611686018427387904>"),
        (pa.time64("us"), "<value out of range: 4611686018427387904>"),
    ],
)
def test_a_moment_beyond_all_years_is_a_value_like_any_other(tmp_path: Path, kind: pa.DataType, said: str) -> None:
    found = of(tmp_path, id=["1", "2"], seen=pa.array([2**62, 0], pa.int64()).view(kind))
    assert found.rows[2] == ["1", said]
    assert found.rows[3][1] in {"1970-01-01", "1970-01-01T00:00:00+00:00", "00:00:00"}
