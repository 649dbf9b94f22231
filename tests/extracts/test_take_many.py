"""Several files of one command: all of them or none, and a record told differently in two of them."""

from pathlib import Path
from typing import Any

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import Counts, Quarantined, take_many
from tests.extracts.files import AS_OF, Result, profile, result_of, written

HEADER = "id,first,last,born\n"


def take_texts(folder: Path, *texts: str, **changes: Any) -> list[Result]:
    """Files a.csv, b.csv, ... with these contents."""
    made = profile(**changes)
    pairs = [(written(folder / f"{name}.csv", text), made) for name, text in zip("abcd", texts, strict=False)]
    quarantined: list[Quarantined] = []
    taken = take_many(pairs, folder / "out", quarantined.extend, as_of=AS_OF)
    return [result_of(one, [item for item in quarantined if item.file == one.file]) for one in taken]


def test_files_in_order_each_with_its_records(tmp_path: Path) -> None:
    first, second = take_texts(tmp_path, HEADER + "1,Ann,Lee,\n", HEADER + "2,Bea,Lee,\n3,Cat,Lee,81/01/1999\n")
    assert (first.taken.file, second.taken.file) == ("a.csv", "b.csv")
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == ["001-a.parquet", "002-b.parquet"]
    assert [one["record_id"] for one in second.records] == ["2", "3"]
    assert len(second.values) == 1


def test_a_record_told_alike_in_two_files_counts_once(tmp_path: Path) -> None:
    first, second, third = take_texts(
        tmp_path, HEADER + "1,Ann,Lee,\n", HEADER + "2,Bea,Lee,\n1,Ann ,Lee,\n", HEADER + "1,Ann,Lee,\n2,Bea,Lee,\n"
    )
    assert [one["record_id"] for one in first.records] == ["1"]
    assert [one["record_id"] for one in second.records] == ["2"]
    assert second.taken.counts == Counts(2, 2, 0, 0, 1, 1, 0)
    assert third.records == []
    assert third.taken.counts.repeated == 2


def test_a_record_told_differently_in_two_files(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError) as caught:
        take_texts(tmp_path, HEADER + "9,Zoe,Lee,\n1,Ann,Lee,\n", HEADER + "1,Anne,Lee,\n")
    assert str(caught.value) == (
        "b.csv, row 2: record force-a:1 is told differently in two files. "
        "It stands in row 3 of a.csv with other content. "
        "Leave out the file that no longer holds, or give each file a source of its own in its profile."
    )
    assert not (tmp_path / "out").exists()


def test_repeats_within_a_file_are_settled_before_the_files_are_compared(tmp_path: Path) -> None:
    """Row 3 of the first file differs from row 2 and is put aside, so that it does not count against the second."""
    first, second = take_texts(tmp_path, HEADER + "1,Ann,Lee,\n1,Anne,Lee,\n", HEADER + "1,Ann,Lee,\n1,Ann,Lee,\n")
    assert first.taken.counts == Counts(2, 1, 1, 0, 0, 1, 0)
    assert second.taken.counts == Counts(2, 2, 0, 0, 2, 0, 0)


def test_the_order_of_columns_makes_no_difference(tmp_path: Path) -> None:
    _, second = take_texts(tmp_path, HEADER + "1,Ann,Lee,\n", "born,last,id,first\n,Lee,1,Ann\n")
    assert second.taken.counts.repeated == 1


def test_one_id_with_two_sources_is_two_records(tmp_path: Path) -> None:
    first, second = take_texts(tmp_path, HEADER + "1,Ann,Lee,\n", HEADER + "1,Bea,Lee,\n", source={"file": True})
    assert (first.records[0]["source"], second.records[0]["source"]) == ("a", "b")


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    path, made = written(tmp_path / "a.csv", HEADER + "1,Ann,Lee,\n"), profile()
    first, second = take_many([(path, made), (path, made)], tmp_path / "out", lambda _: None, as_of=AS_OF)
    assert (first.counts.records, second.counts.records) == (1, 0)


def test_truth_beside_each_file_whose_profile_has_one(tmp_path: Path) -> None:
    text, fields = "id,first,same\n{},Ann,x\n", {"given_name": "first"}
    one, other = written(tmp_path / "a.csv", text.format(1)), written(tmp_path / "b.csv", text.format(2))
    pairs = [(one, profile(fields=fields, truth="same")), (other, profile(fields=fields))]
    first, second = take_many(pairs, tmp_path / "out", lambda _: None, truth=True, as_of=AS_OF)
    assert [told["truth_id"] for told in result_of(first, []).truth] == ["x"]
    assert second.truth is None
    assert take_many(pairs, tmp_path / "without", lambda _: None, as_of=AS_OF)[0].truth is None


def test_nothing_is_left_when_a_later_file_cannot_be_taken(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"^b\.csv: the file is empty"):
        take_texts(tmp_path, HEADER + "1,Ann,Lee,\n", "")
    assert not (tmp_path / "out").exists()


def test_names_of_files_are_made_plain(tmp_path: Path) -> None:
    path = written(tmp_path / "..é (1) ümläut & co.csv", HEADER)
    (taken,) = take_many([(path, profile())], tmp_path / "out", lambda _: None, as_of=AS_OF)
    assert taken.records.name == "001-1-ml-ut-co.parquet"
    assert taken.file == path.name
