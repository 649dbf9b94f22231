"""The graph of a folder is of the records that count now, and goes with them."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import graph as desk_graph
from concerted.desk.graph import graph_of, node_named, records
from concerted.desk.picture import picture
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.networks import Graph
from concerted.networks.paths import connection
from concerted.networks.records import THINGS
from concerted.networks.sharing import widely_shared
from tests.cli.commands import Command, command
from tests.desk.picture import laid_out

BY = ("--who", "the analyst", "--why", "an error")


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that no test changes."""
    folder = tmp_path_factory.mktemp("graph")
    extracts, profiles = laid_out(folder)
    picture(extracts, profiles, folder / "out", Options(as_of=date(2026, 3, 2)))
    return folder / "out"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


@pytest.fixture
def store(made: Path) -> Iterator[Store]:
    with Store.open(made, to_read=True) as opened:
        yield opened


def keys(of: Graph) -> set[RecordKey]:
    return {RecordKey(one["source"], one["record_id"]) for one in of.records.to_pylist()}


def test_it_is_of_every_record_as_of_the_folders_day(store: Store) -> None:
    of = graph_of(store)
    assert of.as_of == date(2026, 3, 2)
    people = {RecordKey(*row) for row in store.run("select source, record_id from member")}
    assert people <= keys(of)
    assert int(of.first[2]) == store.run("select count(distinct entity) from member").fetchone()[0]
    things = store.run("select count(*) from (select distinct kind, entity from thing)").fetchone()[0]
    assert int(of.first[6] - of.first[2]) == things


def test_a_record_is_named_by_its_key_or_an_entity_by_its_id(store: Store) -> None:
    of = graph_of(store)
    source, record_id, entity = store.run("select source, record_id, entity from member limit 1").fetchone()
    node = node_named(store, of, f"{source}:{record_id}")
    assert of.kind(node) in ("person", "unidentified")
    assert node_named(store, of, entity) == node


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("07700 900001", "telephone"),
        ("qa12 abc", "vehicle"),
        ("1 high row, thornavon, QA1 1AA", "location"),
        ("1 High Rw, Thornavon, QA1 1AA", "location"),
    ],
)
def test_a_thing_is_named_by_any_of_its_values(store: Store, value: str, kind: str) -> None:
    of = graph_of(store)
    assert of.kind(node_named(store, of, value)) == kind


def test_two_values_of_one_thing_name_one_node(store: Store) -> None:
    of = graph_of(store)
    one, other = (node_named(store, of, f"1 High R{end}, Thornavon, QA1 1AA") for end in ("ow", "w"))
    assert one == other


@pytest.mark.parametrize("name", ["nobody", "", "force-a:nobody", "nowhere:M1/child", "a" * 26])
def test_what_is_not_there_is_not_among_the_records(store: Store, name: str) -> None:
    with pytest.raises(UsedWronglyError, match="is not among the records"):
        node_named(store, graph_of(store), name)


def test_what_is_withdrawn_is_out_of_the_graph(folder: Path, concerted: Command) -> None:
    assert concerted("withdraw", folder, "--record", "force-a:M1/child", *BY).code == 0
    with Store.open(folder, to_read=True) as store:
        of = graph_of(store)
    assert RecordKey("force-a", "M1/child") not in keys(of)
    assert of.node_at(RecordKey("force-a", "M1/child")) is None


def test_two_are_connected_as_the_records_say(store: Store) -> None:
    of = graph_of(store)
    child, event, car = (of.node_at(RecordKey("force-a", key)) for key in ("M1/child", "M1/episode", "V2"))
    assert child is not None
    assert event is not None
    assert car is not None
    assert event in of.neighbours(child)
    path = connection(of, event, car, widely_shared(of)).path
    assert path is not None
    assert [of.records["record_id"][one].as_py() for one in sorted(path.breaks)] == [
        "M1/child",
        "V1",
        "M1/episode",
        "M1/part",
    ]


def said(of: Graph) -> set[tuple[str, ...]]:
    """Each row of links by its kind and the records that say it and that it names."""
    keys = [f"{one['source']}:{one['record_id']}" for one in of.records.to_pylist()]
    ends = ("record", "left_record", "right_record")
    return {(str(one["kind"]), one["role"] or "", *(keys[one[name]] for name in ends)) for one in of.links.to_pylist()}


def test_what_an_owner_withdraws_leaves_a_graph_as_if_it_had_never_come(
    folder: Path, concerted: Command, tmp_path: Path
) -> None:
    assert concerted("withdraw", folder, "--source", "council-b", *BY).code == 0
    alone = tmp_path / "alone"
    alone.mkdir()
    extracts, profiles = laid_out(alone)
    shutil.rmtree(extracts / "council-b")
    picture(extracts, profiles, alone / "out", Options(as_of=date(2026, 3, 2)))
    graphs = []
    for one in (folder, alone / "out"):
        with Store.open(one, to_read=True) as store:
            graphs.append(graph_of(store))
    after, never = graphs
    assert said(after) == said(never)
    assert after.first.tolist() == never.first.tolist()
    assert after.records["source"].unique().to_pylist() == ["force-a"]
    assert "council-b" not in str([table.to_pydict() for table in after.tables.values()])


def test_every_text_is_read_as_it_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in it, however few rows are read at a time, and where numbers are missing between them."""
    monkeypatch.setattr(desk_graph, "_ROWS", 2)
    texts = ['a "b" \\ c', "line\nline", "tab\t\x1f\x01", "Zoë 😀 שלום", "", "null", "[1]"]
    with Store.open(folder) as store:
        numbers = [number for (number,) in store.run("select number from thing order by number limit 7")]
        with store.writing():
            store.run_many("update thing set value = ? where number = ?", zip(texts, numbers, strict=True))
        assert read(store) == stored(store)
        with store.writing():
            store.run("delete from thing where number between ? and ?", [numbers[1], numbers[5]])
        assert read(store) == stored(store)
        with store.writing():
            store.run("delete from thing")
        assert read(store) == stored(store) == []


def read(store: Store) -> list[tuple[str, ...]]:
    things = records(store).things
    assert things is not None
    assert tuple(things.column_names) == THINGS
    return [tuple(one.values()) for one in things.to_pylist()]


def stored(store: Store) -> list[tuple[str, ...]]:
    return list(store.run(f"select {', '.join(THINGS)} from thing order by number"))
