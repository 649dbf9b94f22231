"""The graph says what the records say, each link with every record that says it."""

import numpy as np
import pyarrow as pa
import pytest

from concerted.common.ids import RecordKey
from concerted.extracts.fields import KIND_FIELDS, KINDS, Kind
from concerted.networks import LINK_KINDS, NODE_KINDS, Records, graph
from concerted.networks.records import COLUMNS
from tests.networks.worlds import TODAY, World, drawn, node, person, row, said

MEETING: World = {
    "person": [person("ann", address="1 Any St"), person("bob", phone="+447700900001")],
    "event": [row("e1", event_type="stop", address="9 Park Rd", registration="QA51ABC", **{"from": "2025-06-01"})],
    "person_in_event": [
        row("e1/a", event="e1", person="ann", role="victim"),
        row("e1/b", event="e1", person="bob", role="suspect"),
    ],
}


def test_who_was_in_what_and_where() -> None:
    assert said(drawn(MEETING)) == {
        ("in event", "victim", "ann", "e1", "e1/a"),
        ("in event", "suspect", "bob", "e1", "e1/b"),
        ("event at", "address", "e1", "9 Park Rd", "e1"),
        ("event used", "registration", "e1", "QA51ABC", "e1"),
        ("lived at", "address", "ann", "1 Any St", "ann"),
        ("used", "phone", "bob", "+447700900001", "bob"),
    }


def test_things_orders_cases_and_relations() -> None:
    world: World = {
        "person": [person("ann"), person("bob")],
        "event": [row("e1", location="l1")],
        "location": [row("l1", address="9 Park Rd", location_type="hotel")],
        "vehicle": [row("v1", registration="QA51ABC", person="bob")],
        "telephone": [row("t1", phone="+447700900001")],
        "account": [row("a1", handle="nobody")],
        "order": [row("o1", person="bob", protected_person="ann", order_type="CAWN")],
        "case": [row("c1", event="e1", person="ann")],
        "relation": [
            row("r1", person="bob", other_person="ann", relation="claimed partner"),
            row("r2", person="ann", telephone="t1", relation="uses"),
            row("r3", person="ann", location="l1", relation="lives at"),
            row("r4", person="bob", vehicle="v1", relation="keeper of"),
            row("r5", person="bob", account="a1", relation="uses"),
        ],
    }
    of = drawn(world)
    assert said(of) == {
        ("event at", "location", "e1", "9 Park Rd", "e1"),
        ("used", "person", "bob", "QA51ABC", "v1"),
        ("order on", "person", "bob", "o1", "o1"),
        ("order protects", "protected_person", "ann", "o1", "o1"),
        ("in case", "person", "ann", "c1", "c1"),
        ("in case", "event", "e1", "c1", "c1"),
        ("related", "claimed partner", "bob", "ann", "r1"),
        ("used", "uses", "ann", "+447700900001", "r2"),
        ("lived at", "lives at", "ann", "9 Park Rd", "r3"),
        ("used", "keeper of", "bob", "QA51ABC", "r4"),
        ("used", "uses", "bob", "nobody", "r5"),
    }
    assert of.tables["location"]["location_types"].to_pylist() == ["hotel"]


def test_one_link_has_a_row_for_each_record_that_says_it() -> None:
    world: World = {
        "person": [
            person("n1", entity="x", address="1 Any St", recorded_on="2024-01-01"),
            person("n2", "council-a", entity="x", address="1 Any St"),
        ]
    }
    of = drawn(world)
    rows = of.evidence(of.between(0, int(of.neighbours(0)[0]))).to_pylist()
    assert [(one["source"], one["record_id"], one["recorded_on"]) for one in rows] == [
        ("council-a", "n2", None),
        ("force-a", "n1", "2024-01-01"),
    ]
    assert of.key(0) == RecordKey("council-a", "n2")


def test_a_record_of_another_source_is_never_meant() -> None:
    world: World = {
        "person": [person("ann", "council-a")],
        "event": [row("e1"), row("e1", "council-a")],
        "person_in_event": [row("p", event="e1", person="ann", role="victim")],
    }
    assert said(drawn(world)) == set()


