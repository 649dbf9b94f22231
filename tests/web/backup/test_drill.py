"""The drill, on whichever store the tests run: seed, back up while somebody writes, bring back elsewhere, compare."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.common.progress import Silent
from concerted.organisations.models import Person
from concerted.web import demonstration
from concerted.web.backup import embedded, postgresql, restoring
from concerted.web.backup.making import backed_up
from concerted.web.backup.manifest import Manifest, Table, compare
from concerted.web.backup.reading import looked_through
from concerted.web.backup.restoring import restored_database, restored_file
from tests.web.backup.conftest import KEY

STORE_KEY = "2d" * 32
Bring = Callable[[Path, bytes], None]
pytestmark = pytest.mark.usefixtures("filled")
on_embedded = pytest.mark.skipif(connection.vendor != "sqlite", reason="of the embedded store alone")


@contextmanager
def busy() -> Iterator[list[int]]:
    """Somebody else does things all the while."""
    done: list[int] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            done.append(record(demonstration.ACTING, Act.PAGE_READ, page="start"))
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not done:
            stop.wait(0.01)
        yield done
    finally:
        stop.set()
        writer.join()


def backup(folder: Path) -> tuple[Path, Manifest]:
    out = folder / "backup"
    return out, backed_up(connection, out, KEY, Silent())


def test_a_backup_holds_one_moment_while_others_write(tmp_path: Path) -> None:
    with busy() as done:
        before = len(done)
        out, made = backup(tmp_path)
        while len(done) == before:
            pass
    number = made.heads["instance"][0]
    assert made.tables["audit_link"].rows == sum(count for count, _ in made.heads.values())
    assert made.tables["audit_payload"].rows == made.tables["audit_link"].rows
    assert number < done[-1]
    assert looked_through(out, KEY, Silent()) == made
    assert [one.name for one in tmp_path.iterdir()] == ["backup"]
    assert out.stat().st_mode & 0o077 == 0


@on_embedded
def test_an_embedded_store_comes_back_elsewhere_as_it_was(tmp_path: Path, place: Path) -> None:
    with busy():
        out, made = backup(tmp_path)
    with restored_file(out, KEY, place, STORE_KEY, Silent()) as manifest:
        assert manifest == made
    with closing(embedded.opened(place, STORE_KEY)) as store:
        compare(made, embedded.tables(store), embedded.heads(store))
        emails = {one for (one,) in store.execute("select email from organisations_person").fetchall()}
        assert store.execute("pragma cipher_integrity_check").fetchall() == []
    assert emails == set(Person.objects.values_list("email", flat=True))
    assert b"taskforce.example" not in place.read_bytes()
    assert b"taskforce.example" not in out.read_bytes()


def test_postgresql_comes_back_elsewhere_as_it_was(tmp_path: Path, elsewhere: BaseDatabaseWrapper) -> None:
    with busy():
        out, made = backup(tmp_path)
    done: list[str] = []
    assert restored_database(out, KEY, elsewhere, Silent(), lambda: done.append("then")) == made
    assert done == ["then"]
    with postgresql.snapshot(elsewhere) as cursor:
        compare(made, postgresql.tables(cursor), postgresql.heads(cursor))
    assert set(Person.objects.using("elsewhere").values_list("email", flat=True)) == set(
        Person.objects.values_list("email", flat=True)
    )
    with elsewhere.cursor() as cursor:  # numbers go on after those that came back
        cursor.execute("insert into django_content_type (app_label, model) values ('a', 'b') returning id")
        new = cursor.fetchone()[0]
        cursor.execute("select count(*) from django_content_type where id >= %s", [new])
        assert cursor.fetchone() == (1,)
    with pytest.raises(UsedWronglyError, match="not empty"):
        restored_database(out, KEY, elsewhere, Silent(), list)


@pytest.fixture
def bring(request: pytest.FixtureRequest, place: Path) -> Iterator[Bring]:
    """Bring a backup back elsewhere; if that fails, nothing may be there."""

    database = request.getfixturevalue("elsewhere") if connection.vendor == "postgresql" else None

    def brought(out: Path, key: bytes) -> None:
        if database is None:
            with restored_file(out, key, place, STORE_KEY, Silent()):
                pass
        else:
            restored_database(out, key, database, Silent(), list)

    yield brought
    if database is None:
        assert not [one for one in place.parent.iterdir() if one.name.startswith(place.name)]
    else:
        with database.cursor() as cursor:
            assert postgresql.names(cursor.cursor) == {}


def test_another_key(tmp_path: Path, bring: Bring) -> None:
    with pytest.raises(UsedWronglyError, match="this key does not open the backup"):
        bring(backup(tmp_path)[0], bytes(32))


@pytest.mark.parametrize("keep", [10, 70, -1, -17])
def test_one_cut_short(tmp_path: Path, bring: Bring, keep: int) -> None:
    out, _ = backup(tmp_path)
    out.write_bytes(out.read_bytes()[:keep])
    with pytest.raises((UsedWronglyError, FoundWrongError), match="cut short"):
        bring(out, KEY)


def test_one_with_a_changed_byte(tmp_path: Path, bring: Bring) -> None:
    out, _ = backup(tmp_path)
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    out.write_bytes(data)
    with pytest.raises(FoundWrongError, match="was changed"):
        bring(out, KEY)


def test_one_that_came_back_otherwise_is_not_kept(
    tmp_path: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = backup(tmp_path)
    store = embedded if connection.vendor == "sqlite" else postgresql
    monkeypatch.setattr(store, "tables", lambda _: {"audit_link": Table(1, "other")})
    with pytest.raises(FoundWrongError, match="not what was backed up: account_emailaddress, "):
        bring(out, KEY)


def test_one_of_the_other_store(tmp_path: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    out, made = backup(tmp_path)
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    said = Manifest(other, made.made, made.instance, [], {}, {})
    monkeypatch.setattr(restoring, "looked_through", lambda *_: said)
    with pytest.raises(UsedWronglyError, match=r"this is a backup of (PostgreSQL|the embedded store)"):
        bring(out, KEY)


@on_embedded
def test_nothing_is_written_over(tmp_path: Path, place: Path) -> None:
    out, _ = backup(tmp_path)
    with pytest.raises(FileExistsError):
        backed_up(connection, out, KEY, Silent())
    place.write_text("something")
    with (
        pytest.raises(UsedWronglyError, match="there is something"),
        restored_file(out, KEY, place, STORE_KEY, Silent()),
    ):
        pass
    assert place.read_text() == "something"


def test_one_of_a_later_version(
    tmp_path: Path, elsewhere: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, made = backup(tmp_path)
    later = Manifest(made.vendor, made.made, made.instance, [("records", "0099_later")], {}, {})
    monkeypatch.setattr(restoring, "looked_through", lambda *_: later)
    with pytest.raises(UsedWronglyError, match="later version"):
        restored_database(out, KEY, elsewhere, Silent(), list)


def test_one_of_an_earlier_version_gets_the_tables_of_then(
    tmp_path: Path, elsewhere: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, made = backup(tmp_path)
    earlier = [one for one in made.migrations if one[0] in {"audit", "contenttypes"}]
    said = Manifest(made.vendor, made.made, made.instance, earlier, {}, {})
    monkeypatch.setattr(restoring, "looked_through", lambda *_: said)
    tables: list[str] = []
    monkeypatch.setattr(restoring, "_rows", lambda file, key, cursor, _: tables.extend(postgresql.names(cursor)))
    monkeypatch.setattr(restoring, "compare", lambda *_: None)
    restored_database(out, KEY, elsewhere, Silent(), list)
    assert "audit_link" in tables
    assert "organisations_person" not in tables
