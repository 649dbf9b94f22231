"""Whose records a file holds: by the name of the file or of the folder it lies in."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import take, take_many
from concerted.extracts.sources import called, constant_source
from tests.extracts.files import profile, result_of, written

OF_FOLDER = {"folder": True}
LINES = "id,first,last,born\n1,Ann,Lee,05/01/2009\n"


def test_a_file_is_called_with_its_folder_only_where_that_is_its_source(tmp_path: Path) -> None:
    file = tmp_path / "council-b" / "people.csv"

    assert called(file, profile(source=OF_FOLDER)) == "council-b/people.csv"
    assert called(file, profile(source={"file": True})) == "people.csv"
    assert called(file, profile()) == "people.csv"


def test_the_folder_of_a_file_that_is_named_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "council-b").mkdir()
    monkeypatch.chdir(tmp_path / "council-b")

    assert called(Path("people.csv"), profile(source=OF_FOLDER)) == "council-b/people.csv"
    assert called(Path("../people.csv"), profile(source=OF_FOLDER)) == f"{tmp_path.name}/people.csv"


@pytest.mark.parametrize(
    ("file", "source"),
    [("council-b/people.csv", "council-b"), ("council-b/2026-03/people.csv", "council-b"), (" b /p.csv", "b")],
)
def test_the_outermost_folder_is_the_agencys(file: str, source: str) -> None:
    assert constant_source(profile(source=OF_FOLDER), file) == source


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("people.csv", "it lies in no folder of its own"),
        ("a:b/people.csv", "the folder's name cannot be its source: 'a:b'"),
    ],
)
def test_a_folder_that_can_be_no_source_is_refused_with_what_to_do(file: str, said: str) -> None:
    with pytest.raises(UsedWronglyError) as error:
        constant_source(profile(source=OF_FOLDER), file)
    assert said in error.value.what
    assert error.value.mend.startswith("put the file into a folder with the agency's short name")


def test_a_files_name_that_can_be_no_source_is_refused() -> None:
    with pytest.raises(UsedWronglyError, match="file's name cannot be its source: 'a:b'"):
        constant_source(profile(source={"file": True}), "a:b.csv")


def test_a_file_alone_is_of_the_folder_it_is_in(tmp_path: Path) -> None:
    (tmp_path / "council-b").mkdir()
    file = written(tmp_path / "council-b" / "people.csv", LINES)
    found = take(file, profile(source=OF_FOLDER), tmp_path / "out.parquet", lambda _: None)

    assert found.file == "council-b/people.csv"
    assert [row["source"] for row in result_of(found, []).records] == ["council-b"]


def test_two_councils_with_files_of_one_name_are_two_sources(tmp_path: Path) -> None:
    files = []
    for council, name in (("council-b", "Ann"), ("council-c", "Bo")):
        (tmp_path / council).mkdir()
        files.append(written(tmp_path / council / "people.csv", LINES.replace("Ann", name)))
    made = profile(source=OF_FOLDER)
    found = take_many([(file, made) for file in files], tmp_path / "records", lambda _: None)

    told = [row for one in found for row in result_of(one, []).records]
    assert [(row["source"], row["record_id"], row["given_name"]) for row in told] == [
        ("council-b", "1", "Ann"),
        ("council-c", "1", "Bo"),
    ]
