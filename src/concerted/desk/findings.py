"""Findings of a result folder: what was found the last time, what is found now, and what people made of them."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from concerted.common.ids import RecordKey
from concerted.desk import deliveries, results
from concerted.desk.graph import records
from concerted.desk.store import Store
from concerted.networks import Graph, graph
from concerted.networks.findings import Finding, Mark, Standing, Told, changes, findings, from_dict, standing

_Of = Callable[[str | None, str | None], bool]


class Kept(NamedTuple):
    """For a folder that replaces another: findings as they last were, and marks."""

    told: list[Told]
    marks: list[Mark]


class Shown(NamedTuple):
    """A finding, what became of it since the last time, and how people stand to it."""

    told: Told
    standing: Standing


def day(store: Store) -> date:
    """The day as of which the folder is."""
    return deliveries.as_of(store)


def look_anew(store: Store, of: Graph) -> list[dict[str, Any]]:
    """Find, compare with the last time, and keep it. of: the graph of the folder now. Gives the findings for machines.
    Inside a transaction."""
    put(store, changes(_there(last(store)), findings(of)))
    return [for_machines(store, one.told.finding) for one in shown(store, last(store)) if one.told.state != "gone"]


def found(store: Store, as_of: date) -> list[Finding]:
    """What the rules find in the records that count now."""
    return findings(graph(records(store), as_of))


def told(store: Store, as_of: date | None) -> list[Told]:
    """As the folder last found them; as of another day, or in a folder that never looked, what is found now, and
    nothing is kept."""
    kept = last(store)
    if as_of in (None, day(store)) and store.get("findings"):
        return kept
    return changes(_there(kept), found(store, as_of or day(store)))


def shown(store: Store, some: Sequence[Told]) -> list[Shown]:
    """Each with how people stand to it."""
    made = marks(store)
    return [Shown(one, standing(one.finding, made)) for one in some]


def for_machines(store: Store, one: Finding) -> dict[str, Any]:
    """A finding with the entity of each of its people."""
    made = one.to_dict()
    for person in made["people"]:
        person["entity_id"] = results.entity_of(store, RecordKey(person["source"], person["record_id"]))
    return made


def last(store: Store) -> list[Told]:
    """What was found the last time, and what went with it."""
    rows = store.run("select body, state, more, fewer from finding order by place")
    return [Told(from_dict(json.loads(body)), state, _keys(more), _keys(fewer)) for body, state, more, fewer in rows]


def put(store: Store, some: Sequence[Told]) -> None:
    """Keep these in place of what was found before."""
    store.run("delete from finding")  # derived: made anew from the records
    store.run_many("insert into finding values (?, ?, ?, ?, ?, ?)", map(_row, range(len(some)), some))
    store.put("findings", "looked for")


def marks(store: Store) -> list[Mark]:
    """Every mark, in the order in which they were made."""
    rows = store.run("select finding, rule, mark, who, at, why, facts from mark order by number")
    names = ("finding", "rule", "mark", "who", "when", "why")
    return [Mark(**dict(zip(names, row, strict=False)), facts=_keys(row[-1])) for row in rows]


def add(store: Store, made: Mark) -> None:
    """Add a mark."""
    row = (made.finding, made.rule, made.mark, made.who, made.when, made.why, _text(made.facts))
    store.run("insert into mark (finding, rule, mark, who, at, why, facts) values (?, ?, ?, ?, ?, ?, ?)", row)


def kept(store: Store) -> Kept:
    """What a folder that replaces this one takes over."""
    return Kept(last(store), marks(store))


def keep(store: Store, rows: Kept) -> None:
    """Take it over."""
    put(store, rows.told)
    for one in rows.marks:
        add(store, one)
    store.put("findings", "looked for" if rows.told else "")


def forget(store: Store, of: _Of) -> None:
    """Nothing that was found, and no mark, names an erased record. What rests on it is found anew, or not."""
    left = [one for one in last(store) if not _names(one.finding, of)]
    put(store, [Told(one.finding, one.state, _but(one.more, of), _but(one.fewer, of)) for one in left])
    for number, facts in store.run("select number, facts from mark").fetchall():
        store.run("update mark set facts = ? where number = ?", [_text(_but(_keys(facts), of)), number])


def _names(one: Finding, of: _Of) -> bool:
    return any(of(*key) for key in [*(fact.key for fact in one.facts), *(key for key, _ in one.people)])


def _but(keys: Sequence[RecordKey], of: _Of) -> tuple[RecordKey, ...]:
    return tuple(key for key in keys if not of(*key))


def _there(some: Sequence[Told]) -> list[Finding]:
    return [one.finding for one in some if one.state != "gone"]


def _row(place: int, one: Told) -> list[object]:
    body = json.dumps(one.finding.to_dict(), ensure_ascii=False)
    return [one.finding.id, place, one.state, _text(one.more), _text(one.fewer), body]


def _text(keys: Sequence[RecordKey]) -> str:
    return json.dumps([list(key) for key in keys], ensure_ascii=False)


def _keys(text: str) -> tuple[RecordKey, ...]:
    return tuple(RecordKey(*key) for key in json.loads(text))
