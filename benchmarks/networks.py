"""The graph of a million events: made from records, what lies around somebody, how two people hang together.

Beside the making stands what rustworkx takes to hold the same nodes and links and to find their connected components,
without records, dates or names. Of the pairs of people half are any two, and half lie up to six links apart.
"""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final, TypeVar

import numpy as np
import rustworkx

from benchmarks.figures import Figure
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
Found = TypeVar("Found")


def networks(say: Say) -> list[Figure]:
    """Seconds for the graph, milliseconds for what is asked of it."""
    return measured(EVENTS, say)


def measured(events: int, say: Say) -> list[Figure]:
    """The same of so many events."""
    held = records(events)
    say(f"{events:,} events are ready")
    of, made = _timed(lambda: graph(held, AS_OF))
    say(f"{of.size:,} nodes, {of.links.num_rows:,} rows of links")
    parts, beside = _timed(lambda: _components(of))
    people, wide = _pairs(of), widely_shared(of)
    around = [_timed(partial(of.within, one, 2))[1] for one, _ in people]
    found = [_timed(partial(connection, of, one, other, wide)) for one, other in people]
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


def _components(of: Graph) -> int:
    """How many parts rustworkx finds."""
    other = rustworkx.PyGraph(multigraph=False)
    other.add_nodes_from(range(of.size))
    ends = zip(of.links["left"].to_pylist(), of.links["right"].to_pylist(), strict=True)
    other.add_edges_from_no_data(list(ends))
    return rustworkx.number_connected_components(other)


def _at_95(what: str, took: list[float], bounds: tuple[float, float], note: str) -> Figure:
    value = 1000 * float(np.percentile(took, 95))
    return Figure("networks", f"{what}, p95", value, None, *bounds, "ms", less=True, places=1, note=note)


def _timed(of: Callable[[], Found]) -> tuple[Found, float]:
    began = time.perf_counter()
    return of(), time.perf_counter() - began
