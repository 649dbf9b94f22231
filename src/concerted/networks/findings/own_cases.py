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
    source = np.array(world.graph.records["source"].to_pylist(), object)[parts.record[accused]]
    for who, to in sorted(set(zip(parts.who[accused].tolist(), source.tolist(), strict=True))):
        mine = (parts.who[accused] == who) & (source == to)
        events = np.append(parts.at[accused[mine]], parts.at[harmed[mine]])
        yield Draft("victim-recorded-as-suspect", frozenset({(who, CHILD)}), frozenset(events.tolist()), to)


def closed_cases(world: World, ties: Ties) -> Iterator[Draft]:
    """Closed cases of whose suspects one was recorded as of concern towards a child since."""
    cases, first = world.graph.tables["case"], int(world.graph.first[NODE_KINDS.index("case")])
    since = ties.take(
        np.flatnonzero(of_suspects(world, ties) & ties.with_child & (ties.day >= world.graph.today - SINCE))
    )
    latest, status = cases["latest"].to_numpy(), pc.utf8_lower(pc.fill_null(cases["status"], "")).to_pylist()
    sources = cases["source"].to_pylist()
    for case, event, suspects in _suspects(world):
        row = case - first
        closed = int(latest[row]) if latest[row] != OPEN_END else None
        if closed is None or (status[row] and status[row] not in _CLOSED):
            continue
        later = since.take(
            np.flatnonzero(np.isin(since.one, list(suspects)) & (since.day > closed) & (since.event != event))
        )
        if len(later):
            grown = {(one, CONCERNED) for one in later.one.tolist()}
            people = frozenset(grown | {(one, CHILD) for one in later.other.tolist()})
            yield Draft("closed-case-touched", people, later.events() | {case}, sources[row])


def _suspects(world: World) -> Iterator[tuple[int, int, set[int]]]:
    """Of each case an event of it, and its suspects."""
    rows = world.graph.of_kind("in case")
    event = int(world.graph.first[NODE_KINDS.index("event")])
    for one, case in zip(rows["left"].to_pylist(), rows["right"].to_pylist(), strict=True):
        begin, end = np.searchsorted(world.all_parts.at, [one, one + 1]) if one >= event else (0, 0)
        of_concern = world.all_parts.part[begin:end] == CONCERN
        if of_concern.any():
            yield case, one, set(world.all_parts.who[begin:end][of_concern].tolist())


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
