"""What a graph tells of its nodes: a table for each kind."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.extracts.fields import Kind
from concerted.networks.held import Held
from concerted.networks.keys import NONE, Numbers, first_rows, pick
from concerted.networks.kinds import LINK_KINDS, NODE_KINDS, THINGS, NodeKind
from concerted.networks.nodes import Nodes
from concerted.networks.person_table import person_table

_OF: Final[dict[Kind, tuple[str, ...]]] = {
    "event": (
        *("event_type", "reference", "from_time", "to_time", "place", "town", "location_type", "offence_code"),
        *("offence_category", "assessment_factors", "found_where", "found_with", "outcome", "status"),
    ),
    "order": ("order_type", "reference", "status"),
    "case": ("case_type", "reference", "outcome", "status"),
}


def node_tables(of: Held, nodes: Nodes, links: pa.Table) -> dict[NodeKind, pa.Table]:
    """A row for each node of a kind, in their order. All have `label`, what it is called, and the `source` and
    `record_id` of the record under which it is shown; `Graph` says what else."""
    people = person_table(of, nodes)
    known = int(nodes.first[1])
    made: dict[NodeKind, pa.Table] = {"person": people.slice(0, known), "unidentified": people.slice(known)}
    made |= {kind: _things(of, nodes, kind) for kind in THINGS}
    made |= {"event": _records(of, "event"), "order": _records(of, "order"), "case": _records(of, "case")}
    types = _place_types(of, nodes, links)
    return made | {"location": made["location"].append_column("location_types", types)}


def _things(of: Held, nodes: Nodes, kind: NodeKind) -> pa.Table:
    first = int(nodes.first[NODE_KINDS.index(kind)])
    size = int(nodes.first[NODE_KINDS.index(kind) + 1]) - first
    at = first_rows(np.where(nodes.mention < first, NONE, nodes.mention - first), size)
    names = {"label": "value", "source": "source", "record_id": "record_id"}
    return pa.table({name: pick(of.mentions[field], at) for name, field in names.items()})


def _records(of: Held, kind: Kind) -> pa.Table:
    table = of.tables[kind]
    label = pc.coalesce(table["reference"], table["record_id"])
    columns = {"label": label, "source": table["source"], "record_id": table["record_id"]}
    return pa.table({**columns, **{name: table[name] for name in _OF[kind]}, **of.when[kind].columns()})


def _place_types(of: Held, nodes: Nodes, links: pa.Table) -> Any:
    """What records of places, and of the events there, say each place is: "home; hotel" where they differ."""
    first, beyond = nodes.first[2], nodes.first[3]
    at = np.flatnonzero(links["kind"].to_numpy() == LINK_KINDS.index("event at"))
    events = links["left"].to_numpy()[at] - nodes.first[NODE_KINDS.index("event")]
    told = [(links["right"].to_numpy()[at], pick(of.tables["event"]["location_type"], events))]
    record, place = nodes.things["location"].each(of.all_of("location"))
    told.append((place, pick(of.tables["location"]["location_type"], record)))
    return _listed_words(told, int(first), int(beyond - first))


def _listed_words(told: list[tuple[Numbers, Any]], first: int, size: int) -> Any:
    """The words that are told of each node, each once, in the order of the alphabet."""
    both = pa.concat_tables([pa.table({"node": node.astype(np.int32), "word": words}) for node, words in told])
    once = (
        both.filter(pc.is_valid(both["word"]))
        .group_by(["node", "word"])
        .aggregate([])
        .sort_by([("node", "ascending"), ("word", "ascending")])
    )
    words: list[str | None] = [None] * size
    for node, word in zip(once["node"].to_pylist(), once["word"].to_pylist(), strict=True):
        before = words[node - first]
        words[node - first] = f"{before}; {word}" if before else word
    return pa.array(words, pa.string())
