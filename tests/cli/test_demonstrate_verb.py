"""`concerted demonstrate` as somebody meets it who looks at the application for the first time."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.commands import Command


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def demonstrated(store: Path, port: int) -> Iterator[list[str]]:
    """What it prints until it serves; it is stopped as by Ctrl-C, and must end well and alone."""
    line = [sys.executable, "-m", "concerted", "demonstrate", "--store", str(store), "--port", str(port)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said = [running.stdout.readline()]
        while said[-1] and not said[-1].startswith("Open http"):
            said.append(running.stdout.readline())
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text(encoding="ascii").split()
        yield said
        running.send_signal(signal.SIGINT)
        rest = running.stdout.read()
    assert running.returncode == 0, rest
    assert "Everything is kept" in rest
    assert len(children) == 2
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_it_serves_and_loses_nothing_when_it_is_stopped(tmp_path: Path, concerted: Command) -> None:
    port = free_port()
    with demonstrated(tmp_path / "store", port) as first:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            text = page.read().decode()
        assert "Demonstration store" in text
        busy = concerted("demonstrate", "--store", tmp_path / "other", "--port", port)
        assert busy.code == 2
        assert f"port {port} is taken" in busy.err
    assert "Made the demonstration" in first[0]
    with demonstrated(tmp_path / "store", port) as second:
        pass
    assert "Opened the demonstration" in second[0]
    assert first[1:] == second[1:]


def test_a_folder_of_something_else(tmp_path: Path, concerted: Command) -> None:
    (tmp_path / "letters.txt").touch()
    before = dict(os.environ)
    ran = concerted("demonstrate", "--store", tmp_path, "--port", free_port())
    assert (ran.code, dict(os.environ)) == (2, before)
    assert "something else" in ran.err
