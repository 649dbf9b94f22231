"""Findings as the page shows them: their people and things under one mark each, their facts, their charts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.desk.patterns import ties
from concerted.desk.patterns.chart import link_chart, of_concern
from concerted.desk.patterns.data import PEOPLE, ByThing, FactRow, Item, Pattern
from concerted.desk.patterns.evidence import NOTHING, Evidence, evidence, people_of
from concerted.desk.patterns.items import Items
from concerted.desk.patterns.missing import among
from concerted.desk.patterns.times import timeline
from concerted.networks import Graph
from concerted.networks.findings import Fact, Finding, Standing, Told, rules

FACTS: Final = 60  # of one pattern that the page lists, the earliest first; findings.json has them all

Shown = tuple[Told, Standing]
People = tuple[tuple[Item, tuple[str, ...]], ...]


def patterns_of(graph: Graph, items: Items, some: Sequence[Shown], missing: pa.Table) -> Iterator[Pattern]:
    """These findings, numbered in their order. missing: children who were missing at the same times, as `co_missing`
    gives them."""
    findings = [told.finding for told, _ in some]
    held = evidence(graph, {fact.key for one in findings for fact in one.facts[:FACTS]})
    nodes = people_of(graph, {key for one in findings for key, _ in one.people})
    people = [_people(items, nodes, one) for one in findings]
    in_patterns, pairs = _in_patterns(people), among(missing, nodes.values())
    for number, (told, standing) in enumerate(some, 1):
        mine = people[number - 1]
        facts = {f"R{at}": fact for at, fact in enumerate(told.finding.facts[:FACTS], 1)}
        known = {mark: held.get(fact.key, NOTHING) for mark, fact in facts.items()}
        who = [item for item, _ in mine]
        things = [items.of(node) for node in ties.things_of(graph, [one.node for one in who], list(known.values()))]
        links = ties.links_of(graph, who, things, known, pairs)
        rows = tuple(_row(graph, mark, fact, known[mark], [*who, *things]) for mark, fact in facts.items())
        yield Pattern(
            number=number,
            told=told,
            standing=standing,
            rule=rules()[told.finding.rule],
            people=mine,
            things=tuple(things),
            facts=rows,
            links=links,
            chart=link_chart([*who, *things], links, of_concern(mine)),
            timeline=timeline(rows, graph.today),
            also={item.mark: tuple(one for one in in_patterns[item.mark] if one != number) for item in who},
        )


def _row(graph: Graph, mark: str, fact: Fact, held: Evidence, items: Sequence[Item]) -> FactRow:
    """items: the people and things of its pattern."""
    marks = {item.node: item.mark for item in items}
    who = [item for item in items if item.kind in PEOPLE]
    by = [(item.mark, held.by[item.node]) for item in who if item.node in held.by]
    return FactRow(
        mark,
        fact,
        held.handling,
        held.when,
        people=tuple(item.mark for item in who if item.node in held.near),
        by=tuple(ByThing(person, graph.kind(thing), marks.get(thing, "")) for person, thing in by),
    )


def _people(items: Items, nodes: Mapping[RecordKey, int], one: Finding) -> People:
    """Each of its people once, with their roles, in its order."""
    roles: defaultdict[int, list[str]] = defaultdict(list)
    for key, role in one.people:
        if key in nodes:
            roles[nodes[key]].append(role)
    return tuple((items.of(node), tuple(said)) for node, said in roles.items())


def _in_patterns(people: Sequence[People]) -> Mapping[str, list[int]]:
    """The patterns that each person is in, by mark."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(people, 1):
        for item, _ in some:
            found[item.mark].append(number)
    return found
