"""How many people share a place, a telephone, a vehicle or an account, and how many of them nothing is said against."""

from typing import Final

import numpy as np
import pyarrow as pa

from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers, distinct
from concerted.networks.kinds import NODE_KINDS, THINGS
from concerted.networks.people import Flags

WIDELY: Final = 10
"""From so many uninvolved people on, what people share says nothing of them: a school, a station, a taxi."""


def involved(graph: Graph) -> Flags:
    """Of each person node whether any record has them as suspect, person of concern or victim. All others are
    uninvolved as far as this scope's records go."""
    people = graph.tables["person"]
    suspect, concern, victim = (people[name].to_numpy() for name in ("suspect", "of_concern", "ever_victim"))
    found: Flags = suspect | concern | victim
    return found


def people_at(graph: Graph, nodes: Numbers) -> tuple[Numbers, Numbers]:
    """Who is tied to each of these nodes: by a record, or by an event that is. Which of the nodes, and the person; each
    pair once, in their order. People whom no record names are left out."""
    which, near = graph.around.each(nodes)
    events = _events(graph, near)
    at, members = graph.around.each(near[events])
    which, near = np.append(which, which[events][at]), np.append(near, members)
    people = near < graph.first[1]
    pairs = distinct(which[people].astype(np.int64) * graph.size + near[people])
    return (pairs // max(graph.size, 1)).astype(np.int32), (pairs % max(graph.size, 1)).astype(np.int32)


def sharing(graph: Graph, nodes: Numbers | None = None) -> pa.Table:
    """Of these nodes, else of every place, telephone, vehicle and account: `node`, `people` tied to it, and how many of
    them are `uninvolved`."""
    if nodes is None:
        nodes = np.concatenate([graph.all_of(kind) for kind in THINGS])
    which, people = people_at(graph, nodes)
    uninvolved = ~involved(graph)[people]
    counts = (np.bincount(which[some], minlength=len(nodes)) for some in (slice(None), uninvolved))
    return pa.table({"node": nodes, **dict(zip(("people", "uninvolved"), counts, strict=True))})


def widely_shared(graph: Graph) -> Numbers:
    """The places, telephones, vehicles and accounts that WIDELY or more uninvolved people share."""
    told = sharing(graph)
    wide: Numbers = told["node"].to_numpy()[told["uninvolved"].to_numpy() >= WIDELY]
    return wide


def _events(graph: Graph, nodes: Numbers) -> Flags:
    found: Flags = graph.kinds(nodes) == NODE_KINDS.index("event")
    return found
