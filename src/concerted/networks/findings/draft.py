"""What an evaluator finds: a rule that is met, by whom and by which occasions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from concerted.networks.beside import beside
from concerted.networks.findings.events import Events, events_of
from concerted.networks.findings.occasions import ASIDE, Codes, Occasions, occasions
from concerted.networks.findings.reasons import innocent_pairs
from concerted.networks.findings.shared import contexts, found_where
from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers

CONCERNED: Final = "person of concern"
CHILD: Final = "child"
SUBJECT: Final = "subject of the order"


class Draft(NamedTuple):
    """rule: its id. people: of each person node their role, which may be two. events: the occasions, as
    `Occasions.at`. to: the agency that it is told to alone. urgency: where it is not that of its people. innocent: how
    many others share what it rests on."""

    rule: str
    people: frozenset[tuple[int, str]]
    events: frozenset[int]
    to: str = ""
    urgency: str = ""
    innocent: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """What evaluators look at: the parts of people in occasions, those that stood by left out; the pairs of people with
    an innocent reason; of each node the context that its people share; events and where somebody was found.

    sources: whose records there are, by name. source: of each record the number of whose it is among these.
    """

    graph: Graph
    events: Events
    all_parts: Occasions
    parts: Occasions
    reasons: Codes
    context: Numbers
    found_at: tuple[Numbers, Numbers]
    sources: tuple[str, ...]
    source: Numbers

    @property
    def size(self) -> int:
        """How many people there may be."""
        return int(self.graph.first[2])

    def each_alone(self) -> Iterator["World"]:
        """What each agency's records alone say of occasions, agency by agency."""
        source = self.source[self.all_parts.record]
        order = np.argsort(source, kind="stable")
        bounds = np.searchsorted(source[order], np.arange(len(self.sources) + 1))
        for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            own = self.all_parts.take(order[begin:end])
            yield replace(self, all_parts=own, parts=_without_aside(own))


def world(graph: Graph) -> World:
    """All of a graph."""
    with beside(graph.links.num_rows) as pool:
        told = pool.submit(occasions, graph)
        kinds, reasons, found_at = events_of(graph), innocent_pairs(graph), found_where(graph)
        context = contexts(graph, found_at)
        sources, source = _sources(graph)
        parts = told.result()
    return World(graph, kinds, parts, _without_aside(parts), reasons, context, found_at, sources, source)


def _without_aside(parts: Occasions) -> Occasions:
    return parts.take(np.flatnonzero(parts.part != ASIDE))


def _sources(graph: Graph) -> tuple[tuple[str, ...], Numbers]:
    coded = graph.records["source"].combine_chunks().dictionary_encode()
    names = coded.dictionary.to_pylist()
    sources = tuple(sorted(names))
    place = np.array([sources.index(name) for name in names] or [0], np.int32)
    return sources, place[coded.indices.to_numpy()]
