"""The graph of a million events: made from records, what is found, what lies around somebody, how two hang together.

Beside the making stands what rustworkx takes to hold the same nodes and links and to find their connected components,
without records, dates or names. Of the pairs of people half are any two, and half lie up to six links apart.
"""

from datetime import date
from functools import partial
from typing import Final

import numpy as np

from benchmarks.figures import Figure
from benchmarks.networks_findings import components, timed, whole
from benchmarks.networks_world import records
from benchmarks.yardstick import Say
from concerted.networks import Graph, graph
from concerted.networks.paths import connection
from concerted.networks.sharing import widely_shared

EVENTS: Final = 1_000_000
AS_OF: Final = date(2026, 3, 2)
AROUND: Final = (50.0, 5.0)  # must and aim, milliseconds at the 95th percentile
PATH: Final = (200.0, 50.0)
_ASKED: Final = 300


def networks(say: Say) -> list[Figure]:
    """Seconds for the graph and the findings, milliseconds for what is asked of the graph."""
    return [*whole(say), *measured(EVENTS, say)]


def measured(events: int, say: Say) -> list[Figure]:
    """The same of so many events."""
    held = records(events)
    say(f"{events:,} events are ready")
    of, made = timed(lambda: graph(held, AS_OF))
    say(f"{of.size:,} nodes, {of.links.num_rows:,} rows of links")
    parts, beside = timed(lambda: components(of))
    people, wide = _pairs(of), widely_shared(of)
    around = [timed(partial(of.within, one, 2))[1] for one, _ in people]
    found = [timed(partial(connection, of, one, other, wide)) for one, other in people]
    none = sum(one.path is None for one, _ in found)
    note = f"{events:,} events, {parts:,} components; {none} of {_ASKED} pairs of people have no path"
    return [
        Figure("networks", f"graph of {events:,} events", made, beside, None, None, "s", less=True, places=1),
        _at_95("two links around a person", around, AROUND, note),
        _at_95("path between two people", [took for _, took in found], PATH, note),
    ]


def _pairs(of: Graph) -> list[tuple[int, int]]:
    draw = np.random.default_rng(2)
    any_two = draw.integers(0, of.first[1], (_ASKED // 2, 2)).tolist()
    near = []
    for one in draw.integers(0, of.first[1], _ASKED // 2).tolist():
        around = of.within(one, 6)
        near.append((one, int(draw.choice(around[around < of.first[1]]))))
    return [*map(tuple, any_two), *near]


def _at_95(what: str, took: list[float], bounds: tuple[float, float], note: str) -> Figure:
    value = 1000 * float(np.percentile(took, 95))
    return Figure("networks", f"{what}, p95", value, None, *bounds, "ms", less=True, places=1, note=note)
