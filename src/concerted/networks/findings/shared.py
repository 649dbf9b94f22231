"""People who were at one place, or with one vehicle or telephone, each by a record of their own."""

from typing import Final

import numpy as np
import pyarrow.compute as pc

from concerted.linkage.components import components
from concerted.networks.findings.events import Events
from concerted.networks.findings.occasions import CROWD, Codes, Occasions, Rows
from concerted.networks.findings.reasons import among, pair_codes, within
from concerted.networks.findings.ties import Ties, child_second, of_concern
from concerted.networks.graph import Graph
from concerted.networks.keys import NONE, Numbers, distinct, rows_of
from concerted.networks.kinds import NODE_KINDS
from concerted.networks.people import is_role

NEAR: Final = 180  # days
FULL: Final = 60  # records of people at one place: more are not compared with each other


def contexts(graph: Graph, found_at: tuple[Numbers, Numbers]) -> Numbers:
    """Of each node the place, telephone or vehicle that its people share, by the first of those that events name
    together; NONE of an event that names none. The last is NONE. What is always named together is one context: a firm's
    office, telephone and car are no three. found_at: as `found_where` gives it."""
    at, used = graph.of_kind("event at"), graph.of_kind("event used")
    used = used.filter(~is_role(used["role"].cast("string"), "phone_from", "phone_to"))
    event = np.concatenate([at["left"].to_numpy(), used["left"].to_numpy(), found_at[0]])
    thing = np.concatenate([at["right"].to_numpy(), used["right"].to_numpy(), found_at[1]])
    group = components(graph.size, event, thing)
    things = np.full(graph.size, graph.size, np.int32)
    np.minimum.at(things, group[thing], thing)
    found = np.full(graph.size + 1, NONE, np.int32)
    found[event] = things[group[event]]
    return found


def found_where(graph: Graph) -> tuple[Numbers, Numbers]:
    """Events and the place where somebody was found, where its words are those by which one place is called."""
    names = pc.utf8_lower(
        pc.list_element(pc.split_pattern(pc.fill_null(graph.tables["location"]["label"], "-"), ","), 0)
    )
    coded = graph.tables["event"]["found_where"].combine_chunks().dictionary_encode()
    words = pc.utf8_lower(pc.utf8_trim_whitespace(coded.dictionary))
    called = rows_of(words, names)
    at = np.flatnonzero(called != NONE)
    counts = np.bincount(called[at], minlength=len(words) + 1)
    place_of = np.full(len(words) + 1, NONE, np.int32)
    place_of[called[at]] = at
    place_of[counts != 1] = NONE
    said = np.append(rows_of(words, words), np.int32(len(words)))  # "The Arches" and "the arches" are one
    place = place_of[said[pc.fill_null(coded.indices, len(words)).to_numpy()]]
    event = np.flatnonzero(place != NONE).astype(np.int32)
    place = place[event]
    first = {kind: graph.first[NODE_KINDS.index(kind)] for kind in ("event", "location")}
    return event + first["event"], place + first["location"]


def shared(events: Events, parts: Occasions, reasons: Codes, context: Numbers) -> Ties:
    """Ties by what a few people share, near in time. What many share says nothing of two of them."""
    graph = events.graph
    where = context[np.minimum(parts.at, graph.size)]
    some = np.flatnonzero((where != NONE) & ~events.among(parts.at, "crime"))
    crowd = distinct(where[some].astype(np.int64) * graph.size + parts.who[some])
    count = np.bincount(crowd // graph.size, minlength=graph.size)
    some = some[count[where[some]] <= CROWD]
    left, right = within(where[some], FULL)
    left, right = some[left], some[right]
    near = (parts.at[left] != parts.at[right]) & (parts.who[left] != parts.who[right])
    near &= np.abs(parts.day[left] - parts.day[right]) <= NEAR
    near &= ~among(pair_codes(graph, parts.who[left], parts.who[right]), reasons)
    return tied(parts, *child_second(parts, left[near], right[near]), where)


def tied(parts: Occasions, left: Rows, right: Rows, at: Rows) -> Ties:
    """Ties of the people of these rows. at: of each part what counts as one occasion."""
    with_child = of_concern(parts, left) & parts.child[right]
    day = np.maximum(parts.day[left], parts.day[right])
    children = parts.child[left] & parts.child[right] & ~with_child
    no = np.zeros(len(left), bool)
    who, other, told = parts.who[left], parts.who[right], at[left].astype(np.int64)
    return Ties(
        who, other, with_child, children, told, parts.at[left], parts.at[right], no, no, no, day, parts.record[left]
    )
