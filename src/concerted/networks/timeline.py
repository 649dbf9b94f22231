"""What happened when around a person, a place or a network, as far as records say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers
from concerted.networks.kinds import LINK_KINDS, NODE_KINDS, NodeKind
from concerted.networks.sharing import widely_shared
from concerted.networks.spans import COLUMNS, OPEN_END, OPEN_START, day_of, vague

HAPPENED: Final[tuple[NodeKind, ...]] = ("event", "order", "case")


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time, as `spans.Spans` has it, of one entry."""

    earliest: int
    latest: int
    sure_from: int
    sure_to: int

    @property
    def sure(self) -> bool:
        """Whether there is a day on which it certainly was."""
        return self.sure_from <= self.sure_to

    @property
    def dated(self) -> bool:
        """Whether anything is known of when it was."""
        return self.sure or self.earliest != OPEN_START or self.latest != OPEN_END

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """By the day on which it began as far as is known; what has no date comes last."""
        begin = self.earliest if self.earliest != OPEN_START else self.sure_from if self.sure else self.latest
        return (0 if self.dated else 1), begin, self.latest

    def plain(self) -> dict[str, int]:
        """Its four ends by name."""
        return {name: getattr(self, name) for name in COLUMNS}

    def __str__(self) -> str:
        if not self.dated:
            return "no date"
        if self.earliest == OPEN_START or self.latest == OPEN_END:
            return self._open()
        if self.earliest == self.latest:
            return str(day_of(self.earliest))
        if not self.sure:
            return f"some day in {vague(self.earliest, self.latest)}"
        return f"{vague(self.earliest, self.sure_from)} to {vague(self.sure_to, self.latest)}"

    def _open(self) -> str:
        if self.earliest != OPEN_START:
            last = self.sure_from if self.sure_from != OPEN_END else self.earliest
            return f"from {vague(self.earliest, last)}, no end recorded"
        if self.latest != OPEN_END:
            return f"until {day_of(self.latest)}" if self.sure else f"no later than {day_of(self.latest)}"
        return f"recorded on {day_of(self.sure_from)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline. kind: event, order or case, or of a link. nodes: what it is of. rows: of `Graph.links`,
    those that say it; of an event all that is said of it, so that it tells who else was there, and where."""

    kind: str
    nodes: tuple[int, ...]
    when: When
    rows: pa.Table


def timeline(graph: Graph, members: Iterable[int]) -> list[Entry]:
    """Everything around these nodes, by when it began; what has no date comes last. Nothing is left out."""
    inside = sorted(set(members))
    near = np.unique(graph.around.each(np.array(inside, np.int32))[1])
    both = np.union1d(near, np.array(inside, np.int32))
    happened = [_happening(graph, node) for node in both.tolist() if graph.kind(node) in HAPPENED]
    lasted = [entry for node in inside for entry in _links(graph, node, set(inside))]
    return sorted([*happened, *lasted], key=lambda one: (*one.when.sort_key, one.nodes))


def around(graph: Graph, node: int) -> list[int]:
    """The network of a node: it, and the people who have a link with it, or share an event, a thing, an order or a case
    with it that is not widely shared."""
    near = np.append(graph.neighbours(node), np.int32(node))
    between = near[graph.kinds(near) >= NODE_KINDS.index("location")]
    between = np.setdiff1d(between, widely_shared(graph))
    people = np.append(near, graph.around.each(between)[1])
    found = np.unique(np.append(people[people < graph.first[2]], np.int32(node)))
    return [int(one) for one in found]


def _happening(graph: Graph, node: int) -> Entry:
    row = graph.row(node)
    when = When(*(int(str(row[name])) for name in COLUMNS))
    rows = [graph.between(node, int(other)) for other in graph.neighbours(node)]
    return Entry(graph.kind(node), (node,), when, pa.concat_tables(rows) if rows else graph.links.slice(0, 0))


def _links(graph: Graph, node: int, inside: set[int]) -> Iterable[Entry]:
    """What is said of a node and another that is no event: a link with one stretch of time is one entry."""
    if graph.kind(node) in HAPPENED:
        return
    for other in graph.neighbours(node).tolist():
        if graph.kind(other) not in HAPPENED and not (other in inside and other < node):
            rows = graph.between(node, other)
            spans = np.stack([rows[name].to_numpy() for name in ("kind", *COLUMNS)], 1)
            kinds, which = np.unique(spans, axis=0, return_inverse=True)
            for at, (kind, *when) in enumerate(kinds.tolist()):
                some: Numbers = np.flatnonzero(which.ravel() == at).astype(np.int32)
                yield Entry(LINK_KINDS[kind], (node, other), When(*when), rows.take(pa.array(some)))
