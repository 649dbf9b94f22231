"""How many share a thing is counted by people, directly or over events, each once."""

import numpy as np
from hypothesis import given, settings

from concerted.networks.sharing import WIDELY, involved, people_at, sharing, widely_shared
from tests.networks.test_graph_worlds import worlds
from tests.networks.worlds import World, drawn, node, person, row


def station(people: int) -> World:
    """People who were each in an event of their own at one place."""
    names = [f"p{number:02}" for number in range(people)]
    return {
        "person": [person(name) for name in names],
        "event": [row(f"e-{name}", address="The Station") for name in names],
        "person_in_event": [row(f"x-{name}", event=f"e-{name}", person=name, role="named") for name in names],
    }


def test_who_was_in_an_event_there_shares_a_place() -> None:
    of = drawn(station(3))
    [told] = sharing(of).to_pylist()
    assert told == {"node": int(of.all_of("location")[0]), "people": 3, "uninvolved": 3}


def test_nobody_counts_twice_and_who_is_not_identified_does_not_count() -> None:
    world = station(2)
    lives = {**world["person"][0], "address": "The Station"}
    bear = row("bear", aliases="Bear", address="The Station")
    [told] = sharing(drawn({**world, "person": [lives, world["person"][1], bear]})).to_pylist()
    assert told["people"] == 2


def test_whom_a_record_has_as_suspect_victim_or_of_concern_is_involved() -> None:
    world: World = {
        "person": [person(role, role=role) for role in ("suspect", "victim", "person of concern", "witness")],
    }
    of = drawn(world)
    named = {str(of.row(one)["record_id"]) for one in np.flatnonzero(involved(of)).tolist()}
    assert named == {"suspect", "victim", "person of concern"}


def test_from_ten_uninvolved_people_on_a_thing_is_widely_shared() -> None:
    for people in (WIDELY - 1, WIDELY):
        of = drawn(station(people))
        assert widely_shared(of).tolist() == of.all_of("location").tolist() * (people == WIDELY)


@settings(max_examples=settings().max_examples // 10)
@given(worlds())
def test_counts_are_those_of_going_through_each(world: World) -> None:
    of = drawn(world)
    people = set(of.all_of("person").tolist())
    events = set(of.all_of("event").tolist())
    told = sharing(of).to_pylist()
    for one in told:
        near = set(of.neighbours(one["node"]).tolist())
        further = {int(other) for event in near & events for other in of.neighbours(event)}
        assert one["people"] == len((near | further) & people)
        assert 0 <= one["uninvolved"] <= one["people"]
    assert len(told) == int(of.first[6] - of.first[2])


def test_of_no_node_nobody_is_told() -> None:
    of = drawn(station(1))
    assert [one.tolist() for one in people_at(of, np.array([], np.int32))] == [[], []]
    assert node(of, "p00") == 0
