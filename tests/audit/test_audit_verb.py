"""`concerted audit`: what a person at the terminal of the store is told."""

import getpass
import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError

from concerted.audit import services, signing
from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.models import Chain, Payload
from concerted.cli.on_store import by_command, on_store
from concerted.common.errors import UsedWronglyError
from tests.audit.conftest import ORGANISATION
from tests.audit.tampering import tampered
from tests.cli.commands import Command, command

pytestmark = pytest.mark.django_db
SECRET = "5e" * 32
PUBLIC = signing.public({signing.NAME: SECRET})


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


@pytest.fixture
def chain(acting: Acting) -> Chain:
    for number in range(3):
        services.record(acting, Act.PAGE_READ, [Subject("person", str(UUID(int=number)))])
    return Chain.objects.get()


def test_a_whole_store_is_said_to_be_whole_and_that_was_recorded(concerted: Command, chain: Chain) -> None:
    ran = concerted("audit", "verify")
    assert ran == (
        0,
        "3 events in 1 chain, heads tied 0 times; 0 wrong.\nNo key was given, so signatures were not looked at.\n",
        "",
    )
    [said] = [json.loads(one.content) for one in Payload.objects.filter(content__contains="audit_verified")]
    assert (said["system"], said["details"]) == ("command", {"events": 3, "wrong": 0})
    assert said["where"].startswith("terminal of ")


def test_what_is_wrong_is_named_and_ends_with_one(concerted: Command, chain: Chain) -> None:
    tampered(chain, lambda on: on.changed_words(2))
    ran = concerted("audit", "verify")
    assert ran.code == 1
    assert ran.out.startswith(f"{chain.name} 2: changed: what it says is not what was recorded.\n")
    told = json.loads(concerted("audit", "verify", "--json").out)
    assert told["wrong"] == [
        {"chain": chain.name, "number": 2, "what": "changed", "words": "what it says is not what was recorded"}
    ]


def test_what_was_removed_by_right_is_said(concerted: Command, chain: Chain, acting: Acting) -> None:
    services.erase(acting, 1, 2)
    ran = concerted("audit", "verify")
    assert (ran.code, ran.out.splitlines()[1]) == (
        0,
        "What 2 of them said was removed, as the chains themselves say.",
    )


def test_heads_are_tied_and_signed(
    concerted: Command, chain: Chain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "It is not signed, as there is no key." in concerted("audit", "tie").out
    assert concerted("audit", "key") == (
        1,
        "",
        "concerted: heads are not signed: CONCERTED_AUDIT_KEY is not set. Make a key: openssl rand -hex 32.\n",
    )
    monkeypatch.setitem(os.environ, signing.NAME, SECRET)
    assert concerted("audit", "key").out == f"{PUBLIC}\n"
    assert json.loads(concerted("audit", "tie", "--json").out)["key"] == PUBLIC
    (tmp_path / "key").write_text(PUBLIC + "\n", encoding="utf-8")
    ran = concerted("audit", "verify", "--key", tmp_path / "key")
    assert ran.code == 1, "the first tie was not signed"
    assert ran.out.splitlines()[0] == "ties 1: not signed by the key: the key that you gave did not sign it."
    assert ran.out.splitlines()[-1] == "1 tie signed by the key that you gave."


def test_a_day_is_exported_once(concerted: Command, chain: Chain, tmp_path: Path) -> None:
    out = tmp_path / "day.jsonl"
    ran = concerted("audit", "export", "--day", "2026-03-02", "--out", out)
    assert ran == (0, "3 events of 2026-03-02 in day.jsonl. It is not signed, as there is no key.\n", "")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4
    again = concerted("audit", "export", "--day", "2026-03-02", "--out", out)
    assert (again.code, "it is there already" in again.err) == (2, True)
    only = concerted(
        *("audit", "export", "--day", "2026-03-02", "--out", tmp_path / "one", "--organisation", ORGANISATION),
        "--without-payloads",
    )
    assert only.code == 0
    assert "content" not in (tmp_path / "one").read_text(encoding="utf-8")


def test_what_is_used_wrongly_is_said(concerted: Command, chain: Chain, tmp_path: Path) -> None:
    nobody = concerted(
        *("audit", "export", "--day", "2026-03-02", "--out", tmp_path / "x", "--organisation", UUID(int=9))
    )
    assert (nobody.code, "no events of that organisation are here" in nobody.err) == (2, True)
    word = concerted("audit", "export", "--day", "2026-03-02", "--out", tmp_path / "y", "--organisation", "police")
    assert (word.code, "'police' is no organisation's id" in word.err) == (2, True)
    assert not (tmp_path / "y").exists(), "nothing half written is left"
    (tmp_path / "none").write_text("none", encoding="utf-8")
    key = concerted("audit", "verify", "--key", tmp_path / "none")
    assert (key.code, "none holds no public key" in key.err) == (2, True)


def test_what_the_store_says_is_told_in_one_line_and_who_runs_a_command_by_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UsedWronglyError) as told, on_store():
        raise DatabaseError("it is locked\nLINE 1: select")
    assert str(told.value).startswith("the store cannot be used. It is locked. See that CONCERTED_STORE ")

    def nameless() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert by_command().where == "terminal of an account without a name"


def test_a_store_that_is_not_set_up_is_said_to_be_none(tmp_path: Path) -> None:
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "CONCERTED_STORE": str(tmp_path / "empty.sqlite"),
        "CONCERTED_STORE_KEY": "ab" * 32,
        "CONCERTED_SECRET": "s" * 60,
    }
    line = [sys.executable, "-m", "concerted", "audit", "verify"]
    ran = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("concerted: the store cannot be used. No such table: audit_chain. ")
