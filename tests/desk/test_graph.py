"""The graph of a folder is of the records that count now, and goes with them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk.graph import graph_of, node_named
from concerted.desk.store import Store
from concerted.networks import Graph
from concerted.networks.paths import connection
from tests.cli.commands import Command, command
from tests.desk.picture import laid_out

BY = ("--who", "the analyst", "--why", "an error")


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


@pytest.fixture
def folder(tmp_path: Path, concerted: Command) -> Path:
    extracts, profiles = laid_out(tmp_path)
    out = tmp_path / "out"
    made = concerted("picture", extracts, "--profiles", profiles, "--out", out, "--as-of", "2026-03-02")
    assert made.code == 0
    return out


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, to_read=True) as opened:
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


@pytest.mark.parametrize("name", ["force-a:nobody", "nowhere:M1/child", "a" * 26])
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
    path = connection(of, event, car).path
    assert path is not None
    assert [of.records["record_id"][one].as_py() for one in sorted(path.breaks)] == [
        "M1/child",
        "V1",
        "M1/episode",
        "M1/part",
    ]
