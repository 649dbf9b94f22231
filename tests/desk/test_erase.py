"""An erasure: what of a record goes from the quarantine, and what of others stays there."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import ended, mending, quarantine
from concerted.desk.again import read_again
from concerted.desk.current import record_files
from concerted.desk.deliver import take_in
from concerted.desk.erase import erase, mentions
from concerted.desk.given import named
from concerted.desk.store import Store
from concerted.desk.told import Arrival
from tests.desk import weeks
from tests.desk.extracts import table
from tests.desk.weeks import deliver, everything_in, row

CANARY = ("1", "Canarychild", "Lee1", "2010-01-02", "Canarymother")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "out").mkdir()
    with Store.create(tmp_path / "out", b"s" * 32) as made:
        yield made


def forget(store: Store, record_id: str, source: str = "force") -> None:
    """Erase it, in one transaction."""
    with store.writing():
        erase(store, RecordKey(source, record_id), "A", "asked to")


def aside(store: Store) -> list[int | None]:
    """The rows of what is in quarantine."""
    return [one.row for one in quarantine.items(store)]


def test_a_row_that_could_not_be_split_goes_with_the_id_that_stands_in_it(store: Store) -> None:
    deliver(store, [row(1), row(2), (*CANARY, "more")])  # type: ignore[list-item]
    forget(store, "1")
    assert aside(store) == []
    assert "Canary" not in everything_in(store.folder)


@pytest.mark.parametrize("record_id", ["1/child", "1/mother"])
def test_it_goes_with_a_part_of_its_row_too(store: Store, record_id: str) -> None:
    """It cannot be told whose its other cells are."""
    deliver(store, [row(1, mother="Mo"), row(2), (*CANARY, "more")])  # type: ignore[list-item]
    forget(store, record_id)
    assert aside(store) == []


def test_a_row_that_could_not_be_split_stays_when_the_id_is_a_piece_of_another(store: Store) -> None:
    faulty = [("11", "Ann", "Lee1", "2010-01-02", "", "x"), ("", "Nobody1", "Known", "", "")]
    deliver(store, [row(1), row(2), *faulty])  # type: ignore[list-item]
    forget(store, "1")
    assert aside(store) == [4, 5]


def test_an_id_that_is_nowhere_takes_no_row_with_it(store: Store) -> None:
    deliver(store, [row(2), ("11", "Ann", "Lee", "", "", "more")])  # type: ignore[list-item]
    with pytest.raises(UsedWronglyError, match="nothing of force:1 is in this folder"):
        forget(store, "1")
    assert aside(store) == [3]


def test_a_row_of_another_source_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(store, [row(1), row(2)])
    council = weeks.PROFILE.replace("force", "council").replace("profile: weekly", "profile: other")
    monkeypatch.setattr(weeks, "PROFILE", council)
    deliver(store, [row(1), ("1", "Ann", "Lee", "", "", "more")], name="other")  # type: ignore[list-item]
    forget(store, "1")
    assert aside(store) == [3]
    forget(store, "1", "council")
    assert aside(store) == []


def test_a_row_that_was_put_aside_keeps_nothing_of_a_part(store: Store) -> None:
    deliver(store, [row(1, mother="Mo"), row(2), CANARY])
    forget(store, "1/mother")
    [item] = quarantine.items(store)
    assert item.raw == '["1", "Canarychild", "Lee1", "2010-01-02", ""]'
    assert "Canarymother" not in everything_in(store.folder)


def test_and_is_the_same_item_when_it_arrives_again(store: Store) -> None:
    deliver(store, [row(1, mother="Mo"), row(2), CANARY])
    forget(store, "1/mother")
    deliver(store, [row(1, mother="Mo"), row(2), CANARY, row(3)])
    [item] = quarantine.items(store)
    assert (item.id, item.state) == (1, "waiting")
    assert "Canarymother" not in everything_in(store.folder)


def test_a_row_that_was_mended_goes_with_the_id_that_it_was_given(store: Store) -> None:
    deliver(store, [row(2), ("", *CANARY[1:])])
    with store.writing():
        mending.mend(store, 1, {"id": "1", "mother": "Canarygran"}, "A", "asked")
        read_again(store)
    forget(store, "1")
    assert "Canary" not in everything_in(store.folder)


def test_of_a_row_that_was_mended_a_part_goes(store: Store) -> None:
    deliver(store, [row(2), ("", *CANARY[1:])])
    with store.writing():
        mending.mend(store, 1, {"id": "1", "mother": "Canarygran"}, "A", "asked")
        read_again(store)
    forget(store, "1/mother")
    held = everything_in(store.folder)
    assert "Canarygran" not in held
    assert "Canarymother" not in held


EVENTS = """
profile: events
version: 1
kind: person_in_event
delivers: snapshot
record_id: id
source: {constant: force}
fields: {event: event, person: person, role: {constant: suspect}}
"""


def test_what_other_records_say_of_it_goes_and_stays_away(store: Store) -> None:
    """A person in an event refers to the person by the id that their owner gave."""
    folder = store.folder.parent
    profile = folder / "events.yaml"
    profile.write_text(EVENTS, encoding="utf-8")
    deliver(store, [row(10001), row(10002)])
    for week in ("E1", "E2"):
        told = [["a", week, "10001/child"], ["b", week, "10002/child"]]
        file = table(folder / "events.csv", ["id", "event", "person"], told)
        with store.writing():
            take_in(store, named([file], [profile]), Arrival(), Silent())
            if week == "E1":
                erase(store, RecordKey("force", "10001"), "A", "asked to")

    kept = [one for path in record_files(store, "person_in_event") for one in pq.read_table(path).to_pylist()]
    assert [(one["event"], one["person"]) for one in kept] == [("E2", None), ("E2", "10002/child")]
    assert "10001" not in everything_in(store.folder)


@pytest.mark.parametrize(
    ("text", "record_id", "is_named"),
    [
        ("force:12 asked", "12", True),
        ("12", "12", True),
        ("request 2026/12", "12", False),
        ("about N0000012, by letter", "N0000012", True),
        ("about N00000123", "N0000012", False),
    ],
)
def test_whether_a_reason_names_the_record(text: str, record_id: str, is_named: bool) -> None:
    assert mentions(text, RecordKey("force", record_id)) is is_named


def test_nothing_of_a_restricted_record_is_listed(store: Store) -> None:
    deliver(store, [row(1, dob="x"), row(2, dob="y")])
    with store.writing():
        ended.restrict(store, RecordKey("force", "1"), "A", "B")
    assert [one.raw for one in quarantine.items(store)] == ["y"]
