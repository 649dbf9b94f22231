"""What kind of event each is, read once of a graph: whether it tells of those it names, is a crime, was at night."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from concerted.networks.findings.occasions import SEXUAL, TELLING, Codes, event_rows
from concerted.networks.graph import Graph
from concerted.networks.people import Flags, is_role
from concerted.networks.spans import OPEN_END, OPEN_START, Days, intervals

NIGHT: Final = (22, 5)  # from this hour to that


@dataclass(frozen=True, slots=True)
class Events:
    """Of each event of a graph: telling: to be named together in it says something: it is no service's own meeting.
    message, crime. other_crime: recorded as no sexual offence and no exploitation: theft, damage and the like. night:
    it began at night, where its hour is recorded. told: of each record the day on which it was made; OPEN_START where
    it does not say."""

    graph: Graph
    telling: Flags
    message: Flags
    crime: Flags
    other_crime: Flags
    night: Flags
    told: Days

    def among(self, at: Codes, what: str) -> Flags:
        """Which occasions are events of which that is so. what: the name of a field."""
        is_event, row = event_rows(self.graph, at)
        flags = getattr(self, what)
        found: Flags = is_event & flags[row] if len(flags) else is_event
        return found

    def tell(self, at: Codes) -> Flags:
        """Which occasions say something of those whom they name together: orders and relations always do."""
        is_event, _ = event_rows(self.graph, at)
        return ~is_event | self.among(at, "telling")


def events_of(graph: Graph) -> Events:
    """Of all events of a graph."""
    table = graph.tables["event"]
    types, category = table["event_type"], table["offence_category"]
    crime = is_role(types, "crime")
    other = crime & _known(category) & ~is_role(category, *SEXUAL)
    first, _ = intervals(graph.records["recorded_on"])
    told = np.where(first == OPEN_END, OPEN_START, first)
    telling = is_role(types, *TELLING) | ~_known(types)
    return Events(graph, telling, is_role(types, "message"), crime, other, _at_night(table), told)


def _known(column: Any) -> Flags:
    found: Flags = pc.is_valid(column).to_numpy()
    return found


def _at_night(table: Any) -> Flags:
    times = pc.fill_null(table["from_time"], "").combine_chunks().dictionary_encode()
    late = np.array([_is_late(text) for text in times.dictionary.to_pylist()], bool)  # few differ
    found: Flags = late[times.indices.to_numpy()]
    return found


def _is_late(text: str) -> bool:
    return text[:2].isdecimal() and not NIGHT[1] <= int(text[:2]) < NIGHT[0]
