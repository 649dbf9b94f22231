"""Innocent reasons why two people are found together: family, one home, a duty towards the child."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.networks.findings.occasions import OF_DUTY, Codes, Rows
from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers, distinct
from concerted.networks.people import Flags, is_role

FAMILY: Final = ("parent", "child of", "sibling", "other family", "partner")
CROWDED: Final = 40  # people of one address: beyond, it says no more than that they live in one block


def pair_codes(graph: Graph, one: Numbers, other: Numbers) -> Codes:
    """Two people as one number, whichever way round."""
    found: Codes = np.minimum(one, other).astype(np.int64) * graph.size + np.maximum(one, other)
    return found


def innocent_pairs(graph: Graph) -> Codes:
    """The pairs of people who are of one family or one home, or of whom one had a duty towards the other, by any record
    at any time; sorted."""
    return distinct(np.concatenate([_family(graph), _homes(graph), _duties(graph)]))


def among(codes: Codes, known: Codes) -> Flags:
    """Which of these are among those, which are sorted."""
    at = np.minimum(np.searchsorted(known, codes), max(len(known) - 1, 0))
    found: Flags = known[at] == codes if len(known) else np.zeros(len(codes), bool)
    return found


def within(groups: Rows, most: int) -> tuple[Rows, Rows]:
    """Every two rows of one group, of groups of no more than `most` rows."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    start = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(order) else order
    size = np.diff(np.append(start, len(order)))
    few = (size > 1) & (size <= most)
    start, size = start[few], size[few]
    first = np.repeat(start, size)
    place = np.arange(len(first)) - np.repeat(np.cumsum(size) - size, size)
    after = np.repeat(size, size) - place - 1
    left = np.repeat(first + place, after)
    step = np.arange(len(left)) - np.repeat(np.cumsum(after) - after, after)
    return order[left], order[left + 1 + step]


def kin(graph: Graph, people: Iterable[int]) -> dict[int, set[int]]:
    """Of each of these people who is family of theirs, by any record."""
    found: dict[int, set[int]] = {one: set() for one in people}
    wanted = np.array(list(found), np.int32)
    for own, other in (ends := _relatives(graph), ends[::-1]):
        here = np.isin(own, wanted)
        for one, relative in zip(own[here].tolist(), other[here].tolist(), strict=True):
            found[one].add(relative)
    return found


def _family(graph: Graph) -> Codes:
    return pair_codes(graph, *_relatives(graph))


def _relatives(graph: Graph) -> tuple[Numbers, Numbers]:
    rows = graph.of_kind("related")
    rows = rows.filter(pc.is_in(rows["role"].cast("string"), value_set=_texts(FAMILY)))
    return rows["left"].to_numpy(), rows["right"].to_numpy()


def lived(graph: Graph) -> tuple[Numbers, Numbers]:
    """Who lived where by any record, or was placed there as a child, each once."""
    at_home, at = graph.of_kind("lived at"), graph.of_kind("event at")
    part = graph.of_kind("in event")
    events = graph.tables["event"]
    placed = np.flatnonzero(is_role(events["event_type"], "placement")) + graph.all_of("event")[:1].sum()
    part = part.filter(np.isin(part["right"].to_numpy(), placed))
    place = np.full(graph.size, -1, np.int32)
    place[at["left"].to_numpy()] = at["right"].to_numpy()
    who = np.append(at_home["left"].to_numpy(), part["left"].to_numpy())
    where = np.append(at_home["right"].to_numpy(), place[part["right"].to_numpy()])
    once = distinct(who[where >= 0].astype(np.int64) * graph.size + where[where >= 0])
    return (once // graph.size).astype(np.int32), (once % graph.size).astype(np.int32)


def _homes(graph: Graph) -> Codes:
    """Of one address."""
    who, where = lived(graph)
    left, right = within(where, CROWDED)
    return pair_codes(graph, who[left], who[right])


def _duties(graph: Graph) -> Codes:
    """Of whom one was at an event for the other's sake."""
    rows = graph.of_kind("in event")
    duty = is_role(rows["role"].cast("string"), *OF_DUTY)
    here = np.isin(rows["right"].to_numpy(), rows["right"].to_numpy()[duty])
    who, event, duty = rows["left"].to_numpy()[here], rows["right"].to_numpy()[here], duty[here]
    left, right = within(event, CROWDED)
    one = duty[left] != duty[right]
    return pair_codes(graph, who[left[one]], who[right[one]])


def _texts(words: tuple[str, ...]) -> Any:
    return pa.array(words, pa.string())
