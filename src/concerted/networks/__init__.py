"""Networks: the graph of a scope, and what people ask of it."""

from concerted.networks.adults import adult_suspects, adults, may_be_measured
from concerted.networks.graph import Graph, graph
from concerted.networks.kinds import LINK_KINDS, NODE_KINDS, LinkKind, NodeKind
from concerted.networks.records import Records

__all__ = [
    "LINK_KINDS",
    "NODE_KINDS",
    "Graph",
    "LinkKind",
    "NodeKind",
    "Records",
    "adult_suspects",
    "adults",
    "graph",
    "may_be_measured",
]
