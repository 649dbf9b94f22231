"""The engine says what reading the records one by one says, whatever they are."""

from hypothesis import given, settings

from concerted.networks import LINK_KINDS, Graph
from concerted.networks.spans import day_of
from tests.networks.oracle import Oracle, Said
from tests.networks.test_graph import MEETING
from tests.networks.test_graph_worlds import worlds
from tests.networks.worlds import World, drawn, person, row

_SOME = settings(max_examples=settings().max_examples // 4)


def called(of: Graph, oracle: Oracle, node: int) -> str:
    """A node as the oracle calls it."""
    kind, told = of.kind(node), of.row(node)
    key = f"{told['source']}:{told['record_id']}"
    if kind in ("event", "order", "case"):
        return f"{kind} {key}"
    if kind in ("person", "unidentified"):
        before = {"person": "person", "person_in_event": "part", "event": "with"}[str(told["record_kind"])]
        return (
            f"person {oracle.people[str(told['source']), str(told['record_id'])]}"
            if before == "person"
            else f"{before} {key}"
        )
    return f"thing {told['label']}"


def engine(of: Graph, oracle: Oracle) -> set[Said]:
    """What the graph says, as the oracle says it."""
    return {
        (
            LINK_KINDS[one["kind"]],
            one["role"],
            called(of, oracle, one["left"]),
            called(of, oracle, one["right"]),
            f"{one['source']}:{one['record_id']}",
        )
        for one in of.evidence(of.links).to_pylist()
    }


def compare(world: World) -> None:
    """Hold the graph of a world against what the oracle says of it."""
    of, oracle = drawn(world), Oracle(world)
    assert engine(of, oracle) == oracle.links()
    people = {called(of, oracle, node): node for node in range(int(of.first[2]))}
    assert {name for name, node in people.items() if of.kind(node) == "unidentified"} == oracle.unidentified()
    rows = {name: of.row(node) for name, node in people.items()}
    for field, role in (("ever_victim", "victim"), ("suspect", "suspect"), ("of_concern", "person of concern")):
        assert {name for name, told in rows.items() if told[field]} == oracle.ever(role)
    for name, (earliest, latest) in oracle.born().items():
        told = rows[name]
        assert (day_of(int(str(told["birth_earliest"]))), day_of(int(str(told["birth_latest"])))) == (earliest, latest)


@_SOME
@given(worlds())
def test_the_engine_says_what_the_oracle_says(world: World) -> None:
    compare(world)


def test_they_agree_on_a_meeting() -> None:
    compare(MEETING)


def test_they_agree_on_who_is_named_in_another_source() -> None:
    compare(
        {
            "person": [person("ann", "council-a"), person("ann"), row("bear", aliases="Bear", entity="force-a:ann")],
            "event": [row("e1"), row("e1", "council-a", found_with="a woman")],
            "person_in_event": [
                row("p", event="e1", person="ann", role="victim"),
                row("p", "council-a", event="e1", person="ann", role="suspect"),
                row("q", "council-a", event="e1", role="person of concern"),
            ],
            "order": [row("o", "council-a", protected_person="ann", person="ann")],
        }
    )


def test_the_oracle_notices_what_is_missing() -> None:
    """A check of the check: with one part left out the two no longer agree."""
    of, oracle = drawn(MEETING), Oracle({**MEETING, "person_in_event": MEETING["person_in_event"][:1]})
    assert engine(of, oracle) != oracle.links()
