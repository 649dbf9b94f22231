"""What the graph holds of the facts of a finding, against going through its rows one by one."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk.patterns.data import Item
from concerted.desk.patterns.evidence import Evidence, evidence
from concerted.desk.patterns.items import Items
from concerted.desk.patterns.ties import links_of, things_of
from concerted.networks import Graph
from concerted.networks.findings.occasions import OF_ONE
from concerted.networks.kinds import THINGS
from tests.networks.findings.worlds import adult, child, met, scope
from tests.networks.worlds import World, drawn

NAMES = ("pat", "quin", "cleo", "dee", "ros", "sam")
PHONES = tuple(f"+4477009000{number:02}" for number in range(3))
_SOME = settings(max_examples=settings().max_examples // 3)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """People, some with a telephone, and messages that name some of them and some telephones."""
    people = []
    for at, name in enumerate(NAMES):
        phone = draw(st.sampled_from(["", "", *PHONES]))
        make = child if at in (2, 3) else adult
        people.append(make(name, **({"phone": phone} if phone else {})))
    told = []
    for number in range(draw(st.integers(1, 4))):
        named = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
        between = dict(
            zip(("phone_from", "phone_to"), draw(st.lists(st.sampled_from(PHONES), max_size=2)), strict=False)
        )
        told.append(met(f"m{number}", "2025-03-01", dict.fromkeys(named, "named"), event_type="message", **between))
    return scope(people, *told)


def held_of(graph: Graph, world: World) -> dict[str, Evidence]:
    """What is held of each message, by its id."""
    keys = {RecordKey("force-a", one["record_id"]) for one in world["event"]}
    return {key.record_id: held for key, held in evidence(graph, keys).items()}


def shown_of(graph: Graph, known: dict[str, Evidence]) -> tuple[list[Item], list[Item]]:
    """The people of a graph and the things that tie them, as a chart shows them."""
    items = Items(graph)
    people = [items.of(one) for one in graph.all_of("person").tolist()]
    return people, [items.of(one) for one in things_of(graph, {one.node for one in people}, list(known.values()))]


def users_of(graph: Graph) -> dict[int, set[int]]:
    """Whose each thing is."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in graph.of_kind("used").to_pylist():
        found[one["right"]].add(one["left"])
    return found


@_SOME
@given(worlds())
def test_who_is_in_a_record_by_a_thing_is_whose_it_is_and_not_named(world: World) -> None:
    graph = drawn(world)
    users = users_of(graph)
    for held in held_of(graph, world).values():
        things = [one for one in held.near if graph.kind(one) in THINGS]
        wanted = {who for one in things for who in users.get(one, ()) if len(users[one]) <= OF_ONE} - held.near
        assert set(held.by) == wanted
        assert all(who in users[thing] and thing in held.near for who, thing in held.by.items())
        assert held.who() == held.near | wanted


@_SOME
@given(worlds())
def test_a_record_names_its_parts_and_its_telephones_and_no_more(world: World) -> None:
    graph = drawn(world)
    parts = {(one["event"], one["person"]) for one in world.get("person_in_event", ())}
    for name, held in held_of(graph, world).items():
        named = {graph.key(one).record_id for one in held.near if graph.kind(one) == "person"}
        assert named == {who for event, who in parts if event == name}
        [event] = [one for one in world["event"] if one["record_id"] == name]
        phones = {graph.row(one)["label"] for one in held.near if graph.kind(one) == "telephone"}
        assert phones == {event[field] for field in ("phone_from", "phone_to") if field in event}


@_SOME
@given(worlds())
def test_two_who_are_in_one_record_hang_together_in_the_chart_of_it(world: World) -> None:
    """However they are in it: named, or by a telephone; else the chart would not show why the rule was met."""
    graph = drawn(world)
    known = held_of(graph, world)
    people, things = shown_of(graph, known)
    nodes = {one.node for one in people}
    groups = [{one.node} for one in (*people, *things)]
    for link in links_of(graph, people, things, known, set()):
        joined = [group for group in groups if {link.left.node, link.right.node} & group]
        groups = [*(group for group in groups if group not in joined), set().union(*joined)]
    for held in known.values():
        inside = nodes & held.who()
        assert not inside or any(inside <= group for group in groups)


@_SOME
@given(worlds())
def test_no_line_says_that_a_record_names_whom_it_does_not(world: World) -> None:
    graph = drawn(world)
    known = held_of(graph, world)
    people, things = shown_of(graph, known)
    for link in links_of(graph, people, things, known, set()):
        for mark in link.records:
            assert {link.left.node, link.right.node} <= known[mark].near
