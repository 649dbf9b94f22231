"""What every test shares: budgets for properties, no way to a network, a clock held still, the examples, a browser."""

import ipaddress
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

from concerted.common import clock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT: Final = Path(__file__).parents[1]
FROZEN: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CHROMIUM: Final = shutil.which("chromium")
CHROMIUM_ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
NO_CHROMIUM: Final = "the browser tests need Chromium, which is not here. Install it: apt-get install chromium"

# A slow machine is no fault of the code, so nothing here is timed; `make deep` draws new examples on each run.
_UNTIMED: Final = (HealthCheck.too_slow,)
settings.register_profile(
    "quick", derandomize=True, deadline=None, max_examples=60, suppress_health_check=_UNTIMED, print_blob=True
)
settings.register_profile(
    "deep", derandomize=False, deadline=None, max_examples=2000, suppress_health_check=_UNTIMED, print_blob=True
)
settings.load_profile("quick")


class NetworkRefusedError(RuntimeError):
    """A test tried to reach beyond this machine. It is no OSError, so that no library takes it for a bad line."""


def _is_here(host: object) -> bool:
    """Whether a host is this machine itself. What is no name or address (a local socket's path) is here too."""
    if isinstance(host, bytes):
        host = host.decode()
    if not isinstance(host, str) or host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Python tells every hook before a socket reaches out or a name is looked up. A hook stays for good, as wanted."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        raise NetworkRefusedError(f"a test tried to reach {host}; everything here works without a network")


sys.addaudithook(_refuse_network)


@pytest.fixture
def frozen_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands at half past nine on 2 March 2026; `now` and `today` of `clock` both say so."""
    monkeypatch.setattr(clock, "now", lambda: FROZEN)
    return FROZEN


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The store of a run's tests: it can be emptied between tests that commit, and no service writes unrecorded."""
    from tests.emptying import let_tests_empty_the_store
    from tests.recorded import watch_services

    let_tests_empty_the_store()
    watch_services()


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of data sets that the project ships."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def two_agencies(examples: Path) -> Path:
    """The example that `make example` joins."""
    return examples / "two-agencies"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, one for the whole run. A test that uses it is marked `browser`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A new page, 1280 by 900. It must ask nobody but this machine for anything, or the test fails."""
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page()
    context.close()
    here = ("file:", "data:", "blob:", "about:", "http://127.0.0.1", "http://localhost")
    assert [url for url in asked if not url.startswith(here)] == []


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_CHROMIUM, pytrace=False)
        item.config.stash.setdefault(_LEGS_NOT_RUN, set()).add(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)


_LEGS_NOT_RUN: Final = pytest.StashKey[set[str]]()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The seed of the random order, which a quiet run does not print; last, what did not run and how to mend that."""
    seed = terminalreporter.config.getoption("randomly_seed", None)
    terminalreporter.write_line(f"Random order: the same again with --randomly-seed={seed}")
    legs: set[str] = terminalreporter.config.stash.setdefault(_LEGS_NOT_RUN, set())
    for leg in sorted(legs):
        terminalreporter.write_line(f"Not run: {leg}")
