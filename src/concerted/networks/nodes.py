"""The nodes of a graph, numbered kind by kind, each in the order of its first record."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.extracts.fields import KINDS, Kind
from concerted.networks.beside import beside
from concerted.networks.held import Held
from concerted.networks.keys import NONE, Listed, Numbers, groups, listed, rows_of
from concerted.networks.kinds import NODE_KINDS, THINGS, NodeKind
from concerted.networks.people import Flags, identified

NOBODY = ("alone", "nobody", "no one", "no-one", "none", "by themselves", "unknown", "not known", "not recorded")
"""What stands under "found with" where nobody was."""


class Nodes(NamedTuple):
    """first: the number of the first node of each kind, and after the last. Of each person record its node: `person`;
    of each mention of a thing: `mention`; of each event without a person's record: `part` and `found_with`, by row of
    the records that say it. things: of each record of a thing the nodes of what it is a record of."""

    first: Numbers
    person: Numbers
    mention: Numbers
    part: Numbers
    found_with: Numbers
    things: dict[Kind, Listed]

    def numbered(self, kind: NodeKind, rows: Numbers) -> Numbers:
        """The nodes that stand in these rows of a kind."""
        return np.where(rows == NONE, NONE, rows + self.first[NODE_KINDS.index(kind)]).astype(np.int32)


def nodes(of: Held) -> Nodes:
    """Number everything that the records hold."""
    with beside(sum(table.num_rows for table in of.tables.values())) as pool:
        told = pool.submit(_mentions, of)
        person, unnamed, people = _people(of)
        mention, counts = told.result()
    part = _running(_unnamed_parts(of))
    found_with = _running(_found_with(of))
    sizes = [len(people) - int(unnamed.sum()), int(unnamed.sum()) + _count(part) + _count(found_with)]
    sizes += [counts[kind] for kind in THINGS] + [of.tables[kind].num_rows for kind in ("event", "order", "case")]
    first = np.cumsum([0, *sizes]).astype(np.int32)
    known = int(first[1]) + int(unnamed.sum())
    made = Nodes(first, person, mention, _after(part, known), _after(found_with, known + _count(part)), {})
    shifted = _shifted(of, made)
    return made._replace(mention=shifted, things={kind: _records_of(of, kind, shifted) for kind in _THING_RECORDS})


_THING_RECORDS: Sequence[Kind] = ("location", "telephone", "vehicle", "account")


def node_of(of: Held, made: Nodes) -> Numbers:
    """Of every record the node of what it is of; NONE of parts in events and of relations."""
    parts: list[Numbers] = []
    for kind in KINDS:
        rows = of.all_of(kind)
        if kind == "person":
            parts.append(made.person)
        elif kind in made.things:
            starts, values = made.things[kind]
            none = starts[1:] == starts[:-1]
            parts.append(np.where(none, NONE, np.append(values, np.int32(NONE))[starts[:-1]]).astype(np.int32))
        elif kind in ("event", "order", "case"):
            parts.append(made.numbered(kind, rows))
        else:
            parts.append(np.full(len(rows), NONE, np.int32))
    return np.concatenate(parts)


def _people(of: Held) -> tuple[Numbers, Flags, Numbers]:
    """The node of each person record, of each entity whether nothing identifies it, and its first record. The entities
    that nothing identifies come after the others."""
    known = np.flatnonzero(pc.is_valid(of.entity).to_numpy(zero_copy_only=False)).astype(np.int32)
    codes, firsts = groups(of.entity.take(pa.array(known)))
    named = np.zeros(len(firsts), bool)
    np.logical_or.at(named, codes, identified(of.tables["person"])[known])
    order = np.argsort(~named, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    person = np.full(of.tables["person"].num_rows, NONE, np.int32)
    person[known] = place[codes]
    return person, ~named, firsts


def _unnamed_parts(of: Held) -> Flags:
    """Parts in an event that is there, which name no record of a person."""
    nobody = pc.is_null(of.tables["person_in_event"]["person"]).to_numpy(zero_copy_only=False)
    flags: Flags = nobody & (of.refers["person_in_event", "event"] != NONE)
    return flags


def _found_with(of: Held) -> Flags:
    """Events of a missing person found with somebody whom no record is named for."""
    words = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(of.tables["event"]["found_with"], "")))
    nobody = pc.is_in(words, value_set=pa.array(["", *NOBODY]))
    flags: Flags = pc.invert(nobody).to_numpy(zero_copy_only=False)
    return flags


def _mentions(of: Held) -> tuple[Numbers, dict[NodeKind, int]]:
    """Of each mention the number of its thing among those of its kind, and how many there are of each kind."""
    number, counts = np.full(of.mentions.num_rows, NONE, np.int32), {}
    for kind in THINGS:
        rows = np.flatnonzero(pc.equal(of.mentions["kind"], kind).to_numpy(zero_copy_only=False))
        number[rows], firsts = groups(of.mentions["entity"].take(pa.array(rows)))
        counts[kind] = len(firsts)
    return number, counts


def _shifted(of: Held, made: Nodes) -> Numbers:
    kind = rows_of(pa.array(NODE_KINDS), of.mentions["kind"])
    shifted: Numbers = (made.mention + made.first[kind]).astype(np.int32)
    return shifted


def _records_of(of: Held, kind: Kind, mention: Numbers) -> Listed:
    """Of each record of things of a kind the nodes that it mentions of that kind itself."""
    rows = of.mentioned(kind)
    rows = rows[pc.equal(of.mentions["kind"], kind).to_numpy(zero_copy_only=False)[rows]]
    return listed(of.said_in[rows], mention[rows], of.tables[kind].num_rows)


def _running(flags: Flags) -> Numbers:
    """Number those that are set."""
    return np.where(flags, np.cumsum(flags) - 1, NONE).astype(np.int32)


def _count(running: Numbers) -> int:
    return int(running.max(initial=NONE)) + 1


def _after(running: Numbers, before: int) -> Numbers:
    return np.where(running == NONE, NONE, running + before).astype(np.int32)
