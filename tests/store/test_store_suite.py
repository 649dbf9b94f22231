"""What every store must do, written against the protocol alone: an application's tables are to pass it too."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.desk.file_store import FileStore
from concerted.desk.resolve import Options, set_up
from concerted.desk.store import Store as Folder
from concerted.linkage.decisions import current
from concerted.networks.findings import Mark, Told, changes
from concerted.networks.findings import store as protocol
from tests.desk.extracts import PROFILE
from tests.networks.findings.test_changes import finding
from tests.store.made import FEED, ONE, THREE, TWO, decision, linked, taken
from tests.store.memory import Kept, MemoryStore

Opened = Callable[[], AbstractContextManager[protocol.Store]]


@pytest.fixture
def files(tmp_path: Path) -> Opened:
    """The file store, empty."""
    folder = tmp_path / "store"
    folder.mkdir()
    with Folder.create(folder) as made, made.writing():
        set_up(made, Options(as_of=date(2026, 3, 2)))

    @contextmanager
    def opened() -> Iterator[protocol.Store]:
        with Folder.open(folder) as store:
            yield FileStore(store)

    return opened


@pytest.fixture
def memory() -> Opened:
    """One that is kept nowhere."""
    kept = Kept()

    @contextmanager
    def opened() -> Iterator[protocol.Store]:
        yield MemoryStore(kept)

    return opened


@pytest.fixture(params=["files", "memory"])
def opened(request: pytest.FixtureRequest) -> Opened:
    """Each implementation. An application adds its own name here."""
    found: Opened = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def extracts(tmp_path: Path) -> Path:
    """Where extracts are taken to."""
    (tmp_path / "extracts").mkdir()
    return tmp_path / "extracts"


def test_a_new_store_is_empty(opened: Opened) -> None:
    with opened() as store:
        assert not any([*store.deliveries(), *store.records(), *store.members()])
        assert (list(store.links()), list(store.decisions()), store.release()) == ([], [], None)


def test_what_is_delivered_is_read_back_in_its_order(opened: Opened, extracts: Path) -> None:
    first, second = (
        taken(extracts, *named) for named in ([(TWO, "Bea"), (ONE, "Ann")], [(ONE, "Anna"), (THREE, "Cy")])
    )
    for one in (first, second):
        with opened() as store, store.changing() as writer:
            writer.deliver(one, PROFILE, FEED)
    with opened() as store:
        told = [(one.number, one.file, one.sha256, one.profile_id, one.profile_version) for one in store.deliveries()]
        assert told == [(1, first.file, first.sha256, "small", 1), (2, second.file, second.sha256, "small", 1)]
        held = [(record["record_id"], record["given_name"]) for record in store.records()]
        assert held == [("2", "Bea"), ("1", "Anna"), ("3", "Cy")]


def test_what_is_let_go_counts_no_more_until_it_comes_again(opened: Opened, extracts: Path) -> None:
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (ONE, "Ann"), (TWO, "Bea")), PROFILE, FEED)
        writer.let_go(TWO, "Ann", "asked")
    with opened() as store:
        assert [record["record_id"] for record in store.records()] == ["1"]
        with pytest.raises(UsedWronglyError), store.changing() as writer:
            writer.let_go(ONE, "", "asked")
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (TWO, "Bee")), PROFILE, FEED)
    with opened() as store:
        assert [record["given_name"] for record in store.records()] == ["Ann", "Bee"]


def test_an_entity_has_the_id_of_its_earliest_record_and_arrivals_stay(opened: Opened, extracts: Path) -> None:
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (THREE, "Cy"), (ONE, "Ann")), PROFILE, FEED)
        writer.keep(linked([THREE, ONE], [0, 1]))
    with opened() as store:
        before = {one.key: one for one in store.members()}
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (TWO, "Ann")), PROFILE, FEED)
        writer.keep(linked([TWO, ONE, THREE], [0, 0, 2], (0, 1, 9.5, "join")))
    with opened() as store:
        members = {one.key: one for one in store.members()}
        assert list(members) == [THREE, ONE, TWO]
        assert [members[key].arrival for key in (THREE, ONE, TWO)] == [1, 2, 3]
        assert {key: members[key].permanent_id for key in before} == {key: before[key].permanent_id for key in before}
        assert members[TWO].entity == members[ONE].entity == members[ONE].permanent_id
        assert members[THREE].entity == members[THREE].permanent_id


def test_a_record_that_went_is_absent_and_its_arrival_is_not_given_again(opened: Opened, extracts: Path) -> None:
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (ONE, "Ann"), (TWO, "Ann")), PROFILE, FEED)
        writer.keep(linked([ONE, TWO], [0, 0], (0, 1, 9.5, "join")))
    with opened() as store, store.changing() as writer:
        writer.let_go(TWO, "Ann", "asked")
        writer.keep(linked([ONE], [0]))
    with opened() as store:
        assert ([one.key for one in store.members()], store.link_between(ONE, TWO)) == ([ONE], None)
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (THREE, "Cy")), PROFILE, FEED)
        writer.keep(linked([ONE, THREE], [0, 1]))
    with opened() as store:
        assert [one.arrival for one in store.members()] == [1, 3]


def test_links_are_read_back_the_strongest_first(opened: Opened, extracts: Path) -> None:
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (ONE, "Ann"), (TWO, "Ann"), (THREE, "Cy")), PROFILE, FEED)
        writer.keep(linked([ONE, TWO, THREE], [0, 0, 2], (0, 1, 9.5, "join"), (1, 2, 1.25, "review")))
    with opened() as store:
        told = [(one.left, one.right, one.weight, one.band, one.reasons) for one in store.links()]
        assert told == [(ONE, TWO, 9.5, "join", "one name"), (TWO, THREE, 1.25, "review", "one name")]
        assert store.link_between(THREE, TWO) == store.link_between(TWO, THREE) == store.links()[1]
        assert store.link_between(ONE, THREE) is None


def test_the_release_in_force_is_that_of_the_result(opened: Opened) -> None:
    found = linked([], [])
    with opened() as store, store.changing() as writer:
        writer.keep(found)
    with opened() as store:
        assert store.release() == (found.release, "as asked")


def test_decisions_are_numbered_in_their_order_and_the_last_counts(opened: Opened) -> None:
    for word in ("same", "different"):
        with opened() as store, store.changing() as writer:
            writer.decide(decision(word))
    with opened() as store:
        assert [(one.number, one.decision) for one in store.decisions()] == [(1, "same"), (2, "different")]
        assert current(store.decisions())[ONE, TWO].decision == "different"


def test_a_change_that_fails_leaves_what_was_before_in_every_part(opened: Opened, extracts: Path) -> None:
    with opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (ONE, "Ann")), PROFILE, FEED)
        writer.keep(linked([ONE], [0]))
    with suppress(KeyboardInterrupt), opened() as store, store.changing() as writer:
        writer.deliver(taken(extracts, (ONE, "Eve"), (TWO, "Bea")), PROFILE, FEED)
        writer.decide(decision("same"))
        writer.keep(linked([ONE, TWO], [0, 0], (0, 1, 9.5, "join")))
        raise KeyboardInterrupt
    with opened() as store:
        assert [record["given_name"] for record in store.records()] == ["Ann"]
        assert ([one.key for one in store.members()], list(store.decisions()), len(store.deliveries())) == (
            [ONE],
            [],
            1,
        )
        assert list(store.links()) == []


def test_who_reads_sees_the_whole_state_before_until_the_change_is_done(opened: Opened) -> None:
    with opened() as store, store.changing() as writer:
        writer.decide(decision("same"))
    with opened() as reader, opened() as store:
        with store.changing() as writer:
            writer.decide(decision("different"))
            with opened() as other:
                assert len(reader.decisions()) == len(other.decisions()) == 1
        with opened() as other:
            assert len(other.decisions()) == 2


def test_the_second_of_two_writers_is_told(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.desk.store.WAIT", 0.01)
    with opened() as one, opened() as other, one.changing() as writer:
        writer.decide(decision("same"))
        with pytest.raises(UsedWronglyError), other.changing():
            pytest.fail("it must not begin")
    with opened() as store:
        assert len(store.decisions()) == 1


def test_findings_are_kept_in_place_of_those_before(opened: Opened) -> None:
    first, second = finding("f", "a", "b"), finding("g", "c")
    with opened() as store, store.changing() as changing:
        changing.keep_findings([Told(first, "new", (ONE,), (TWO,)), Told(second, "gone", unnamed=3)])
    with opened() as store:
        assert list(store.findings()) == [Told(first, "new", (ONE,), (TWO,)), Told(second, "gone", unnamed=3)]
        with store.changing() as changing:
            changing.keep_findings(changes([first], [second]))
    with opened() as store:
        assert [(one.finding.id, one.state) for one in store.findings()] == [("g", "new"), ("f", "gone")]


def test_marks_are_only_added(opened: Opened) -> None:
    told = [("one", ""), ("two", "council-b")]
    made = [Mark("f", "shared-thing", "refuted", "A. Analyst", "2026-03-02", why, (ONE, TWO), to) for why, to in told]
    for one in made:
        with opened() as store, store.changing() as changing:
            changing.mark(one)
    with opened() as store:
        assert list(store.marks()) == made
    with suppress(ValueError), opened() as store, store.changing() as changing:
        changing.mark(made[0])
        raise ValueError
    with opened() as store:
        assert len(store.marks()) == 2
