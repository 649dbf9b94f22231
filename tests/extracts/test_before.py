"""What an extract meets that came before it: rows that stand are not read again, erased keys stay away, all counted."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.extracts import Chunk, Quarantined, open_table, take_many
from concerted.extracts.before import DIGEST, Before, kept, key_hash
from concerted.extracts.erasures import Erasures
from concerted.extracts.mapping import map_columns
from concerted.extracts.readers import Unsplit
from concerted.extracts.taken import rows_beside
from tests.extracts.files import AS_OF, Result, profile, result_of, written

SECRET: Final = b"s" * 32
HEADER: Final = "id,first,last,born\n"
BORN: Final = {"column": "born", "date": "%d/%m/%Y"}
PARTS: Final[dict[str, Any]] = {
    "fields": None,
    "parts": {
        "child": {"given_name": "first", "date_of_birth": BORN},
        "mother": {"family_name": "last", "date_of_birth": BORN},
    },
}
"""A child by its first name and a mother by her last; the column `born` is of both."""


def hashes(*keys: str, source: str = "force-a") -> list[str]:
    """Erased keys as they are kept."""
    return [key_hash(SECRET, RecordKey(source, key)) for key in keys]


def taken(folder: Path, text: str, before: Before, name: str = "a.csv", **changes: Any) -> tuple[Result, Path]:
    """A file with that content, delivered to what stands; and the keys of its rows."""
    path, quarantined = written(folder / name, text), list[Quarantined]()
    out, pairs = folder / f"out-{name}", [(path, profile(**changes))]
    [one] = take_many(pairs, out, quarantined.extend, as_of=AS_OF, before=[before])
    return result_of(one, quarantined), rows_beside(one.records)


def digests_of(keys: Path) -> bytes:
    """Of the rows that were read."""
    return b"".join(pq.read_table(keys)["digest"].to_pylist())


def ids(result: Result) -> list[str]:
    return [one["record_id"] for one in result.records]


_CELL = st.sampled_from(["", " ", "Ann", " Ann", "Bea", "x\u00e9", '"a, b"', '"two\nlines"'])
_LINE = st.one_of(
    st.tuples(st.sampled_from(["1", "2", "3", "", "NULL"]), _CELL, _CELL, st.sampled_from(["01/02/1999", "x", ""])).map(
        ",".join
    ),
    st.sampled_from(["", ",,,", "1,Ann", "2,Bea,Lee,,more", '"', "3"]),
)


@given(lines=st.lists(_LINE, max_size=10))
def test_a_file_over_its_own_rows_reads_nothing_anew(
    tmp_path_factory: pytest.TempPathFactory, lines: Sequence[str]
) -> None:
    folder, text = tmp_path_factory.mktemp("before"), HEADER + "\n".join(lines) + "\n"
    first, keys = taken(folder, text, Before(SECRET))
    again, same = taken(folder, text, Before(SECRET, digests_of(keys)), "b.csv")

    was, counts = first.taken.counts, again.taken.counts
    assert again.records == []
    assert {one.row for one in again.values} <= {one.row for one in again.rows}  # of rows that are put aside each time
    assert counts.unchanged == was.read == counts.read
    assert (counts.rows, counts.quarantined, counts.blank) == (was.rows, was.quarantined, was.blank)
    assert (was.unchanged, was.erased, counts.erased) == (0, 0, 0)
    assert [replace(one, file="a.csv") for one in again.rows] == first.rows
    assert sorted(pq.read_table(same)["digest"].to_pylist()) == sorted(pq.read_table(keys)["digest"].to_pylist())


@given(
    lines=st.lists(_LINE, max_size=10),
    erased=st.sets(st.sampled_from(["1", "2", "1/child", "2/mother", "3/child", "9"])),
    parts=st.booleans(),
)
def test_every_row_is_accounted_for_whatever_was_erased(
    tmp_path_factory: pytest.TempPathFactory, lines: Sequence[str], erased: set[str], parts: bool
) -> None:
    folder, text = tmp_path_factory.mktemp("before"), HEADER + "\n".join(lines) + "\n"
    changes = PARTS if parts else {}
    plain, _ = taken(folder, text, Before(SECRET), **changes)
    result, keys = taken(folder, text, Before(SECRET, erased=hashes(*erased)), "b.csv", **changes)

    counts = result.taken.counts
    assert counts.rows == plain.taken.counts.rows
    assert counts.rows == counts.read + counts.quarantined + counts.blank + counts.erased
    assert not {one for one in ids(result) if one in erased or one.partition("/")[0] in erased}
    aside = {one.record_id for one in (*result.rows, *result.values) if one.source == "force-a"}
    assert not aside & erased
    again, _ = taken(folder, text, Before(SECRET, digests_of(keys), hashes(*erased)), "c.csv", **changes)
    assert (again.records, again.taken.counts.unchanged) == ([], counts.read)


def test_a_row_that_stands_is_counted_as_read_and_gives_no_record(tmp_path: Path) -> None:
    _, keys = taken(tmp_path, HEADER + "1,Ann,Lee,\n2,Bea,Lee,81/01/1999\n", Before(SECRET))
    text = "born,last,id,first\n81/01/1999,Lee,2,Bea\n,Lee, 1 ,Anne\n,Lee,3,Cat\n"
    result, _ = taken(tmp_path, text, Before(SECRET, digests_of(keys)), "b.csv")

    assert ids(result) == ["1", "3"]
    counts = result.taken.counts
    assert (counts.rows, counts.read, counts.unchanged, counts.records, counts.values_quarantined) == (3, 3, 1, 2, 0)


def test_a_column_that_the_profile_does_not_read_makes_no_row_another(tmp_path: Path) -> None:
    _, keys = taken(tmp_path, HEADER + "1,Ann,Lee,\n", Before(SECRET))
    text = "id,first,last,born,hair\n1, Ann,Lee ,,red\n"
    result, _ = taken(tmp_path, text, Before(SECRET, digests_of(keys)), "b.csv")
    assert result.taken.counts.unchanged == 1


def test_without_anything_before_no_keys_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEADER + "1,Ann,Lee,\n")
    [one] = take_many([(path, profile())], tmp_path / "out", lambda _: None, as_of=AS_OF)
    assert not rows_beside(one.records).exists()


def test_digests_are_keyed_and_keep_cells_apart() -> None:
    rows = [("1", "Ann"), ("1A", "nn"), ("1", "Ann", ""), ("\udc80", "")]
    made = Before(SECRET).digests(rows)
    assert {len(one) for one in made} == {DIGEST}
    assert len(set(made)) == len(rows)
    assert made == Before(SECRET).digests(rows)
    assert not set(made) & set(Before(b"t" * 32).digests(rows))
    assert Before(SECRET).digests([]) == []


@given(standing=st.sets(st.integers(0, 5)), asked=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_a_row_stands_when_both_halves_of_its_digest_do(standing: set[int], asked: list[tuple[int, int]]) -> None:
    halves = [number.to_bytes(8, "big") for number in (0, 1, 2**63 - 1, 2**63, 2**64 - 2, 2**64 - 1)]
    there = b"".join(halves[one] + halves[5 - one] for one in standing)
    found = Before(SECRET, there).stand([halves[one] + halves[other] for one, other in asked])
    assert found.tolist() == [one in standing and other == 5 - one for one, other in asked]


def test_a_key_is_hashed_with_its_source_and_the_secret() -> None:
    one = RecordKey("force-a", "R1")
    assert key_hash(SECRET, one) == key_hash(SECRET, RecordKey("force-a", "R1"))
    others = [(SECRET, RecordKey("force-b", "R1")), (SECRET, RecordKey("force-a", "R2")), (b"t" * 32, one)]
    assert key_hash(SECRET, one) not in {key_hash(*other) for other in others}
    assert "R1" not in key_hash(SECRET, one)


def test_erased_keys_are_found_and_none_is_none() -> None:
    before = Before(SECRET, erased=hashes("1", "3"))
    found = before.erased(["force-a", "force-b", "force-a"], ["1", "1", "2"])
    assert found is not None
    assert found.tolist() == [True, False, False]
    assert before.erased(["force-a"], ["2"]) is None
    assert before.erased([], []) is None
    assert Before(SECRET).erased(["force-a"], ["1"]) is None


def test_what_is_kept_of_a_chunk() -> None:
    chunk = Chunk([2, 3, 5], [["1", "2", "3"], ["a", None, "c"]], [Unsplit(4, "x", "y", "z")], 7)
    flags = Before(SECRET, Before(SECRET).digests([("1",)])[0]).stand(Before(SECRET).digests([("1",), ("2",), ("1",)]))
    some = kept(chunk, flags)
    assert (some.rows, some.columns, some.unsplit, some.blank) == ([2, 5], [["1", "3"], ["a", "c"]], chunk.unsplit, 7)
    assert kept(chunk, flags | True) is chunk


def test_an_erased_row_is_gone_before_it_could_be_put_aside(tmp_path: Path) -> None:
    text = HEADER + "1,Ann,Lee,x\n1,Other,Lee,\n2,Bea,Lee,\n2,Other,Lee,\n"
    result, keys = taken(tmp_path, text, Before(SECRET, erased=hashes("1")))

    assert ids(result) == ["2"]
    assert [(one.row, one.record_id) for one in (*result.rows, *result.values)] == [(5, "2")]
    counts = result.taken.counts
    assert (counts.rows, counts.read, counts.quarantined, counts.erased) == (4, 1, 1, 2)
    assert pq.read_table(keys).num_rows == 1


def test_a_key_erased_of_another_source_stays(tmp_path: Path) -> None:
    result, _ = taken(tmp_path, HEADER + "1,Ann,Lee,\n", Before(SECRET, erased=hashes("1", source="force-b")))
    assert ids(result) == ["1"]


def test_a_source_in_a_column(tmp_path: Path) -> None:
    text = "id,first,last,born,from\n1,Ann,Lee,,north\n1,Bea,Lee,,south\n1,Cat,Lee,,north,more\n1,Dee,Lee,,south,more\n"
    before = Before(SECRET, erased=hashes("1", source="north"))
    result, _ = taken(tmp_path, text, before, source={"column": "from"})
    assert [one["source"] for one in result.records] == ["south"]
    assert [one.row for one in result.rows] == [5]
    assert result.taken.counts.erased == 2


@pytest.mark.parametrize("erased", ["1", "1/child", "1/mother"])
def test_an_unsplit_row_with_an_erased_id_is_gone(tmp_path: Path, erased: str) -> None:
    text = HEADER + "1,Ann,Lee,,more\n11,Bea,Lee,,more\nx1,1 ,Lee,,more\n"
    result, _ = taken(tmp_path, text, Before(SECRET, erased=hashes(erased)), **PARTS)
    assert [one.row for one in result.rows] == [3]
    assert result.taken.counts.erased == 2


def test_of_an_erased_part_nothing_is_read_and_the_others_stay(tmp_path: Path) -> None:
    before = Before(SECRET, erased=hashes("1/mother"))
    result, keys = taken(tmp_path, HEADER + "1,Ann,Lee,01/02/1999\n2,Bea,Lee,x\n", before, **PARTS)

    assert ids(result) == ["1/child", "2/child", "2/mother"]
    assert result.taken.counts.erased == 0
    changed = HEADER + "1,Ann,Moved,01/02/1999\n2,Bea,Lee,x\n"
    again, _ = taken(tmp_path, changed, Before(SECRET, digests_of(keys), hashes("1/mother")), "b.csv", **PARTS)
    assert again.taken.counts.unchanged == 2


def test_a_row_that_is_put_aside_holds_nothing_of_an_erased_part(tmp_path: Path) -> None:
    text = HEADER + "1,Ann,Canary,\n1,Anne,Canary,\n"
    result, _ = taken(tmp_path, text, Before(SECRET, erased=hashes("1/mother")), **PARTS)
    assert [one.raw for one in result.rows] == ['["1", "Anne", "", ""]']


def test_the_columns_of_one_part_alone_are_emptied(tmp_path: Path) -> None:
    path, made = written(tmp_path / "a.csv", HEADER + "1,Ann,Lee,01/02/1999\n"), profile(**PARTS)
    with open_table(path, made.file) as table:
        erasures = Erasures(map_columns(made, table, "a.csv", AS_OF), Before(SECRET, erased=hashes("1/child")))
        left, gone = erasures.apply(next(table.chunks()))
    assert gone == 0
    assert list(map(list, left.columns)) == [["1"], [""], ["Lee"], ["01/02/1999"]]


def test_the_column_of_the_id_or_the_source_is_no_parts_own(tmp_path: Path) -> None:
    parts = {"child": {"given_name": "first"}, "mother": {"family_name": "last", "other": {"was": "from", "no": "id"}}}
    changes: dict[str, Any] = {"fields": None, "parts": parts, "source": {"column": "from"}}
    before = Before(SECRET, erased=hashes("1/mother", source="north"))
    result, _ = taken(tmp_path, "id,first,last,from\n1,Ann,Lee,north\n", before, **changes)
    assert [(one["source"], one["record_id"]) for one in result.records] == [("north", "1/child")]
