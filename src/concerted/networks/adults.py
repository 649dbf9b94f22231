"""Of whom a measure may be made: adults alone, and never anyone who was ever recorded as a victim."""

from datetime import date

import numpy as np

from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers
from concerted.networks.people import Flags
from concerted.networks.spans import day_number


def adults(graph: Graph, day: date | None = None) -> Flags:
    """Of each person node whether they certainly were 18 on a day, by all of their records that say when they were
    born; whose age is not known is none. day: else the day that the graph is as of."""
    since = graph.tables["person"]["adult_since"].to_numpy()
    found: Flags = since <= (graph.today if day is None else day_number(day))
    return found


def may_be_measured(graph: Graph, day: date | None = None) -> Flags:
    """Of each person node whether a measure or an order may ever be made of them: an adult on the day, and never a
    victim by any record. Of an unidentified person none may."""
    found: Flags = adults(graph, day) & ~_column(graph, "ever_victim")
    return found


def adult_suspects(graph: Graph, day: date | None = None) -> Numbers:
    """The people of whom a measure may be made, and of whom a record says that they are a suspect."""
    return np.flatnonzero(may_be_measured(graph, day) & _column(graph, "suspect")).astype(np.int32)


def _column(graph: Graph, name: str) -> Flags:
    found: Flags = graph.tables["person"][name].to_numpy()
    return found
