"""Pairs and entities explained from a folder."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import explain, mending
from concerted.desk.replay import replay
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from tests.desk.extracts import PEOPLE, decisions, small


def force(number: str) -> RecordKey:
    return RecordKey("force", number)


def test_parts_and_start_sum_to_the_weight_that_the_folder_holds(result: Path) -> None:
    with Store.open(result) as store:
        links = store.run("select left_source, left_id, right_source, right_id, weight from told").fetchall()
        for *pair, weight in links[:: len(links) // 6]:
            found = explain.pair(store, RecordKey(*pair[:2]), RecordKey(*pair[2:])).explanation
            assert found.start + sum(part.bits for part in found.parts) == pytest.approx(found.weight, abs=1e-9)
            assert found.weight == pytest.approx(weight, abs=1e-6)


def test_a_pair_is_the_same_either_way_round(result: Path) -> None:
    with Store.open(result) as store:
        one, other = RecordKey("force", "N0200311"), RecordKey("charity", "OD-120")
        there, back = explain.pair(store, one, other), explain.pair(store, other, one)
    assert there.explanation.weight == back.explanation.weight
    assert (there.band, back.band) == ("join", "join")
    assert there.together is not None


def test_a_pair_that_was_set_apart(result: Path) -> None:
    with Store.open(result) as store:
        found = explain.pair(store, RecordKey("force", "N0200311"), RecordKey("force", "N0200355"))
    assert (found.band, found.link, found.together) == ("apart", None, None)
    assert any(part.bits < 0 for part in found.explanation.parts)


def test_an_entity_with_its_links(result: Path) -> None:
    with Store.open(result) as store:
        found = explain.entity_of(store, RecordKey("force", "N0200311"))
    assert set(found.explanation.members) == {
        RecordKey("force", "N0200311"),
        RecordKey("council", "611211"),
        RecordKey("charity", "OD-120"),
    }
    inside = set(found.explanation.members)
    assert all({link.left, link.right} <= inside and link.band == "join" for link in found.links)
    assert found.explanation.weakest is not None


def test_a_record_alone(tmp_path: Path) -> None:
    with Store.open(small(tmp_path)) as store:
        found = explain.entity_of(store, force("6"))
    assert (found.explanation.members, found.links, found.explanation.weakest) == ((force("6"),), [], None)


def test_the_one_link_that_holds_two_records(tmp_path: Path) -> None:
    with Store.open(small(tmp_path)) as store:
        found = explain.entity_of(store, force("1")).explanation
        path = explain.pair(store, force("1"), force("2")).together
    [(link, side)] = found.bridges
    assert (set(link[:2]), side) == ({force("1"), force("2")}, (force("1"),))
    assert path is not None
    assert [set(step[:2]) for step in path.path] == [{force("1"), force("2")}]


def test_a_decision_is_among_the_reasons(tmp_path: Path) -> None:
    given = decisions(tmp_path, ("5", "6", "same"))
    with Store.open(small(tmp_path, options=Options(decisions=given))) as store:
        found = explain.pair(store, force("6"), force("5"))
    assert found.link is not None
    assert found.link.reasons.startswith("decided same by Ann on 2026-03-01: seen")


def test_a_record_is_explained_as_it_was_mended(tmp_path: Path) -> None:
    out = small(tmp_path, [*PEOPLE, ("7", "Danuta", "Szalai", "1988-77-07", "", "d")])
    with Store.open(out) as store:
        before = explain.pair(store, force("6"), force("7")).explanation.weight
        mending.mend(store, 1, {"dob": "1988-07-07"}, "Ann", "asked")
    replay(out)
    with Store.open(out) as store:
        assert explain.pair(store, force("6"), force("7")).explanation.weight > before


def test_records_that_are_not_there_or_twice(result: Path) -> None:
    here, absent = RecordKey("force", "N0200311"), RecordKey("force", "x'; --")
    with Store.open(result) as store:
        for ask in (lambda: explain.pair(store, here, absent), lambda: explain.entity_of(store, absent)):
            with pytest.raises(UsedWronglyError, match="there is no record force:x"):
                ask()
        with pytest.raises(UsedWronglyError, match="named twice"):
            explain.pair(store, here, here)
