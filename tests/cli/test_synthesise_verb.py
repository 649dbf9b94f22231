"""`concerted synthesise` as a person uses it."""

import json
from pathlib import Path

import pytest

from concerted.cli.main import main
from concerted.cli.synthesise import NOISES, SIZES
from concerted.synthetic import SIZES as MADE
from concerted.synthetic.noise import NOISES as ALL_NOISES


def test_the_sizes_and_noises_are_those_there_are() -> None:
    assert list(SIZES) == list(MADE)
    assert NOISES == ALL_NOISES


def test_it_says_what_it_wrote_and_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synthesise", "--size", "small", "--seed", "3", "--out", str(tmp_path / "region")]) == 0
    printed = capsys.readouterr().out

    assert "A small region, seed 3:" in printed
    assert "Nobody in it is real." in printed
    assert "concerted picture" in printed


def test_a_region_of_equal_noise_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synthesise", "--noise", "equal", "--out", str(tmp_path / "region")]) == 0
    assert "A small region, seed 1, equal noise: " in capsys.readouterr().out
    assert json.loads((tmp_path / "region" / "region.json").read_text(encoding="utf-8"))["noise"] == "equal"


def test_json_is_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synthesise", "--out", str(tmp_path / "region"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert (found["size"], found["seed"], found["as_of"]) == ("small", 1, "2026-03-02")
    assert found["records"] == len((tmp_path / "region/truth/people.csv").read_text(encoding="utf-8").splitlines()) - 1


@pytest.mark.parametrize("arguments", [["--size", "huge"], ["--noise", "loud"], ["--seed", "-4"], ["--seed", "x"]])
def test_what_cannot_be_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    assert main(["synthesise", *arguments, "--out", str(tmp_path / "region")]) == 2
    assert not (tmp_path / "region").exists()
