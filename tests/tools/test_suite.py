"""All tests are run, each once, in parts beside one another; one that fails, or too little run, fails the whole."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import suite


class Running:
    """Takes commands in the place of coverage. says: what a command prints by a word of it, or else what it ran. ends:
    its exit code."""

    def __init__(self, says: Mapping[str, str] | None = None, /, **ends: int) -> None:
        self.says, self.ends, self.ran = says or {}, ends, list[tuple[str, ...]]()
        self.measured = list[str]()

    def __call__(self, words: Sequence[str], measured: Path, store: str) -> "subprocess.CompletedProcess[str]":
        self.ran.append(tuple(words))
        self.measured.append(measured.name)
        code = next((code for word, code in self.ends.items() if any(word in one for one in words)), 0)
        said = next(
            (text for word, text in self.says.items() if any(word in one for one in words)), f"ran {words[-1]}\n"
        )
        return subprocess.CompletedProcess(list(words), code, said, "")


PARTS = [suite.Part([Path("one.py"), Path("other.py")]), suite.Part([Path("third.py")])]


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


def test_an_applications_tests_run_on_both_stores_each_with_a_database_of_its_own() -> None:
    engine, one, other = ([suite.TESTS / name] for name in ("values/test_a.py", "web/test_b.py", "audit/test_c.py"))
    embedded = [*map(suite.Part, (engine, one, other))]
    assert suite.legs([engine, one, other], None) == embedded
    larger = [suite.Part(one, "postgresql://here/part0"), suite.Part(other, "postgresql://here/part1")]
    assert suite.legs([engine, one, other], "postgresql://here") == [*embedded, *larger]


def test_what_a_browser_shows_is_looked_at_once_whatever_the_store() -> None:
    drawn, other = suite.TESTS / "web/test_pages_browser.py", suite.TESTS / "web/test_b.py"
    found = suite.legs([[drawn], [drawn, other]], "postgresql://here")
    assert found[2:] == [suite.Part([other], "postgresql://here/part0")]


def test_a_failure_says_on_which_store_it_was() -> None:
    said = list[str]()
    parts = [suite.Part([Path("one.py")], "postgresql://here/part0")]
    summary = f"==== {suite._SUMMARY} ====\nFAILED tests/one.py::test_a - no\n"
    suite.suite(parts, said.append, Running({"one": summary}, one=1))
    assert said[-1].splitlines() == ["", "Failed (on PostgreSQL): tests/one.py::test_a"]


def test_each_part_is_run_and_all_is_measured_together() -> None:
    running, said = Running(), list[str]()
    assert suite.suite(PARTS, said.append, running) == 0
    assert sorted(running.ran[:2]) == [
        ("run", "-m", "pytest", "-rfEs", "one.py", "other.py"),
        ("run", "-m", "pytest", "-rfEs", "third.py"),
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


def last_lines(running: Running) -> tuple[int, list[str]]:
    said = list[str]()
    code = suite.suite(PARTS, said.append, running)
    return code, said[-1].splitlines()


FAILURES = """F..
E   AssertionError
FAILED of a test that prints it
=========================== short test summary info ============================
SKIPPED [2] tests/desk/test_page.py:31: the browser tests need Chromium. Install it: apt-get install chromium
SKIPPED [1] tests/desk/test_page.py: no more is there
FAILED tests/one.py::test_a[x - y] - AssertionError: 1
ERROR tests/other.py - ImportError: no module
2 failed, 3 skipped in 1.0s
Random order: the same again with --randomly-seed=1
"""


def test_the_last_lines_say_what_failed_and_what_was_not_run_in_any_part() -> None:
    third = FAILURES.replace("FAILED tests/one.py::test_a[x - y]", "FAILED tests/third.py::test_b")
    code, told = last_lines(Running({"other": FAILURES, "third": third}, other=1, third=1))
    assert code == 1
    assert told == [
        "",
        "Failed: tests/one.py::test_a[x - y]",
        "Failed: tests/other.py",
        "Failed: tests/third.py::test_b",
        "Failed: tests/other.py",
        "Not run: 2 tests: no more is there",
        "Not run: 4 tests: the browser tests need Chromium. Install it: apt-get install chromium",
    ]


def test_the_last_lines_say_what_was_killed_or_did_not_begin() -> None:
    code, told = last_lines(Running(other=-9, third=4))
    assert code == 1
    assert told == [
        "",
        "Killed by SIGKILL, so that no more of it is known: one.py, other.py",
        "Ended with code 4: third.py",
    ]
    assert last_lines(Running(third=1))[1] == ["", "Ended with code 1: third.py"]  # it does not say which


def test_the_last_lines_say_that_too_little_was_run_and_that_nothing_failed() -> None:
    assert last_lines(Running(report=2)) == (1, ["", "Too little of the program was run."])
    assert last_lines(Running(third=suite.NO_TESTS)) == (0, ["", "Nothing failed."])
    skipped = f"==== {suite._SUMMARY} ====\nSKIPPED [1] tests/a.py:3: no server\n"
    assert last_lines(Running({"third": skipped}))[1] == ["", "Not run: 1 test: no server", "Nothing failed."]


def test_what_pytest_itself_says_of_a_failure_and_a_skipped_test_is_understood(tmp_path: Path) -> None:
    """Its words may change with a version; then this fails, and not the last lines in silence."""
    file = tmp_path / "test_it.py"
    lines = ["import pytest", "def test_a(): assert 0", "def test_b(): pytest.skip('no server')", "def test_c(): pass"]
    file.write_text("\n".join(lines), encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-rfEs", "-p", "no:cacheprovider", "-c", "/dev/null", str(file)]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, [*suite._wrong([suite.Part([file])], [ended])]) == (1, ["Failed: test_it.py::test_a"])
    assert suite._not_run([ended]) == ["Not run: 1 test: no server"]


def test_a_command_runs_in_a_process_with_its_own_file(tmp_path: Path) -> None:
    ended = suite.run(["run", "-m", "tools.nothing"], tmp_path / "measured")
    assert ended.returncode == 1
    assert "tools.nothing" in ended.stdout
    assert suite.run(["report"], tmp_path / "none").returncode == 1
