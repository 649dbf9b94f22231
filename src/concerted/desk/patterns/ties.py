"""The links of a pattern's people and things, each with the facts that say it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations

from concerted.desk.patterns.data import PEOPLE, Item, Link, Tie
from concerted.desk.patterns.evidence import Evidence
from concerted.networks import LINK_KINDS, NODE_KINDS, Graph

Pairs = Set[tuple[int, int]]
_Said = dict[tuple[int, int, Tie], list[str]]


def things_of(graph: Graph, people: Iterable[int], facts: Sequence[Evidence]) -> list[int]:
    """Places, telephones, vehicles and accounts that two facts name and that tie two of these people, or that one fact
    names and another's own record gives as theirs; and those by which one of these is in a fact with another."""
    named = sorted({node for one in facts for node in one.near if not _person(graph, node)})
    who = set(people)
    return [node for node in named if _ties_two(graph, node, who, facts) or _is_in_by(node, who, facts)]


def _is_in_by(node: int, people: set[int], facts: Sequence[Evidence]) -> bool:
    """Whether by this thing one of these people is in a fact in which another is."""
    return any(
        thing == node and person in people and len(people & one.who()) > 1
        for one in facts
        for person, thing in one.by.items()
    )


def _ties_two(graph: Graph, node: int, people: set[int], facts: Sequence[Evidence]) -> bool:
    by_facts = [people & one.near for one in facts if node in one.near]
    theirs = people & set(graph.neighbours(node).tolist())
    records = sum(bool(some) for some in by_facts) + len(theirs)
    return records > 1 and len(theirs.union(*by_facts)) > 1


def links_of(
    graph: Graph, people: Sequence[Item], things: Sequence[Item], facts: Mapping[str, Evidence], missing: Pairs
) -> tuple[Link, ...]:
    """The lines between these. facts: by their marks. missing: children who were missing at the same times."""
    item = {one.node: one for one in (*people, *things)}
    who = sorted(one.node for one in people)
    said: _Said = {}
    for mark, one in facts.items():
        there = [node for node in who if node in one.near]
        for left, right in combinations(there, 2):
            said.setdefault((left, right, "event"), []).append(mark)
        for thing in things:
            if thing.node in one.near:
                for node in there:
                    said.setdefault((node, thing.node, "there"), []).append(mark)
        for pair in combinations(sorted({one.by[node] for node in who if node in one.by} & item.keys()), 2):
            said.setdefault((*pair, "event"), []).append(mark)  # two people, each by a thing of theirs
    links = [Link(item[left], item[right], tie, tuple(marks)) for (left, right, tie), marks in said.items()]
    return (*links, *_lasting(graph, item, who, things), *_missing(item, who, missing))


def _lasting(graph: Graph, item: Mapping[int, Item], who: Sequence[int], things: Sequence[Item]) -> Iterable[Link]:
    """What is recorded of two of these whatever happened: relations, addresses, whose telephone it is."""
    pairs = [*combinations(who, 2), *((node, thing.node) for node in who for thing in things)]
    for left, right in pairs:
        rows = graph.between(left, right)
        if rows.num_rows:
            tie: Tie = "related" if _person(graph, right) else "theirs"
            words = {(LINK_KINDS[one["kind"]], one["role"]) for one in rows.select(["kind", "role"]).to_pylist()}
            yield Link(item[left], item[right], tie, says=", ".join(sorted(_told(*one) for one in words)))


def _told(kind: str, role: str | None) -> str:
    return (role or "related") if kind == "related" else kind


def _missing(item: Mapping[int, Item], who: Sequence[int], missing: Pairs) -> Iterable[Link]:
    for left, right in combinations(who, 2):
        if (left, right) in missing:
            yield Link(item[left], item[right], "missing")


def _person(graph: Graph, node: int) -> bool:
    return bool(node < graph.first[NODE_KINDS.index(PEOPLE[-1]) + 1])