def test_grades_stand_beside_each_link_and_a_part_has_those_of_its_event() -> None:
    marks = {"source_evaluation": "2", "information_assessment": "D", "handling": "C", "classification": "OFFICIAL"}
    world: World = {
        "person": [person("ann")],
        "event": [row("e1", **marks)],
        "person_in_event": [
            row("p", event="e1", person="ann", role="named", handling="P", classification="OFFICIAL-SENSITIVE")
        ],
    }
    of = drawn(world)
    [said_by] = of.evidence(of.links).to_pylist()
    told = marks | {"classification": "OFFICIAL-SENSITIVE", "record_kind": "person_in_event"}
    assert told.items() <= said_by.items()


def test_neighbours_and_rows_between_two_nodes_are_one_thing_whichever_way_round() -> None:
    of = drawn(MEETING)
    event = node(of, "e1", "event")
    ann = node(of, "ann")
    assert event in of.neighbours(ann)
    assert ann in of.neighbours(event)
    assert of.between(ann, event).equals(of.between(event, ann))
    assert of.between(ann, node(of, "bob")).num_rows == 0


def test_kinds_of_nodes_are_known_by_their_number() -> None:
    of = drawn(MEETING)
    every = np.arange(of.size, dtype=np.int32)
    assert [NODE_KINDS[kind] for kind in of.kinds(every).tolist()] == [of.kind(one) for one in every.tolist()]
    assert sum(len(of.all_of(kind)) for kind in NODE_KINDS) == of.size
    assert of.of_kind("in event", "used").num_rows == 3


def test_a_link_of_a_kind_has_ends_of_the_kinds_that_it_says() -> None:
    of = drawn(MEETING)
    ends = {(LINK_KINDS[one["kind"]], of.kind(one["left"]), of.kind(one["right"])) for one in of.links.to_pylist()}
    assert ends == {
        ("in event", "person", "event"),
        ("event at", "event", "location"),
        ("event used", "event", "vehicle"),
        ("lived at", "person", "location"),
        ("used", "person", "telephone"),
    }


def test_a_place_has_every_kind_that_is_said_of_it() -> None:
    world: World = {
        "event": [
            row("e1", address="1 Any St", location_type="hotel"),
            row("e2", address="1 Any St", location_type="home"),
            row("e3", address="1 Any St", location_type="hotel"),
            row("e4", address="2 Any St"),
        ]
    }
    assert drawn(world).tables["location"]["location_types"].to_pylist() == ["home; hotel", None]


def test_a_link_says_whether_its_thing_is_told_by_a_near_value() -> None:
    world: World = {
        "person": [person("ann", address="1 Any St"), person("bob", address="1 Any St?")],
        "location": [row("l1", address="1 Any St?")],
        "vehicle": [row("v1", registration="QA51ABC?", person="bob"), row("v2", registration="QA51ABC", person="bob")],
        "event": [row("e1", location="l1"), row("e2", address="1 Any St")],
        "relation": [row("r1", person="ann", location="l1", relation="lives at")],
    }
    of = drawn(world)
    near = {(one["record_id"], one["near"]) for one in of.evidence(of.links).to_pylist()}
    assert near == {
        *(("ann", False), ("bob", True), ("v1", True), ("v2", False), ("e1", True), ("e2", False), ("r1", True)),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_protected_is_never_read(kind: Kind) -> None:
    counted = {name for name, rule in KIND_FIELDS[kind].items() if rule.counted}
    assert not counted & set(COLUMNS[kind])
    assert set(COLUMNS[kind]) <= {"source", "record_id", *KIND_FIELDS[kind]}


def test_what_is_protected_is_nowhere_in_a_graph() -> None:
    hidden = {"ethnicity_self_defined": "W9", "nationality": "Nowhere-land", "disability": "a thing"}
    of = drawn({"person": [person("ann", **hidden)]})
    everything = [*of.tables.values(), of.links, of.records]
    assert not any(value in str(table.to_pydict()) for table in everything for value in hidden.values())


def test_of_nothing_there_is_an_empty_graph() -> None:
    of = graph(Records(), TODAY)
    assert (of.size, of.links.num_rows, of.records.num_rows) == (0, 0, 0)
    empty = graph(Records({"event": pa.table({"source": pa.array([], pa.string())})}), TODAY)
    assert empty.size == 0
