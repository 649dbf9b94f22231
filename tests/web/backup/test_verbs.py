"""`concerted backup` and `concerted restore`, and what is done before a store that came back serves."""

import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from concerted.audit.acting import Acting
from concerted.audit.models import Payload
from concerted.cli import restore
from concerted.common.progress import Silent
from concerted.instance import endings
from concerted.instance.models import Ending
from concerted.organisations.models import Membership, Person
from concerted.organisations.services import end_membership
from concerted.web import demonstration
from concerted.web.backup.after import made_ready
from tests.cli.commands import Command, command
from tests.web.backup.conftest import KEY

ACTING = Acting(None, None, "", "", "a terminal", system="backup")
on_embedded = pytest.mark.skipif(connection.vendor != "sqlite", reason="of the embedded store alone")


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("CONCERTED_BACKUP_KEY", KEY.hex())
    return command(capsys)


@pytest.mark.usefixtures("filled")
def test_a_backup_is_made_and_looked_through(concerted: Command, tmp_path: Path) -> None:
    made = concerted("backup", "--out", tmp_path / "b")
    assert made.code == 0, made.err
    assert made.out.startswith("Backed up: ")
    assert Payload.objects.filter(content__contains='"act":"backup_made"').count() == 1
    whole = concerted("backup", "--verify", tmp_path / "b", "--json")
    said = json.loads(whole.out)
    assert said["tables"]["organisations_person"][0] == Person.objects.count()
    assert "key" not in said
    again = concerted("backup", "--out", tmp_path / "b")
    assert (again.code, "it is there already" in again.err) == (2, True)
    (tmp_path / "b").write_bytes((tmp_path / "b").read_bytes()[:-1])
    assert concerted("backup", "--verify", tmp_path / "b").code == 1


@pytest.mark.usefixtures("filled")
def test_before_it_serves_what_ended_has_ended_and_so_has_every_session(tmp_path: Path) -> None:
    person = Person.objects.get(email__startswith="analyst@")
    Client().force_login(person)
    cache.set("tried", 1)
    member, journal = Membership.objects.get(person=person), tmp_path / "endings"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(endings.NAME, str(journal))
        end_membership(demonstration.ACTING, member.pk, "left")
    Membership.objects.filter(pk=member.pk).update(ends=None)  # as in a backup of before
    Ending.objects.filter(subject=member.pk).delete()
    assert made_ready(ACTING, journal, Silent()) == endings.Replayed(1, 1, 0)
    member.refresh_from_db()
    assert member.ends is not None
    with connection.cursor() as cursor:
        for table in ("django_session", "usersessions_usersession", "web_cache"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table
    assert Payload.objects.filter(content__contains='"act":"backup_restored"').count() == 1


@pytest.mark.usefixtures("filled")
def test_a_store_that_came_back_says_what_was_ended(
    concerted: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last steps are done on the store of these tests, as on one that came back."""
    concerted("backup", "--out", tmp_path / "b")
    monkeypatch.setenv("CONCERTED_STORE", os.environ["CONCERTED_STORE"])
    if connection.vendor == "postgresql":
        into = "postgresql://user@db.example/elsewhere"
        monkeypatch.setattr(
            "concerted.web.backup.restoring.restored_database",
            lambda file, key, _, progress, then: (then(), restore_made(file))[1],
        )
    else:
        into = str(tmp_path / "elsewhere.sqlite")
    (tmp_path / "endings").write_text(f"{json.dumps({'instance': str(uuid4()), 'id': 'x'})}\ncut", encoding="utf-8")
    ran = concerted("restore", tmp_path / "b", "--into", into, "--endings", tmp_path / "endings")
    assert ran.code == 0, ran.err
    assert "Restored and compared: " in ran.out
    assert "0 endings since the backup; ended again: 0." in ran.out
    assert "1 line of the journal cannot be read" in ran.out
    if connection.vendor == "sqlite":
        assert Path(into).is_file()
        again = concerted("restore", tmp_path / "b", "--into", into, "--without-endings")
        assert (again.code, "it is there already" in again.err) == (2, True)


def restore_made(file: Path) -> object:
    from concerted.web.backup.reading import looked_through

    return looked_through(file, KEY, Silent())


def test_a_journal_must_be_named_or_denied(concerted: Command, tmp_path: Path) -> None:
    for words in ([], ["--endings", tmp_path / "none"]):
        ran = concerted("restore", tmp_path / "b", "--into", tmp_path / "s", *words)
        assert (ran.code, "--without-endings" in ran.err) == (2, True)


def test_the_journal_is_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").touch()
    (tmp_path / "two").touch()
    monkeypatch.setenv(endings.NAME, str(tmp_path / "one"))
    words = Namespace(endings=None, without_endings=False)
    assert restore._journal(words) == tmp_path / "one"
    words.endings = tmp_path / "two"
    assert restore._journal(words) == tmp_path / "two"
    words.without_endings = True
    assert restore._journal(words) is None


@on_embedded
def test_the_whole_drill_by_commands(tmp_path: Path) -> None:
    """As somebody does it whose machine is gone: another place, another store key."""
    given = {name: one for name, one in os.environ.items() if not name.startswith(("CONCERTED_", "DJANGO_"))}
    given |= {
        "CONCERTED_STORE": str(tmp_path / "one.sqlite"),
        "CONCERTED_STORE_KEY": os.urandom(32).hex(),
        "CONCERTED_SECRET": os.urandom(32).hex(),
        "CONCERTED_BACKUP_KEY": KEY.hex(),
    }

    def ran(*words: object) -> str:
        line = [sys.executable, "-m", "concerted", *map(str, words)]
        done = subprocess.run(line, env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    ran("store", "create")
    ran("backup", "--out", tmp_path / "b")
    (tmp_path / "one.sqlite").unlink()
    given["CONCERTED_STORE_KEY"] = os.urandom(32).hex()
    said = ran("restore", tmp_path / "b", "--into", tmp_path / "two.sqlite", "--without-endings")
    assert "look through everybody's roles" in said
    given["CONCERTED_STORE"] = str(tmp_path / "two.sqlite")
    assert ran("check") == "The store opens and is of this version.\n"
    assert "Whole" in ran("backup", "--verify", tmp_path / "b")
    assert "0 wrong" in ran("audit", "verify")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b", "two.sqlite"]
