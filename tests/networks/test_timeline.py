"""A timeline leaves nothing out, and says of each thing what is known of when it was."""

import pytest
from hypothesis import given, settings

from concerted.networks import NodeKind
from concerted.networks.timeline import around, timeline
from tests.networks.test_graph_worlds import worlds
from tests.networks.worlds import World, drawn, node, person, row

PLACE = "1 Any St"
WORLD: World = {
    "person": [
        person("ann", address=PLACE, phone="+447700900001", recorded_on="2025-05-01"),
        person("bob", address=PLACE),
    ],
    "event": [
        row("e1", event_type="missing episode", **{"from": "2025-06-01", "to": "2025-06-03"}),
        row("e2", event_type="stop", address=PLACE, **{"from": "2025-02"}),
        row("e3", event_type="stop"),
    ],
    "person_in_event": [
        row("e1/a", event="e1", person="ann", role="missing child"),
        row("e2/a", event="e2", person="ann", role="named"),
        row("e2/b", event="e2", person="bob", role="named"),
        row("e3/a", event="e3", person="ann", role="named"),
    ],
    "order": [row("o", person="bob", protected_person="ann", **{"from": "2025-07-01"})],
}


def told(world: World, one: str, kind: NodeKind = "person") -> list[tuple[str, str]]:
    """What the timeline of a node says, and when."""
    of = drawn(world)
    return [(entry.kind, str(entry.when)) for entry in timeline(of, [node(of, one, kind)])]


def test_of_a_person_by_when_it_began_and_what_has_no_date_last() -> None:
    assert told(WORLD, "ann") == [
        ("event", "some day in 2025-02"),
        ("lived at", "recorded on 2025-05-01"),
        ("used", "recorded on 2025-05-01"),
        ("event", "2025-06-01 to 2025-06-03"),
        ("order", "from 2025-07-01, no end recorded"),
        ("event", "no date"),
    ]


def test_of_a_place() -> None:
    of = drawn(WORLD)
    place = int(of.all_of("location")[0])
    found = timeline(of, [place])
    assert [(entry.kind, entry.nodes[-1]) for entry in found] == [
        ("event", node(of, "e2", "event")),
        ("lived at", node(of, "ann")),
        ("lived at", node(of, "bob")),
    ]


def test_an_event_tells_who_else_was_there_and_where() -> None:
    of = drawn(WORLD)
    [entry] = [one for one in timeline(of, [node(of, "ann")]) if one.nodes == (node(of, "e2", "event"),)]
    others = {of.row(one)["label"] for row in entry.rows.to_pylist() for one in (row["left"], row["right"])}
    assert others == {"e2", PLACE, "Testcase"}
    assert entry.rows.num_rows == 3


def test_of_an_event_itself() -> None:
    of = drawn(WORLD)
    event = node(of, "e1", "event")
    [entry] = timeline(of, [event])
    assert entry.nodes == (event,)


def test_a_link_stands_once_however_many_records_say_it_of_one_time() -> None:
    people = [person(one, entity="x", address=PLACE) for one in ("a", "b")]
    later = person("c", entity="x", address=PLACE, recorded_on="2025-05-01")
    of = drawn({"person": [*people, later]})
    assert [(str(one.when), one.rows.num_rows) for one in timeline(of, [0])] == [
        ("recorded on 2025-05-01", 1),
        ("no date", 2),
    ]


def test_the_network_of_a_person_is_who_shares_something_with_them() -> None:
    of = drawn({**WORLD, "person": [*WORLD["person"], person("cat")]})
    assert around(of, node(of, "ann")) == [node(of, "ann"), node(of, "bob")]
    assert around(of, node(of, "cat")) == [node(of, "cat")]


def test_a_network_does_not_spread_over_what_many_share() -> None:
    pupils = [person(f"p{number:02}", address="The School") for number in range(30)]
    of = drawn({"person": pupils})
    assert around(of, 0) == [0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"from": "2025-06-01"}, "2025-06-01"),
        ({"from": "2025"}, "some day in 2025"),
        ({"from": "../2025-06-01"}, "no later than 2025-06-01"),
        ({"from": "2025-06-01/.."}, "from 2025-06-01, no end recorded"),
        ({"recorded_on": "2025-06-01"}, "no later than 2025-06-01"),
        ({"to": "2025-06-01"}, "until 2025-06-01"),
        ({"from": "2025-06", "to": "2025-08", "event_type": "placement"}, "2025-06 to 2025-08"),
        ({"from": "2025-06", "event_type": "placement"}, "from 2025-06, no end recorded"),
    ],
)
def test_when_something_was_in_words(fields: dict[str, str], words: str) -> None:
    assert told({"event": [row("e", **fields)]}, "e", "event") == [("event", words)]


@settings(max_examples=settings().max_examples // 10)
@given(worlds())
def test_every_row_that_says_something_of_a_node_stands_in_its_timeline(world: World) -> None:
    of = drawn(world)
    rows = of.links.to_pylist()
    for one in range(of.size):
        found = [row for entry in timeline(of, [one]) for row in entry.rows.to_pylist()]
        assert all(row in found for row in rows if one in (row["left"], row["right"]))
        keys = [entry.when.sort_key for entry in timeline(of, [one])]
        assert keys == sorted(keys)
