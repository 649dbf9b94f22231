"""What nodes and links are called, for people and for machines."""

import pytest

from concerted.networks import NodeKind
from concerted.networks.words import CAVEATS, made_from, made_from_words, node_dict, node_words, row_dicts, row_words
from tests.networks.worlds import World, drawn, node, person, row

WORLD: World = {
    "person": [person("ann", given_name="Ann"), row("bear", aliases="Bear"), row("none", nhs_number="9990000018")],
    "event": [row("e1", event_type="stop", address="9 Park Rd"), row("e2", reference="ref/2")],
    "person_in_event": [row("p", event="e1", role="suspect")],
    "order": [row("o", order_type="CAWN", person="ann")],
    "case": [row("c", "council-a", case_type="panel item")],
}


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [
        ("ann", "person", "Ann Testcase (force-a:ann)"),
        ("none", "person", "no name recorded (force-a:none)"),
        ("bear", "unidentified", "unidentified person: Bear (force-a:bear)"),
        ("p", "unidentified", "unidentified person: suspect (force-a:p)"),
        ("e1", "event", "event: stop (force-a:e1)"),
        ("e2", "event", "event: ref/2 (force-a:e2)"),
        ("o", "order", "order: CAWN (force-a:o)"),
        ("c", "case", "case: panel item (council-a:c)"),
    ],
)
def test_what_a_node_is_called(key: str, kind: NodeKind, words: str) -> None:
    of = drawn(WORLD)
    assert node_words(of, node(of, key, kind)) == words


def test_a_thing_is_called_by_its_value() -> None:
    of = drawn(WORLD)
    place = int(of.all_of("location")[0])
    assert node_words(of, place) == "place: 9 Park Rd"
    assert node_dict(of, place) == {
        "node": place,
        "kind": "location",
        "label": "9 Park Rd",
        "type": None,
        "source": "force-a",
        "record_id": "e1",
    }


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({}, "no grade"),
        ({"source_evaluation": "1", "information_assessment": "B"}, "grade 1B"),
        ({"source_evaluation": "3"}, "grade 3?"),
        ({"information_assessment": "E", "handling": "C"}, "grade ?E, handling C"),
        ({"handling": "P"}, "no grade, handling P"),
    ],
)
def test_a_link_is_said_with_its_grade_and_handling(marks: dict[str, str], words: str) -> None:
    of = drawn({"person": [person("ann", address="1 Any St", **marks)]})
    [said] = of.evidence(of.links).to_pylist()
    assert row_words(said) == f"lived at, as address: force-a:ann; no date; {words}"


def test_a_link_for_machines() -> None:
    of = drawn({"person": [person("ann", address="1 Any St", recorded_on="2025-06-01", handling="P")]})
    [told] = row_dicts(of, of.links)
    assert told == {
        "kind": "lived at",
        "left": 0,
        "right": 1,
        "role": "address",
        "near": False,
        "earliest": None,
        "latest": None,
        "sure_from": "2025-06-01",
        "sure_to": "2025-06-01",
        "record_kind": "person",
        "source": "force-a",
        "record_id": "ann",
        "recorded_on": "2025-06-01",
        "source_evaluation": None,
        "information_assessment": None,
        "handling": "P",
        "classification": None,
    }


def test_of_a_vague_day_no_day_is_sure() -> None:
    world: World = {"person": [person("ann"), person("bob")]}
    related = row("r", person="ann", other_person="bob", relation="peer", **{"from": "2025-06", "to": "2025-06"})
    of = drawn({**world, "relation": [related]})
    [told] = row_dicts(of, of.links)
    days = [told[name] for name in ("earliest", "latest", "sure_from", "sure_to")]
    assert days == ["2025-06-01", "2025-06-30", None, None]


def test_whose_records_it_was_made_from_is_said_whoever_else_may_hold_something() -> None:
    of = drawn(WORLD)
    assert made_from(of) == ["council-a", "force-a"]
    assert made_from_words(of) == "Made from records of council-a, force-a. Others may hold more."
    assert made_from_words(drawn({})) == "Made from records of nobody. Others may hold more."


def test_no_caveat_calls_anybody_an_offender() -> None:
    assert [caveat for caveat in CAVEATS if "offender" in caveat] == [CAVEATS[0]]
    assert "no one named is an offender" in CAVEATS[0]
