"""The graph of a scope: typed, dated and sourced, derived whole from its records."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.extracts.fields import Kind
from concerted.networks.beside import beside
from concerted.networks.held import all_records, held
from concerted.networks.keys import NONE, Listed, Numbers, listed
from concerted.networks.kinds import LINK_KINDS, NODE_KINDS, THINGS, LinkKind, NodeKind
from concerted.networks.links import links, pairs_of
from concerted.networks.nodes import node_of, nodes
from concerted.networks.records import Records
from concerted.networks.spans import day_number
from concerted.networks.tables import node_tables


@dataclass(frozen=True, slots=True)
class Graph:
    """What the records of a scope say of people, places, telephones, vehicles, accounts, events, orders and cases.

    Nodes are whole numbers, counted kind by kind in the order of NODE_KINDS. first: the number of the first node of
    each kind, and after the last.

    tables: by kind a row for each node, all with `label`, `source`, `record_id`. person and unidentified:
    `birth_earliest`, `birth_latest`, `adult_since` (days), `ever_child`, `ever_victim`, `suspect`, `of_concern`
    (recorded roles; all of any record at any time), `record_kind`. location: `location_types` ("home; hotel" where
    records differ). event, order and case: their own fields, and a span.

    links: a row for each record that says one, with `kind` (a number in LINK_KINDS, which says what the two ends are),
    `left`, `right` (nodes), `record` (a row of `records`), `left_record`, `right_record` (the records that it names for
    its ends, without which it goes too), `role`, `near` (its thing is told by a near key, so may be another) and a
    span; sorted by the two ends, so that all rows between two nodes stand together. It goes with its record, and the
    link with its last row.

    A span is four columns of days: `earliest`, `latest`, `sure_from`, `sure_to`, as `spans.Spans` has them.

    records: every record of the scope, with its `kind`, `source` (whose it is), `record_id`, `recorded_on` and marks:
    `source_evaluation`, `information_assessment`, `handling`, `classification`.

    around: of each node those that it has a link with. node_of: of each record, by its row in `records`, the node of
    what it is of (of several telephones in one record the first); NONE of parts in events and of relations. pairs: of
    each row of `links` its two ends as one number.
    """

    as_of: date
    first: Numbers
    tables: Mapping[NodeKind, pa.Table]
    links: pa.Table
    records: pa.Table
    node_of: Numbers
    around: Listed
    pairs: NDArray[np.int64]

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return int(self.first[-1])

    @property
    def today(self) -> int:
        """The one date that everything is as of, in days."""
        return day_number(self.as_of)

    def kind(self, node: int) -> NodeKind:
        """What a node is."""
        return NODE_KINDS[int(np.searchsorted(self.first, node, "right")) - 1]

    def kinds(self, of: Numbers) -> Numbers:
        """The same of many, by number in NODE_KINDS."""
        return (np.searchsorted(self.first, of, "right") - 1).astype(np.int32)

    def all_of(self, kind: NodeKind) -> Numbers:
        """Every node of a kind."""
        at = NODE_KINDS.index(kind)
        return np.arange(self.first[at], self.first[at + 1], dtype=np.int32)

    def records_of(self, kind: Kind) -> range:
        """The rows of a kind in `records`."""
        kinds = self.records["kind"].combine_chunks()
        rows = np.flatnonzero(kinds.indices.to_numpy() == kinds.dictionary.index(kind).as_py())
        return range(rows[0], rows[-1] + 1) if len(rows) else range(0)

    def keys(self, nodes: Numbers) -> list[RecordKey]:
        """The records under which these nodes are shown."""
        kinds, found = self.kinds(nodes), np.empty(len(nodes), object)
        for number in np.unique(kinds).tolist():
            here = np.flatnonzero(kinds == number)
            shown = self.tables[NODE_KINDS[number]].select(["source", "record_id"])
            rows = shown.take(nodes[here] - self.first[number])
            found[here] = [*map(RecordKey, rows["source"].to_pylist(), rows["record_id"].to_pylist())]
        return found.tolist()

    def row(self, node: int) -> dict[str, object]:
        """What the table of its kind has of a node."""
        kind = self.kind(node)
        found = self.tables[kind].slice(node - int(self.first[NODE_KINDS.index(kind)]), 1).to_pylist()
        return dict(found[0])

    def key(self, node: int) -> RecordKey:
        """The record under which a node is shown."""
        row = self.row(node)
        return RecordKey(str(row["source"]), str(row["record_id"]))

    def node_at(self, key: RecordKey) -> int | None:
        """The node of what a record is of; None where no record of a person, a thing, an event, an order or a case has
        this key."""
        same = pc.and_(pc.equal(self.records["source"], key.source), pc.equal(self.records["record_id"], key.record_id))
        found = self.node_of[np.flatnonzero(same.to_numpy())]
        return next((int(one) for one in found if one != NONE), None)

    def thing_called(self, values: Collection[str]) -> int | None:
        """The first place, telephone, vehicle or account that is called one of these; None where none is."""
        for kind in THINGS:
            called = pc.is_in(self.tables[kind]["label"], value_set=pa.array(list(values), pa.string()))
            for at in np.flatnonzero(called.to_numpy()):
                return int(self.first[NODE_KINDS.index(kind)] + at)
        return None

    def neighbours(self, node: int) -> Numbers:
        """The nodes that a node has a link with, each once, in their order."""
        return self.around.of(node)

    def within(self, node: int, links: int) -> Numbers:
        """A node and all that are up to so many links away from it, in their order."""
        found = front = np.array([node], np.int32)
        for _ in range(links):
            front = np.setdiff1d(self.around.each(front)[1], found)
            found = np.union1d(found, front)
        return found

    def of_kind(self, *kinds: LinkKind) -> pa.Table:
        """The rows of links of these kinds."""
        wanted = np.isin(self.links["kind"].to_numpy(), [LINK_KINDS.index(kind) for kind in kinds])
        return self.links.take(pa.array(np.flatnonzero(wanted)))

    def between(self, one: int, other: int) -> pa.Table:
        """The rows of links between two nodes, whichever way round."""
        pair = np.int64(min(one, other)) * self.size + max(one, other)
        begin, end = np.searchsorted(self.pairs, [pair, pair + 1])
        return self.links.slice(int(begin), int(end - begin))

    def evidence(self, rows: pa.Table) -> pa.Table:
        """Rows of links with what `records` has of the record that says each, its kind as `record_kind`."""
        said = self.records.take(rows["record"]).rename_columns({"kind": "record_kind"})
        for name in said.column_names:
            rows = rows.append_column(name, said[name])
        return rows


def graph(records: Records, as_of: date) -> Graph:
    """The graph of these records. It depends on nothing else, and not on the order in which they come."""
    of = held(records)
    numbered = nodes(of)
    said = links(of, numbered)
    with beside(said.num_rows) as pool:
        made = pool.submit(node_tables, of, numbered, said)
        pairs, around = _around(said, int(numbered.first[-1]))
        every, own = all_records(of), node_of(of, numbered)
        tables = made.result()
    return Graph(as_of, numbered.first, tables, said, every, own, around, pairs)


def _around(said: pa.Table, size: int) -> tuple[NDArray[np.int64], Listed]:
    """The two ends of each row as one number, and of each node those around it."""
    left, right = said["left"].to_numpy(), said["right"].to_numpy()
    pairs = pairs_of(left, right, size)
    first = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])) if len(pairs) else np.array([], np.int64)
    one, other = np.minimum(left[first], right[first]), np.maximum(left[first], right[first])
    return pairs, _beside(one, other, size)


def _beside(one: Numbers, other: Numbers, size: int) -> Listed:
    """Of each node those that it stands in a pair with: those before it, then those after it. one, other: the lesser
    and the greater of each pair, sorted by both."""
    before, after = listed(other, one, size), np.bincount(one, minlength=size)
    starts = before.starts + np.append(0, np.cumsum(after))
    values = np.empty(2 * len(one), np.int32)
    values[np.arange(len(one)) + np.repeat(starts[:-1] - before.starts[:-1], np.diff(before.starts))] = before.values
    values[np.arange(len(one)) + np.repeat(before.starts[1:], after)] = other
    return Listed(starts, values)
