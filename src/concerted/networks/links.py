"""The links of a graph: one row for each record that says one."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.extracts.fields import Kind
from concerted.networks.held import TO, Held
from concerted.networks.keys import NONE, Numbers, at_rows
from concerted.networks.kinds import LINK_KINDS, LinkKind
from concerted.networks.nodes import Nodes
from concerted.networks.people import Flags
from concerted.networks.spans import Spans

_SHIFT: Final = 32  # bits of a record's number


class Said(NamedTuple):
    """What records say of one kind of link. left, right: nodes. record: the number of the record that says it. ends: of
    the records that it names for its two ends, or is itself. role: a word for each row. when: of each row."""

    kind: LinkKind
    left: Numbers
    right: Numbers
    record: Numbers
    ends: tuple[Numbers, Numbers]
    role: Any
    when: Spans
    near: Flags | None = None


def links(of: Held, nodes: Nodes) -> pa.Table:
    """Every row, sorted by its two ends whichever way round, then by kind and record.

    Columns: kind (number in LINK_KINDS), left, right, record, left_record, right_record (numbers), role (text, coded),
    near (whether by a near key) and those of a span.
    """
    table = pa.concat_tables([_table(said) for said in _said(of, nodes)]).unify_dictionaries().combine_chunks()
    left, right = table["left"].to_numpy(), table["right"].to_numpy()
    ends = pairs_of(left, right, int(nodes.first[-1]))
    said = table["kind"].to_numpy().astype(np.int64) << _SHIFT | table["record"].to_numpy()
    return table.take(pa.array(np.lexsort((said, ends)))).combine_chunks()


def pairs_of(left: Numbers, right: Numbers, size: int) -> NDArray[np.int64]:
    """Two ends as one number, whichever way round."""
    pairs: NDArray[np.int64] = np.minimum(left, right).astype(np.int64) * size + np.maximum(left, right)
    return pairs


def _table(said: Said) -> pa.Table:
    """The rows of which both ends are there, and are two."""
    at = np.flatnonzero((said.left != NONE) & (said.right != NONE) & (said.left != said.right))
    columns: dict[str, Any] = {"kind": np.full(len(at), LINK_KINDS.index(said.kind), np.int8)}
    columns |= {name: getattr(said, name)[at] for name in ("left", "right", "record")}
    columns |= {"left_record": said.ends[0][at], "right_record": said.ends[1][at]}
    near = np.zeros(len(at), bool) if said.near is None else said.near[at]
    role = said.role.combine_chunks() if isinstance(said.role, pa.ChunkedArray) else said.role
    coded = role if isinstance(role, pa.DictionaryArray) else role.dictionary_encode()
    spans = said.when.take(at).columns()
    return pa.table({**columns, "role": coded.take(pa.array(at)), "near": near, **spans})


def _said(of: Held, nodes: Nodes) -> Iterator[Said]:
    yield from _parts(of, nodes)
    yield from _mentioned(of, nodes)
    yield from _things_of_people(of, nodes)
    yield from _event_places(of, nodes)
    yield from _relations(of, nodes)
    yield from _orders_and_cases(of, nodes)


def _people(of: Held, nodes: Nodes, kind: Kind, field: str = "person") -> Numbers:
    """The node of the person whom a field of each record names."""
    return at_rows(nodes.person, of.refers[kind, field])


def _named(of: Held, kind: Kind, field: str) -> Numbers:
    """The number of the record that a field of each record names."""
    return of.numbered(TO[field], of.refers[kind, field])


def _all(of: Held, kind: Kind) -> Numbers:
    """The numbers of all records of a kind."""
    return of.numbered(kind, of.all_of(kind))


def _parts(of: Held, nodes: Nodes) -> Iterator[Said]:
    kind: Kind = "person_in_event"
    record, own = _all(of, kind), _named(of, kind, "person")
    who = np.maximum(_people(of, nodes, kind), nodes.part)
    event = nodes.numbered("event", of.refers[kind, "event"])
    ends = np.where(own == NONE, record, own), _named(of, kind, "event")
    yield Said("in event", who, event, record, ends, of.tables[kind]["role"], of.when[kind])
    events, record = of.all_of("event"), _all(of, "event")
    there, role = nodes.numbered("event", events), _words("found_with", len(events))
    yield Said("found with", nodes.found_with, there, record, (record, record), role, of.when["event"])


def _mentioned(of: Held, nodes: Nodes) -> Iterator[Said]:
    """What a record of a person or of an event mentions in a field of its own."""
    place = pc.equal(of.mentions["kind"], "location").to_numpy(zero_copy_only=False)
    who: dict[Kind, tuple[LinkKind, LinkKind]] = {"person": ("lived at", "used"), "event": ("event at", "event used")}
    for kind, (at_place, using) in who.items():
        own = of.mentioned(kind)
        for link, rows in ((at_place, own[place[own]]), (using, own[~place[own]])):
            at = of.said_in[rows]
            ends = at_rows(nodes.person, at) if kind == "person" else nodes.numbered("event", at)
            record, role = of.numbered(kind, at), of.mentions["field"].take(pa.array(rows))
            when, near = of.when[kind].take(at), of.near[rows]
            yield Said(link, ends, nodes.mention[rows], record, (record, record), role, when, near)


def _things_of_people(of: Held, nodes: Nodes) -> Iterator[Said]:
    """Telephones, vehicles and accounts whose record names a person."""
    kinds: tuple[Kind, ...] = ("telephone", "vehicle", "account")
    for kind in kinds:
        at, things = nodes.things[kind].each(of.all_of(kind))
        who, record = _people(of, nodes, kind)[at], _all(of, kind)[at]
        ends = _named(of, kind, "person")[at], record
        when, near = of.when[kind].take(at), of.near_in(kind)[at]
        yield Said("used", who, things, record, ends, _words("person", len(at)), when, near)


def _event_places(of: Held, nodes: Nodes) -> Iterator[Said]:
    """Events whose place is a record of its own."""
    at, places = nodes.things["location"].each(of.refers["event", "location"])
    events, when = nodes.numbered("event", at), of.when["event"].take(at)
    record = _all(of, "event")[at]
    ends = record, _named(of, "event", "location")[at]
    near = of.near_in("location")[of.refers["event", "location"][at]]
    yield Said("event at", events, places, record, ends, _words("location", len(at)), when, near)


def _relations(of: Held, nodes: Nodes) -> Iterator[Said]:
    relation: Kind = "relation"
    table, when, record = of.tables[relation], of.when[relation], _all(of, relation)
    who, own = _people(of, nodes, relation), _named(of, relation, "person")
    other = _people(of, nodes, relation, "other_person")
    yield Said("related", who, other, record, (own, _named(of, relation, "other_person")), table["relation"], when)
    kinds: tuple[tuple[Kind, LinkKind], ...] = (
        *(("location", "lived at"), ("telephone", "used"), ("vehicle", "used"), ("account", "used")),
    )
    for kind, link in kinds:
        at, things = nodes.things[kind].each(of.refers[relation, kind])
        ends, role = (own[at], _named(of, relation, kind)[at]), table["relation"].take(pa.array(at))
        near = of.near_in(kind)[of.refers[relation, kind][at]]
        yield Said(link, who[at], things, record[at], ends, role, when.take(at), near)


def _orders_and_cases(of: Held, nodes: Nodes) -> Iterator[Said]:
    order, case = (nodes.numbered(kind, of.all_of(kind)) for kind in ("order", "case"))
    event = nodes.numbered("event", of.refers["case", "event"])
    ends: tuple[tuple[LinkKind, Kind, str, Numbers, Numbers], ...] = (
        ("order on", "order", "person", _people(of, nodes, "order"), order),
        ("order protects", "order", "protected_person", _people(of, nodes, "order", "protected_person"), order),
        ("in case", "case", "person", _people(of, nodes, "case"), case),
        ("in case", "case", "event", event, case),
    )
    for link, kind, field, one, what in ends:
        record = _all(of, kind)
        both = _named(of, kind, field), record
        yield Said(link, one, what, record, both, _words(field, len(what)), of.when[kind])


def _words(word: str, count: int) -> Any:
    return pa.DictionaryArray.from_arrays(np.zeros(count, np.int32), [word])
