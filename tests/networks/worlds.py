"""Small scopes for tests: a row as a few words, and the graph of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from concerted.extracts.fields import Kind
from concerted.networks import LINK_KINDS, Graph, NodeKind, Records, graph

TODAY = date(2026, 3, 2)
Row = Mapping[str, str]
World = Mapping[Kind, Sequence[Row]]
_THINGS = {"address": "location", "phone": "telephone", "registration": "vehicle", "handle": "account"}
_THINGS |= dict.fromkeys(("phone_from", "phone_to"), "telephone")


def row(record_id: str, source: str = "force-a", /, **fields: str) -> Row:
    """A record. `entity`: the entity of a person's record, else it is one of its own. `address`, `phone`,
    `registration`, `handle`: a thing that it mentions, by its value."""
    return {"source": source, "record_id": record_id, **fields}


def person(record_id: str, source: str = "force-a", /, **fields: str) -> Row:
    """A person of whom there is a name."""
    return row(record_id, source, family_name="Testcase", **fields)


def records(world: World) -> Records:
    """The records of a world."""
    tables = {kind: _table(rows) for kind, rows in world.items()}
    people = [
        {**_key(one), "entity": one.get("entity", f"{one['source']}:{one['record_id']}")}
        for one in world.get("person", ())
    ]
    mentions = [
        {**_key(one), "kind": of, "record_kind": kind, "field": field, "value": one[field], **_thing(one[field])}
        for kind, rows in world.items()
        for one in rows
        for field, of in _THINGS.items()
        if field in one
    ]
    return Records(tables, _table(people), _table(mentions))


def drawn(world: World, as_of: date = TODAY) -> Graph:
    """The graph of a world."""
    return graph(records(world), as_of)


def said(of: Graph) -> set[tuple[Any, ...]]:
    """Every row of links in words: kind, role, the records under which its ends are shown, and the record that says
    it."""
    rows = of.evidence(of.links).to_pylist()
    return {
        (LINK_KINDS[one["kind"]], one["role"], _shown(of, one["left"]), _shown(of, one["right"]), one["record_id"])
        for one in rows
    }


def node(of: Graph, record_id: str, kind: NodeKind = "person") -> int:
    """The node of a kind that is shown under this record."""
    [at] = np.flatnonzero(np.array(of.tables[kind]["record_id"].to_pylist()) == record_id)
    return int(of.all_of(kind)[at])


def _thing(value: str) -> dict[str, str]:
    """What is written with a question mark is near the value without it."""
    return {"entity": value.rstrip("?"), "how": "near" if value.endswith("?") else "exact"}


def _shown(of: Graph, one: int) -> str:
    found = of.row(one)
    return str(found["label"] if of.kind(one) in _THINGS.values() else found["record_id"])


def _table(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    names = dict.fromkeys(name for one in rows for name in one)
    return pa.table({name: pa.array([one.get(name) for one in rows], pa.string()) for name in names})


def _key(one: Row) -> dict[str, str]:
    return {"source": one["source"], "record_id": one["record_id"]}
