"""The shortest way goes where it may, and of ways of one length it takes the one with the fewest others on it."""

import numpy as np
import pytest

from concerted.networks import Graph
from concerted.networks.search import shortest
from tests.networks.worlds import World, drawn, node, person, row

NOTHING = np.array([], np.int32)


def knows(*pairs: str) -> Graph:
    """People of one letter each; each pair of letters knows each other."""
    world: World = {
        "person": [person(name) for name in sorted(set("".join(pairs)))],
        "relation": [row(pair, person=pair[0], other_person=pair[1], relation="peer") for pair in pairs],
    }
    return drawn(world)


def way(of: Graph, one: str, other: str, closed: str = "", *, direct: bool = True) -> str | None:
    shut = np.array([node(of, name) for name in closed], np.int32)
    found = shortest(of, node(of, one), node(of, other), shut, direct=direct)
    return None if found is None else "".join(of.key(one).record_id for one in found)


def test_the_shortest() -> None:
    of = knows("ab", "bc", "cd", "ad")
    assert way(of, "a", "d") == "ad"
    assert way(of, "a", "c") in ("abc", "adc")


def test_none_where_nothing_leads() -> None:
    assert way(knows("ab", "cd"), "a", "c") is None


def test_what_is_closed_is_gone_round() -> None:
    of = knows("ab", "bz", "ac", "cd", "dz")
    assert way(of, "a", "z") == "abz"
    assert way(of, "a", "z", "b") == "acdz"
    assert way(of, "a", "z", "bd") is None


def test_a_direct_link_can_be_barred_from_either_end() -> None:
    of = knows("ab", "ac", "cb")
    for one, other in ("ab", "ba"):
        assert way(of, one, other) == one + other
        assert way(of, one, other, direct=False) == f"{one}c{other}"
    assert way(knows("ab"), "a", "b", direct=False) is None


def test_of_ways_of_one_length_the_one_with_the_fewest_links() -> None:
    of = knows("ab", "bz", "bk", "bl", "ac", "cz")
    assert way(of, "a", "z") == "acz"
    assert way(knows("ab", "bz", "ac", "cz"), "a", "z") == "abz"


@pytest.mark.parametrize("ends", ["az", "za"])
def test_either_way_round_it_is_as_long(ends: str) -> None:
    of = knows("ab", "bc", "cz", "bd", "dz", "ae", "ez")
    found = way(of, *ends)
    assert found is not None
    assert len(found) == 3


def test_what_lies_within_some_links_of_a_node() -> None:
    of = knows("ab", "bc", "cd", "ce")
    near = ["".join(of.key(int(one)).record_id for one in of.within(node(of, "a"), links)) for links in range(5)]
    assert near == ["a", "ab", "abc", "abcde", "abcde"]
