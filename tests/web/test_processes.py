"""Processes that run together end together."""

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.web import loopback, processes

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('x', flush=True); time.sleep(60)",
]


def test_all_end_with_the_block() -> None:
    with processes.together({"one": SLEEPS, "two": SLEEPS}) as running:
        processes.check(running)
        processes.until_ready(running, lambda: True)
    assert [one.returncode for one in running.values()] == [-15, -15]


@pytest.mark.parametrize("waits", [processes.watch, lambda running: processes.until_ready(running, lambda: False)])
def test_when_one_ends_by_itself_the_other_ends_too(waits: object) -> None:
    with (
        pytest.raises(FoundWrongError, match="the worker ended by itself, with code 3"),
        processes.together({"web server": SLEEPS, "worker": ENDS}) as running,
    ):
        waits(running)  # type: ignore[operator]
    assert running["web server"].returncode == -15


def test_one_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    said = ""
    with processes.together({"deaf": DEAF}) as running:
        while "x" not in said:
            said += capfd.readouterr().out
    assert running["deaf"].returncode == -9


def test_command_lines() -> None:
    plain = processes.web("127.0.0.1", 8001)
    assert plain[:3] == [sys.executable, "-m", "granian"]
    assert "--ssl-certificate" not in plain
    assert processes.web("0.0.0.0", 443, certificate="c", key="k")[-5:-1] == [
        "--ssl-certificate", "c", "--ssl-keyfile", "k",
    ]  # fmt: skip
    assert processes.worker()[1:] == ["-m", "concerted.web.working"]


class Answers(BaseHTTPRequestHandler):
    """Says it works."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    """Where something answers."""
    with HTTPServer((loopback.HOST, 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_port_that_is_taken_is_said_with_what_to_do(port: int) -> None:
    with pytest.raises(UsedWronglyError, match=f"port {port} is taken.*make run PORT={port + 1}"):
        loopback.check_free(port)


def test_whether_the_pages_answer(port: int) -> None:
    assert loopback.answers(port)


def test_nothing_answers_where_nothing_is() -> None:
    with HTTPServer((loopback.HOST, 0), Answers) as server:
        port = server.server_port
    assert not loopback.answers(port)
    loopback.check_free(port)
