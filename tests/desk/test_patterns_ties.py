"""The lines of a chart: which there are between the people and things of a pattern, and what each says."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk.patterns.data import FactRow, Item, Link
from concerted.desk.patterns.evidence import NOTHING, evidence
from concerted.desk.patterns.items import NO_NAME, Items
from concerted.desk.patterns.missing import MOST, among, latest
from concerted.desk.patterns.page import render
from concerted.desk.patterns.ties import Pairs, links_of, things_of
from concerted.desk.patterns.words import sentence, thing, tie, when
from concerted.networks import Graph
from concerted.networks.co_missing import co_missing
from concerted.networks.findings import Fact
from concerted.networks.findings.occasions import OF_ONE
from concerted.networks.spans import OPEN_END, OPEN_START, day_number
from concerted.networks.timeline import When
from tests.desk.patterns import TOGETHER, WORLD, page_of
from tests.networks.findings.worlds import adult, child, crime, met, missing, report, scope
from tests.networks.worlds import World, drawn, node, row

HOME = {"address": "1 High Row"}


def lines(world: World, people: str, facts: str, pairs: Pairs = frozenset()) -> set[tuple[str, str, str, str]]:
    """The lines between people and what they share: the record ids of people or the name of a thing, the kind, and the
    facts that say it. facts: record ids."""
    graph = drawn(world)
    items = Items(graph)
    who = [items.of(node(graph, name)) for name in people.split()]
    held = evidence(graph, {RecordKey("force-a", one) for one in facts.split()})
    known = {one: held[RecordKey("force-a", one)] for one in facts.split()}
    things = [items.of(one) for one in things_of(graph, [one.node for one in who], list(known.values()))]
    return {
        (_called(one.left), _called(one.right), one.tie, " ".join(one.records) or one.says)
        for one in links_of(graph, who, things, known, pairs)
    }


def _called(item: Item) -> str:
    return item.key.record_id if item.kind == "person" else item.label


def _node_pairs(graph: Graph, *names: str) -> Pairs:
    one, other = sorted(node(graph, name) for name in names)
    return {(one, other)}


def test_two_in_one_record_are_linked_by_each_record_that_names_both() -> None:
    world = scope(
        [adult("pat"), child("cleo"), child("dee")],
        crime("c1", "2025-03-01", "pat", "cleo dee"),
        crime("c2", "2025-04-01", "pat", "cleo"),
    )
    assert lines(world, "pat cleo dee", "c1 c2") == {
        ("cleo", "pat", "event", "c1 c2"),
        ("dee", "pat", "event", "c1"),
        ("cleo", "dee", "event", "c1"),
    }


def test_only_people_of_the_pattern_are_linked() -> None:
    world = scope([adult("pat"), child("cleo"), adult("ann")], crime("c1", "2025-03-01", "pat ann", "cleo"))
    assert lines(world, "pat cleo", "c1") == {("cleo", "pat", "event", "c1")}


def test_a_place_stands_between_those_who_were_named_there_apart() -> None:
    world = scope(
        [adult("pat"), child("cleo"), child("dee")],
        crime("c1", "2025-03-01", "pat", "dee", **HOME),
        report("r1", "2025-04-01", "cleo", **HOME),
    )
    found = lines(world, "pat cleo", "c1 r1")
    assert found == {("pat", "1 High Row", "there", "c1"), ("cleo", "1 High Row", "there", "r1")}


def test_whose_it_is_by_their_own_record_is_another_kind_of_line() -> None:
    world = scope(
        [adult("pat", phone="+447700900001"), child("cleo")],
        met("m1", "2025-03-01", {"cleo": "named"}, event_type="message", phone="+447700900001"),
    )
    found = lines(world, "pat cleo", "m1")
    assert ("cleo", "+447700900001", "there", "m1") in found
    assert ("pat", "+447700900001", "theirs", "used") in found


def test_two_whose_telephones_one_record_names_are_tied_by_these() -> None:
    """A message from one telephone to another names nobody."""
    world = scope(
        [adult("pat", phone="+447700900001"), child("cleo", phone="+447700900002")],
        met("m1", "2025-03-01", {}, event_type="message", phone_from="+447700900001", phone_to="+447700900002"),
    )
    assert lines(world, "pat cleo", "m1") == {
        ("+447700900002", "+447700900001", "event", "m1"),
        ("pat", "+447700900001", "theirs", "used"),
        ("cleo", "+447700900002", "theirs", "used"),
    }


def test_who_is_in_a_record_by_a_thing_of_theirs_is_not_told_as_named() -> None:
    users = [adult("pat", phone="+447700900001"), child("cleo"), adult("quin", registration="QA51 ABC")]
    named = met("m1", "2025-03-01", {"cleo": "named"}, event_type="message", phone="+447700900001")
    graph = drawn(scope(users, named))
    pat, cleo, quin = (node(graph, name) for name in ("pat", "cleo", "quin"))
    [held] = evidence(graph, {RecordKey("force-a", "m1")}).values()
    [phone] = graph.all_of("telephone").tolist()
    assert (pat in held.near, cleo in held.near, quin in held.who()) == (False, True, False)
    assert held.by == {pat: phone}
    assert held.who() >= {pat, cleo}


def test_what_many_use_is_nobody_s_own_and_who_is_named_is_not_told_twice() -> None:
    """As the rules take it: of a telephone of five nobody is in a record by it."""
    for count, by in ((OF_ONE, OF_ONE - 1), (OF_ONE + 1, 0)):
        users = [adult(f"p{at}", phone="+447700900001") for at in range(count)]
        told = met("m1", "2025-03-01", {"p0": "named"}, event_type="message", phone="+447700900001")
        [held] = evidence(drawn(scope(users, told)), {RecordKey("force-a", "m1")}).values()
        assert len(held.by) == by


def test_a_relation_says_who_they_are_to_each_other() -> None:
    told = row("k1", person="pat", relation="claimed partner", other_person="cleo")
    world: World = {"person": [adult("pat"), child("cleo")], "relation": [told]}
    [one] = lines(world, "pat cleo", "")
    assert one[2:] == ("related", "claimed partner")


def test_children_missing_at_the_same_times_are_linked_where_no_record_names_both() -> None:
    graph = drawn(TOGETHER)
    found = lines(TOGETHER, "cleo dee", "m3cleo m3dee", _node_pairs(graph, "cleo", "dee"))
    assert found == {("cleo", "dee", "missing", "")}
    assert lines(TOGETHER, "cleo dee", "m3cleo m3dee", _node_pairs(graph, "cleo", "eve")) == set()


def test_pairs_are_taken_of_which_both_are_on_the_page() -> None:
    graph = drawn(TOGETHER)
    told = co_missing(graph)
    cleo, dee, eve = (node(graph, name) for name in ("cleo", "dee", "eve"))
    assert among(told, [cleo, dee]) == {(min(cleo, dee), max(cleo, dee))}
    assert len(among(told, [cleo, dee, eve])) == 3
    assert among(told, []) == among(co_missing(drawn(WORLD)), [0, 1]) == set()


def test_the_list_of_pairs_is_cut_and_keeps_the_latest() -> None:
    names = [f"child{at}" for at in range(12)]
    world = scope(
        [child(name) for name in names],
        *(missing(f"m{at}{name}", f"2025-0{at}-10", name) for at in (3, 4) for name in names),
        *(missing(f"late{name}", "2025-09-01", name) for name in names[:2]),
    )
    graph = drawn(world)
    found = latest(Items(graph), co_missing(graph))
    assert (found.count, len(found.pairs)) == (66, MOST)
    first = found.pairs[0]
    assert {first.one.key.record_id, first.other.key.record_id} == {"child0", "child1"}
    assert (first.overlapping, first.last) == (3, "2025-09-01")
    assert {one.last for one in found.pairs[1:]} == {"2025-04-10"}


def test_somebody_without_a_name_is_called_so() -> None:
    graph = drawn({"person": [row("x", date_of_birth="1985-05-05")]})
    assert Items(graph).of(node(graph, "x")).label == NO_NAME


def test_what_an_item_and_a_line_are_in_words() -> None:
    item = Item(1, "T1", "vehicle", "QA12 ABC", RecordKey("force-a", "v"))
    assert thing(item) == "Vehicle"
    assert tie(Link(item, item, "theirs", says="used")) == "A record gives it as theirs, or as where they lived: used"
    assert sentence("a word") == "A word."
    assert sentence("Said.") == "Said."
    assert sentence("") == "."


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (("2025-03-01", "2025-03-01", "2025-03-01", "2025-03-01"), "1 March 2025"),
        (("2025-03-01", "2025-03-09", "2025-03-01", "2025-03-09"), "1 March 2025 to 9 March 2025"),
        (("2025-03-01", None, "2025-03-01", "2025-03-01"), "from 1 March 2025, no end recorded"),
        ((None, "2025-03-09", None, None), "no later than 9 March 2025"),
        (("2025-03-01", "2025-03-31", None, None), "some day in 2025-03"),
        ((None, None, None, None), "no date"),
    ],
)
def test_when_something_was_is_told_as_far_as_it_is_known(span: tuple[str | None, ...], said: str) -> None:
    unknown = (OPEN_START, OPEN_END, OPEN_END, OPEN_START)
    days = [day_number(date.fromisoformat(one)) if one else other for one, other in zip(span, unknown, strict=True)]
    assert when(FactRow("R1", Fact("a", "1", "", "", ""), "", When(*days), ())) == said


def test_a_record_that_the_graph_does_not_hold_names_nobody() -> None:
    assert (NOTHING.near, NOTHING.handling, str(NOTHING.when)) == (frozenset(), "", "no date")
    assert evidence(drawn(WORLD), set()) == {}


_PARTS = st.lists(st.sampled_from(["pat", "quin", "cleo", "dee"]), min_size=1, max_size=3, unique=True)
_EVENTS = st.lists(st.tuples(_PARTS, st.integers(1, 9), st.booleans()), min_size=2, max_size=8)


def _world(events: list[tuple[list[str], int, bool]]) -> World:
    told = []
    for at, (names, month, placed) in enumerate(events):
        suspects, victims = ([one for one in names if one in some] for some in (("pat", "quin"), ("cleo", "dee")))
        place = HOME if placed else {}
        told.append(crime(f"c{at}", f"2025-0{month}-10", " ".join(suspects), " ".join(victims), **place))
    return scope([adult("pat"), adult("quin"), child("cleo"), child("dee")], *told)


@given(_EVENTS)
@settings(max_examples=12)
def test_whatever_is_recorded_each_line_rests_on_records_that_name_its_ends(
    events: list[tuple[list[str], int, bool]],
) -> None:
    data = page_of(_world(events))
    for pattern in data.patterns:
        named = {fact.mark: set(fact.people) for fact in pattern.facts}
        marks = {item.mark for item, _ in pattern.people} | {item.mark for item in pattern.things}
        for link in pattern.links:
            assert {link.left.mark, link.right.mark} <= marks
            ends = {one.mark for one in (link.left, link.right) if one.kind == "person"}
            assert all(ends <= named[record] for record in link.records)
    assert render(data).count('<line class="tie') >= sum(len(one.links) for one in data.patterns)


@given(st.permutations(range(4)))
@settings(max_examples=6)
def test_the_order_in_which_records_came_changes_nothing(order: list[int]) -> None:
    events = [(["pat", "cleo"], 3, True), (["quin", "cleo"], 4, True), (["pat", "quin"], 5, False), (["pat"], 6, True)]
    usual = _world(events)
    turned = {kind: [rows[at % len(rows)] for at in _turned(order, len(rows))] for kind, rows in usual.items()}
    assert render(page_of(turned)) == render(page_of(usual))


def _turned(order: list[int], count: int) -> list[int]:
    """All of so many rows, in another order."""
    return sorted(range(count), key=lambda at: (order[at % len(order)], at))
