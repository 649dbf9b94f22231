"""The command as a script meets it: words in, exit code and what is printed out."""

import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from concerted.cli.main import main


class Ran(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process."""

    def run(*words: object) -> Ran:
        code = main(list(map(str, words)))
        return Ran(code, *capsys.readouterr())

    return run


def process(*words: object) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own."""
    line = [sys.executable, "-m", "concerted", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)
