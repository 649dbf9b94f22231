"""`concerted quality` on a result folder, as a person and a script meet it."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.desk.quality import ETHNIC, FORCE_ROWS, made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result folder that no test reads but through the verb."""
    return made(tmp_path_factory.mktemp("quality"))


def test_for_people(concerted: Command, folder: Path) -> None:
    ran = concerted("quality", folder)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == "Council: 2 records of people"
    assert lines[1].split() == ["field", "share", "recorded", "records", "missing", "not", "read", "why"]
    assert "force: 5 records of people" in lines
    [phone] = [line for line in lines if line.startswith("  phone ")]
    assert phone.split(maxsplit=6)[1:] == [
        *("40.0%", "2", "5", "2", "2"),
        "not known 1 ('Unknown'); not applicable 1 ('n/a')",
    ]
    assert any(line.endswith("required: 1 row refused for want of it") for line in lines)
    assert "  filled by the profile: event_type" in lines
    assert lines[-1] == f"Open {folder / 'quality.html'}"


def test_ethnicity_is_counted_apart_and_no_group_is_told(concerted: Command, folder: Path) -> None:
    out = concerted("quality", folder).out
    lines = out.splitlines()
    at = lines.index("ethnicity_self_defined: never compared, only counted")
    assert lines[at + 2].split(maxsplit=1) == ["Council", "not in the extract"]
    assert lines[at + 3].split() == ["force", "40.0%", "2", "5", "2", "1", "refused", "2"]
    assert "ethnicity_observed: never compared, only counted" in lines
    assert not [text for text in ETHNIC if text in out]


def test_what_is_in_quarantine_stands_last_by_agency(concerted: Command, folder: Path) -> None:
    lines = concerted("quality", folder).out.splitlines()
    at = lines.index("In quarantine, by agency and reason:")
    assert lines[at + 1].startswith("  1  Council  value: not a date")
    assert "  1  force  row: it has no record id" in lines[at:]


def test_for_machines(concerted: Command, folder: Path) -> None:
    said = json.loads(concerted("quality", folder, "--json").out)
    assert list(said) == ["agencies", "ethnicity", "quarantine"]
    assert [one["source"] for one in said["agencies"]] == ["Council", "force"]
    assert said["quarantine"][0]["count"] == 1


def test_nothing_in_quarantine_and_no_page_from_an_older_version(concerted: Command, tmp_path: Path) -> None:
    out = made(tmp_path, rows=FORCE_ROWS[:1])
    (out / "quality.html").unlink()
    ran = concerted("quality", out)
    assert ran.code == 0
    assert "Open" not in ran.out


def test_the_look_is_noted_in_the_folders_own_record(concerted: Command, tmp_path: Path) -> None:
    out = made(tmp_path)
    concerted("quality", out, "--json")
    last = json.loads((out / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["command"] == ["concerted", "quality", str(out), "--json"]


def test_a_folder_that_is_no_result_is_one_line_and_2(concerted: Command, tmp_path: Path) -> None:
    ran = concerted("quality", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "it is no result folder" in ran.err
    assert ran.err.count("\n") == 1
