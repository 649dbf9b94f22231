"""What each agency alone would have seen, and what the graph holds of the facts of a finding."""

from dataclasses import replace

import pytest

from concerted.common.ids import RecordKey
from concerted.desk.patterns import alone
from concerted.desk.patterns.alone import agencies_alone, only, sources, why_not
from concerted.desk.patterns.data import AgencyAlone
from concerted.desk.patterns.evidence import evidence, people_of, record_rows
from concerted.desk.patterns.items import Items
from concerted.desk.patterns.ties import things_of
from tests.desk.patterns import CIRCLE, GROUP, WORLD, found
from tests.networks.findings.worlds import adult, child, crime, report, scope
from tests.networks.worlds import TODAY, World, drawn, node, records, row

WHOLE = scope(
    GROUP,
    crime("c1", "2025-03-01", "pat", "cleo"),
    report("c2", "2025-06-01", "quin cleo"),
    report("c3", "2025-05-01", "pat quin"),
    report("r1", "2025-05-01", "pat-c quin-c", "council-b"),
)


def told(world: World, shown: int = 60) -> dict[str, AgencyAlone]:
    return {one.source: one for one in agencies_alone(records(world), TODAY, found(world), shown)}


def test_a_circle_that_only_two_agencies_close_is_seen_by_neither() -> None:
    by = told(WORLD)
    assert {name: (one.part, one.alone, one.numbers) for name, one in by.items()} == {
        "force-a": (1, 0, ()),
        "council-b": (1, 0, ()),
    }


def test_a_circle_that_one_agency_closes_is_its_own() -> None:
    by = told(WHOLE)
    assert (by["force-a"].alone, by["force-a"].numbers) == (1, (1,))
    assert (by["council-b"].alone, by["council-b"].explained) == (0, 0)
    assert told(WHOLE, shown=0)["force-a"].numbers == ()


def test_a_pattern_that_rests_on_no_record_of_an_agency_is_not_its_own() -> None:
    """An agency has a circle of the same people; a pattern of other records than its own is another one."""
    [own] = [one for one in found(WHOLE) if one.rule == CIRCLE]
    other = replace(own, agencies=("council-b",), facts=own.facts[:1])
    by = {one.source: one for one in agencies_alone(records(WHOLE), TODAY, [other, own], 60)}
    assert (by["force-a"].part, by["force-a"].alone, by["force-a"].numbers) == (1, 1, (2,))
    assert (by["council-b"].part, by["council-b"].alone) == (2, 0)


def test_another_pattern_of_the_same_people_by_other_records_is_not_its_own() -> None:
    [own] = [one for one in found(WHOLE) if one.rule == CIRCLE]
    others = tuple(replace(fact, record_id=f"other-{fact.record_id}") for fact in own.facts)
    for facts, count in ((own.facts, 1), (own.facts[:3] + others[3:], 1), (others, 0)):
        [force] = [
            one
            for one in agencies_alone(records(WHOLE), TODAY, [replace(own, facts=facts)], 60)
            if one.source == "force-a"
        ]
        assert (force.part, force.alone) == (1, count)


def test_what_another_agencys_record_explains_is_counted_apart() -> None:
    kin = row("k1", "council-b", person="quin-c", relation="parent", other_person="cleo-c")
    people = [*GROUP, row("cleo-c", "council-b", family_name="Testcase", date_of_birth="2011-05-05", entity="cleo")]
    world = {**WHOLE, "person": people, "relation": [kin]}
    assert not [one for one in found(world) if one.rule == CIRCLE]
    assert told(world)["force-a"].explained == 1


def test_the_records_of_one_agency_are_all_of_its_own_and_no_others() -> None:
    own = only(records(WORLD), "council-b")
    assert sources(own) == ["council-b"]
    assert own.tables["event"].num_rows == 1
    assert own.entities is not None
    assert set(own.entities["entity"].to_pylist()) == {"pat", "quin"}
    assert own.things is not None
    assert own.things.num_rows == 1


