"""Rules for an agency's own crimes and cases: a victim recorded as a suspect, and a closed case that is touched."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow.compute as pc

from concerted.networks.findings.across import of_suspects
from concerted.networks.findings.draft import CHILD, CONCERNED, Draft, World
from concerted.networks.findings.occasions import CHILD as AS_A_CHILD
from concerted.networks.findings.occasions import CONCERN, SEXUAL, Rows, event_rows
from concerted.networks.findings.reasons import within
from concerted.networks.findings.ties import Ties
from concerted.networks.keys import Numbers, listed, ranges, runs
from concerted.networks.kinds import NODE_KINDS
from concerted.networks.people import is_role
from concerted.networks.spans import OPEN_END

BESIDE: Final = 90  # days between a record as a victim and one as a suspect
MANY: Final = 400  # records of one person
SINCE: Final = 730  # days back from the graph's day
_CLOSED: Final = ("closed", "filed", "nfa", "no further action")


def victims_as_suspects(world: World, _: Ties) -> Iterator[Draft]:
    """One for each agency that recorded a child as a suspect within the time in which they were a victim."""
    parts = world.all_parts
    of_sexual = _of_category(world)
    harmed = np.flatnonzero((parts.part == AS_A_CHILD) & parts.child & of_sexual)
    accused = np.flatnonzero((parts.part == CONCERN) & event_rows(world.graph, parts.at)[0])
    accused, harmed = _near(world, accused, harmed)
    source = world.source[parts.record[accused]]
    order = np.lexsort((source, parts.who[accused]))
    accused, harmed, source = accused[order], harmed[order], source[order]
    for rows in runs(parts.who[accused], source):
        events = np.append(parts.at[accused[rows]], parts.at[harmed[rows]])
        who, to = int(parts.who[accused[rows[0]]]), world.sources[source[rows[0]]]
        yield Draft("victim-recorded-as-suspect", frozenset({(who, CHILD)}), frozenset(events.tolist()), to)


def closed_cases(world: World, ties: Ties) -> Iterator[Draft]:
    """Closed cases of whose suspects one was recorded as of concern towards a child since."""
    since = ties.take(np.flatnonzero(ties.with_child & (ties.day >= world.graph.today - SINCE)))
    since = since.take(np.flatnonzero(of_suspects(world, since)))
    case, event, closed = _closed(world)
    which, who = _suspects(world, event)
    by_person = listed(since.one, np.arange(len(since), dtype=np.int32), world.size)
    at, rows = by_person.each(who)
    which = which[at]
    later = (since.day[rows] > closed[which]) & (since.event[rows] != event[which])
    which, rows = which[later], rows[later]
    first, sources = int(world.graph.first[NODE_KINDS.index("case")]), world.graph.tables["case"]["source"].to_pylist()
    for mine in runs(which):
        told, of = since.take(rows[mine]), int(case[which[mine[0]]])
        grown = {(one, CONCERNED) for one in told.one.tolist()}
        people = frozenset(grown | {(one, CHILD) for one in told.other.tolist()})
        yield Draft("closed-case-touched", people, told.events() | {of}, sources[of - first])


def _closed(world: World) -> tuple[Rows, Rows, Rows]:
    """Of each event of a case that was closed: the case, the event, and when it was closed."""
    cases, rows = world.graph.tables["case"], world.graph.of_kind("in case")
    first = {kind: int(world.graph.first[NODE_KINDS.index(kind)]) for kind in ("event", "case")}
    event, row = rows["left"].to_numpy(), rows["right"].to_numpy() - first["case"]
    said = pc.utf8_lower(pc.fill_null(cases["status"], ""))
    over = is_role(said, "", *_CLOSED) & (cases["latest"].to_numpy() != OPEN_END)
    kept = np.flatnonzero((event >= first["event"]) & over[row])
    return row[kept] + first["case"], event[kept], cases["latest"].to_numpy()[row[kept]]


def _suspects(world: World, event: Rows) -> tuple[Rows, Numbers]:
    """Who was of concern in these events: which of the events, and who."""
    parts = world.all_parts
    begin, end = np.searchsorted(parts.at, event), np.searchsorted(parts.at, event, "right")
    which, rows = ranges(begin, end)
    of_concern = parts.part[rows] == CONCERN
    return which[of_concern], parts.who[rows[of_concern]]


def _of_category(world: World) -> Rows:
    is_event, row = event_rows(world.graph, world.all_parts.at)
    category = world.graph.tables["event"]["offence_category"]
    found: Rows = is_event & (is_role(category, *SEXUAL)[row] if len(category) else False)
    return found


def _near(world: World, accused: Rows, harmed: Rows) -> tuple[Rows, Rows]:
    """Every record of somebody as a suspect with each as a victim of something else that is near in time."""
    parts = world.all_parts
    both = np.append(accused, harmed)
    left, right = within(parts.who[both], MANY)
    turned = (left < len(accused)) & (right >= len(accused))  # rows of one person stand in their order
    left, right = both[left[turned]], both[right[turned]]
    near = np.abs(parts.day[left] - parts.day[right]) <= BESIDE
    near &= parts.at[left] != parts.at[right]
    return left[near], right[near]
