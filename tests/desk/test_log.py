"""What a folder is for, and who did what with it."""

import json
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.desk import purpose
from tests.cli.commands import Command, command
from tests.desk.picture import laid_out


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_purposes_are_a_closed_list() -> None:
    assert len(purpose.purposes()) == 6
    assert purpose.read("1") == purpose.read(" Protecting a CHILD ") == "protecting a child"
    for text in ("0", "7", "immigration enforcement", "", "vetting"):
        with pytest.raises(UsedWronglyError, match="no purpose that this may be used for"):
            purpose.read(text)


def test_every_command_on_a_folder_stands_in_its_log(tmp_path: Path, concerted: Command) -> None:
    extracts, profiles = laid_out(tmp_path)
    out = tmp_path / "out"
    made = concerted(
        "picture", extracts, "--profiles", profiles, "--out", out, "--purpose", "2", "--as-of", "2026-03-02"
    )
    assert made.code == 0
    assert concerted("explain", out, "force-a:M1/child").code == 0
    assert concerted("quarantine", "list", out).code == 0

    found = lines(out)
    assert [line["command"][1] for line in found] == ["picture", "explain", "quarantine"]  # type: ignore[index]
    assert {line["purpose"] for line in found} == {"investigating or preventing exploitation"}
    assert all(line["who"] and line["when"] for line in found)
    files = found[0]["files"]
    assert isinstance(files, dict)
    assert set(files) == {"council-b/people.csv", "force-a/cars.csv", "force-a/missing.csv"}
    assert all(len(digest) == 64 for digest in files.values())


def test_a_command_that_failed_is_not_said_to_have_looked(tmp_path: Path, concerted: Command) -> None:
    extracts, profiles = laid_out(tmp_path)
    out = tmp_path / "out"
    concerted("picture", extracts, "--profiles", profiles, "--out", out, "--as-of", "2026-03-02")
    before = lines(out)

    assert concerted("explain", out, "force-a:nobody").code == 2
    assert lines(out) == before
    assert before[0]["purpose"] == "not said"


def test_another_purpose_is_refused_before_anything_is_read(tmp_path: Path, concerted: Command) -> None:
    extracts, profiles = laid_out(tmp_path)
    ran = concerted(
        "picture", extracts, "--profiles", profiles, "--out", tmp_path / "out", "--purpose", "vetting staff"
    )

    assert ran.code == 2
    assert "no purpose that this may be used for" in ran.err
    assert not (tmp_path / "out").exists()


def test_on_a_terminal_the_purpose_is_asked_once(
    tmp_path: Path, concerted: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracts, profiles = laid_out(tmp_path)
    asked = iter(["1\n"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: next(asked), raising=False)
    for _ in range(2):
        words = ("picture", extracts, "--profiles", profiles, "--out", tmp_path / "out", "--as-of", "2026-03-02")
        assert concerted(*words).code == 0

    assert [line["purpose"] for line in lines(tmp_path / "out")] == ["protecting a child"] * 2
