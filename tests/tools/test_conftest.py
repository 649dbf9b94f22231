"""What the tests stand on: no way to a network, the clock held still, budgets, a browser or word of its absence."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Page

from concerted.common import clock
from tests import conftest

ROOT = Path(__file__).parents[2]
ELSEWHERE = ("192.0.2.1", 9)  # kept for documentation (RFC 5737): nobody is there


def _send(address: tuple[str, int]) -> object:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as datagram:
        return datagram.sendto(b"x", address)


def _connect_ex(address: tuple[str, int]) -> object:
    with closing(socket.socket()) as stream:
        return stream.connect_ex(address)


@pytest.mark.parametrize(
    "reach_out",
    [
        lambda: socket.create_connection(ELSEWHERE, timeout=1),
        lambda: _connect_ex(ELSEWHERE),
        lambda: _send(ELSEWHERE),
        lambda: socket.getaddrinfo("host.invalid", 80),
        lambda: socket.gethostbyname("host.invalid"),
    ],
)
def test_nothing_reaches_beyond_this_machine(reach_out: Callable[[], object]) -> None:
    with pytest.raises(conftest.NetworkRefusedError, match="tried to reach"):
        reach_out()


def test_this_machine_is_reached(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
        server.accept()[0].close()
    path = str(tmp_path / "s")
    with closing(socket.socket(socket.AF_UNIX)) as listener, closing(socket.socket(socket.AF_UNIX)) as caller:
        listener.bind(path)
        listener.listen()
        caller.connect(path)


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        *[(host, True) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost", "", None, b"127.0.0.1", 17)],
        *[(host, False) for host in ("192.0.2.1", "2001:db8::1", "host.example", "127.0.0.1.example", b"host.test")],
    ],
)
def test_what_is_this_machine(host: object, is_here: bool) -> None:
    assert conftest._is_here(host) is is_here


def test_clock_stands_still(frozen_clock: datetime) -> None:
    assert clock.now() == frozen_clock
    assert clock.today() == date(2026, 3, 2)
    assert clock.stamp(clock.now()) == "2026-03-02T09:30:00Z"


def test_budgets() -> None:
    quick, deep = settings.get_profile("quick"), settings.get_profile("deep")
    assert quick.derandomize
    assert not deep.derandomize
    assert quick.deadline is deep.deadline is None
    assert deep.max_examples > 10 * quick.max_examples


@pytest.mark.browser
def test_browser_shows_a_page(page: Page, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<title>A page</title><h1>Here</h1>", encoding="utf-8")
    page.goto((tmp_path / "a.html").as_uri())
    assert page.title() == "A page"
    assert page.locator("h1").inner_text() == "Here"


def _run_inner(tmp_path: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A run of one browser test by a pytest that finds no Chromium."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n", encoding="utf-8")
    test = "import pytest\n\n@pytest.mark.browser\ndef test_page(page): ...\n\ndef test_other(): ...\n"
    (tmp_path / "test_inner.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), str(tmp_path)]
    environment |= {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_last_lines_name_the_leg_that_did_not_run(tmp_path: Path) -> None:
    ran = _run_inner(tmp_path, {})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    *_, seed, leg, closing_line = ran.stdout.strip().splitlines()
    assert re.fullmatch(r"Random order: the same again with --randomly-seed=\d+", seed)
    assert leg == f"Not run: {conftest.NO_CHROMIUM}"
    assert "apt-get install chromium" in leg
    assert "1 passed, 1 skipped" in closing_line


def test_missing_leg_fails_where_everything_must_run(tmp_path: Path) -> None:
    ran = _run_inner(tmp_path, {"CI": "true"})
    assert ran.returncode == 1
    assert conftest.NO_CHROMIUM in ran.stdout
    assert "1 passed, 1 error" in ran.stdout
