"""Another library, which others test, finds the same on the same links: neighbours, parts, lengths, cut points."""

from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
import pytest
import rustworkx

from benchmarks.networks_world import records
from concerted.networks import Graph, graph
from concerted.networks.connectors import connectors, network
from concerted.networks.export import as_graphml
from concerted.networks.search import LONGEST, shortest
from tests.networks.test_connectors import suspects
from tests.networks.worlds import TODAY, drawn

EVENTS: Final = 600


@pytest.fixture(scope="module")
def of() -> Graph:
    return graph(records(EVENTS, seed=3), TODAY)


@pytest.fixture(scope="module")
def theirs(of: Graph) -> "rustworkx.PyGraph[int, None]":
    made: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    made.add_nodes_from(range(of.size))
    made.add_edges_from_no_data([(one["left"], one["right"]) for one in of.links.to_pylist()])
    return made


def test_neighbours(of: Graph, theirs: "rustworkx.PyGraph[int, None]") -> None:
    assert [of.neighbours(one).tolist() for one in range(of.size)] == [
        sorted(theirs.neighbors(one)) for one in range(of.size)
    ]


def test_what_lies_within_two_links(of: Graph, theirs: "rustworkx.PyGraph[int, None]") -> None:
    for one in range(0, of.size, 37):
        near = {other for direct in theirs.neighbors(one) for other in theirs.neighbors(direct)}
        assert of.within(one, 2).tolist() == sorted({one, *theirs.neighbors(one), *near})


def test_the_length_of_the_shortest_way(of: Graph, theirs: "rustworkx.PyGraph[int, None]") -> None:
    draw = np.random.default_rng(4)
    nothing = np.array([], np.int32)
    found = 0
    for one in draw.integers(0, of.first[1], 12).tolist():
        far = rustworkx.dijkstra_shortest_path_lengths(theirs, one, lambda _: 1.0)
        for other in draw.integers(0, of.first[1], 12).tolist():
            way = shortest(of, one, other, nothing)
            expected = 0.0 if one == other else dict(far.items()).get(other, np.inf)
            assert (np.inf if way is None else len(way) - 1) == (expected if expected <= LONGEST else np.inf)
            found += way is not None
    assert found > 10


def test_cut_points() -> None:
    """Whoever parts a pair is a cut point of theirs, and what is parted is what hangs together no more."""
    meetings = ["abc", "cd", "def", "fg", "hi", "ij", "ik", "jk", "kl"]
    of = drawn(suspects(meetings))
    ours = network(of)
    theirs: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    theirs.add_nodes_from(range(len(ours.nodes)))
    links = [(one, int(other)) for one in range(len(ours.nodes)) for other in ours.around.of(one)]
    theirs.add_edges_from_no_data([(one, other) for one, other in links if one < other])
    cut = {int(ours.nodes[one]) for one in rustworkx.articulation_points(theirs)}
    told = {one["node"]: one["parted"] for one in connectors(of).to_pylist()}
    assert {node for node, parted in told.items() if parted} == cut & set(told)
    for node, parted in told.items():
        without = theirs.copy()
        without.remove_node(int(np.flatnonzero(ours.nodes == node)[0]))
        assert parted == _pairs(theirs, ours.suspects, node=ours.nodes.tolist().index(node)) - _pairs(
            without, ours.suspects
        )


def _pairs(of: "rustworkx.PyGraph[int, None]", suspects: int, node: int = -1) -> int:
    """Pairs of suspects but one who hang together."""
    parts = rustworkx.connected_components(of)
    return sum(1 for part in parts for _ in combinations([one for one in part if one < suspects and one != node], 2))


def test_graphml_is_read_by_others(of: Graph, tmp_path: Path) -> None:
    written = as_graphml(of, np.arange(of.size, dtype=np.int32), tmp_path / "g.graphml")
    [read] = rustworkx.read_graphml(str(tmp_path / "g.graphml"))
    assert (read.num_nodes(), read.num_edges()) == written
    kinds = {"person", "location", "event"}
    assert {node["kind"] for node in read.nodes()} == kinds
    assert {edge["kind"] for edge in read.edges()} == {"in event", "event at", "lived at"}
    assert all(edge["source"] and edge["record_id"] for edge in read.edges())
