"""The shortest way between two nodes, from both ends at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers, distinct

LONGEST: Final = 8
"""Links that a way has at most; over person, event, person that is four people between the two."""

_UNSEEN: Final = -1
_CLOSED: Final = -2
Steps = NDArray[np.int8]


def shortest(graph: Graph, one: int, other: int, closed: Numbers, *, direct: bool = True) -> list[int] | None:
    """The nodes of a shortest way, both ends included; None where there is none of up to LONGEST links.

    closed: nodes that it does not go through. direct: whether it may be a link between the two. Of ways of one length
    it takes, from the middle to either end, the node that has the fewest links.
    """
    if one == other:
        return [one]
    ends, far = (one, other), [_start(graph, end, closed) for end in (one, other)]
    front, depth = [np.array([end], np.int32) for end in ends], [0, 0]
    while sum(depth) < LONGEST and len(front[0]) and len(front[1]):
        side = int(_width(graph, front[0]) > _width(graph, front[1]))
        depth[side] += 1
        barred = None if direct or depth[side] > 1 else ends[1 - side]
        front[side] = _further(graph, front[side], far[side], depth[side], barred)
        met = front[side][far[1 - side][front[side]] >= 0]
        if len(met):
            middle = _fewest(graph, met)
            return [*_back(graph, middle, far[0])[::-1], middle, *_back(graph, middle, far[1])]
    return None


def _start(graph: Graph, end: int, closed: Numbers) -> Steps:
    """How many links each node is from an end, as far as is known."""
    far = np.full(graph.size, _UNSEEN, np.int8)
    far[closed] = _CLOSED
    far[end] = 0
    return far


def _width(graph: Graph, front: Numbers) -> int:
    """Links that lead on from there."""
    return int((graph.around.starts[front + 1] - graph.around.starts[front]).sum())


def _further(graph: Graph, front: Numbers, far: Steps, depth: int, barred: int | None) -> Numbers:
    """The nodes one link on that were not met before."""
    near = graph.around.each(front)[1]
    near = near[far[near] == _UNSEEN]
    if barred is not None:
        near = near[near != barred]
    far[near] = depth
    if len(near) * 20 > graph.size:
        return np.flatnonzero(far == depth).astype(np.int32)
    return distinct(near)


def _back(graph: Graph, middle: int, far: Steps) -> list[int]:
    """The nodes from the middle back to an end, the middle left out."""
    way, at = [], middle
    for depth in range(int(far[middle]) - 1, -1, -1):
        near = graph.neighbours(at)
        at = _fewest(graph, near[far[near] == depth])
        way.append(at)
    return way


def _fewest(graph: Graph, nodes: Numbers) -> int:
    """The one with the fewest links, of several the first."""
    starts = graph.around.starts
    return int(nodes[np.argmin(starts[nodes + 1] - starts[nodes])])
