"""Which decisions stand. `same` decisions that lead from one record to another of a pair decided `different` cannot all
be right, and nothing says which is wrong: every one on such a path waits, in whatever order they were given."""

from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]


def suspended(same: Sequence[Pair], apart: Iterable[Pair]) -> set[Pair]:
    """The pairs decided the same that lie on a path of such pairs between two records decided different, as they are
    given. A path meets no record twice."""
    beside: dict[int, list[int]] = {}
    for one, other in same:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found: set[frozenset[int]] = set()
    for one, other in apart:
        if one in beside and other in beside:
            found |= _on_paths(beside, one, other)
    return {pair for pair in same if frozenset(pair) in found}


def _on_paths(beside: Mapping[int, Sequence[int]], start: int, end: int) -> set[frozenset[int]]:
    """The edges on paths between two records: those of one block (Tarjan) with an edge between the two."""
    depth, low, above = {start: 0, end: 1}, {start: 0, end: 1}, {end: start}
    edges: list[Pair] = []
    open_ = [(end, iter(beside[end]))]
    while open_:
        at, others = open_[-1]
        for other in others:
            if other not in depth:
                edges.append((at, other))
                depth[other] = low[other] = len(depth)
                above[other] = at
                open_.append((other, iter(beside[other])))
                break
            if depth[other] < depth[at] and other != above[at]:
                edges.append((at, other))
                low[at] = min(low[at], depth[other])
        else:
            open_.pop()
            if open_:
                before = open_[-1][0]
                low[before] = min(low[before], low[at])
                if low[at] >= depth[before]:
                    del edges[edges.index((before, at)) :]
    return {frozenset(edge) for edge in edges}
