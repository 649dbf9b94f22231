"""The worker hands due mail over, goes on when a store or server is out of reach, and does nothing without a server."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from concerted.audit.acting import Acting
from concerted.outbox.models import Item, State
from concerted.outbox.services import send
from concerted.outbox.smtp import MailServer, mail_server
from concerted.web import mailing

SERVER = "smtp://127.0.0.1:2525/?from=concerted@force.example"


@pytest.fixture
def took(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found = list[str]()

    def take(server: MailServer, to: str, subject: str, words: str) -> None:
        assert server.port == 2525
        found.append(words)

    monkeypatch.setattr(mailing, "hand_over", take)
    return found


@pytest.mark.django_db
def test_due_mail_goes_with_the_address_of_the_pages(took: list[str], settings: Any) -> None:
    settings.ADDRESS = "https://concerted.example"
    acting = Acting(uuid4(), uuid4(), "analyst", "", "192.0.2.7")
    send(acting, "something_waits", "officer@force.example", recipient=uuid4(), link="/me/")
    assert mailing.once(mail_server(SERVER)) == (1, 0)
    assert took == ["Something waits for you. Sign in to see it.\n\nhttps://concerted.example/me/\n"]
    assert Item.objects.get().state == State.SENT


def test_without_a_server_notices_wait(settings: Any) -> None:
    settings.MAIL = None
    assert mailing.begin(threading.Event()) is None


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[], int]:
    """How many looks the thread takes, of which the first finds the store out of reach."""
    settings.MAIL, stopped, count = SERVER, threading.Event(), [0]

    def look(server: MailServer) -> tuple[int, int]:
        count[0] += 1
        if count[0] == 1:
            raise ConnectionError("a child's name")
        stopped.set()
        return 0, 0

    monkeypatch.setattr(mailing, "once", look)
    monkeypatch.setattr(mailing, "EACH", 0.01)
    monkeypatch.setattr("concerted.web.mailing.connection.close", lambda: None)

    def run() -> int:
        thread = mailing.begin(stopped)
        assert thread
        thread.join(timeout=20)
        return count[0]

    return run


def test_a_store_that_is_out_of_reach_for_a_while_ends_no_worker(
    looks: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    assert looks() == 2
    assert "ConnectionError" in caplog.text
    assert "child" not in caplog.text
