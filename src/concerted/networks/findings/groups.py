"""The rules of children who are missing together, and of what children and an adult of concern share."""

from collections.abc import Iterator

import numpy as np

from concerted.networks.findings.circles import DAYS, several_homes
from concerted.networks.findings.draft import CHILD, CONCERNED, Draft, World
from concerted.networks.findings.occasions import Rows
from concerted.networks.findings.reasons import among
from concerted.networks.findings.ties import MISSING, Ties
from concerted.networks.keys import distinct, ranges, stretch


def missing_together(_: World, ties: Ties) -> Iterator[Draft]:
    """One for each adult who was with two children or more that go missing at the same times, once gravely at least."""
    pairs = ties.take(np.flatnonzero(ties.at >= MISSING))
    pairs = pairs.take(np.argsort(pairs.one, kind="stable"))
    own = ties.take(np.flatnonzero(ties.with_child & np.isin(ties.other, np.append(pairs.one, pairs.other))))
    own = own.take(np.argsort(own.one, kind="stable"))
    for who in distinct(own.one[own.grave]).tolist():
        mine = own.take(stretch(own.one, who))
        begin, end = (np.searchsorted(pairs.one, distinct(mine.other), side) for side in ("left", "right"))
        near = pairs.take(ranges(begin, end)[1])
        both = near.take(np.flatnonzero(np.isin(near.other, mine.other)))
        children = set(both.one.tolist()) | set(both.other.tolist())
        with_them = mine.take(np.flatnonzero(np.isin(mine.other, list(children))))
        if with_them.grave.any() and len(set(with_them.at.tolist())) > 1:
            people = {(one, CHILD) for one in children} | {(who, CONCERNED)}
            yield Draft("missing-together", frozenset(people), both.events() | with_them.events())


def shared_things(world: World, ties: Ties) -> Iterator[Draft]:
    """Places, vehicles and telephones that two children and an adult share who is of concern towards one of them."""
    grave = ties.take(np.flatnonzero(ties.grave & ties.with_child))
    grave = grave.take(np.argsort(grave.one, kind="stable"))
    concern = distinct(_directed(world, grave))
    where = world.context[np.minimum(world.parts.at, world.graph.size)]
    plain = ties.take(np.flatnonzero((ties.at < world.graph.size) & (ties.at != ties.event) & ties.with_child))
    told = distinct(plain.at[among(_directed(world, plain), concern)])
    plain = plain.take(np.argsort(plain.at, kind="stable"))
    by_place = np.argsort(where, kind="stable")
    begins, ends = (np.searchsorted(where[by_place], told, side) for side in ("left", "right"))
    for thing, begin, end in zip(told.tolist(), begins.tolist(), ends.tolist(), strict=True):
        rows = plain.take(stretch(plain.at, thing))
        found = [_with(world, who, rows, grave) for who in distinct(rows.one).tolist()]
        if found := [one for one in found if one]:
            yield _of_thing(world, by_place[begin:end], found)


_Found = tuple[int, set[int], set[int]]


def _with(world: World, who: int, rows: Ties, grave: Ties) -> _Found | None:
    """An adult, the children beside them, and the occasions in which they are of concern towards one of these, on two
    days at least."""
    mine = rows.take(np.flatnonzero(rows.one == who))
    children = set(mine.other.tolist())
    told = grave.take(stretch(grave.one, who))  # sorted by person
    told = told.take(np.flatnonzero(np.isin(told.other, list(children))))
    told = told.take(
        np.flatnonzero(np.abs(told.day[:, None] - mine.day[None, :]).min(axis=1, initial=DAYS + 1) <= DAYS)
    )
    if len(set(told.day.tolist())) < 2 or len(children) < 2 or not several_homes(world, children):
        return None
    return who, children, set(told.event.tolist())


def _of_thing(world: World, there: Rows, found: list[_Found]) -> Draft:
    grown, children = {who for who, *_ in found}, set().union(*(of for _, of, _ in found))
    at = there[np.isin(world.parts.who[there], [*grown, *children])]
    events = set(world.parts.at[at].tolist()).union(*(told for *_, told in found))
    people = frozenset({(one, CONCERNED) for one in grown} | {(one, CHILD) for one in children})
    others = len(set(world.parts.who[there].tolist()) - grown - children)
    return Draft("shared-thing", people, frozenset(events), innocent=others)


def _directed(world: World, ties: Ties) -> Rows:
    found: Rows = ties.one.astype(np.int64) * world.size + ties.other
    return found
