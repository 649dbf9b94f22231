"""Nodes and links of a graph in words, for people and for machines."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from concerted.networks.graph import Graph
from concerted.networks.kinds import LINK_KINDS, THINGS, LinkKind, NodeKind
from concerted.networks.spans import COLUMNS, day_of
from concerted.networks.timeline import When

KIND_WORDS: Final[dict[NodeKind, str]] = {
    "person": "person",
    "unidentified": "unidentified person",
    "location": "place",
    "telephone": "telephone",
    "vehicle": "vehicle",
    "account": "account",
    "event": "event",
    "order": "order",
    "case": "case",
}
CAVEATS: Final = (
    "Each line says what a record says. It is a pattern to check, not proof, and no one named is an offender for it.",
    "Whoever is recorded as a suspect or a person of concern may never have been charged. Keep every line's grade.",
    "Whoever complains of a sexual offence is anonymous for life. Pass nothing on that could name them.",
    "Other organisations may hold more. That somebody or something is not here does not say that nobody knows of it.",
)


def made_from(graph: Graph) -> list[str]:
    """The organisations whose records the graph was made from."""
    return sorted(graph.records["source"].unique().to_pylist())


def made_from_words(graph: Graph) -> str:
    """The same as a sentence for people, in the same words whoever else may hold something."""
    return f"Made from records of {', '.join(made_from(graph)) or 'nobody'}. Others may hold more."


def node_words(graph: Graph, node: int) -> str:
    """What a node is and is called, with the record under which it is shown; a thing has its value instead."""
    kind, row = graph.kind(node), graph.row(node)
    called = row.get(f"{kind}_type") or row["label"] or "no name recorded"
    if kind in THINGS:
        return f"{KIND_WORDS[kind]}: {row['label']}"
    before = "" if kind == "person" else f"{KIND_WORDS[kind]}: "
    return f"{before}{called} ({row['source']}:{row['record_id']})"


def row_words(said: dict[str, Any]) -> str:
    """One row of `Graph.evidence`: how a record has it, when, and how it is graded."""
    when = str(When(*(said[name] for name in COLUMNS)))
    marks = [f"grade {said['source_evaluation'] or '?'}{said['information_assessment'] or '?'}"]
    if not (said["source_evaluation"] or said["information_assessment"]):
        marks = ["no grade"]
    marks += [f"handling {said['handling']}"] * bool(said["handling"])
    marks += ["by a near value, which may be another"] * said["near"]
    role = f", as {said['role']}" if said["role"] else ""
    return f"{LINK_KINDS[said['kind']]}{role}: {said['source']}:{said['record_id']}; {when}; {', '.join(marks)}"


def node_dict(graph: Graph, node: int) -> dict[str, Any]:
    """A node for machines."""
    row = graph.row(node)
    named = {"node": node, "kind": graph.kind(node), "label": row["label"], "type": type_of(row)}
    return named | {"source": row["source"], "record_id": row["record_id"]}


def type_of(row: dict[str, Any]) -> str | None:
    """Of an event, an order, a case or a place the sort that it is of."""
    names = ("event_type", "order_type", "case_type", "location_types")
    return next((str(row[name]) for name in names if row.get(name)), None)


def row_dicts(graph: Graph, rows: pa.Table) -> Iterator[dict[str, Any]]:
    """Rows of links for machines, each with the record that says it and its marks."""
    marks = ("source_evaluation", "information_assessment", "handling", "classification", "recorded_on")
    for said in graph.evidence(rows).to_pylist():
        kind: LinkKind = LINK_KINDS[said["kind"]]
        ends = {"kind": kind, "left": said["left"], "right": said["right"], "role": said["role"], "near": said["near"]}
        record = {name: said[name] for name in ("record_kind", "source", "record_id", *marks)}
        yield ends | span_dict(said) | record


def span_dict(said: dict[str, Any]) -> dict[str, str | None]:
    """A span for machines: days, null where an end is open; `sure` days only where there are some."""
    days = {name: day_of(said[name]) for name in COLUMNS}
    sure = said["sure_from"] <= said["sure_to"]
    return {name: str(day) if day and (sure or not name.startswith("sure")) else None for name, day in days.items()}
