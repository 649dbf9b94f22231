"""The rule of the border: one suspect, and children whom no one force names together."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from concerted.networks.findings.draft import CHILD, CONCERNED, Draft, World
from concerted.networks.findings.occasions import CONCERN, Rows, event_rows
from concerted.networks.findings.reasons import among
from concerted.networks.findings.ties import Ties
from concerted.networks.people import is_role

DAYS: Final = 365  # between an occasion of one force and one of another
OF_POLICE: Final = ("crime", "arrest", "stop", "intelligence report")  # who records these is a force


def across_forces(world: World, ties: Ties) -> Iterator[Draft]:
    """One for each suspect of whom it is so."""
    rows = ties.take(np.flatnonzero(ties.grave & ties.with_child))
    rows = rows.take(np.flatnonzero(of_suspects(world, rows)))
    source = world.source[rows.record]
    if len(np.unique(source)) < 2:
        return
    force = forces(world)[source]
    several = _of_several(rows.one, force, world.size)
    rows, force = rows.take(several), force[several]
    by_person: dict[int, list[int]] = defaultdict(list)
    for row, who in enumerate(rows.one.tolist()):
        by_person[who].append(row)
    for who, mine in sorted(by_person.items()):
        told = [(int(rows.other[at]), int(force[at]), int(rows.day[at]), int(rows.event[at])) for at in mine]
        if kept := _apart(told):
            children = {child for child, *_ in kept}
            people = frozenset({(who, CONCERNED)} | {(child, CHILD) for child in children})
            yield Draft("suspect-across-forces", people, frozenset(event for *_, event in kept))


def _of_several(who: Rows, force: Rows, size: int) -> Rows:
    """The rows of those of whom two forces or more have some; -1 is no force."""
    first, last = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
    known = np.flatnonzero(force >= 0)
    np.minimum.at(first, who[known], force[known])
    np.maximum.at(last, who[known], force[known])
    return known[first[who[known]] < last[who[known]]]


def of_suspects(world: World, ties: Ties) -> Rows:
    """Ties whose first person had a part of concern in the occasion."""
    own = np.flatnonzero(world.parts.part == CONCERN)
    known = world.parts.at[own] * world.size + world.parts.who[own]  # sorted, as the parts are
    return among(ties.event * world.size + ties.one, known)


def forces(world: World) -> Rows:
    """Of each of the world's sources its number, where it is a force; -1 of other agencies."""
    is_event, row = event_rows(world.graph, world.all_parts.at)
    types = world.graph.tables["event"]["event_type"]
    police = is_event & (is_role(types, *OF_POLICE)[row] if len(types) else False)
    numbers = np.arange(len(world.sources))
    found: Rows = np.where(np.isin(numbers, world.source[world.all_parts.record[police]]), numbers, -1)
    return found


def _apart(told: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The ties with children whom no one force has both of, and who were near in time; none where there are none."""
    known = defaultdict(set)
    for child, force, *_ in told:
        known[child].add(force)
    kept = [
        one
        for one in told
        for other in told
        if one[0] != other[0] and not known[one[0]] & known[other[0]] and abs(one[2] - other[2]) <= DAYS
    ]
    return list(dict.fromkeys(kept))
