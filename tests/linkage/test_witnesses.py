"""What a third record says of two counts where sets are judged, is told with its record, and never changes a weight."""

from pathlib import Path

import pytest

from concerted.common.ids import RecordKey
from concerted.linkage.decisions import Decision
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.witnesses import MOST, Witness
from tests.linkage.records import Row, agencies, write

ONE: Row = {"source": "force", "record_id": "one", "given_name": "Efosa", "family_name": "Quarshie", "town": "Dunmere"}
OTHER: Row = {**ONE, "record_id": "other", "date_of_birth": "2009-02-24", "sex": "male"}
EVENT = RecordKey("force", "E1/event")
KEYS = (RecordKey("force", "one"), RecordKey("force", "other"))
PRESENT = Witness("one_event", EVENT, KEYS)
RELATED = Witness("related", EVENT, KEYS)


def _rows(second: Row = OTHER) -> list[Row]:
    return [*agencies(), {**ONE, "date_of_birth": "2009-02-24"}, second]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two records of one name and date, of which one holds a little more, among others."""
    return write(tmp_path / "records.parquet", _rows())


def _together(linked: Linked) -> bool:
    one, other = (linked.entity[linked.keys.index(key)] for key in KEYS)
    return one == other


def _pair(linked: Linked) -> dict[str, object]:
    at = {linked.keys.index(key) for key in KEYS}
    return next(row for row in linked.shown.to_pylist() if {row["left"], row["right"]} == at)


def test_two_who_were_at_one_event_stay_apart_where_the_evidence_is_not_much_more(path: Path) -> None:
    alone = link([path])
    assert _together(alone)
    events = [Witness("one_event", RecordKey("force", f"E{at}/event"), KEYS) for at in (1, 2, 3)]
    seen = link([path], model=alone.release, witnesses=[*events, *events])
    assert not _together(seen)
    assert _pair(seen)["weight"] == _pair(alone)["weight"]
    assert _pair(seen)["band"] == "review"
    assert "present at one event, as two people, says force:E1/event (-6.0 where sets are judged)" in str(
        _pair(seen)["against"]
    )


def test_strong_evidence_outweighs_one_event(tmp_path: Path) -> None:
    number = {"nhs_number": "9990000018", "phone": "07700900388"}
    rows = [{**row, **number} if row.get("record_id") in ("one", "other") else row for row in _rows()]
    linked = link([write(tmp_path / "strong.parquet", rows)], witnesses=[PRESENT])
    assert _together(linked)
    assert "says force:E1/event" in str(_pair(linked)["against"])


def test_related_people_are_never_one_unless_a_person_says_so(path: Path) -> None:
    assert not _together(link([path], witnesses=[RELATED]))
    same = Decision(*KEYS, "same", "A", "2026-11-26", "one woman, entered twice")
    decided = link([path], witnesses=[RELATED], decisions=[same])
    assert _together(decided)
    assert any("each has another place in force:E1/event (related to each other)" in one for one in decided.notes)


def test_records_that_say_the_same_are_not_folded_where_a_witness_tells_them_apart(tmp_path: Path) -> None:
    alike: Row = {**ONE, "date_of_birth": "2009-02-24", "record_id": "other"}
    path = write(tmp_path / "alike.parquet", _rows(alike))
    assert _together(link([path]))
    assert not _together(link([path], witnesses=[RELATED]))


def test_a_witness_of_others_of_one_record_or_of_very_many_says_nothing(path: Path) -> None:
    everybody = tuple(RecordKey("force", f"f{at}") for at in range(40)) + tuple(
        RecordKey("council", f"c{at}") for at in range(40)
    )
    alone = link([path])
    for witness in (
        Witness("one_event", EVENT, (KEYS[0], RecordKey("force", "not here"))),
        Witness("one_event", EVENT, (KEYS[0], KEYS[0])),
        Witness("one_event", EVENT, (*everybody, *KEYS)),
        Witness("not in the table", EVENT, KEYS),
    ):
        made = link([path], witnesses=[witness])
        assert (made.entity, made.shown.to_pylist()) == (alone.entity, alone.shown.to_pylist())
    assert len(everybody) > MOST
