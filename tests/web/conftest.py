"""A server and a signed-in person for browser tests."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.pages import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, StorageState

ROOT = Path(__file__).parents[2]
Visit = Callable[..., "Page"]


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a server whose start page is empty."""
    yield from _server()


@pytest.fixture(scope="session")
def served_filled() -> Iterator[str]:
    """The same with things that wait."""
    yield from _server("--filled")


def _server(*words: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.web.serving", *words]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        yield json.loads(process.stdout.readline())["url"]
        process.stdin.close()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def signed_in(browser: "Browser", served: str) -> "StorageState":
    """What a browser keeps once somebody has signed in, by their password and the code of their app."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}/sign-in/")
    sign_in(page)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def visit(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a page of the server. It may ask nobody else for anything, and run nothing that its own policy forbids.
    who: in: as somebody who is signed in. how: of the browser's context."""
    contexts = []
    asked: list[str] = []
    said: list[str] = []

    def opened(url: str, *, who: str = "", **how: Any) -> "Page":
        if who:
            how["storage_state"] = request.getfixturevalue("signed_in")
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **how)
        contexts.append(context)
        context.on("request", lambda one: asked.append(one.url))
        context.on("console", lambda one: said.append(one.text))
        page = context.new_page()
        page.on("pageerror", lambda one: said.append(str(one)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("http://localhost", "data:"))] == []
    assert [one for one in said if "Failed to load resource" not in one] == []
