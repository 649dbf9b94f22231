"""The rule of children alone: missing together again and again, or found at one place, whoever else was there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations
from math import exp
from typing import Final, NamedTuple

import numpy as np

from concerted.linkage.components import components
from concerted.networks.findings.circles import DAYS
from concerted.networks.findings.draft import CHILD, Draft, World
from concerted.networks.findings.found_places import FoundAt, where_found
from concerted.networks.findings.missing import NEAR, episode_rows
from concerted.networks.findings.occasions import Rows, event_rows
from concerted.networks.findings.reasons import among, kin, pair_codes
from concerted.networks.findings.ties import MISSING, Ties
from concerted.networks.keys import distinct
from concerted.networks.spans import OPEN_END

TIMES: Final = 3  # that two were missing together, or that children were found at one place
TOLD: Final = 2  # of these times, on which a record has both at one place or in one event
APART: Final = 7  # days: an absence of a week that is reported day by day is one
CHANCE: Final = 0.01  # of as many times by chance, from which on they say nothing
AROUND: Final = (
    182  # days before the first of these times and after the last: in them each child's episodes are counted
)


class Together(NamedTuple):
    """What ties children: who, and by which occasions."""

    children: frozenset[int]
    events: frozenset[int]


class _Time(NamedTuple):
    """One time that two were missing together. begin, end: the days on which both were. told: the occasions by which
    they were together."""

    begin: int
    end: int
    episodes: frozenset[int]
    told: frozenset[int]


def companions(world: World, ties: Ties) -> Iterator[Draft]:
    """One for each group of children who hang together so."""
    places = where_found(world)
    some = [*_missing_together(world, ties, places), *_found_at_one_place(world, places)]
    for group in _hanging_together(world, some):
        children, events = (frozenset().union(*each) for each in zip(*group, strict=True))
        yield Draft("children-missing-together", frozenset((one, CHILD) for one in children), events)


def _missing_together(world: World, ties: Ties, places: FoundAt) -> Iterator[Together]:
    """Every two children who were missing together more often than by chance, and told of as together."""
    pairs = ties.take(np.flatnonzero(ties.at >= MISSING))
    _, pair, times = np.unique(pairs.at, return_inverse=True, return_counts=True)
    pairs = pairs.take(np.flatnonzero(times[pair] >= TIMES))
    if not len(pairs):
        return
    met, days = _named_together(world, ties, pairs), _episodes(world, pairs)
    of_pair: dict[frozenset[int], list[_Time]] = defaultdict(list)
    columns = (pairs.one, pairs.other, pairs.event, pairs.beside, pairs.day, _ends(world, pairs))
    for one, other, event, beside, begin, end in zip(*(column.tolist() for column in columns), strict=True):
        both = frozenset((one, other))
        told = {at for at, day in met.get(both, ()) if begin <= day <= end}
        told |= {event, beside} if places.same((one, event), (other, beside)) else set()
        of_pair[both].append(_Time(begin, end, frozenset((event, beside)), frozenset(told)))
    for both, together in of_pair.items():
        events = _telling(together, [days[one] for one in both], world.graph.today)
        if events and of_two_families(world, both):
            yield Together(both, events)


def _telling(times: Sequence[_Time], days: Sequence[Sequence[int]], today: int) -> frozenset[int]:
    """The occasions of those of these times that lie within two years and say something. days: of each of the two those
    on which they went missing."""
    found: set[int] = set()
    for first in {one.begin for one in times}:
        near = [one for one in times if first <= one.begin <= first + DAYS]
        begins = [one.begin for one in near]
        often, told = apart(begins, APART), apart([one.begin for one in near if one.told], APART)
        last = max(begins)
        expected = _expected(days, first - AROUND, max(last, min(last + AROUND, today)))
        if often >= TIMES and told >= TOLD and by_chance(often, expected) < CHANCE:
            found.update(*(one.episodes | one.told for one in near))
    return frozenset(found)


def _expected(days: Sequence[Sequence[int]], since: int, until: int) -> float:
    """How often two go missing near each other by chance, who went missing on these days, within that time."""
    one, other = (apart([day for day in each if since <= day <= until], NEAR + 1) for each in days)
    return one * other * (2 * NEAR + 1) / (until - since + 1)


def apart(days: Iterable[int], least: int) -> int:
    """How many of these days are so far from each other at least."""
    count, last = 0, -least
    for day in sorted(days):
        if not count or day >= last + least:
            count, last = count + 1, day
    return count


def by_chance(times: int, expected: float) -> float:
    """How often chance gives so many times or more, where it gives so many on average (Poisson's law)."""
    none = exp(-expected)
    fewer = accumulate(range(1, times), lambda share, at: share * expected / at, initial=none)
    return 1 - sum(fewer)


def _named_together(world: World, ties: Ties, pairs: Ties) -> dict[frozenset[int], list[tuple[int, int]]]:
    """Of each of these pairs the occasions in which police met or named both, but for messages and crimes."""
    is_event, _ = event_rows(world.graph, ties.event)
    both = ties.children & is_event & (ties.event == ties.beside) & ~ties.crime
    both &= among(pair_codes(world.graph, ties.one, ties.other), distinct(pairs.at - MISSING))
    rows = np.flatnonzero(both & ~world.events.among(ties.event, "message"))
    met: dict[frozenset[int], list[tuple[int, int]]] = defaultdict(list)
    columns = (ties.one[rows], ties.other[rows], ties.event[rows], ties.day[rows])
    for one, other, event, day in zip(*(column.tolist() for column in columns), strict=True):
        met[frozenset((one, other))].append((event, day))
    return met


def _episodes(world: World, pairs: Ties) -> dict[int, list[int]]:
    """Of each child of these pairs the days on which they went missing."""
    rows, parts = episode_rows(world.graph, world.all_parts), world.all_parts
    rows = rows[np.isin(parts.who[rows], np.append(pairs.one, pairs.other))]
    found: dict[int, list[int]] = defaultdict(list)
    for who, day in zip(parts.who[rows].tolist(), parts.day[rows].tolist(), strict=True):
        found[who].append(day)
    return found


def _ends(world: World, pairs: Ties) -> Rows:
    """The last day on which both were missing. An episode without an end is taken to have been over the next day."""
    latest = world.graph.tables["event"]["latest"].to_numpy()
    found = [latest[event_rows(world.graph, at)[1]].astype(np.int64) for at in (pairs.event, pairs.beside)]
    ends: Rows = np.minimum(*(np.where(end == OPEN_END, pairs.day + NEAR, end) for end in found))
    return ends


def _found_at_one_place(world: World, places: FoundAt) -> Iterator[Together]:
    """Children of different homes who were found at one place three times, not all on one day."""
    for finds in places.by_place():
        kept: set[tuple[int, int, int]] = set()
        for _, _, first in finds:
            near = {one for one in finds if first <= one[2] <= first + DAYS}
            children = {child for child, *_ in near}
            times = sum(apart([day for who, _, day in near if who == child], NEAR + 1) for child in children)
            days = apart([day for *_, day in near], NEAR + 1)
            if times >= TIMES and days > 1 and of_two_families(world, children):
                kept |= near
        if kept:
            yield Together(frozenset(child for child, *_ in kept), frozenset(event for _, event, _ in kept))


def of_two_families(world: World, children: Iterable[int]) -> bool:
    """Whether two of these are neither of one home or family, nor both family of one person, as cousins are."""
    family = kin(world.graph, children)
    pairs = [pair for pair in combinations(sorted(family), 2) if not family[pair[0]] & family[pair[1]]]
    one, other = np.array(pairs, np.int32).reshape(-1, 2).T
    return bool((~among(pair_codes(world.graph, one, other), world.reasons)).any())


def _hanging_together(world: World, some: Sequence[Together]) -> Iterator[list[Together]]:
    """Those that share a child, together."""
    if not some:
        return
    links = [(min(one.children), child) for one in some for child in one.children]
    group = components(world.size, *np.array(links, np.int32).T)
    found: dict[int, list[Together]] = defaultdict(list)
    for one in some:
        found[int(group[min(one.children)])].append(one)
    yield from found.values()
