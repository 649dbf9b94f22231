"""Which adult suspects hold a network together. Nobody else is ever measured."""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from concerted.networks.adults import adult_suspects
from concerted.networks.graph import Graph
from concerted.networks.keys import Listed, Numbers, distinct, listed
from concerted.networks.kinds import NODE_KINDS
from concerted.networks.sharing import widely_shared

_ROUNDS: Final = 2  # from a suspect to an event, and on to its place


class Network(NamedTuple):
    """Suspects, and what lies between them. nodes: of the graph, by their place here; those of suspects come first.
    around: of each place those that it has a link with."""

    nodes: Numbers
    suspects: int
    around: Listed


def connectors(graph: Graph) -> pa.Table:
    """For each adult suspect, a `node`: how many others they are `linked` with over one event, thing, order or case, or
    directly; and `parted`, how many pairs of the others hang together through them alone.

    Only adults on the graph's day who were never recorded as a victim and of whom a record says that they are a suspect
    (`adult_suspects`) are in it. Ways through anybody else, and through what is widely shared, do not count. Those with
    the most pairs come first.
    """
    of = network(graph)
    table = pa.table(
        {
            "node": of.nodes[: of.suspects],
            "linked": _linked(of),
            "parted": np.array(_parted(of), np.int64)[: of.suspects],
        }
    )
    return table.sort_by([("parted", "descending"), ("linked", "descending"), ("node", "ascending")])


def network(graph: Graph) -> Network:
    """The adult suspects of a graph and the events and things within _ROUNDS links of them."""
    suspects = adult_suspects(graph)
    between = front = np.array([], np.int32)
    for _ in range(_ROUNDS):
        near = distinct(graph.around.each(np.append(suspects, front))[1])
        between = front = np.union1d(between, near[graph.kinds(near) >= NODE_KINDS.index("location")]).astype(np.int32)
    between = np.setdiff1d(between, widely_shared(graph))
    nodes = np.append(suspects, between)
    place = np.full(graph.size, -1, np.int32)
    place[nodes] = np.arange(len(nodes), dtype=np.int32)
    which, near = graph.around.each(nodes)
    inside = place[near] >= 0
    return Network(nodes, len(suspects), listed(which[inside], place[near[inside]], len(nodes)))


def _linked(of: Network) -> Numbers:
    """Of each suspect how many others are one link away, or two."""
    suspects = np.arange(of.suspects, dtype=np.int32)
    which, near = of.around.each(suspects)
    direct = near < of.suspects
    at, further = of.around.each(near[~direct])
    one = np.append(which[direct], which[~direct][at])
    other = np.append(near[direct], further)
    real = (other < of.suspects) & (one != other)
    pairs = distinct(one[real].astype(np.int64) * max(of.suspects, 1) + other[real])
    counts: Numbers = np.bincount(pairs // max(of.suspects, 1), minlength=of.suspects).astype(np.int32)
    return counts


def _parted(of: Network) -> list[int]:
    """Of each place the pairs of suspects that it alone holds together.

    Depth first, as Tarjan and Hopcroft have it (1973): what was reached through a place and has no link to before it
    comes away without it.
    """
    size = len(of.nodes)
    weight = [1] * of.suspects + [0] * (size - of.suspects)
    order, low, below = [-1] * size, [0] * size, list(weight)
    parts: list[list[int]] = [[] for _ in range(size)]
    found = [0] * size
    for root in range(of.suspects):
        if order[root] < 0:
            seen = _deep(of, root, order, low, below, parts)
            for one in seen:
                found[one] = _pairs(below[root] - weight[one], parts[one])
    return found


def _deep(
    of: Network, root: int, order: list[int], low: list[int], below: list[int], parts: list[list[int]]
) -> list[int]:
    """Go through all that hangs together with a root. parts: of each place how many suspects come away in each part."""
    seen, stack = [root], [(root, -1, iter(of.around.of(root).tolist()))]
    order[root] = low[root] = 0
    while stack:
        at, before, near = stack[-1]
        step = next((one for one in near if one != before), None)
        if step is None:
            stack.pop()
            if stack:
                _up(at, stack[-1][0], order, low, below, parts)
        elif order[step] < 0:
            order[step] = low[step] = len(seen)
            seen.append(step)
            stack.append((step, at, iter(of.around.of(step).tolist())))
        else:
            low[at] = min(low[at], order[step])
    return seen


def _up(at: int, before: int, order: list[int], low: list[int], below: list[int], parts: list[list[int]]) -> None:
    low[before] = min(low[before], low[at])
    below[before] += below[at]
    if low[at] >= order[before]:
        parts[before].append(below[at])


def _pairs(others: int, parts: list[int]) -> int:
    """Pairs of which the two are in different parts; what came away in none is a part too."""
    rest = others - sum(parts)
    return (others * others - rest * rest - sum(part * part for part in parts)) // 2
