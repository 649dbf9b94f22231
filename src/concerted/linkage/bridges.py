"""How records hang together by links: the strongest tree, a path along it, and the links that no other goes round."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Record = TypeVar("Record", bound=Hashable)
Link = tuple[Record, Record, float]  # two records, and the weight of their link in bits
Tree = Sequence[Link[Record]]


class Bridge(NamedTuple, Generic[Record]):
    """A link that alone holds two parts together. side: the records of the smaller part."""

    link: Link[Record]
    side: tuple[Record, ...]


def strongest_tree(links: Iterable[Link[Record]]) -> list[Link[Record]]:
    """Kruskal: the links, strongest first and equal ones by their records, that connect something new."""
    group: dict[Record, list[Record]] = {}
    tree = []
    for link in sorted(links, key=lambda link: (-link[2], link[:2])):
        one, two = (group.setdefault(record, [record]) for record in link[:2])
        if one is not two:
            tree.append(link)
            kept, gone = (one, two) if len(one) >= len(two) else (two, one)
            kept += gone
            group.update(dict.fromkeys(gone, kept))
    return tree


def path(tree: Tree[Record], left: Record, right: Record) -> tuple[Link[Record], ...]:
    """The links of the tree from one record to the other; none where it does not connect them."""
    beside = _beside(tree)
    reached: dict[Record, tuple[Link[Record], ...]] = {left: ()}
    for here in (order := [left]):
        for there, link in beside.get(here, ()):
            if there not in reached:
                reached[there] = (*reached[here], link)
                order.append(there)
    return reached.get(right, ())


def bridges(links: Sequence[Link[Record]], tree: Tree[Record]) -> tuple[Bridge[Record], ...]:
    """The links of the tree that no other link goes round, in the tree's order.

    Each link outside the tree closes a ring with the tree's links between its two ends; what is in no ring is a bridge.
    `top` leads past links that are known to be in a ring, so that none is climbed twice.
    """
    above, order = _rooted(tree)
    depth: dict[Record, int] = {}
    for record in order:
        depth[record] = depth[above[record]] + 1 if record in above else 0
    top = {record: record for record in order}

    def climbed(record: Record) -> Record:
        while top[record] != record:
            top[record] = record = top[top[record]]
        return record

    for link in set(links) - set(tree):
        one, two = map(climbed, link[:2])
        while one != two:
            lower, higher = (one, two) if depth[one] >= depth[two] else (two, one)
            top[lower] = above[lower]
            one, two = climbed(lower), higher
    lower_ends = ((link, link[0] if above.get(link[0]) == link[1] else link[1]) for link in tree)
    beside = _beside(tree)
    return tuple(
        Bridge(link, min((_side(beside, link, end) for end in link[:2]), key=lambda side: (len(side), side)))
        for link, lower in lower_ends
        if top[lower] == lower
    )


def _beside(tree: Tree[Record]) -> dict[Record, list[tuple[Record, Link[Record]]]]:
    """For each record those that it is linked with, and by which link."""
    beside: dict[Record, list[tuple[Record, Link[Record]]]] = {}
    for link in tree:
        one, two = link[:2]
        beside.setdefault(one, []).append((two, link))
        beside.setdefault(two, []).append((one, link))
    return beside


def _rooted(tree: Tree[Record]) -> tuple[dict[Record, Record], list[Record]]:
    """For each record but the first of its part the one above it, and the records in an order that never puts one
    before it."""
    beside, order, above = _beside(tree), list[Record](), dict[Record, Record]()
    seen: set[Record] = set()
    for first in beside:
        if first in seen:
            continue
        seen.add(first)
        for here in (part := [first]):
            for there, _ in beside[here]:
                if there not in seen:
                    seen.add(there)
                    above[there] = here
                    part.append(there)
        order += part
    return above, order


def _side(
    beside: dict[Record, list[tuple[Record, Link[Record]]]], without: Link[Record], end: Record
) -> tuple[Record, ...]:
    """The records that hang on one end of a link, in their order."""
    found = {end}
    for here in (order := [end]):
        for there, link in beside[here]:
            if link != without and there not in found:
                found.add(there)
                order.append(there)
    return tuple(sorted(order))  # type: ignore[type-var] # record numbers and keys have an order
