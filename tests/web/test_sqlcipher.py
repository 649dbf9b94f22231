"""The store on disk: encrypted, opened by its key alone, whole after two writers."""

import sqlite3
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from concerted.organisations.models import Organisation
from concerted.web.sqlcipher.base import DatabaseWrapper

KEY = "0f" * 32
pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="of the embedded store alone"),
    pytest.mark.django_db,
]


def opened(file: Path, key: str = KEY) -> DatabaseWrapper:
    settings = {**connection.settings_dict, "NAME": str(file), "OPTIONS": {"key": key, "transaction_mode": "IMMEDIATE"}}
    return DatabaseWrapper(settings, "another")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = opened(tmp_path / "store.sqlite")
    with made.cursor() as cursor:
        cursor.execute("create table told (words text)")
        cursor.execute("insert into told values (%s)", ["a plain word"])
    made.close()
    return tmp_path / "store.sqlite"


def test_what_is_on_disk_is_not_to_be_read_without_the_key(store: Path) -> None:
    assert b"plain" not in store.read_bytes()
    assert not store.read_bytes().startswith(b"SQLite")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(store).execute("select * from told")
    for wrong in ("f0" * 32, ""):
        with pytest.raises(DatabaseError, match="not a database"):
            opened(store, wrong).cursor()


def test_it_opens_with_its_key(store: Path) -> None:
    again = opened(store)
    with again.cursor() as cursor:
        cursor.execute("select words from told where words like %s", ["a%"])
        assert cursor.fetchall() == [("a plain word",)]
        cursor.execute("pragma journal_mode")
        assert cursor.fetchone() == ("wal",)
    again.close()


def test_parameters_by_name_and_many_at_once(store: Path) -> None:
    with opened(store).cursor() as cursor:
        cursor.executemany("insert into told values (%s)", [["one"], ["two"]])
        cursor.executemany("insert into told values (%(word)s)", [{"word": "three"}])
        cursor.executemany("insert into told values (%s)", [])
        cursor.execute("select count(*) from told where words != %(no)s", {"no": "two"})
        assert cursor.fetchone() == (3,)


def test_values_come_back_as_they_went_in(store: Path) -> None:
    with opened(store).cursor() as cursor:
        cursor.execute("create table kept (a bool, b date, c datetime, d decimal)")
        at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        cursor.execute("insert into kept values (%s, %s, %s, %s)", [True, date(2026, 3, 2), at, Decimal("1.50")])
        cursor.execute("select a, b, c, cast(d as text) from kept")
        assert cursor.fetchone() == (True, date(2026, 3, 2), at, "1.5")


@pytest.mark.django_db(transaction=True)
def test_two_writers_wait_for_each_other() -> None:
    """A transaction that reads before it writes would fail in the second of two, if it did not take its place first."""

    def write(name: str) -> None:
        with transaction.atomic():
            count = Organisation.objects.count()
            Organisation.objects.create(name=f"{name} {count}", family="police")
        connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.name[2:] for one in Organisation.objects.all()) == list("012345")


def test_it_is_the_store_of_these_tests() -> None:
    assert connection.display_name == "SQLCipher"
