"""What is looked up in a graph, against going through all of its rows one by one."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.networks import LINK_KINDS, NODE_KINDS, Graph
from tests.networks.test_graph_worlds import worlds
from tests.networks.worlds import World, drawn, node, person, row

_SOME = settings(max_examples=settings().max_examples // 6)
HIGH, PHONE = "1 High Row", "+447700900001"


def around(of: Graph) -> dict[int, set[int]]:
    """Of each node those that a row of links puts beside it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in of.links.to_pylist():
        found[one["left"]].add(one["right"])
        found[one["right"]].add(one["left"])
    return found


@_SOME
@given(worlds())
def test_neighbours_are_those_that_a_row_puts_beside_a_node(world: World) -> None:
    of = drawn(world)
    beside = around(of)
    for one in range(of.size):
        assert of.neighbours(one).tolist() == sorted(beside[one])


@_SOME
@given(worlds(), st.integers(0, 3), st.data())
def test_what_lies_within_some_links_is_reached_step_by_step(world: World, links: int, data: st.DataObject) -> None:
    of = drawn(world)
    if not of.size:
        return
    start = data.draw(st.integers(0, of.size - 1))
    beside, reached = around(of), {start}
    for _ in range(links):
        reached |= {other for one in reached for other in beside[one]}
    assert of.within(start, links).tolist() == sorted(reached)


@_SOME
@given(worlds())
def test_rows_between_two_nodes_are_all_that_have_both_for_ends(world: World) -> None:
    of = drawn(world)
    rows = of.links.to_pylist()
    for one in range(of.size):
        for other in of.neighbours(one).tolist():
            wanted = [row for row in rows if {row["left"], row["right"]} == {one, other}]
            assert of.between(one, other).to_pylist() == wanted
        assert of.between(one, one).num_rows == sum(row["left"] == row["right"] == one for row in rows)


@_SOME
@given(worlds())
def test_rows_of_each_kind_are_all_rows_in_their_order(world: World) -> None:
    of = drawn(world)
    rows = of.links.to_pylist()
    for number, kind in enumerate(LINK_KINDS):
        assert of.of_kind(kind).to_pylist() == [row for row in rows if row["kind"] == number]
    assert of.of_kind(*LINK_KINDS).num_rows == len(rows)


@_SOME
@given(worlds())
def test_a_node_is_of_one_kind_and_shown_under_a_record_that_leads_to_it(world: World) -> None:
    of = drawn(world)
    every = [one for kind in NODE_KINDS for one in of.all_of(kind).tolist()]
    assert every == list(range(of.size))
    for one in every:
        assert one in of.all_of(of.kind(one)).tolist()
        if of.kind(one) in ("person", "event", "order", "case"):
            assert of.node_at(of.key(one)) is not None


@_SOME
@given(worlds())
def test_records_of_one_entity_lead_to_one_node_and_of_two_to_two(world: World) -> None:
    """Whatever else has the same id in another source."""
    of = drawn(world)
    told: defaultdict[str, set[int | None]] = defaultdict(set)
    for one in world.get("person", ()):
        key = RecordKey(one["source"], one["record_id"])
        told[one.get("entity", str(key))].add(of.node_at(key))
    assert all(len(nodes) == 1 and None not in nodes for nodes in told.values())
    assert len(set().union(*told.values())) == len(told)


def test_a_record_of_nothing_that_has_a_node_leads_nowhere() -> None:
    of = drawn(
        {
            "person": [person("ann"), person("bob")],
            "event": [row("e1")],
            "person_in_event": [row("p1", event="e1", person="ann")],
            "relation": [row("r1", person="ann", other_person="bob", relation="peer")],
        }
    )
    assert of.node_at(RecordKey("force-a", "ann")) == node(of, "ann")
    assert of.node_at(RecordKey("force-a", "e1")) == node(of, "e1", "event")
    for name in ("p1", "r1", "nobody"):
        assert of.node_at(RecordKey("force-a", name)) is None
    assert of.node_at(RecordKey("force-b", "ann")) is None


def test_a_thing_is_found_by_what_it_is_called() -> None:
    of = drawn({"person": [person("ann", address=HIGH, phone=PHONE)], "vehicle": [row("v", registration="QA51ABC")]})
    [place], [phone], [car] = (of.all_of(kind).tolist() for kind in ("location", "telephone", "vehicle"))
    assert of.thing_called([PHONE]) == phone
    assert of.thing_called([HIGH]) == place
    assert of.thing_called(["nothing", "QA51ABC"]) == car
    assert of.thing_called([PHONE, HIGH]) == place  # places come first
    assert of.thing_called(["Ann Testcase"]) is None
    assert of.thing_called([]) is None
