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
from concerted.networks.keys import NONE, Numbers, listed, runs
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
    child, day = world.all_parts.who[moved], world.all_parts.day[moved]
    which, rows = listed(with_child.other, np.arange(len(with_child), dtype=np.int32), world.size).each(child)
    near = np.abs(with_child.day[rows] - day[which]) <= YEAR
    which, rows = which[near], rows[near]
    again = _before_and_after(which, with_child.one[rows], with_child.day[rows] - day[which])
    which, rows = which[again], rows[again]
    for mine in runs(which):
        of = int(which[mine[0]])
        told, at = with_child.take(rows[mine]), int(moved[of])
        people = frozenset({(one, CONCERNED) for one in told.one.tolist()} | {(int(child[of]), CHILD)})
        to = world.sources[world.source[world.all_parts.record[at]]]
        yield Draft("adult-after-a-move", people, told.events() | {int(world.all_parts.at[at])}, to)


def _before_and_after(which: Numbers, who: Numbers, days: Rows) -> Rows:
    """Of whom there are rows of a move before it and after it. days: from the move to each row."""
    _, code = np.unique(which.astype(np.int64) * (int(who.max(initial=0)) + 1) + who, return_inverse=True)
    before, after = np.bincount(code[days < 0], minlength=len(who)), np.bincount(code[days > 0], minlength=len(who))
    found: Rows = (before[code] > 0) & (after[code] > 0)
    return found


def one_nickname(world: World, _: Ties) -> Iterator[Draft]:
    """Words for somebody without a record that stand in several events of one agency with one context."""
    first, beyond = int(world.graph.first[1]), int(world.graph.first[2])
    label = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(world.graph.tables["unidentified"]["label"], "")))
    words = label.to_pylist()
    rows = np.flatnonzero((world.all_parts.who >= first) & (world.all_parts.who < beyond))
    where = world.context[np.minimum(world.all_parts.at[rows], world.graph.size)]
    source = [world.sources[one] for one in world.source[world.all_parts.record[rows]].tolist()]
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
    who = world.all_parts.who[rows]
    rows = rows[np.bincount(who, minlength=1)[who] >= OFTEN]
    told: dict[int, list[int]] = defaultdict(list)
    for row in rows.tolist():
        told[int(world.all_parts.who[row])].append(row)
    often = dict(sorted(told.items()))
    beside = _beside(world, list(often))
    holders, services = _holders(world, {*often}.union(*beside.values())), _services(world)
    for child, named in often.items():
        at_home = set().union(*(holders.get(node, set()) for node in beside[child]))
        for to in sorted((at_home & services) - holders.get(child, set())):
            events = frozenset(world.all_parts.at[named].tolist())
            yield Draft("known-to-others", frozenset({(child, CHILD)}), events, to)


def _services(world: World) -> set[str]:
    """The agencies that record what children's services do."""
    is_event, row = event_rows(world.graph, world.all_parts.at)
    types = world.graph.tables["event"]["event_type"]
    theirs = is_event & (is_role(types, *OF_SERVICES)[row] if len(types) else False)
    return {world.sources[one] for one in np.unique(world.source[world.all_parts.record[theirs]])}


def _harmed(world: World) -> Rows:
    """Parts of somebody missing, or a victim of a sexual or exploitation offence."""
    is_event, row = event_rows(world.graph, world.all_parts.at)
    category = world.graph.tables["event"]["offence_category"]
    sexual = is_event & (is_role(category, *SEXUAL)[row] if len(category) else False)
    found: Rows = sexual & (world.all_parts.part == AS_A_CHILD)
    found[episode_rows(world.graph, world.all_parts)] = True
    return found


def _holders(world: World, people: set[int]) -> dict[int, set[str]]:
    """Of each of these people the agencies that hold a record of them."""
    wanted = np.zeros(world.graph.size + 1, bool)
    wanted[list(people)] = True
    records = world.graph.records_of("person")
    rows = records.start + np.flatnonzero(wanted[world.graph.node_of[records.start : records.stop]])
    held: dict[int, set[str]] = defaultdict(set)
    for node, source in zip(world.graph.node_of[rows].tolist(), world.source[rows].tolist(), strict=True):
        held[node].add(world.sources[source])
    return held


def _beside(world: World, children: Sequence[int]) -> dict[int, set[int]]:
    """With whom each of these shares a home or a family."""
    size = world.graph.size
    one, other = world.reasons // size, world.reasons % size
    wanted = np.zeros(size, bool)
    wanted[children] = True
    found: dict[int, set[int]] = defaultdict(set)
    for ends in ((one, other), (other, one)):
        here = wanted[ends[0]]
        for child, node in zip(ends[0][here].tolist(), ends[1][here].tolist(), strict=True):
            found[child].add(node)
    return found
