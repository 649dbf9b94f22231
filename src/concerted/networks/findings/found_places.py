"""Where children were found: the places that few people share, and that are not their own homes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from concerted.networks.findings.draft import World
from concerted.networks.findings.missing import episode_rows
from concerted.networks.findings.occasions import CROWD, Codes, Rows
from concerted.networks.findings.reasons import among, lived
from concerted.networks.keys import NONE, Numbers, distinct

Find = tuple[int, int, int]
"""A child, the episode at whose end they were found, and the day on which it began."""


@dataclass(frozen=True, slots=True)
class FoundAt:
    """Of children and episodes of theirs the place where they were found, where it is one that says something."""

    places: dict[tuple[int, int], int]
    finds: dict[int, list[Find]]

    def same(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether two children were found at one place. one, other: each a child and an episode."""
        return one in self.places and self.places[one] == self.places.get(other)

    def by_place(self) -> Iterator[list[Find]]:
        """Those who were found at each place."""
        yield from self.finds.values()


def where_found(world: World) -> FoundAt:
    """Every place where a child was found, but for the child's own home and for what more than a few share."""
    parts, size = world.all_parts, world.graph.size
    rows = episode_rows(world.graph, parts)
    where = _where(world, parts.at[rows])
    rows, where = rows[where != NONE], where[where != NONE].astype(np.int64)
    if not len(rows):
        return FoundAt({}, {})
    who, home = lived(world.graph)
    at_home = among(where * size + parts.who[rows], distinct(home.astype(np.int64) * size + who))
    few = ~at_home & (_people(world, who, home)[where] <= CROWD)
    columns = (parts.who[rows[few]], parts.at[rows[few]], parts.day[rows[few]], where[few])
    places: dict[tuple[int, int], int] = {}
    finds: dict[int, list[Find]] = defaultdict(list)
    for child, event, day, place in zip(*(column.tolist() for column in columns), strict=True):
        places[child, event] = place
        finds[place].append((child, event, day))
    return FoundAt(places, finds)


def _where(world: World, at: Codes) -> Numbers:
    """Of each of these occasions the place where somebody was found, or NONE."""
    event, place = world.found_at
    if not len(event):
        return np.full(len(at), NONE, np.int32)
    row = np.minimum(np.searchsorted(event, at), len(event) - 1)
    found: Numbers = np.where(event[row] == at, place[row], NONE).astype(np.int32)
    return found


def _people(world: World, who: Rows, home: Rows) -> Rows:
    """Of each place how many people lived there, were found there, or had a part in what was there."""
    parts, size = world.all_parts, world.graph.size
    where = np.concatenate([home, parts.place, _where(world, parts.at)]).astype(np.int64)
    people = np.concatenate([who, parts.who, parts.who])
    once = distinct((where * size + people)[where != NONE])
    found: Rows = np.bincount(once // size, minlength=size)
    return found
