"""All tests are run, each once, in parts beside one another; one that fails, or too little run, fails the whole."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import suite


class Running:
    """Takes commands in the place of coverage. ends: the exit code of a command by a word of it."""

    def __init__(self, **ends: int) -> None:
        self.ends, self.ran = ends, list[tuple[str, ...]]()
        self.measured = list[str]()

    def __call__(self, words: Sequence[str], measured: Path) -> "subprocess.CompletedProcess[str]":
        self.ran.append(tuple(words))
        self.measured.append(measured.name)
        code = next((code for word, code in self.ends.items() if any(word in one for one in words)), 0)
        return subprocess.CompletedProcess(list(words), code, f"ran {words[-1]}\n", "")


PARTS = [[Path("one.py"), Path("other.py")], [Path("third.py")]]


def test_every_test_file_is_in_one_part() -> None:
    every = [file for part in suite.parts() for file in part]
    assert sorted(every) == sorted((ROOT / "tests").rglob("test_*.py"))
    assert len(set(every)) == len(every)
    assert Path(__file__) in every
    assert max(map(len, suite.parts())) == suite.EACH


def test_a_part_is_of_one_folder_and_the_longest_folders_come_first(tmp_path: Path) -> None:
    names = ["common/test_a.py", "linkage/standing/test_b.py", "linkage/test_c.py", "linkage/test_d.py", "test_e.py"]
    for name in (*names, "linkage/records.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [[str(file.relative_to(tmp_path)) for file in part] for part in suite.parts(tmp_path, each=2)]
    assert found == [
        ["linkage/standing/test_b.py", "linkage/test_c.py"],
        ["linkage/test_d.py"],
        ["common/test_a.py"],
        ["test_e.py"],
    ]


def test_each_part_is_run_and_all_is_measured_together() -> None:
    running, said = Running(), list[str]()
    assert suite.suite(PARTS, said.append, running) == 0
    assert sorted(running.ran[:2]) == [
        ("run", "-m", "pytest", "one.py", "other.py"),
        ("run", "-m", "pytest", "third.py"),
    ]
    assert [words[0] for words in running.ran[2:]] == ["combine", "report"]
    assert sorted(running.measured) == ["measured", "measured", "measured.0", "measured.1"]
    assert sorted(said[:2]) == ["ran other.py\n", "ran third.py\n"]


@pytest.mark.parametrize(
    ("ends", "code"),
    [({"other": 1}, 1), ({"third": 2}, 1), ({"third": suite.NO_TESTS}, 0), ({"report": 2}, 1), ({"combine": 1}, 1)],
)
def test_what_fails_fails_the_whole_and_the_rest_is_run(ends: dict[str, int], code: int) -> None:
    running = Running(**ends)
    assert suite.suite(PARTS, lambda _: None, running) == code
    assert len(running.ran) == 4


def test_a_command_runs_in_a_process_with_its_own_file(tmp_path: Path) -> None:
    ended = suite.run(["run", "-m", "tools.nothing"], tmp_path / "measured")
    assert ended.returncode == 1
    assert "tools.nothing" in ended.stdout
    assert suite.run(["report"], tmp_path / "none").returncode == 1
