"""The people and things of the page, each under one mark."""

from typing import Final

import numpy as np

from concerted.common.words import counted
from concerted.desk.patterns.data import PEOPLE, Item
from concerted.networks import Graph
from concerted.networks.sharing import involved, people_at

NO_NAME: Final = "no name is recorded"


class Items:
    """Gives marks in the order in which people and things are met: P1, P2; T1, T2. The people of patterns come
    first, so that a thing can say how many others share it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._met: dict[int, Item] = {}
        self._counts = {"P": 0, "T": 0}

    def of(self, node: int) -> Item:
        """The item of a node."""
        if node not in self._met:
            self._met[node] = self._new(node)
        return self._met[node]

    def _new(self, node: int) -> Item:
        kind, row = self._graph.kind(node), self._graph.row(node)
        letter = "P" if kind in PEOPLE else "T"
        self._counts[letter] += 1
        note = "" if letter == "P" else self._note(node, str(row.get("location_types") or ""))
        mark, label = f"{letter}{self._counts[letter]}", str(row["label"] or NO_NAME)
        return Item(node, mark, kind, label, self._graph.key(node), note)

    def _note(self, node: int, types: str) -> str:
        """What a place is, and how many others share a thing of whom nothing of concern is recorded."""
        who = people_at(self._graph, np.array([node], np.int32))[1]
        others = int((~involved(self._graph)[who] & ~np.isin(who, list(self._met))).sum())
        told = counted(others, "other person", "other people")
        shared = f"{told} of whom nothing of concern is recorded {'is' if others == 1 else 'are'} tied to it"
        return f"{types}; {shared}" if types else shared
