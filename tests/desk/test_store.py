"""The file store: opened, refused in words, written in one transaction, decisions never changed."""

import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from concerted.common.errors import UsedWronglyError
from concerted.common.folders import built_whole
from concerted.common.ids import RecordKey
from concerted.desk import decisions
from concerted.desk.schema import VERSION
from concerted.desk.store import DATABASE, Store, storable
from concerted.linkage import Decision


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    with Store.create(made):
        return made


def decision(word: str, when: str = "2026-03-01") -> Decision:
    return Decision(RecordKey("force", "1"), RecordKey("council", "2:3"), word, "Ann", when, "seen both")


def test_a_new_store_has_its_version_and_a_secret(folder: Path) -> None:
    with Store.open(folder) as store:
        assert store.get("version") == str(VERSION)
        assert len(store.secret) == 32
    assert sorted(path.name for path in folder.iterdir()) == ["records", DATABASE]


def test_each_store_has_a_secret_of_its_own(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with Store.open(folder) as one, Store.create(tmp_path / "other") as other:
        assert one.secret != other.secret


def test_a_secret_can_be_taken_over(tmp_path: Path) -> None:
    with Store.create(tmp_path, b"s" * 32) as store:
        assert store.secret == b"s" * 32


def test_the_file_has_no_key(folder: Path) -> None:
    assert (folder / DATABASE).read_bytes().startswith(b"SQLite format 3")


def test_every_table_is_strict(folder: Path) -> None:
    with Store.open(folder) as store:
        tables = store.run(
            "select name, strict from pragma_table_list where schema = 'main' and type = 'table' "
            "and name not like 'sqlite%'"
        )
        assert {bool(strict) for _, strict in tables} == {True}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="no such folder"):
        Store.open(tmp_path / "absent")


def test_a_folder_that_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="no result folder"):
        Store.open(tmp_path)


def test_another_version_is_refused_in_words(folder: Path) -> None:
    with Store.open(folder) as store:
        store.put("version", "99")
    with pytest.raises(UsedWronglyError, match=f"its store is 99, ours {VERSION}"):
        Store.open(folder)


@pytest.mark.parametrize("content", [b"", b"not a database at all, " * 100])
def test_a_store_that_is_none_is_refused_in_words(folder: Path, content: bytes) -> None:
    (folder / DATABASE).write_bytes(content)
    with pytest.raises(UsedWronglyError, match="its store cannot be read"):
        Store.open(folder)


def test_another_database_is_refused_in_words(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / DATABASE)
    other.execute("create table t (a)")
    other.close()
    with pytest.raises(UsedWronglyError, match="its store cannot be read"):
        Store.open(tmp_path)


def test_a_killed_replacement_is_brought_back(folder: Path) -> None:
    folder.rename(folder.with_name(f".{folder.name}.replaced-0a1b2c3d"))
    with Store.open(folder) as store:
        assert store.get("version") == str(VERSION)


def test_nothing_is_recovered_while_the_folder_is_there(folder: Path) -> None:
    """Another command may be building beside it."""
    with built_whole(folder) as building:
        with Store.open(folder):
            assert building.exists()
        (building / "new").touch()


def test_a_transaction_is_all_or_nothing(folder: Path) -> None:
    with Store.open(folder) as store:
        with pytest.raises(KeyboardInterrupt), store.writing():
            store.put("a", "1")
            raise KeyboardInterrupt
        assert store.get("a", "none") == "none"
        with store.writing():
            store.put("a", "2")
        assert store.get("a") == "2"


def test_two_writers_do_not_mix(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.desk.store.WAIT", 0.01)
    refused = pytest.raises(UsedWronglyError, match="cannot be written in just now")
    with Store.open(folder) as one, Store.open(folder) as other, one.writing(), refused, other.writing():
        pass


def test_a_decision_is_kept_and_never_changed(folder: Path) -> None:
    with Store.open(folder) as store:
        decisions.add(store, [decision("same")])
        for statement in ("update decision set why = 'other'", "delete from decision"):
            with pytest.raises(sqlite.DatabaseError, match="a decision is"):
                store.run(statement)
        assert [one.said for one in decisions.all_of(store)] == [decision("same").said]


def test_decisions_keep_their_order_and_are_kept_once(folder: Path) -> None:
    first, second = decision("same"), decision("different", "2026-03-02")
    with Store.open(folder) as store:
        decisions.add(store, [first, second, first])
        decisions.add(store, [first, second])
        assert [one.said for one in decisions.all_of(store)] == [first.said, second.said]
        assert [one.number for one in decisions.all_of(store)] == [1, 2]


def test_a_half_character_is_written_out(folder: Path) -> None:
    assert storable("a\ud800") == "a\\ud800"
    with Store.open(folder) as store:
        store.put("half", "\udcff")
        assert store.get("half") == "\\udcff"


def test_text_with_a_nul_is_kept(folder: Path) -> None:
    with Store.open(folder) as store:
        store.put("nul", "a\x00b")
        assert store.get("nul") == "a\x00b"


@pytest.mark.parametrize(
    ("limit", "said"),
    [("pragma query_only = on", "readonly database"), ("pragma max_page_count = 1", "disk is full")],
)
def test_what_the_system_refuses_to_write_is_said_in_words(folder: Path, limit: str, said: str) -> None:
    with Store.open(folder) as store:
        store.run(limit)
        with pytest.raises(UsedWronglyError, match=rf"made: its store cannot be written\. .*{said}\."), store.writing():
            store.put("a", "b" * 1_000_000)
    with Store.open(folder) as store:
        assert store.get("a") == ""


def test_a_fault_of_our_own_in_a_transaction_is_not_hidden(folder: Path) -> None:
    with Store.open(folder) as store, pytest.raises(sqlite.OperationalError, match="no such table"), store.writing():
        store.run("select * from nowhere")
