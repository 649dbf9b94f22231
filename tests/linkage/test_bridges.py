"""How records hang together by links, whether or not they all do."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.bridges import Bridge, bridges, path, strongest_tree

PAIRS = list(combinations(range(7), 2))
graphs = st.dictionaries(st.sampled_from(PAIRS), st.integers(2, 9).map(float), max_size=12).map(
    lambda found: [(*pair, weight) for pair, weight in found.items()]
)


def _reached(start: int, links: list[tuple[int, int, float]]) -> set[int]:
    found = {start}
    for _ in range(7):
        found |= {key for one, two, _ in links for key in (one, two) if one in found or two in found}
    return found


@given(graphs)
def test_a_bridge_is_a_link_without_which_its_ends_are_in_two_parts(links: list[tuple[int, int, float]]) -> None:
    expected = {}
    for link in links:
        rest = [other for other in links if other is not link]
        one, other = (_reached(end, rest) for end in link[:2])
        if one != other:
            expected[link] = min(sorted(one), sorted(other), key=lambda side: (len(side), side))
    found = bridges(links, strongest_tree(links))
    assert {link: list(side) for link, side in found} == expected


@given(graphs, st.randoms(use_true_random=False))
def test_the_order_of_the_links_changes_nothing(links: list[tuple[int, int, float]], random: st.DrawFn) -> None:
    turned = random.sample(links, len(links))  # type: ignore[attr-defined] # a random.Random
    tree = strongest_tree(links)
    assert strongest_tree(turned) == tree
    assert bridges(turned, tree) == bridges(links, tree)


@given(graphs)
def test_the_tree_connects_what_the_links_connect_and_has_no_ring(links: list[tuple[int, int, float]]) -> None:
    tree = strongest_tree(links)
    assert all(_reached(one, tree) == _reached(one, links) for one in range(7))
    assert len(bridges(tree, tree)) == len(tree)


def test_a_path_leads_along_the_tree_or_is_none() -> None:
    tree = [(0, 1, 9.0), (1, 2, 8.0), (3, 4, 7.0)]
    assert path(tree, 2, 0) == ((1, 2, 8.0), (0, 1, 9.0))
    assert path(tree, 0, 0) == ()
    assert path(tree, 0, 3) == ()


def test_a_long_chain_with_one_ring_is_quick() -> None:
    chain = [(at, at + 1, 5.0) for at in range(3_000)]
    links = [*chain, *((at, at + 900, 3.0) for at in range(1_000, 2_000))]
    found = bridges(links, strongest_tree(links))
    assert found[0] == Bridge((0, 1, 5.0), (0,))
    assert {link for link, _ in found} == {*chain[:1_000], *chain[2_899:]}