def test_it_is_not_worked_out_where_it_would_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_not(records(WORLD)) == ""
    assert why_not(records(scope([adult("pat")]))) == "There are no two agencies here."
    monkeypatch.setattr(alone, "MOST_AGENCIES", 1)
    assert why_not(records(WORLD)) == "It is worked out for 1 agencies at most, and here are 2."
    monkeypatch.setattr(alone, "MOST_AGENCIES", 2)
    monkeypatch.setattr(alone, "MOST_RECORDS", 10)
    assert why_not(records(WORLD)).startswith("It is worked out for 10 records at most, and here are 1")


def test_the_evidence_of_a_fact_is_what_its_record_names() -> None:
    graph = drawn(WORLD)
    held = evidence(graph, {RecordKey("force-a", "c1"), RecordKey("force-a", "c2"), RecordKey("force-a", "none")})
    assert set(held) == {RecordKey("force-a", "c1"), RecordKey("force-a", "c2")}
    first, second = held[RecordKey("force-a", "c1")], held[RecordKey("force-a", "c2")]
    [phone] = graph.all_of("telephone").tolist()
    assert first.near == {node(graph, "pat-c"), node(graph, "cleo"), phone}
    assert (first.handling, second.handling) == ("", "handling C")
    assert (str(first.when), str(second.when)) == ("2025-03-01", "some day in 2025-06")


def test_a_relation_is_evidence_of_its_two_people() -> None:
    claimed = row("k1", person="pat", relation="claimed partner", other_person="cleo", **{"from": "2025-02-01"})
    graph = drawn({"person": [adult("pat"), child("cleo")], "relation": [claimed]})
    [held] = evidence(graph, {RecordKey("force-a", "k1")}).values()
    assert held.near == {node(graph, "pat"), node(graph, "cleo")}
    assert str(held.when).startswith("from 2025-02-01")


def test_a_record_that_only_shares_an_id_is_another() -> None:
    graph = drawn({"person": [adult("c1")], "event": [row("c1", "council-b", event_type="crime")]})
    assert record_rows(graph, {RecordKey("force-a", "c1")}) == {}
    assert people_of(graph, {RecordKey("council-b", "c1")}) == {}
    assert people_of(graph, {RecordKey("force-a", "c1")}) == {RecordKey("force-a", "c1"): node(graph, "c1")}


def test_a_thing_is_shown_when_it_ties_two_people_by_two_records() -> None:
    near = {"address": "1 High Row"}
    once = scope([adult("pat"), child("cleo")], crime("c1", "2025-03-01", "pat", "cleo", **near))
    apart = scope(
        [adult("pat"), child("cleo"), child("dee")],
        crime("c1", "2025-03-01", "pat", "dee", **near),
        report("r1", "2025-04-01", "cleo", **near),
    )
    assert _things(once) == []
    assert _things(apart) == ["1 High Row"]


def test_how_many_share_a_thing_of_whom_nothing_of_concern_is_recorded_is_told() -> None:
    near = {"address": "1 High Row", "location_type": "hotel"}
    some = scope(
        [adult("pat"), child("cleo"), adult("ann")],
        crime("c1", "2025-03-01", "pat", "cleo", **near),
        report("r1", "2025-04-01", "ann", **near),
    )
    graph = drawn(some)
    items, place = Items(graph), int(graph.all_of("location")[0])
    assert items.of(place).note == "hotel; 1 other person of whom nothing of concern is recorded is tied to it"
    assert items.of(place).mark == "T1"
    known = Items(graph)
    assert known.of(node(graph, "ann")).note == ""
    assert known.of(place).note == "hotel; 0 other people of whom nothing of concern is recorded are tied to it"
    assert items.of(node(graph, "pat")) is items.of(node(graph, "pat"))
    assert [items.of(node(graph, name)).mark for name in ("cleo", "pat", "ann")] == ["P2", "P1", "P3"]


def _things(world: World) -> list[str]:
    graph = drawn(world)
    keys = {RecordKey("force-a", one["record_id"]) for one in world["event"]}
    people = range(int(graph.first[1]))
    return [str(graph.row(one)["label"]) for one in things_of(graph, people, list(evidence(graph, keys).values()))]
