"""What the graph holds of the facts of a finding: who and what each record names, when, and how it is to be handled."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.common.ids import RecordKey
from concerted.desk.patterns.data import PEOPLE
from concerted.networks import NODE_KINDS, Graph
from concerted.networks.findings.occasions import OF_ONE
from concerted.networks.keys import NONE
from concerted.networks.kinds import THINGS
from concerted.networks.spans import COLUMNS, OPEN_END, OPEN_START
from concerted.networks.timeline import When

_OF_FACTS: Final = ("event", "order", "case", "relation")
_PART_OF: Final = ("handling", "classification")
_UNKNOWN: Final = When(OPEN_START, OPEN_END, OPEN_END, OPEN_START)


class Evidence(NamedTuple):
    """Of one fact. near: the nodes of people and things that its record names. by: people whom it does not name, each
    with the telephone, vehicle or account of theirs that it names."""

    when: When
    handling: str
    near: frozenset[int]
    by: Mapping[int, int]

    def who(self) -> frozenset[int]:
        """Everybody who is in it, named or not, among all that it names."""
        return self.near | self.by.keys()


NOTHING: Final = Evidence(_UNKNOWN, "", frozenset(), {})
"""Of a record that the graph does not hold."""


def evidence(graph: Graph, keys: Collection[RecordKey]) -> dict[RecordKey, Evidence]:
    """What is held of these records of events, orders, cases and relations."""
    rows = record_rows(graph, keys)
    said = _rows_that_say(graph, [row for row in rows.values() if graph.node_of[row] == NONE])
    found = {key: _of_one(graph, row, said) for key, row in rows.items()}
    users = _users(graph, {node for one in found.values() for node in one.near})
    return {key: one._replace(by=_by(one.near, users)) for key, one in found.items()}


def _users(graph: Graph, nodes: Collection[int]) -> Mapping[int, list[int]]:
    """Of those of these that are one person's things, or of so few as a rule takes for one's: whose they are."""
    rows = graph.of_kind("used")
    rows = rows.filter(pc.is_in(rows["right"], value_set=pa.array(sorted(nodes), pa.int32())))
    found: dict[int, list[int]] = {}
    for person, thing in sorted(set(zip(rows["left"].to_pylist(), rows["right"].to_pylist(), strict=True))):
        found.setdefault(thing, []).append(person)
    return {thing: users for thing, users in found.items() if len(users) <= OF_ONE}


def _by(near: frozenset[int], users: Mapping[int, list[int]]) -> Mapping[int, int]:
    pairs = [(person, thing) for thing in sorted(near & users.keys(), reverse=True) for person in users[thing]]
    return {person: thing for person, thing in pairs if person not in near}


def record_rows(graph: Graph, keys: Collection[RecordKey]) -> dict[RecordKey, int]:
    """The row of each among the records of the graph; of several kinds under one key the first."""
    ids = pa.array(sorted({key.record_id for key in keys}), pa.string())
    kinds = pc.is_in(graph.records["kind"].cast("string"), value_set=pa.array(_OF_FACTS))
    rows = np.flatnonzero(pc.and_(kinds, pc.is_in(graph.records["record_id"], value_set=ids)).to_numpy())
    near = graph.records.select(["source", "record_id"]).take(pa.array(rows)).to_pylist()
    found: dict[RecordKey, int] = {}
    for row, one in zip(rows.tolist(), near, strict=True):
        found.setdefault(RecordKey(one["source"], one["record_id"]), row)
    return {key: found[key] for key in keys if key in found}


def people_of(graph: Graph, keys: Collection[RecordKey]) -> dict[RecordKey, int]:
    """The nodes of the people who are shown under these records."""
    ids = pa.array(sorted({key.record_id for key in keys}), pa.string())
    found: dict[RecordKey, int] = {}
    for kind in PEOPLE:
        table = graph.tables[kind].select(["source", "record_id"])
        rows = np.flatnonzero(pc.is_in(table["record_id"], value_set=ids).to_numpy())
        first = int(graph.first[NODE_KINDS.index(kind)])
        for row, one in zip(rows.tolist(), table.take(pa.array(rows)).to_pylist(), strict=True):
            found.setdefault(RecordKey(one["source"], one["record_id"]), first + row)
    return {key: found[key] for key in keys if key in found}


def _rows_that_say(graph: Graph, records: list[int]) -> Mapping[int, list[int]]:
    """Of records that are of no node, as relations: the rows of links that they say."""
    found: dict[int, list[int]] = {}
    if not records:
        return found
    for row in np.flatnonzero(np.isin(graph.links["record"].to_numpy(), records)).tolist():
        found.setdefault(graph.links["record"][row].as_py(), []).append(row)
    return found


def _of_one(graph: Graph, row: int, said: Mapping[int, list[int]]) -> Evidence:
    marks = graph.records.select(list(_PART_OF)).slice(row, 1).to_pylist()[0]
    words = [f"handling {marks['handling']}"] if marks["handling"] else []
    handling = ", ".join([*words, *([marks["classification"]] if marks["classification"] else [])])
    node = int(graph.node_of[row])
    if node == NONE:
        return _of_links(graph, said.get(row, []), handling)
    held = graph.row(node)
    when = When(*(int(str(held[name])) for name in COLUMNS))
    near = graph.neighbours(node)
    shown = np.isin(graph.kinds(near), [NODE_KINDS.index(kind) for kind in (*PEOPLE, *THINGS)])
    return Evidence(when, handling, frozenset(near[shown].tolist()), {})


def _of_links(graph: Graph, rows: list[int], handling: str) -> Evidence:
    if not rows:
        return Evidence(_UNKNOWN, handling, frozenset(), {})
    some = graph.links.take(pa.array(rows)).to_pylist()
    when = When(*(some[0][name] for name in COLUMNS))
    return Evidence(when, handling, frozenset({end for one in some for end in (one["left"], one["right"])}), {})
