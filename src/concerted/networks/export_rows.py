"""Nodes and links as rows that any program can take, with grades, handling and caveats on each."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.networks.graph import Graph
from concerted.networks.keys import NONE, Numbers
from concerted.networks.kinds import NODE_KINDS, NodeKind
from concerted.networks.spans import COLUMNS, vague
from concerted.networks.words import row_dicts, span_dict, type_of

NODE_COLUMNS: Final = (
    *("id", "kind", "label", "type", "source", "record_id", "born", "recorded_as", "handling", "classification"),
    *COLUMNS,
)
LINK_COLUMNS: Final = (
    *("id", "from_id", "to_id", "kind", "role", "near", *COLUMNS, "source", "record_id", "record_kind"),
    *("source_evaluation", "information_assessment", "handling", "classification", "recorded_on"),
)
_RECORDED: Final = {
    "suspect": "suspect",
    "of_concern": "person of concern",
    "ever_victim": "victim",
    "ever_child": "child",
}
_STRICTEST: Final = {"handling": ("P", "C"), "classification": ("OFFICIAL", "OFFICIAL-SENSITIVE")}
_ROWS: Final = 50_000  # that are made at a time


def node_rows(graph: Graph, nodes: Numbers) -> Iterator[dict[str, Any]]:
    """A row for each of these nodes by NODE_COLUMNS. `recorded_as`: parts that records give a person, at any time;
    `handling`, `classification`: the strictest of any record that is of the node or says a link of it."""
    names, marks = node_ids(graph), {name: _strictest(graph, name) for name in _STRICTEST}
    for kind in NODE_KINDS:
        first = int(graph.first[NODE_KINDS.index(kind)])
        for some in _parts(nodes[graph.kinds(nodes) == NODE_KINDS.index(kind)]):
            for node, row in zip(
                some.tolist(), graph.tables[kind].take(pa.array(some - first)).to_pylist(), strict=True
            ):
                yield _node(names[node].as_py(), kind, row) | {name: of[node] for name, of in marks.items()}


def link_rows(graph: Graph, nodes: Numbers) -> Iterator[dict[str, Any]]:
    """A row for each record that says a link between two of these nodes, by LINK_COLUMNS."""
    inside = np.zeros(graph.size, bool)
    inside[nodes] = True
    both = inside[graph.links["left"].to_numpy()] & inside[graph.links["right"].to_numpy()]
    names = node_ids(graph)
    for some in _parts(np.flatnonzero(both)):
        for number, row in zip(some.tolist(), row_dicts(graph, graph.links.take(pa.array(some))), strict=True):
            ends = {"from_id": names[row["left"]].as_py(), "to_id": names[row["right"]].as_py()}
            yield {"id": f"link {number}", **ends} | {name: row[name] for name in LINK_COLUMNS if name in row}


def node_ids(graph: Graph) -> Any:
    """A name for each node: its kind and the record under which it is shown; of what a record mentions, its value too,
    and of somebody unidentified what kind of record speaks of them. The same records give the same names."""
    parts = []
    for kind in NODE_KINDS:
        table = graph.tables[kind]
        columns = [pc.cast(table[name], pa.string()) for name in ("source", "record_id")]
        if kind in ("location", "telephone", "vehicle", "account"):
            columns.append(table["label"])
        if kind == "unidentified":
            columns.insert(0, table["record_kind"])
        parts += pc.binary_join_element_wise(pa.scalar(kind), *columns, ":").chunks
    return pa.chunked_array(parts, pa.string()).combine_chunks()


def _node(name: str, kind: NodeKind, row: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(NODE_COLUMNS)
    told |= {"id": name, "kind": kind, "label": row["label"], "type": type_of(row)}
    told |= {"source": row["source"], "record_id": row["record_id"]}
    if "birth_earliest" in row:
        born = vague(row["birth_earliest"], row["birth_latest"])
        told["born"] = born.text if born else None
        told["recorded_as"] = "; ".join(words for field, words in _RECORDED.items() if row[field]) or None
    return told | (span_dict(row) if "earliest" in row else {})


def _strictest(graph: Graph, mark: str) -> list[str | None]:
    """Of each node the strictest mark of any record that is of it or says a link of it."""
    found = np.zeros(graph.size, np.int8)
    for strictness, value in enumerate(_STRICTEST[mark], 1):
        records = pc.fill_null(pc.equal(graph.records[mark], value), False).to_numpy()
        rows = records[graph.links["record"].to_numpy()]
        own = graph.node_of[records & (graph.node_of != NONE)]
        found[np.concatenate([own, *(graph.links[end].to_numpy()[rows] for end in ("left", "right"))])] = strictness
    words = (None, *_STRICTEST[mark])
    return [words[one] for one in found.tolist()]


def _parts(of: NDArray[Any]) -> Iterator[Numbers]:
    for begin in range(0, len(of), _ROWS):
        yield of[begin : begin + _ROWS]
