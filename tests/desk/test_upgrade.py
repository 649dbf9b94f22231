"""A store of an earlier version is upgraded whole, or refused with the command that does it."""

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.desk import decisions, results, upgrade
from concerted.desk.decide import Said, decide
from concerted.desk.schema import OLDEST, VERSION
from concerted.desk.store import DATABASE, Store
from tests.cli.commands import Command, command
from tests.conftest import ROOT
from tests.desk.extracts import alone

_BEFORE = ROOT / "tests" / "data" / "version-5"
_TABLES = "select type, name, tbl_name from sqlite_master where name not like 'sqlite%' order by 1, 2"
_COLUMNS = "select t.name, t.strict, t.wr, c.* from pragma_table_list t, pragma_table_info(t.name) c order by 1, c.cid"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder as version 5 of the store wrote it: six people, one of whom somebody said is not another."""
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copytree(_BEFORE / "records", folder / "records")
    made = sqlite3.connect(folder / DATABASE)
    made.executescript((_BEFORE / "store.sql").read_text(encoding="utf-8"))
    made.close()
    return folder


def dump(folder: Path) -> list[str]:
    """All that the store holds, as statements."""
    with sqlite3.connect(folder / DATABASE) as held:
        lines = list(held.iterdump())
    held.close()
    return lines


def links_of(folder: Path, name: str) -> list[tuple[object, ...]]:
    """The links of a folder with all that is said of them."""
    columns = [f"{side}_{what}" for side in ("left", "right") for what in ("source", "id")]
    columns += ["number", "weight", "probability", "band", "reasons", "against", "splink_weight", "place"]
    columns += ["what_it_would_change", "review_group", "sample"]
    with sqlite3.connect(folder / DATABASE) as held:
        found = held.execute(f"select {', '.join(columns)} from {name} order by number").fetchall()
    held.close()
    return found


def test_an_older_store_is_refused_with_the_command_that_does_it(old: Path) -> None:
    with pytest.raises(UsedWronglyError, match=f"its store is 5, ours {VERSION}.*`concerted upgrade {old}`"):
        Store.open(old)


def test_an_upgrade_keeps_every_row_and_says_so_once(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run: Command = command(capsys)
    before, links = set(dump(old)), links_of(old, "link")
    assert run("upgrade", old).out == f"The store of {old} was of version 5, and is of version {VERSION} now.\n"
    lost = {line for line in before - set(dump(old)) if '"link"' not in line and "TABLE link" not in line}
    assert lost == {"INSERT INTO \"meta\" VALUES('version','5');"}
    assert links == links_of(old, "told")
    assert len(links) == 2
    assert "nothing is to be done" in run("upgrade", old).out
    assert run("upgrade", old, "--json").out.split() == ["{", '"was":', f"{VERSION},", '"version":', f"{VERSION}", "}"]
    with Store.open(old) as store:
        assert [one.decision for one in decisions.all_of(store)] == ["different"]
        assert len(set(results.entities(store).values())) == 4


def test_an_upgraded_store_is_as_a_new_one(old: Path, tmp_path: Path) -> None:
    """Else a command would fail on it that works on a new one."""
    upgrade.upgrade(old)
    (tmp_path / "new").mkdir()
    with Store.create(tmp_path / "new") as new, Store.open(old) as upgraded:
        for what in (_TABLES, _COLUMNS):
            assert list(map(tuple, upgraded.run(what))) == list(map(tuple, new.run(what)))


def test_an_upgraded_folder_can_be_changed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.desk.resolve.link", alone)
    upgrade.upgrade(old)
    decide(old, Said("force:1", "force:3", "different", "Ann", "seen"), Silent(), ("concerted", "decide"))
    with Store.open(old) as store:
        assert store.count("decision") == 2


@pytest.mark.parametrize("kind", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("at", range(1, 16))
def test_an_upgrade_that_is_stopped_leaves_the_old_store(
    old: Path, monkeypatch: pytest.MonkeyPatch, at: int, kind: type[BaseException]
) -> None:
    """Six tables, a view and the version are written, three tables filled, one renamed and dropped, two made wider."""
    before, real, done = dump(old), Store.run, []

    def run(self: Store, statement: str, values: Sequence[object] = ()) -> object:
        if statement.lstrip().startswith(("create", "insert", "alter", "drop")):
            done.append(statement)
            if len(done) == at:
                raise kind
        return real(self, statement, values)

    with monkeypatch.context() as patch, pytest.raises(kind):
        patch.setattr(Store, "run", run)
        upgrade.upgrade(old)
    assert dump(old) == before
    assert upgrade.upgrade(old) == 5


def test_what_was_marked_is_told_to_whom_it_was_as_far_as_that_is_known(old: Path) -> None:
    upgrade.upgrade(old)
    with Store.open(old) as store, store.writing():
        body = '{"id": "f", "to": "council-b"}'
        store.run("insert into finding values ('f', 0, 'new', '[]', '[]', ?, 0)", [body])
        for name in ("f", "g"):
            store.run(
                "insert into mark values (null, ?, 'r', 'checked', 'Ann', '2026-03-02', 'seen', '[]', '')", [name]
            )
        store.run("alter table finding drop column unnamed")
        store.run("alter table mark drop column told_to")
        store.put("version", "8")
    assert upgrade.upgrade(old) == 8
    with Store.open(old) as store:
        assert list(map(tuple, store.run("select finding, told_to from mark"))) == [("f", "council-b"), ("g", "")]


def _is_of(folder: Path, version: str) -> None:
    with sqlite3.connect(folder / DATABASE) as held:
        held.execute("update meta set value = ? where key = 'version'", [version])
    held.close()


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (str(VERSION + 1), "It is newer than this program. Take that version of Concerted"),
        (str(OLDEST - 1), "It is too old to be upgraded. Run `concerted resolve` again"),
        ("five", "It is too old to be upgraded"),
    ],
)
def test_what_cannot_be_upgraded_is_refused_in_words(old: Path, version: str, said: str) -> None:
    _is_of(old, version)
    before = dump(old)
    for use in (Store.open, upgrade.upgrade):
        with pytest.raises(UsedWronglyError, match=said):
            use(old)
    assert dump(old) == before


def test_there_is_a_step_from_every_version_that_is_upgraded() -> None:
    assert sorted(upgrade.STEPS) == list(range(OLDEST, VERSION))
