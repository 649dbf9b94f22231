"""How two nodes hang together: each step with the records that say it, and what would break it."""

import itertools
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from concerted.networks.graph import Graph
from concerted.networks.keys import NONE, Numbers
from concerted.networks.search import LONGEST, shortest


@dataclass(frozen=True, slots=True)
class Step:
    """From one node to the next. rows: of `Graph.links`, each with the record that says it.

    breaks: records (rows of `Graph.records`) any one of which, withdrawn, would leave nothing that says this step.
    """

    left: int
    right: int
    rows: pa.Table
    breaks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Path:
    """A way between two nodes. breaks: records any one of which would end it. joined: people on the way of whom one
    step is said of one record and the next of another, so that it also rests on the two being one person."""

    steps: tuple[Step, ...]
    joined: tuple[int, ...]

    @property
    def breaks(self) -> frozenset[int]:
        """The records any one of which, withdrawn, would end it."""
        return frozenset[int]().union(*(step.breaks for step in self.steps))

    @property
    def between(self) -> tuple[int, ...]:
        """The nodes between its two ends."""
        return tuple(step.right for step in self.steps[:-1])


@dataclass(frozen=True, slots=True)
class Connection:
    """What was found between two nodes. path: the shortest that goes round what is widely shared, else the shortest of
    all; None where there is none of up to `longest` links.

    second: another with no node in common with it but the two ends. shared: nodes on the path that are widely shared.
    passed: those on the shortest of all, where the path goes round it.
    """

    path: Path | None
    second: Path | None
    shared: tuple[int, ...]
    passed: tuple[int, ...]
    longest: int = LONGEST

    @property
    def breaks(self) -> frozenset[int]:
        """The records any one of which, withdrawn, would end every path that was found."""
        first = self.path.breaks if self.path else frozenset[int]()
        return first & self.second.breaks if self.second else first


def connection(graph: Graph, one: int, other: int, wide: Numbers) -> Connection:
    """How two nodes hang together. wide: what is widely shared (`sharing.widely_shared`), once for a graph."""
    free = shortest(graph, one, other, np.array([], np.int32))
    if free is None:
        return Connection(None, None, (), ())
    closed = np.setdiff1d(wide, [one, other])
    round_it = shortest(graph, one, other, closed)
    way = round_it or free
    shared, passed = (tuple(sorted(set(closed.tolist()) & set(nodes))) for nodes in (way, free))
    barred = np.append(closed if round_it else np.array([], np.int32), np.array(way[1:-1], np.int32))
    second = shortest(graph, one, other, barred, direct=len(way) > 2) if one != other else None
    return Connection(_path(graph, way), _path(graph, second) if second else None, shared, () if shared else passed)


def _path(graph: Graph, way: list[int]) -> Path:
    steps = tuple(_step(graph, left, right) for left, right in itertools.pairwise(way))
    pairs = itertools.pairwise(steps)
    joined = tuple(
        before.right
        for before, after in pairs
        if before.right < graph.first[1] and not _records_at(before, before.right) & _records_at(after, after.left)
    )
    return Path(steps, joined)


def _step(graph: Graph, left: int, right: int) -> Step:
    rows = graph.between(left, right)
    needs = np.stack([rows[name].to_numpy() for name in ("record", "left_record", "right_record")], 1)
    breaks = frozenset.intersection(*(frozenset(one) - {NONE} for one in needs.tolist()))
    return Step(left, right, rows, breaks)


def _records_at(step: Step, node: int) -> set[int]:
    """The records of a node of which a step is said."""
    left = step.rows["left"].to_numpy() == node
    return set(np.where(left, step.rows["left_record"].to_numpy(), step.rows["right_record"].to_numpy()).tolist())
