"""How two people hang together, what says so, and what would end it."""

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from concerted.extracts.fields import Kind
from concerted.networks import Graph
from concerted.networks.paths import Connection, connection
from concerted.networks.search import LONGEST, shortest
from concerted.networks.sharing import WIDELY, sharing, widely_shared
from tests.networks.test_graph_worlds import worlds
from tests.networks.worlds import Row, World, drawn, node, person, row

NOTHING = np.array([], np.int32)


def keys(of: Graph, records: frozenset[int]) -> list[str]:
    """Which records these are."""
    return sorted(of.records["record_id"][one].as_py() for one in records)


def met(*, events: int = 1) -> World:
    """Ann and Bob, who were both at some events."""
    both: list[Row] = []
    for number in range(events):
        both += [row(f"e{number}/{who}", event=f"e{number}", person=who, role="named") for who in ("ann", "bob")]
    return {
        "person": [person("ann"), person("bob")],
        "event": [row(f"e{number}") for number in range(events)],
        "person_in_event": both,
    }


def connected(of: Graph, one: int, other: int) -> Connection:
    """How two nodes hang together."""
    return connection(of, one, other, widely_shared(of))


def between(world: World, one: str = "ann", other: str = "bob") -> tuple[Graph, Connection]:
    of = drawn(world)
    return of, connected(of, node(of, one), node(of, other))


def test_two_at_one_event() -> None:
    of, found = between(met())
    assert found.path is not None
    assert [of.kind(one) for one in found.path.between] == ["event"]
    assert [step.rows.num_rows for step in found.path.steps] == [1, 1]
    assert keys(of, found.path.breaks) == ["ann", "bob", "e0", "e0/ann", "e0/bob"]
    assert (found.second, found.path.joined) == (None, ())


def test_a_second_path_shares_nothing_between_the_two() -> None:
    of, found = between(met(events=2))
    assert found.path is not None
    assert found.second is not None
    assert not set(found.path.between) & set(found.second.between)
    assert keys(of, found.breaks) == ["ann", "bob"]


def test_a_link_that_two_records_say_is_ended_by_neither() -> None:
    world: World = {
        "person": [person("ann"), person("bob")],
        "relation": [row(f"r{number}", person="ann", other_person="bob", relation="peer") for number in range(2)],
    }
    of, found = between(world)
    assert found.path is not None
    assert keys(of, found.path.breaks) == ["ann", "bob"]
    assert found.second is None


def test_beside_a_link_there_may_be_another_way() -> None:
    world = met()
    of, found = between({**world, "relation": [row("r", person="ann", other_person="bob", relation="peer")]})
    assert found.path is not None
    assert found.second is not None
    assert found.path.between == ()
    assert [of.kind(one) for one in found.second.between] == ["event"]
    assert keys(of, found.breaks) == ["ann", "bob"]


def test_a_path_through_two_records_of_one_person_rests_on_their_being_one() -> None:
    world: World = {
        "person": [person("ann"), person("bob"), person("c1", entity="c"), person("c2", entity="c")],
        "relation": [
            row("r1", person="ann", other_person="c1", relation="peer"),
            row("r2", person="c2", other_person="bob", relation="peer"),
        ],
    }
    of, found = between(world)
    assert found.path is not None
    assert found.path.joined == (node(of, "c1"),)
    world = {**world, "relation": [*world["relation"], row("r3", person="c1", other_person="bob", relation="peer")]}
    _, found = between(world)
    assert found.path is not None
    assert found.path.joined == ()


def at_school(pupils: int, **ann_and_bob: str) -> World:
    """Two who share an address with so many others."""
    people = [person(who, address="The School", **ann_and_bob) for who in ("ann", "bob")]
    return {"person": [*people, *(person(f"p{number}", address="The School") for number in range(pupils))]}


def test_what_many_share_is_told_with_its_count() -> None:
    of, found = between(at_school(WIDELY))
    assert found.path is not None
    assert found.shared == found.path.between
    [told] = sharing(of, np.array(found.shared, np.int32)).to_pylist()
    assert (told["people"], told["uninvolved"]) == (WIDELY + 2, WIDELY + 2)


def test_what_few_share_is_telling() -> None:
    _, found = between(at_school(WIDELY - 3))
    assert found.shared == ()


def test_victims_and_suspects_do_not_make_a_place_widely_shared() -> None:
    pupils = at_school(WIDELY)
    involved = [{**one, "role": "victim"} for one in pupils["person"]]
    of, found = between({"person": involved})
    assert found.shared == ()
    assert sharing(of)["uninvolved"].to_pylist() == [0]


