"""Children who were missing at overlapping times, and whether records put them together."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.networks.graph import Graph
from concerted.networks.keys import Listed, Numbers, listed, pick
from concerted.networks.kinds import NODE_KINDS
from concerted.networks.people import CHILD_ROLES, Flags, is_role
from concerted.networks.spans import OPEN_END, OPEN_START, Days

MISSING: Final = ("missing episode", "away without authorisation")
LEAST: Final = 2
"""Overlapping episodes of two children from which on they are told; one alone is chance, unless records put them at one
place or in one event."""

_BLOCK: Final = 1 << 20  # pairs of episodes that are looked at together
_COUNTS: Final = ("overlapping", "surely", "at_one_place", "in_one_event")


class Episodes(NamedTuple):
    """Episodes by the day on which they began. until: the last day on which one can have gone on; where no end is
    recorded the day on which it began."""

    child: Numbers
    event: Numbers
    begin: Days
    until: Days
    sure_from: Days
    sure_to: Days


def episodes(graph: Graph) -> Episodes:
    """Every episode of a child whose record is there, of which a day is known."""
    rows, events = graph.of_kind("in event"), graph.tables["event"]
    first = graph.first[NODE_KINDS.index("event")]
    at = rows["right"].to_numpy() - first
    types = pick(events["event_type"], at)
    own = is_role(rows["role"].cast(pa.string()), *CHILD_ROLES) & is_role(types, *MISSING)
    own &= rows["left"].to_numpy() < graph.first[1]
    pairs = np.unique(np.stack([rows["left"].to_numpy()[own], at[own]]), axis=1)
    span = {name: events[name].to_numpy()[pairs[1]] for name in ("earliest", "latest", "sure_from", "sure_to")}
    last = np.where(span["sure_from"] == OPEN_END, span["earliest"], span["sure_from"])
    until = np.where(span["latest"] == OPEN_END, last, span["latest"])
    found = Episodes(pairs[0], pairs[1] + first, span["earliest"], until, span["sure_from"], span["sure_to"])
    order = np.lexsort((pairs[1], pairs[0], span["earliest"]))
    return _taken(found, order[span["earliest"][order] != OPEN_START])


def co_missing(graph: Graph) -> pa.Table:
    """Pairs of children: `one`, `other` (nodes), `overlapping` (pairs of their episodes that may have shared a day),
    how many of these `surely` did, were `at_one_place`, or are `in_one_event`, and `first`, `last` (days).

    The latest come first, whoever they are. Only pairs with LEAST overlaps, or a place or an event in common.
    """
    of = episodes(graph)
    parts = [_told(graph, of, left, right) for left, right in _overlaps(of)]
    sums = [(name, "sum") for name in _COUNTS]
    once = pa.concat_tables(parts).group_by(["one", "other"]).aggregate([*sums, ("first", "min"), ("last", "max")])
    told = once.rename_columns(["one", "other", *_COUNTS, "first", "last"])
    telling = pc.or_(
        pc.greater_equal(told["overlapping"], LEAST),
        pc.greater(pc.add(told["at_one_place"], told["in_one_event"]), 0),
    )
    by = [("last", "descending"), ("first", "descending"), ("one", "ascending"), ("other", "ascending")]
    return told.filter(telling).sort_by(by)


def _overlaps(of: Episodes) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of episodes of two children that may have shared a day, so many at a time."""
    beyond = np.searchsorted(of.begin, of.until, "right")
    count = np.maximum(beyond - np.arange(len(beyond)) - 1, 0)
    cuts = np.flatnonzero(np.diff(np.cumsum(count) // _BLOCK)) + 1
    for some in np.split(np.arange(len(count)), cuts):
        left = np.repeat(some, count[some])
        within = np.arange(len(left)) - np.repeat(np.cumsum(count[some]) - count[some], count[some])
        right = left + 1 + within
        two = of.child[left] != of.child[right]
        yield left[two].astype(np.int32), right[two].astype(np.int32)


def _told(graph: Graph, of: Episodes, left: Numbers, right: Numbers) -> pa.Table:
    """A row for each of these pairs of episodes."""
    one, other = of.child[left], of.child[right]
    surely = np.maximum(of.sure_from[left], of.sure_from[right]) <= np.minimum(of.sure_to[left], of.sure_to[right])
    counts = (np.ones(len(left), bool), surely, _one_place(graph, of, left, right), of.event[left] == of.event[right])
    return pa.table(
        {
            "one": np.minimum(one, other),
            "other": np.maximum(one, other),
            **{name: flags.astype(np.int32) for name, flags in zip(_COUNTS, counts, strict=True)},
            "first": of.begin[right],
            "last": np.minimum(of.until[left], of.until[right]),
        }
    )


def _one_place(graph: Graph, of: Episodes, left: Numbers, right: Numbers) -> Flags:
    """Whether the records of two episodes name one place."""
    places = _places(graph, of)
    which, one = places.each(left)
    again, other = places.each(right[which])
    same = np.zeros(len(left), bool)
    same[which[again][one[again] == other]] = True
    return same


def _places(graph: Graph, of: Episodes) -> Listed:
    which, near = graph.around.each(of.event)
    place = graph.kinds(near) == NODE_KINDS.index("location")
    return listed(which[place], near[place], len(of.event))


def _taken(of: Episodes, at: Numbers) -> Episodes:
    return Episodes(*(column[at] for column in of))
