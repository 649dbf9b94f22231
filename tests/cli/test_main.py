"""The command as a whole: exit codes, one line for each error, nothing heavy before a verb runs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from concerted import __version__
from concerted.cli import main as command
from concerted.common.errors import FoundWrongError, Place, UsedWronglyError
from tests.cli.commands import Command, process
from tests.desk import extracts

HEAVY = ("pyarrow", "duckdb", "splink", "phonenumbers", "pydantic", "numpy", "jinja2", "sqlcipher3", "yaml")
VERBS = ("resolve", "explain", "quality", "evaluate", "profile", "quarantine")


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(_: object) -> int:
        raise error

    monkeypatch.setattr("concerted.cli.evaluate.run", run)


def test_help_names_every_verb(concerted: Command) -> None:
    ran = concerted("--help")
    assert (ran.code, ran.err) == (0, "")
    assert all(verb in ran.out for verb in VERBS)


def test_version(concerted: Command) -> None:
    assert concerted("--version") == (0, f"concerted {__version__}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["resolve", "--help"], ["quarantine", "mend", "--help"], ["resolve"]])
def test_nothing_heavy_is_loaded_before_a_verb_runs(words: list[str]) -> None:
    script = (
        "import sys\nfrom concerted.cli.main import main\n"
        f"main({words!r})\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["frobnicate"],
        ["resolve"],
        ["resolve", "a.csv", "--out", "x"],
        ["explain"],
        ["evaluate", "x"],
        ["quarantine"],
        ["quarantine", "mend", "x", "seven", "--who", "a", "--why", "b"],
        ["quarantine", "list", "x", "--json", "--csv", "y"],
        ["profile"],
        ["profile", "check"],
        ["--nonsense"],
    ],
)
def test_words_that_make_no_sense_are_one_line_and_2(concerted: Command, words: list[str]) -> None:
    ran = concerted(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("concerted: ")
    assert ran.err.count("\n") == 1
    assert "--help" in ran.err


@pytest.mark.parametrize("error", [UsedWronglyError, FoundWrongError])
def test_an_error_is_one_line_and_its_exit_code(
    concerted: Command, monkeypatch: pytest.MonkeyPatch, error: type[UsedWronglyError | FoundWrongError]
) -> None:
    raising(monkeypatch, error("it broke\nin \x1b[2Jtwo", where=Place("a.csv", row=3), mend="mend\u202e it"))
    ran = concerted("evaluate", "x", "--truth", "y")
    assert (ran.code, ran.out) == (error.exit_code, "")
    assert ran.err == "concerted: a.csv, row 3: it broke in \ufffd[2Jtwo. Mend\ufffd it.\n"


def test_ctrl_c(concerted: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, KeyboardInterrupt())
    assert concerted("evaluate", "x", "--truth", "y") == (130, "", "concerted: stopped; nothing was written\n")


@pytest.mark.parametrize("wrapped", [True, False])
def test_ctrl_c_that_a_library_wraps(concerted: Command, monkeypatch: pytest.MonkeyPatch, wrapped: bool) -> None:
    """DuckDB and Splink make an error of their own of it."""

    def run(_: object) -> int:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(10)
        except KeyboardInterrupt:
            if wrapped:
                raise RuntimeError("Query interrupted") from None
            raise
        return 0

    monkeypatch.setattr("concerted.cli.evaluate.run", run)
    before = signal.getsignal(signal.SIGINT)
    assert concerted("evaluate", "x", "--truth", "y") == (130, "", "concerted: stopped; nothing was written\n")
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "folder/file"), "file: the system refused. No space left on device"),
        (PermissionError(13, "Permission denied", b"folder/file"), "file: the system refused. Permission denied"),
        (OSError(2, "Gone", "a/.out.building-0a1b2c3d"), "out: the system refused. Gone"),
        (OSError(2, "Gone", "a/.x.yaml.0a1b2c3d"), "x.yaml: the system refused. Gone"),
        (OSError(2, "Gone", "a/.bashrc"), ".bashrc: the system refused. Gone"),
        (OSError("odd"), "the system refused. Odd"),
        (OSError(9, "Bad file descriptor", 3), "the system refused. Bad file descriptor"),
    ],
)
def test_what_the_system_refuses_is_one_line(
    concerted: Command, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    raising(monkeypatch, error)
    mend = "See that it is there, that you may read and write there, and that the disk is not full; nothing was written"
    assert concerted("evaluate", "x", "--truth", "y") == (2, "", f"concerted: {said}. {mend}.\n")


def test_a_reader_that_leaves_is_no_error(result: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    line = [sys.executable, "-m", "concerted", "quarantine", "list", str(result)]
    with os.fdopen(write, "w") as gone:
        ran = subprocess.run(line, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_traceback_of_our_own_making_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the program is no error of the user's: it must be seen to be mended."""
    raising(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        command.main(["evaluate", "x", "--truth", "y"])


def test_a_whole_run_in_a_process_of_its_own(tmp_path: Path) -> None:
    data, profile = extracts.extract(tmp_path), extracts.profile(tmp_path)
    ran = process("resolve", data, "--profile", profile, "--out", tmp_path / "out")
    assert (ran.returncode, ran.stderr) == (0, ""), "no progress where there is no terminal"
    assert ran.stdout.splitlines()[-1] == f"Open {tmp_path / 'out' / 'report.html'}"
    ran = process("explain", tmp_path / "out", "force:1", "force:absent")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("concerted: there is no record force:absent.")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_who_reads_only_the_first_lines_has_read_and_stands_in_the_record(tmp_path: Path, unbuffered: str) -> None:
    folder = extracts.small(tmp_path)
    line = [sys.executable, "-m", "concerted", "explain", str(folder), "force:1", "force:2"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.close()
        assert (reading.stderr.read(), reading.wait()) == ("", 0)
    log = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(log[-1])["command"][1:3] == ["explain", str(folder)]
