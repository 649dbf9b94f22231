"""Parquet files written out of sight, and written again without some rows."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts import staging
from concerted.extracts.staging import Writer, rewritten

SCHEMA = pa.schema([("row", pa.int64()), ("text", pa.string())])


def table(rows: list[int]) -> pa.Table:
    return pa.table([rows, [f"t{row}" for row in rows]], schema=SCHEMA)


def write(path: Path, *parts: list[int]) -> Path:
    with Writer(path, SCHEMA) as writer:
        for part in parts:
            writer.write(table(part))
        assert writer.rows == sum(map(len, parts))
    return path


def rows_of(path: Path) -> list[int]:
    rows: list[int] = pq.read_table(path)["row"].to_pylist()
    return rows


@given(st.lists(st.lists(st.integers(0, 99), max_size=5), max_size=8), st.integers(1, 6))
def test_what_is_written_is_read_in_order(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[int]], group: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "GROUP", group)
        path = write(tmp_path_factory.mktemp("w") / "a.parquet", *parts)
    assert rows_of(path) == [row for part in parts for row in part]
    metadata = pq.ParquetFile(path).metadata
    assert all(metadata.row_group(at).num_rows for at in range(metadata.num_row_groups))


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.integers(1, 9))
def test_rows_are_left_out_wherever_they_stand(
    tmp_path_factory: pytest.TempPathFactory, rows: set[int], gone: set[int], group: int
) -> None:
    folder = tmp_path_factory.mktemp("again")
    asked: list[tuple[int, int]] = []

    def dropped(low: int, high: int) -> list[int]:
        asked.append((low, high))
        return [row for row in gone if low <= row <= high]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "GROUP", group)
        path = write(folder / "a.parquet", *([row] for row in sorted(rows)))
        left = rewritten(path, folder / "b.parquet", dropped)
    assert rows_of(folder / "b.parquet") == sorted(rows - gone)
    assert left == len(rows - gone)
    assert asked == sorted(asked), "each part of the file is asked about once, in order"


def test_rows_need_not_be_in_order_within_a_group(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [5, 2, 9])
    rewritten(path, tmp_path / "b.parquet", lambda low, high: [low, high])
    assert rows_of(tmp_path / "b.parquet") == [5]


def test_the_schema_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [1])
    rewritten(path, tmp_path / "b.parquet", lambda low, high: [1])
    assert pq.ParquetFile(tmp_path / "b.parquet").schema_arrow == SCHEMA
    assert rows_of(tmp_path / "b.parquet") == []


def test_a_writer_that_is_broken_off_still_closes_its_file(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Writer(tmp_path / "a.parquet", SCHEMA) as writer:
        writer.write(table([1]))
        raise KeyError
    (tmp_path / "a.parquet").unlink()


@pytest.mark.parametrize("groups", [1, 2])
def test_a_group_that_cannot_be_written_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, groups: int
) -> None:
    """It is written in a thread of its own, in which nobody would see it fail."""
    monkeypatch.setattr(staging, "GROUP", 1)
    with pytest.raises(ValueError, match="schema"), Writer(tmp_path / "a.parquet", SCHEMA) as writer:
        for _ in range(groups):
            writer.write(pa.table({"other": ["1"]}))


def test_places_that_exist_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    place = tmp_path / "a.parquet"
    place.write_text("mine")
    with (
        pytest.raises(UsedWronglyError, match=r"a\.parquet: there is such a file already"),
        staging.staging(tmp_path, [place]),
    ):
        pytest.fail("the block is not entered")
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]
    assert place.read_text() == "mine"


def test_folders_above_are_made(tmp_path: Path) -> None:
    folder = tmp_path / "x" / "y"
    with staging.staging(folder, []) as stage:
        part = stage.path("one")
        part.write_text("one")
        stage.put(part, folder / "one")
    assert (folder / "one").read_text() == "one"


def test_two_stagings_in_one_folder_do_not_meet(tmp_path: Path) -> None:
    with staging.staging(tmp_path, []) as one, staging.staging(tmp_path, []) as two:
        assert one.folder != two.folder
        for stage, name in ((one, "one"), (two, "two")):
            part = stage.path("same name")
            part.write_text(name)
            stage.put(part, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_parts_of_one_name_do_not_meet(tmp_path: Path) -> None:
    with staging.staging(tmp_path, []) as stage:
        assert stage.path("a") != stage.path("a")
