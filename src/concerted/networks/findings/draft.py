"""What an evaluator finds: a rule that is met, by whom and by which occasions."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pyarrow.compute as pc

from concerted.networks.findings.occasions import ASIDE, Codes, Occasions, occasions
from concerted.networks.findings.reasons import innocent_pairs
from concerted.networks.findings.shared import contexts
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
    an innocent reason; of each node the context that its people share."""

    graph: Graph
    all_parts: Occasions
    parts: Occasions
    reasons: Codes
    context: Numbers

    @property
    def size(self) -> int:
        """How many people there may be."""
        return int(self.graph.first[2])

    def only(self, source: str) -> "World":
        """What one agency's records alone say of occasions."""
        own = pc.equal(self.graph.records["source"], source).to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(own[self.all_parts.record])
        return _world(self.graph, self.all_parts.take(rows), self.reasons, self.context)


def world(graph: Graph) -> World:
    """All of a graph."""
    return _world(graph, occasions(graph), innocent_pairs(graph), contexts(graph))


def _world(graph: Graph, all_parts: Occasions, reasons: Codes, context: Numbers) -> World:
    parts = all_parts.take(np.flatnonzero(all_parts.part != ASIDE))
    return World(graph, all_parts, parts, reasons, context)
