"""What the records of occasions say, as the facts of findings."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import numpy as np

from concerted.common.words import counted, listed
from concerted.networks.findings.draft import World
from concerted.networks.findings.finding import Fact
from concerted.networks.findings.occasions import Codes, Occasions, Rows, event_rows
from concerted.networks.findings.ties import YEARS_LATER
from concerted.networks.graph import Graph
from concerted.networks.keys import ranges
from concerted.networks.kinds import NODE_KINDS
from concerted.networks.spans import OPEN_START, day_of

_PARTS: Final = (
    ("person of concern", "people of concern"),
    ("child", "children"),
    ("person named", "people named"),
    ("person by a telephone, vehicle or account", "people by a telephone, vehicle or account"),
    ("other", "others"),
)
_DATED: Final[tuple[Literal["event", "order", "case"], ...]] = ("event", "order", "case")
_MARKS: Final = ("source", "record_id", "source_evaluation", "information_assessment")


def facts_of(world: World, at: Codes) -> dict[int, Fact]:
    """Of each of these occasions what its record says: the day, what it was, how many had which part, of a crime that
    was told years later when that was, and where somebody was found, if that is a place; never the name of a person.
    at: as in `Occasions.at`, each once."""
    what, rows, known = _what(world.graph, at)
    marks = world.graph.records.select(_MARKS).take(rows)
    counts, day = _parts(world.all_parts, at)
    day = np.where(counts.any(axis=1), day, known)
    told = world.events.told[rows]
    late = world.events.among(at, "crime") & (told >= day + YEARS_LATER)
    lists = [
        at.tolist(),
        what,
        day.tolist(),
        np.where(late, told, OPEN_START).tolist(),
        counts.tolist(),
        _found_where(world, at),
        *(marks[name].to_pylist() for name in _MARKS),
    ]
    return {one[0]: _fact(*one[1:]) for one in zip(*lists, strict=True)}


def _fact(
    what: str, day: int, told: int, counts: Sequence[int], place: str, source: str, record_id: str, *grade: str | None
) -> Fact:
    parts = [counted(count, *words) for count, words in zip(counts, _PARTS, strict=True) if count]
    then, later = day_of(day), day_of(told)
    says = f"{what}: {listed(parts)}" if parts else what
    says += f"; told on {later}" if later else ""
    says += f"; found at {place}" if place else ""
    return Fact(source, record_id, "".join(mark or "" for mark in grade), then.isoformat() if then else "", says)


def _what(graph: Graph, at: Codes) -> tuple[list[str], Rows, Rows]:
    """Of each what it was, the row of its record, and when it was, if nobody had a part in it. What is no node is the
    record of a relation."""
    what, known = np.full(len(at), "relation", object), np.full(len(at), OPEN_START, np.int64)
    rows = at - graph.size
    for kind in _DATED:
        number = NODE_KINDS.index(kind)
        first, beyond = int(graph.first[number]), int(graph.first[number + 1])
        here = np.flatnonzero((at >= first) & (at < beyond))
        if len(here):
            row = at[here] - first
            types: list[Any] = graph.tables[kind][f"{kind}_type"].take(row).to_pylist()
            what[here] = [word or kind for word in types]
            known[here] = graph.tables[kind]["earliest"].to_numpy()[row]
            rows[here] = graph.records_of(kind).start + row  # each has a node of its own, in the same order
    return what.tolist(), rows, known


def _found_where(world: World, at: Codes) -> list[str]:
    """Of each the words for the place where somebody was found, where they are those of one place; else none."""
    named = np.isin(at, world.found_at[0])
    if not named.any():
        return [""] * len(at)
    _, row = event_rows(world.graph, at)
    words = world.graph.tables["event"]["found_where"].take(row).to_pylist()
    return [word.strip() if there else "" for word, there in zip(words, named.tolist(), strict=True)]


def _parts(parts: Occasions, at: Codes) -> tuple[Rows, Rows]:
    """Of each occasion how many had each part, and the day of its first part."""
    begin, end = np.searchsorted(parts.at, at), np.searchsorted(parts.at, at, "right")
    which, rows = ranges(begin, end)
    counts = np.zeros((len(at), len(_PARTS)), np.int64)
    np.add.at(counts, (which, parts.part[rows]), 1)
    return counts, np.append(parts.day, np.int32(0))[begin]
