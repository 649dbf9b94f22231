"""Graph and findings of a million events, as many copies of a medium region have: what everybody who looks waits for.

The records are those of the region's picture: read, standardised and joined by the command. Beside it stands what
rustworkx takes to find the connected components of the same links.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import rustworkx

from benchmarks.figures import Figure
from benchmarks.networks_copies import copies
from benchmarks.yardstick import Say, ran
from concerted.desk import deliveries
from concerted.desk.graph import records
from concerted.desk.store import Store
from concerted.networks import Graph, Records, graph
from concerted.networks.findings import findings

EVENTS: Final = 1_000_000
SEED: Final = 11
WHOLE: Final = (30.0, 12.0)  # must and aim, seconds
Found = TypeVar("Found")


def whole(say: Say) -> list[Figure]:
    """Seconds for graph and findings together."""
    with tempfile.TemporaryDirectory() as name:
        say("a medium region and its picture")
        of, day = pictured(Path(name))
    return measured(of, day, EVENTS, say)


def pictured(place: Path) -> tuple[Records, date]:
    """What the picture of a medium region is made of, and its day."""
    _command("synthesise", "--size", "medium", "--seed", str(SEED), "--out", f"{place}/region")
    folders = (f"{place}/region/extracts", "--profiles", f"{place}/region/profiles", "--out", f"{place}/out")
    _command("picture", *folders)
    with Store.open(place / "out", to_read=True) as store:
        return records(store), deliveries.as_of(store)


def measured(of: Records, day: date, events: int, say: Say) -> list[Figure]:
    """The same of copies of any records that have so many events."""
    held = copies(of, events)
    rows = sum(table.num_rows for table in held.tables.values())
    say(f"{held.tables['event'].num_rows:,} events, {rows:,} records of all kinds are ready")
    busy = time.process_time()
    made, first = timed(lambda: graph(held, day))
    found, then = timed(lambda: findings(made))
    busy = time.process_time() - busy
    say(f"graph {first:.1f} s, findings {then:.1f} s; {busy:.1f} s of processors")
    beside = timed(lambda: components(made))[1]
    note = f"{made.links.num_rows:,} rows of links, {len(found):,} findings; {busy:.1f} s of processors"
    what = f"graph and findings of {events:,} events"
    return [Figure("networks", what, first + then, beside, *WHOLE, "s", less=True, places=1, note=note)]


def components(of: Graph) -> int:
    """How many parts rustworkx finds."""
    other = rustworkx.PyGraph(multigraph=False)
    other.add_nodes_from(range(of.size))
    ends = zip(of.links["left"].to_pylist(), of.links["right"].to_pylist(), strict=True)
    other.add_edges_from_no_data(list(ends))
    return rustworkx.number_connected_components(other)


def timed(of: Callable[[], Found]) -> tuple[Found, float]:
    """What it gives, and the seconds that it took."""
    began = time.perf_counter()
    return of(), time.perf_counter() - began


def _command(*words: str) -> None:
    ran([sys.executable, "-m", "concerted", *words, "--json"])
