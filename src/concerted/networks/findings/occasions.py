"""The occasions of a graph: what brought people together, who had what part in it, and when and where it was."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.networks.graph import Graph
from concerted.networks.keys import NONE, Numbers, distinct
from concerted.networks.kinds import LINK_KINDS, NODE_KINDS, LinkKind
from concerted.networks.people import Flags, is_role
from concerted.networks.spans import OPEN_END, OPEN_START, Days

Codes = NDArray[np.int64]
Rows = NDArray[Any]
"""Where rows stand."""
CONCERN, CHILD, THERE, THEIRS, ASIDE = range(5)
"""A part: of concern; a child as one who was harmed, missing or looked after; named; by a thing of theirs; aside."""
OF_CONCERN: Final = ("suspect", "person of concern", "found with")
OF_A_CHILD: Final = ("victim", "child", "missing child", "patient")
OF_DUTY: Final = ("professional", "reporter", "parent or carer")  # there for the child's sake
STAND_BY: Final = (*OF_DUTY, "witness")
TIES_OF_CONCERN: Final = ("claimed partner", "gang or network member", "met online", "taxi or trade", "known adult")
# What police meet people in. Being in a service's own session, contact or attendance together says nothing of anybody.
TELLING: Final = ("intelligence report", "stop", "message", "missing episode", "crime", "arrest", "interview", "other")
SEXUAL: Final = (
    *("rape", "sexual assault", "sexual activity", "grooming or communication", "exploitation or trafficking"),
)
MISSING: Final = ("missing episode", "away without authorisation")
OF_ONE: Final = 4  # who use a thing; what more use is no one person's
CROWD: Final = 12  # people of one occasion; of a larger one nobody can say who met whom


@dataclass(frozen=True, slots=True)
class Occasions:
    """A row for each part of a person in an occasion, by occasion and person.

    at: the occasion: the node of an event or an order, or beyond all nodes the record of a relation. part: a code.
    day: when it was. place: its node, NONE. record: the record that says it. child, adult: what the person then was.
    """

    at: Codes
    who: Numbers
    part: Numbers
    day: Days
    place: Numbers
    record: Numbers
    child: Flags
    adult: Flags

    def take(self, rows: Rows) -> "Occasions":
        """These rows."""
        return Occasions(*(getattr(self, name)[rows] for name in self.__slots__))


def occasions(graph: Graph) -> Occasions:
    """Every part of everybody whose day is known."""
    columns = [_events(graph), _things(graph), *_orders(graph), _relations(graph)]
    at, who, part, day, record = (np.concatenate(each) for each in zip(*columns, strict=True))
    known = (day != OPEN_START) & (day != OPEN_END)
    order = np.lexsort((part, who, at))
    order = order[known[order]]
    once = np.ones(len(order), bool)  # of two parts in one occasion the graver
    once[1:] = (at[order][1:] != at[order][:-1]) | (who[order][1:] != who[order][:-1])
    order = order[once]
    at, who, part, day, record = (one[order] for one in (at, who, part, day, record))
    child, adult = ages(graph, who, day)
    return Occasions(at, who, part, day, _places(graph)[np.minimum(at, graph.size)], record, child, adult)


def ages(graph: Graph, who: Numbers, day: Days) -> tuple[Flags, Flags]:
    """Whether each certainly was a child on a day, and whether an adult. Who was ever recorded as a child and is not
    certainly an adult counts as one."""
    person, beyond = graph.tables["person"], graph.tables["unidentified"].num_rows
    since = np.append(person["adult_since"].to_numpy(), np.full(beyond, OPEN_END))
    born = np.append(person["birth_earliest"].to_numpy(), np.full(beyond, OPEN_START))
    ever = np.append(person["ever_child"].to_numpy(zero_copy_only=False), np.zeros(beyond, bool))
    adult: Flags = since[who] <= day
    young = born[who].astype(np.int64) + 6_574 > day  # 18 years, in days
    child: Flags = ~adult & (young | ever[who])
    return child, adult


def days_of(table: Any) -> Days:
    """The day for which each span stands: the first on which it certainly was, else the first or last possible one."""
    spans = {name: table[name].to_numpy() for name in ("earliest", "latest", "sure_from", "sure_to")}
    known = np.where(spans["earliest"] != OPEN_START, spans["earliest"], spans["latest"])
    found: Days = np.where(spans["sure_from"] <= spans["sure_to"], spans["sure_from"], known).astype(np.int32)
    return found


def _columns(table: Any, at: Any, who: Any, part: Any) -> tuple[Any, ...]:
    return at.astype(np.int64), who, part.astype(np.int32), days_of(table), table["record"].to_numpy()


def _events(graph: Graph) -> tuple[Any, ...]:
    rows = graph.of_kind("in event", "found with")
    role = rows["role"].cast("string")
    part = np.full(rows.num_rows, THERE)
    for code, words in ((CONCERN, OF_CONCERN), (CHILD, OF_A_CHILD), (ASIDE, STAND_BY)):
        part[is_role(role, *words)] = code
    part[rows["kind"].to_numpy() == LINK_KINDS.index("found with")] = CONCERN
    return _columns(rows, rows["right"].to_numpy(), rows["left"].to_numpy(), part)


def _things(graph: Graph) -> tuple[Any, ...]:
    """Whose telephone, vehicle or account an event names, where it is one person's."""
    used, events = graph.of_kind("used"), graph.of_kind("event used")
    pair = distinct(used["left"].to_numpy().astype(np.int64) * graph.size + used["right"].to_numpy())
    user, thing = (pair // graph.size).astype(np.int32), (pair % graph.size).astype(np.int32)
    count = np.bincount(thing, minlength=graph.size)
    user, thing = user[count[thing] <= OF_ONE], thing[count[thing] <= OF_ONE]
    order = np.argsort(thing, kind="stable")
    user, thing = user[order], thing[order]
    named = events["right"].to_numpy()
    begin, end = np.searchsorted(thing, named), np.searchsorted(thing, named, "right")
    row = np.repeat(np.arange(len(named)), end - begin)
    within = np.arange(len(row)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
    who = user[np.repeat(begin, end - begin) + within]
    rows = events.take(row)
    return _columns(rows, rows["left"].to_numpy(), who, np.full(len(row), THEIRS))


def _orders(graph: Graph) -> list[tuple[Any, ...]]:
    kinds: tuple[tuple[LinkKind, int], ...] = (("order on", CONCERN), ("order protects", CHILD))
    found = []
    for kind, part in kinds:
        rows = graph.of_kind(kind)
        found.append(_columns(rows, rows["right"].to_numpy(), rows["left"].to_numpy(), np.full(rows.num_rows, part)))
    return found


def _relations(graph: Graph) -> tuple[Any, ...]:
    """What is said of two people that is no family tie: the first has the part of concern."""
    rows = graph.of_kind("related")
    rows = rows.filter(pc.is_in(rows["role"].cast("string"), value_set=_words(TIES_OF_CONCERN)))
    at = np.tile(graph.size + rows["record"].to_numpy().astype(np.int64), 2)
    who = np.concatenate([rows["left"].to_numpy(), rows["right"].to_numpy()])
    part = np.repeat([CONCERN, THERE], rows.num_rows)
    day, record = np.tile(days_of(rows), 2), np.tile(rows["record"].to_numpy(), 2)
    return at, who, part.astype(np.int32), day, record


def _places(graph: Graph) -> Numbers:
    """Of each node the first place that it was at; NONE after the last."""
    rows = graph.of_kind("event at")
    found = np.full(graph.size + 1, NONE, np.int32)
    found[rows["left"].to_numpy()[::-1]] = rows["right"].to_numpy()[::-1]
    return found


def event_rows(graph: Graph, at: Codes) -> tuple[Flags, Numbers]:
    """Which of these occasions are events, and the row of each in the table of events (0 of others)."""
    first = int(graph.first[NODE_KINDS.index("event")])
    beyond = int(graph.first[NODE_KINDS.index("event") + 1])
    is_event = (at >= first) & (at < beyond)
    return is_event, np.where(is_event, at - first, 0).astype(np.int32)


def _words(words: tuple[str, ...]) -> Any:
    return pa.array(words, pa.string())