def test_a_path_goes_round_what_many_share_though_it_is_longer() -> None:
    world = at_school(WIDELY)
    more: World = {
        **world,
        "person": [*world["person"], person("cat"), person("dan")],
        "relation": [
            row("r1", person="ann", other_person="cat", relation="peer"),
            row("r2", person="cat", other_person="dan", relation="peer"),
            row("r3", person="dan", other_person="bob", relation="peer"),
        ],
    }
    of, found = between(more)
    assert found.path is not None
    assert found.path.between == (node(of, "cat"), node(of, "dan"))
    assert [of.row(one)["label"] for one in found.passed] == ["The School"]


def test_a_place_that_many_share_can_be_asked_about_itself() -> None:
    of = drawn(at_school(WIDELY))
    place = int(of.all_of("location")[0])
    for one, other in ((node(of, "ann"), place), (place, node(of, "ann"))):
        found = connected(of, one, other)
        assert found.path is not None
        assert (len(found.path.steps), found.shared, found.passed) == (1, (), ())


def chain(links: int) -> World:
    """People of whom each knows the next."""
    names = [f"p{number}" for number in range(links + 1)]
    pairs = itertools.pairwise(names)
    return {
        "person": [person(name) for name in names],
        "relation": [row(f"r{one}", person=one, other_person=other, relation="peer") for one, other in pairs],
    }


@pytest.mark.parametrize(("links", "there"), [(LONGEST, True), (LONGEST + 1, False)])
def test_the_longest_path_is_of_a_stated_length(links: int, there: bool) -> None:
    _, found = between(chain(links), "p0", f"p{links}")
    assert (found.path is not None, found.longest) == (there, LONGEST)


def test_nothing_lies_between_a_person_and_themselves() -> None:
    _, found = between(met(), "ann", "ann")
    assert found.path is not None
    assert (found.path.steps, found.path.breaks) == ((), frozenset())


def test_people_apart_have_no_path() -> None:
    _, found = between({"person": [person("ann"), person("bob")]})
    assert (found.path, found.second, found.breaks) == (None, None, frozenset())


def lengths(of: Graph, one: int) -> dict[int, int]:
    """How many links each node is from one, by going step by step."""
    far, front = {one: 0}, [one]
    while front:
        near = {int(other): far[at] + 1 for at in front for other in of.neighbours(at) if int(other) not in far}
        far |= near
        front = list(near)
    return far


@settings(max_examples=settings().max_examples // 10)
@given(worlds())
def test_no_way_is_shorter_than_the_one_found(world: World) -> None:
    of = drawn(world)
    for one in range(min(of.size, 6)):
        far = lengths(of, one)
        for other in range(of.size):
            way = shortest(of, one, other, NOTHING)
            expected = far.get(other, LONGEST + 1)
            assert (way is None) == (expected > LONGEST)
            if way is not None:
                assert (way[0], way[-1], len(way)) == (one, other, expected + 1)
                assert all(right in of.neighbours(left) for left, right in itertools.pairwise(way))


_NAMED: tuple[Kind, ...] = ("person", "event", "person_in_event", "relation")


@settings(max_examples=settings().max_examples // 10)
@given(worlds())
def test_the_records_that_are_said_to_break_a_path_do(world: World) -> None:
    """Without any one of them the same way is there no more; it may be that another is."""
    of = drawn(world)
    people = range(int(of.first[1]))
    found = next((c for a in people for b in people if a < b and (c := connected(of, a, b)).path), None)
    if found is None or found.path is None:
        return
    for kind, source, record_id in ((_of(of, one)) for one in found.path.breaks):
        rows = [one for one in world.get(kind, ()) if (one["source"], one["record_id"]) != (source, record_id)]
        after = _said({**world, kind: rows})
        assert not all(_said_of(of, step.rows) & after for step in found.path.steps)


def _of(of: Graph, record: int) -> tuple[Kind, str, str]:
    one = of.records.slice(record, 1).to_pylist()[0]
    return one["kind"], one["source"], one["record_id"]


def _said(world: World) -> set[tuple[object, ...]]:
    of = drawn(world)
    return _said_of(of, of.links)


def _said_of(of: Graph, rows: pa.Table) -> set[tuple[object, ...]]:
    names = ("record", "left_record", "right_record")
    return {(one["kind"], one["role"], *(_of(of, one[name]) for name in names)) for one in rows.to_pylist()}
