"""Finding repeats among staged keys: exact, in order, and the same as a plain walk through them finds."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.chunks import KEYS
from concerted.extracts.duplicates import Clash, Repeat, Repeats

Row = tuple[str, str, int]  # source, record id, content


def staged(folder: Path, *files: list[Row]) -> list[Path]:
    """Files of keys, whose rows are numbered from 2."""
    paths = []
    for number, rows in enumerate(files):
        columns = [
            [number] * len(rows),
            list(range(2, len(rows) + 2)),
            *([row[at] for row in rows] for at in range(3)),
            [None] * len(rows),
        ]
        arrays = [pa.array(column, field.type) for column, field in zip(columns, KEYS, strict=True)]
        paths.append(folder / f"{number}.parquet")
        pq.write_table(pa.Table.from_arrays(arrays, schema=KEYS), paths[-1], row_group_size=3)
    return paths


def plainly(rows: list[Row]) -> list[Repeat]:
    """What a walk with a dictionary finds."""
    first: dict[tuple[str, str], tuple[int, int]] = {}
    found = []
    for row, (source, record_id, content) in enumerate(rows, 2):
        earlier, told = first.setdefault((source, record_id), (row, content))
        if earlier != row:
            found.append(Repeat(row, earlier, content == told))
    return found


ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["1", "2", ""]), st.integers(0, 2)), max_size=20)


@given(ROWS)
def test_within_a_file(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("repeats")
    with Repeats(staged(folder, rows), folder) as repeats:
        assert repeats.between(0, 0, 100) == plainly(rows)
        assert repeats.between(0, 3, 5) == [one for one in plainly(rows) if 3 <= one.row <= 5]
        assert repeats.rows_between(0, 0, 100) == [one.row for one in plainly(rows)]
        for same in (True, False):
            assert repeats.count(0, same=same) == sum(one.same is same for one in plainly(rows))
        assert repeats.count(1, same=True) == 0


@given(ROWS, ROWS)
def test_across_files(tmp_path_factory: pytest.TempPathFactory, one: list[Row], two: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("across")
    kept = {row[:2]: (at, row[2]) for at, row in reversed(list(enumerate(one, 2)))}
    inside = {repeat.row for repeat in plainly(two)}
    shared = [(at, row) for at, row in enumerate(two, 2) if at not in inside and row[:2] in kept]
    clashing = [(at, row) for at, row in shared if kept[row[:2]][1] != row[2]]
    with Repeats(staged(folder, one, two), folder) as repeats:
        clash = repeats.across()
        if clashing:
            at, row = clashing[0]
            assert clash == Clash(row[0], row[1], 0, kept[row[:2]][0], 1, at)
        else:
            assert clash is None
            assert set(repeats.rows_between(1, 0, 100)) == inside | {at for at, _ in shared}


def test_source_and_id_are_not_run_together(tmp_path: Path) -> None:
    rows = [("a", "b1", 1), ("ab", "1", 1), ("a", "b", 1), ("", "ab1", 1)]
    with Repeats(staged(tmp_path, rows), tmp_path) as repeats:
        assert repeats.between(0, 0, 100) == []


def test_a_key_that_stands_very_often(tmp_path: Path) -> None:
    rows = [("a", "1", number % 2) for number in range(5000)]
    with Repeats(staged(tmp_path, rows), tmp_path) as repeats:
        assert repeats.count(0, same=True) == 2499
        assert repeats.count(0, same=False) == 2500


def test_no_rows(tmp_path: Path) -> None:
    with Repeats(staged(tmp_path, [], []), tmp_path) as repeats:
        assert repeats.across() is None
        assert repeats.between(0, 0, 100) == []


def records(folder: Path, name: str, rows: list[dict[str, object]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), folder / name)
    return folder / name


def earlier(folder: Path, new: dict[str, object], old: dict[str, object]) -> list[Repeat]:
    """What becomes of one new record beside one that was taken before; both have the same key and rows of their own."""
    key = {"source": "a", "record_id": "1"}
    here, there = records(folder, "n", [{**key, "row": 9, **new}]), records(folder, "o", [{**key, "row": 4, **old}])
    with Repeats(staged(folder, [("a", "1", 1)]), folder) as repeats:
        repeats.earlier(0, here, [there])
        return repeats.between(0, 0, 100)


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [
        ({"town_as_given": "Leeds", "town": "x"}, {"town_as_given": "Leeds", "town": "y"}, True),
        ({"town_as_given": "Leeds", "town": "x"}, {"town_as_given": "York", "town": "x"}, False),
        ({"evidence_a": "1"}, {"evidence_a": "2"}, False),
        ({"evidence_a": ""}, {"evidence_a": None}, True),
        ({"evidence_a": "1"}, {"evidence_b": "2"}, True),
        ({'evidence_a "b"': "1"}, {'evidence_a "b"': "2"}, False),
    ],
)
def test_beside_records_taken_before(
    tmp_path: Path, new: dict[str, object], old: dict[str, object], same: bool
) -> None:
    assert earlier(tmp_path, new, old) == [Repeat(9, 4, same)]


def test_a_record_that_was_not_taken_before(tmp_path: Path) -> None:
    here = records(tmp_path, "n", [{"source": "a", "record_id": "1", "row": 9}])
    there = records(tmp_path, "o", [{"source": "b", "record_id": "1", "row": 4}])
    with Repeats(staged(tmp_path, [("a", "1", 1)]), tmp_path) as repeats:
        repeats.earlier(0, here, [there])
        assert repeats.between(0, 0, 100) == []
