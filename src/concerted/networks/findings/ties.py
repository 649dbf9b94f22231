"""Ties: two people brought together by one occasion, without an innocent reason that a record gives."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from concerted.networks.findings.events import Events
from concerted.networks.findings.missing import episodes
from concerted.networks.findings.occasions import (
    ASIDE,
    CHILD,
    CONCERN,
    CROWD,
    THERE,
    Codes,
    Occasions,
    Rows,
)
from concerted.networks.findings.reasons import among, pair_codes, within
from concerted.networks.graph import Graph
from concerted.networks.keys import NONE, Numbers
from concerted.networks.people import Flags
from concerted.networks.spans import Days

MESSAGES: Final = np.int64(1) << 59  # beyond the codes of occasions: that of all messages between two,
MISSING: Final = np.int64(1) << 60  # and beyond these: that of all the times that two were missing together
YEARS_LATER: Final = 730  # days


@dataclass(frozen=True, slots=True)
class Ties:
    """A row for each pair of people in an occasion. one, other: people; of somebody of concern or grown up and a child
    `other` is the child, and with_child is so. children: both are. at: what counts as one occasion: the place, where
    people are only named there, and all messages between two, however often; else the event, as for every crime.
    event, beside: the occasion itself; two where each was recorded by themselves. grave: by their parts, or since the
    child was missing then, or it was at night; no message is. crime: a crime, of whatever kind. years_later: one that
    was told years after it happened. day: of the occasion, or that of the telling years later. record: of the
    occasion."""

    one: Numbers
    other: Numbers
    with_child: Flags
    children: Flags
    at: Codes
    event: Codes
    beside: Codes
    grave: Flags
    crime: Flags
    years_later: Flags
    day: Days
    record: Numbers

    def __len__(self) -> int:
        return len(self.one)

    def take(self, rows: Rows) -> "Ties":
        """These rows."""
        return Ties(*(getattr(self, name)[rows] for name in self.__slots__))

    def events(self) -> frozenset[int]:
        """All occasions that they rest on."""
        return frozenset(self.event.tolist()) | frozenset(self.beside.tolist())

    def of_children(self, at: Codes) -> "Ties":
        """The same as ties between children alone. at: of each what counts as one occasion."""
        return replace(self, at=at, with_child=np.zeros(len(self), bool), children=np.ones(len(self), bool))


def met(events: Events, all_parts: Occasions, reasons: Codes, context: Numbers) -> Ties:
    """The ties of people who had a part in one occasion. context: of each node what its people share."""
    graph, parts = events.graph, all_parts.take(np.flatnonzero(all_parts.part != ASIDE))
    left, right = within(parts.at, CROWD)
    left, right = child_second(parts, left, right)
    with_child = of_concern(parts, left) & parts.child[right]
    occasion = parts.at[left]
    telling, message, crime = events.tell(occasion), events.among(occasion, "message"), events.among(occasion, "crime")
    neither = events.among(occasion, "other_crime") | message  # nobody met in a message
    roles = _by_their_parts(parts, left, right, with_child) & ~neither
    late = events.among(occasion, "night") | _while_missing(graph, all_parts, parts, right)
    grave = roles | (with_child & late & telling & ~message)
    one, other = parts.who[left], parts.who[right]
    codes = pair_codes(graph, one, other)
    grown = ~parts.child[left] & ~parts.child[right]
    accused = roles & (crime | grown)  # family is no reason for that; brothers may be suspects of one crime
    reason = among(codes, reasons) & ~accused
    kept = np.flatnonzero(~reason & (grave | telling))
    where = context[np.minimum(occasion, graph.size)]
    at = np.where(~grave & ~crime & (where != NONE), where, occasion)
    at = np.where(message, MESSAGES + codes, at)
    children = parts.child[left] & parts.child[right] & ~with_child
    day, told = parts.day[left], events.told[parts.record[left]]
    years_later = roles & crime & (told >= day + YEARS_LATER)
    found = Ties(
        one,
        other,
        with_child,
        children,
        at,
        parts.at[left],
        parts.at[right],
        grave,
        crime,
        years_later,
        np.where(years_later, told, day),
        parts.record[left],
    )
    return found.take(kept)


def of_concern(parts: Occasions, rows: Rows) -> Flags:
    """Who had a part of concern, or was an adult. A child who is recorded as a suspect is a child first."""
    found: Flags = ((parts.part[rows] == CONCERN) & ~parts.child[rows]) | parts.adult[rows]
    return found


def child_second(parts: Occasions, left: Rows, right: Rows) -> tuple[Rows, Rows]:
    turned = parts.child[left] & of_concern(parts, right)
    return np.where(turned, right, left), np.where(turned, left, right)


def _by_their_parts(parts: Occasions, left: Rows, right: Rows, with_child: Flags) -> Flags:
    """One of concern with a child, or two of concern."""
    one, other = parts.part[left], parts.part[right]
    child = with_child & (one == CONCERN) & ((other == CHILD) | (other == THERE))
    found: Flags = child | ((one == CONCERN) & (other == CONCERN) & ~parts.child[left] & ~parts.child[right])
    return found


def _while_missing(graph: Graph, all_parts: Occasions, parts: Occasions, rows: Rows) -> Flags:
    """Whether the child was missing on the day of the occasion."""
    who, begin, end = episodes(graph, all_parts)
    found = np.zeros(len(rows), bool)
    wanted, day = parts.who[rows], parts.day[rows]
    first, last = np.searchsorted(who, wanted), np.searchsorted(who, wanted, "right")
    for step in range(int((last - first).max(initial=0))):
        at = np.minimum(first + step, max(len(who) - 1, 0))
        here = first + step < last
        found |= here & (begin[at] <= day) & (day <= end[at])
    return found


def joined(*some: Ties) -> Ties:
    """All of these."""
    return Ties(*(np.concatenate([getattr(one, name) for one in some]) for name in Ties.__slots__))
