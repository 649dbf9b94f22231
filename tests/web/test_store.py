"""How far a store is, and what is said where it is not as far as the program, or further."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from concerted.audit.acting import Acting
from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.instance.models import DEMONSTRATION, WORKING
from concerted.web import store
from concerted.web.beginning import in_words

ACTING = Acting(None, None, "", "", "a terminal", system="set-up")


@pytest.fixture
def recorder(db: None) -> MigrationRecorder:
    """What the store says it took."""
    return MigrationRecorder(connection)


def test_a_store_is_set_up_once(db: None) -> None:
    assert store.state() == store.State(there=True)
    with pytest.raises(UsedWronglyError, match="never set up"):
        store.check_current()
    made = store.create(ACTING, WORKING, Silent())
    assert store.check_current() == store.State(there=True, kind=WORKING)
    assert made.kind == WORKING
    with pytest.raises(UsedWronglyError, match="there already, a working one"):
        store.create(ACTING, DEMONSTRATION, Silent())
    assert store.upgrade(Silent()) == ()


def test_what_fills_it_is_there_with_it_or_nothing_is(db: None) -> None:
    def breaks(*_: object) -> None:
        raise UsedWronglyError("it broke")

    with pytest.raises(UsedWronglyError, match="it broke"):
        store.create(ACTING, DEMONSTRATION, Silent(), breaks)
    assert store.state().kind == ""


def test_one_of_an_earlier_version_is_brought_to_this(
    recorder: MigrationRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create(ACTING, WORKING, Silent())
    recorder.record_unapplied("sessions", "0001_initial")
    with pytest.raises(UsedWronglyError, match=r"earlier version.*concerted store upgrade"):
        store.check_current()
    ran: list[str] = []
    monkeypatch.setattr(store, "call_command", lambda name, **_: ran.append(name))
    assert store.upgrade(Silent()) == ("sessions 0001_initial",)
    assert ran == ["migrate"]


def test_one_of_a_later_version_is_refused(recorder: MigrationRecorder) -> None:
    store.create(ACTING, WORKING, Silent())
    recorder.record_applied("records", "0042_what_is_not_known_yet")
    for refused in (store.check_current, lambda: store.upgrade(Silent())):
        with pytest.raises(UsedWronglyError, match=r"later version.*records 0042_what_is_not_known_yet"):
            refused()


def test_one_without_tables_is_not_there(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.migrations.recorder.MigrationRecorder.applied_migrations", lambda _: {})
    assert store.state() == store.State(there=False)
    with pytest.raises(UsedWronglyError, match=r"no store yet.*concerted store create"):
        store.check_current()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of the embedded store alone")
def test_looking_makes_no_file(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "none.sqlite"))
    assert store.state() == store.State(there=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "says"),
    [("file is not a database", "key does not open this store"), ("no route", "does not answer. No route")],
)
def test_what_a_store_refuses_is_said_in_words(said: str, says: str) -> None:
    with pytest.raises(UsedWronglyError, match=says), in_words():
        raise DatabaseError(said)
