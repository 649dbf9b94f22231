"""The rules of the circle: who is tied to whom by occasions that do not depend on each other."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from concerted.linkage.components import components
from concerted.networks.findings.draft import CHILD, CONCERNED, Draft, World
from concerted.networks.findings.missing import together
from concerted.networks.findings.reasons import among, pair_codes
from concerted.networks.findings.rings import in_rings, of_graves, of_their_occasions
from concerted.networks.findings.shared import shared, tied
from concerted.networks.findings.ties import MISSING, Ties, joined, met
from concerted.networks.keys import distinct
from concerted.networks.kinds import NODE_KINDS

DAYS: Final = 730  # within which a circle closes
MANY: Final = 8  # people of one pattern whom plain occasions alone may hold together


def all_ties(world: World) -> Ties:
    """Ties of those who met, who share something, and of children who are missing at the same times."""
    meetings = met(world.events, world.all_parts, world.reasons, world.context)
    return joined(meetings, shared(world.events, world.parts, world.reasons, world.context), missing_ties(world))


def missing_ties(world: World) -> Ties:
    """All the times of two children are one occasion."""
    left, right, code = together(world.graph, world.all_parts)
    apart = ~among(code, world.reasons)
    found = tied(world.all_parts, left[apart], right[apart], world.all_parts.at)
    return found.of_children(code[apart] + MISSING)


def circles(world: World, ties: Ties) -> Iterator[Draft]:
    """Circles with two or more people of concern and a child, or with one and two children of different homes."""
    first = int(world.graph.first[NODE_KINDS.index("order")])
    telling = in_rings(ties, world.size, DAYS) | of_graves(ties, world.size, DAYS, first)
    ring = ties.take(np.flatnonzero(of_their_occasions(ties, telling)))
    for part in _groups(ring, world.size):
        grown, children = set(part.one[part.with_child].tolist()), set(part.other[part.with_child].tolist())
        if len(grown | children) < 3:
            continue
        people = frozenset({(one, CONCERNED) for one in grown} | {(one, CHILD) for one in children})
        events = part.events()
        if len(grown) > 1:
            yield Draft("circle-of-adults-and-children", people, events)
        elif several_homes(world, children):
            yield Draft("one-adult-several-children", people, events)


def _groups(ring: Ties, size: int) -> Iterator[Ties]:
    """Ties that hang together, group by group. Where that is many people only grave occasions hold a group together,
    with all that ties its people: what is plain would join two groups that once were at one place."""
    for part in parted(ring, size):
        if len(distinct(np.append(part.one, part.other))) <= MANY:
            yield part
            continue
        for core in parted(part.take(np.flatnonzero(part.grave)), size):
            people = distinct(np.append(core.one, core.other))
            yield part.take(np.flatnonzero(np.isin(part.one, people) & np.isin(part.other, people)))


def several_homes(world: World, children: set[int]) -> bool:
    """Whether two of these are neither of one home nor one family."""
    who = np.array(sorted(children), np.int32)
    left, right = np.triu_indices(len(who), 1)
    return bool((~among(pair_codes(world.graph, who[left], who[right]), world.reasons)).any())


def parted(ties: Ties, size: int) -> Iterator[Ties]:
    """Ties that hang together, group by group."""
    group = components(size, ties.one, ties.other)[ties.one]
    order = np.argsort(group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        if len(rows):
            yield ties.take(rows)
