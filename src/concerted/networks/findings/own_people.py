"""Rules for an agency about people: an adult after a move, one nickname in several events, a child whom others name."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow.compute as pc

from concerted.networks.findings.draft import CHILD, CONCERNED, Draft, World
from concerted.networks.findings.missing import episode_rows
from concerted.networks.findings.occasions import CHILD as AS_A_CHILD
from concerted.networks.findings.occasions import SEXUAL, Rows, event_rows
from concerted.networks.findings.own_orders import placements
from concerted.networks.findings.ties import Ties
from concerted.networks.keys import NONE
from concerted.networks.people import is_role

YEAR: Final = 365
OFTEN: Final = 2  # records of a child as missing or harmed
OF_SERVICES: Final = (
    *("referral", "assessment", "section 47 enquiry", "child protection plan", "child in need plan", "placement"),
)
_ROLES: Final = (
    "suspect",
    "person of concern",
    "found with",
    "victim",
    "witness",
    "named",
    "child",
    "other",
    "reporter",
)


def after_a_move(world: World, ties: Ties) -> Iterator[Draft]:
    """Adults tied to a child in the year before a placement began and in the year after."""
    with_child = ties.take(np.flatnonzero(ties.with_child))
    moved = placements(world)
    moved = moved[np.isin(world.all_parts.who[moved], with_child.other)]
    source = world.graph.records["source"].to_pylist()
    for at in moved.tolist():
        child, day = int(world.all_parts.who[at]), int(world.all_parts.day[at])
        near = with_child.take(np.flatnonzero((with_child.other == child) & (np.abs(with_child.day - day) <= YEAR)))
        again = np.intersect1d(near.one[near.day < day], near.one[near.day > day])
        if len(again):
            events = near.take(np.flatnonzero(np.isin(near.one, again))).events() | {int(world.all_parts.at[at])}
            people = frozenset({(int(one), CONCERNED) for one in again} | {(child, CHILD)})
            yield Draft("adult-after-a-move", people, events, source[int(world.all_parts.record[at])])


def one_nickname(world: World, _: Ties) -> Iterator[Draft]:
    """Words for somebody without a record that stand in several events of one agency with one context."""
    first, beyond = int(world.graph.first[1]), int(world.graph.first[2])
    label = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(world.graph.tables["unidentified"]["label"], "")))
    words = np.array(label.to_pylist(), object)
    rows = np.flatnonzero((world.all_parts.who >= first) & (world.all_parts.who < beyond))
    where = world.context[np.minimum(world.all_parts.at[rows], world.graph.size)]
    source = np.array(world.graph.records["source"].to_pylist(), object)[world.all_parts.record[rows]].tolist()
    met: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for row, place, to in zip(rows.tolist(), where.tolist(), source, strict=True):
        said = words[world.all_parts.who[row] - first]
        if said and said not in _ROLES and place != NONE:
            met[said, place, to].append(row)
    for key, told in met.items():
        events = frozenset(world.all_parts.at[told].tolist())
        if len(events) > 1:
            people = frozenset((int(world.all_parts.who[row]), CONCERNED) for row in told)
            yield Draft("one-nickname", people, events, key[2])


def known_to_others(world: World, _: Ties) -> Iterator[Draft]:
    """Children of homes that children's services know, whom others' events name and of whom they hold nothing."""
    rows = np.flatnonzero(_harmed(world) & (world.all_parts.day >= world.graph.today - YEAR) & world.all_parts.child)
    source = np.array(world.graph.records["source"].to_pylist(), object)
    told: dict[int, list[int]] = defaultdict(list)
    for row in rows.tolist():
        told[int(world.all_parts.who[row])].append(row)
    holders, services = _holders(world, source), _services(world, source)
    often = {child: named for child, named in sorted(told.items()) if len(named) >= OFTEN}
    beside = _beside(world, list(often))
    for child, named in often.items():
        at_home = set().union(*(holders.get(node, set()) for node in beside[child]))
        for to in sorted((at_home & services) - holders.get(child, set())):
            events = frozenset(world.all_parts.at[named].tolist())
            yield Draft("known-to-others", frozenset({(child, CHILD)}), events, to)


def _services(world: World, source: Rows) -> set[str]:
    """The agencies that record what children's services do."""
    is_event, row = event_rows(world.graph, world.all_parts.at)
    types = world.graph.tables["event"]["event_type"]
    theirs = is_event & (is_role(types, *OF_SERVICES)[row] if len(types) else False)
    return set(source[world.all_parts.record[theirs]].tolist())


def _harmed(world: World) -> Rows:
    """Parts of somebody missing, or a victim of a sexual or exploitation offence."""
    is_event, row = event_rows(world.graph, world.all_parts.at)
    category = world.graph.tables["event"]["offence_category"]
    sexual = is_event & (is_role(category, *SEXUAL)[row] if len(category) else False)
    found: Rows = sexual & (world.all_parts.part == AS_A_CHILD)
    found[episode_rows(world.graph, world.all_parts)] = True
    return found


def _holders(world: World, source: Rows) -> dict[int, set[str]]:
    """Of each person the agencies that hold a record of them."""
    kinds = world.graph.records["kind"].cast("string")
    people = np.flatnonzero(pc.equal(kinds, "person").to_numpy(zero_copy_only=False))
    held: dict[int, set[str]] = defaultdict(set)
    for node, record in zip(world.graph.node_of[people].tolist(), people.tolist(), strict=True):
        held[node].add(source[record])
    return held


def _beside(world: World, children: Sequence[int]) -> dict[int, set[int]]:
    """With whom each of these shares a home or a family."""
    size = world.graph.size
    one, other = world.reasons // size, world.reasons % size
    found: dict[int, set[int]] = defaultdict(set)
    for ends in ((one, other), (other, one)):
        here = np.isin(ends[0], np.array(children, np.int64))
        for child, node in zip(ends[0][here].tolist(), ends[1][here].tolist(), strict=True):
            found[child].add(node)
    return found
