"""The verbs of running an instance, in the process of the tests and on their store."""

import json
import os
import signal
import sys
import threading

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from concerted.audit.acting import Acting
from concerted.cli import check
from concerted.common.errors import FoundWrongError
from concerted.instance import selectors, services
from concerted.instance.models import DEMONSTRATION, WORKING
from concerted.web import demonstration, loopback, processes, safe, working
from tests.cli.commands import Command, command

pytestmark = pytest.mark.django_db
UNSAFE = safe.Unsafe("it is odd", "mend it")


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


@pytest.fixture
def nothing_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "all_unsafe", list)


def test_a_store_is_made_for_real_work_and_brought_to_this_version(concerted: Command) -> None:
    assert concerted("store", "create").out.startswith("Made the store ")
    assert selectors.store() is not None
    assert not selectors.demonstration()
    assert concerted("check").out == "The store opens and is of this version.\n"
    assert "nothing is to be done" in concerted("store", "upgrade").out
    assert concerted("store", "create").code == 2


def test_steps_that_were_taken_are_counted(concerted: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    concerted("store", "create")
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    monkeypatch.setattr("concerted.web.store.call_command", lambda *_, **__: None)
    assert concerted("store", "upgrade").out == "The store took 1 step and is of this version.\n"


def test_what_is_unsafe_is_listed(concerted: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "all_unsafe", lambda: [UNSAFE])
    listed = concerted("check", "--deploy")
    assert (listed.code, listed.out) == (1, "It is odd.\n    Mend it.\n")
    found = concerted("check", "--deploy", "--json")
    assert (found.code, json.loads(found.out)) == (1, {"unsafe": [{"what": "it is odd", "mend": "mend it"}]})
    for verb in ("serve", "worker"):
        assert concerted(verb).err.startswith("concerted: this is not safe to serve. It is odd (mend it).")


def test_the_store_is_looked_at_once_the_settings_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    services.set_up(demonstration.ACTING, DEMONSTRATION)
    assert "the store is a demonstration" in [one.what for one in check.all_unsafe()]
    monkeypatch.setenv("CONCERTED_STORE", "")
    assert "the store is a demonstration" not in [one.what for one in check.all_unsafe()]


@pytest.mark.usefixtures("nothing_unsafe")
def test_serving_becomes_the_web_server(concerted: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []

    def becomes(_: str, words: list[str]) -> None:
        became.append(words)
        raise SystemExit

    monkeypatch.setattr(os, "execv", becomes)
    monkeypatch.setenv("CONCERTED_ADDRESS", "127.0.0.1:8443")
    with pytest.raises(SystemExit):
        concerted("serve")
    assert became == [processes.web("127.0.0.1", 8443)]


@pytest.mark.usefixtures("nothing_unsafe")
def test_working(concerted: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[str] = []
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.run", lambda one: worked.append("run"))
    monkeypatch.setattr(
        "django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda one: worked.append("signals")
    )
    monkeypatch.setattr(working, "keep_house", lambda: None)
    assert concerted("worker").code == 0
    assert working.main() == 0
    assert worked == ["signals", "run"] * 2


@pytest.mark.usefixtures("nothing_unsafe")
def test_a_worker_that_is_told_to_end_tells_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("concerted.instance.tasks.end", lambda: told.append("job"))
    monkeypatch.setattr(working, "keep_house", lambda: told.append("house"))
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda one: None)
    monkeypatch.setattr(
        "django_tasks_db.management.commands.db_worker.Worker.run", lambda one: one.shutdown(signal.SIGTERM, None)
    )
    with pytest.raises(SystemExit):
        working.work()
    assert "job" in told


def test_chores_are_done_each_by_itself(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fails() -> None:
        raise OSError("asha@northvale.example")

    monkeypatch.setattr(working, "_mail", fails)
    monkeypatch.setattr("concerted.instance.endings.carry", lambda: done.append("carry"))
    monkeypatch.setattr("concerted.instance.tasks.resume_abandoned", lambda: done.append("resume"))
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    ended = threading.Event()
    ended.set()
    working.keep_house(ended)
    assert done == ["carry", "resume"]
    assert "OSError" in caplog.text
    assert "asha" not in caplog.text


def test_mail_is_handed_over_where_there_is_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []
    monkeypatch.setattr("concerted.outbox.delivery.deliver", lambda hand, address: handed.append(address))
    working._mail()
    monkeypatch.setenv("CONCERTED_MAIL", "smtps://mail.example/?from=concerted@force.example")
    monkeypatch.setenv("CONCERTED_HOSTS", "concerted.force.example")
    working._mail()
    assert handed == ["https://concerted.force.example"]


def test_demonstrating(concerted: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(demonstration, "put_in_force", lambda _: None)
    monkeypatch.setattr(processes, "web", lambda host, port: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(processes, "worker", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(loopback, "answers", lambda _: True)
    monkeypatch.setattr(loopback, "check_free", lambda _: None)

    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "watch", stopped)
    ran = concerted("demonstrate", "--store", f"{tmp_path}/new")
    assert ran.code == 0
    assert demonstration.PASSWORD in ran.out
    assert ran.out.endswith("Stopped. Everything is kept: the same command goes on with it.\n")

    def ended(_: object) -> None:
        raise FoundWrongError("the worker ended by itself")

    monkeypatch.setattr(processes, "watch", ended)
    assert concerted("demonstrate", "--store", f"{tmp_path}/new").code == 1


def test_a_signal_that_ends_a_service_stops_it_alike() -> None:
    from concerted.cli import demonstrate

    with pytest.raises(KeyboardInterrupt), demonstrate._stopped_alike():
        signal.raise_signal(signal.SIGTERM)


def test_a_store_that_is_set_up_says_by_whom(concerted: Command) -> None:
    services.set_up(Acting(None, None, "", "", "", system="set-up"), WORKING)
    assert "a working one" in concerted("store", "create").err
