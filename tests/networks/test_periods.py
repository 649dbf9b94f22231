"""When records of each kind say that something was."""

import pytest

from concerted.networks import Graph
from concerted.networks.periods import LASTING
from concerted.networks.timeline import When
from concerted.reference.codes import code_list
from tests.networks.worlds import Row, World, drawn, person, row


def when(of: Graph, record_id: str) -> str:
    """When the one link that a record says was, in words."""
    [said] = [one for one in of.evidence(of.links).to_pylist() if one["record_id"] == record_id]
    return str(When(*(said[name] for name in ("earliest", "latest", "sure_from", "sure_to"))))


def part(*, of_event: Row, **own: str) -> World:
    return {
        "person": [person("ann")],
        "event": [of_event],
        "person_in_event": [row("p", event="e1", person="ann", role="named", **own)],
    }


def test_types_of_event_that_last_are_on_the_list_of_types() -> None:
    assert set(LASTING) <= set(code_list("event_types").codes)


@pytest.mark.parametrize(
    ("fields", "own", "words"),
    [
        ({"from": "2025-06-01"}, {}, "2025-06-01"),
        ({"from": "2025-06-01", "event_type": "missing episode"}, {}, "from 2025-06-01, no end recorded"),
        ({"from": "2025-06-01", "event_type": "crime"}, {}, "2025-06-01"),
        ({"from": "2025-06-01", "to": "2025-06-05", "event_type": "crime"}, {}, "2025-06-01 to 2025-06-05"),
        ({"from": "2025-06-01"}, {"from": "2025-06-02"}, "2025-06-02"),
        ({"from": "2025-06-01"}, {"from": "2025-06-02", "to": "2025-06-03"}, "2025-06-02 to 2025-06-03"),
        ({"recorded_on": "2025-06-09"}, {}, "no later than 2025-06-09"),
        ({"from": "2025-06-01", "recorded_on": "2025-06-09"}, {}, "2025-06-01"),
        ({}, {}, "no date"),
    ],
)
def test_a_part_in_an_event(fields: dict[str, str], own: dict[str, str], words: str) -> None:
    assert when(drawn(part(of_event=row("e1", **fields), **own)), "p") == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"recorded_on": "2025-06-01"}, "recorded on 2025-06-01"),
        ({"recorded_on": "2025-06"}, "no date"),
        ({}, "no date"),
    ],
)
def test_what_a_record_of_a_person_says_was_so_when_it_was_written(fields: dict[str, str], words: str) -> None:
    assert when(drawn({"person": [person("ann", address="1 Any St", **fields)]}), "ann") == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"from": "2025-06-01"}, "from 2025-06-01, no end recorded"),
        ({"from": "2025-06", "to": "2025-09-30"}, "2025-06 to 2025-09-30"),
        ({"to": "2025-09-30"}, "until 2025-09-30"),
        ({"recorded_on": "2025-06-01"}, "recorded on 2025-06-01"),
        ({"from": "2025-01-01", "recorded_on": "2025-06-01"}, "from 2025-01-01, no end recorded"),
    ],
)
def test_relations_vehicles_orders_and_cases_go_on_until_an_end_is_recorded(fields: dict[str, str], words: str) -> None:
    world: World = {
        "person": [person("ann"), person("bob")],
        "vehicle": [row("v", registration="QA51ABC", person="ann", **fields)],
        "relation": [row("r", person="ann", other_person="bob", relation="peer", **fields)],
        "order": [row("o", person="bob", **fields)],
        "case": [row("c", person="bob", **fields)],
    }
    of = drawn(world)
    assert {when(of, record) for record in "vroc"} == {words}
