"""Sets from links: what people decided always holds, and every merge is judged on all its pairs."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.partition import ABSENT, LIMIT, Claims, Link, Partition, partition

Pair = tuple[int, int]
RECORDS = 8
JOIN, SET_MEAN = 2.0, -2.0

pairs = st.sampled_from(list(combinations(range(RECORDS), 2)))
weights = st.sampled_from([-30.0, -6.0, -1.0, 0.0, 1.9, 2.0, 3.0, 7.0, 12.0, 40.0])
graphs = st.dictionaries(pairs, weights, max_size=20).map(lambda d: [(*pair, weight) for pair, weight in d.items()])
decided = st.dictionaries(pairs, st.sampled_from(["same", "different"]), max_size=6)
numbers = st.fixed_dictionaries({}, optional={kind: st.sampled_from("ab") for kind in ("NHS number", "PNC id")})
claimed = st.dictionaries(st.integers(0, RECORDS - 1), numbers, max_size=RECORDS)


def _run(
    links: list[Link], decisions: Mapping[Pair, str] | None = None, claims: Claims | None = None
) -> tuple[list[int], list[Pair]]:
    same, apart = ([pair for pair, word in (decisions or {}).items() if word == w] for w in ("same", "different"))
    return partition(RECORDS, links, join=JOIN, set_mean=SET_MEAN, same=same, apart=apart, claims=claims)


def _sets(firsts: list[int]) -> set[frozenset[int]]:
    return {frozenset(at for at, other in enumerate(firsts) if other == first) for first in firsts}


def _connected(pairs: Iterable[Pair]) -> list[int]:
    """For each record the first that these pairs connect it with, by plain relabelling."""
    label = list(range(RECORDS))
    for left, right in pairs:
        label = [min(label[left], label[right]) if one in (label[left], label[right]) else one for one in label]
    return label


def _slow(links: list[Link], decisions: Mapping[Pair, str], claims: Claims) -> set[frozenset[int]]:
    """The same rule with plain sets: every mean is summed anew over all pairs between two sets."""
    weight = {(left, right): max(-LIMIT, min(LIMIT, bits)) for left, right, bits in links}
    sets = [frozenset({number}) for number in range(RECORDS)]

    def merge(one: frozenset[int], two: frozenset[int]) -> None:
        sets[:] = [members for members in sets if members not in (one, two)] + [one | two]

    def allowed(one: frozenset[int], two: frozenset[int]) -> bool:
        found = [weight.get(pair, ABSENT) for pair in _between(one, two)]
        return (
            not _conflict(one, two, claims) and not _parted(one, two, decisions) and sum(found) / len(found) >= SET_MEAN
        )

    for left, right in sorted(pair for pair, word in decisions.items() if word == "same"):
        one, two = _of(left, sets), _of(right, sets)
        if one != two and not _parted(one, two, decisions):
            merge(one, two)
    order = sorted((link for link in links if link[2] >= JOIN), key=lambda link: (-link[2], link[0], link[1]))
    before = 0
    while before != len(sets):
        before = len(sets)
        for left, right, _ in order:
            one, two = _of(left, sets), _of(right, sets)
            if one != two and allowed(one, two):
                merge(one, two)
    return set(sets)


def _of(record: int, sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return next(members for members in sets if record in members)


def _between(one: frozenset[int], two: frozenset[int]) -> list[Pair]:
    return [(min(a, b), max(a, b)) for a in one for b in two]


def _conflict(one: frozenset[int], two: frozenset[int], claims: Claims) -> bool:
    for kind in ("NHS number", "PNC id"):
        ours, theirs = ({claims[at][kind] for at in side if kind in claims.get(at, {})} for side in (one, two))
        if ours - theirs and theirs - ours:
            return True
    return False


def _parted(one: frozenset[int], two: frozenset[int], decisions: Mapping[Pair, str]) -> bool:
    return any(decisions.get(pair) == "different" for pair in _between(one, two))


@given(graphs, decided, claimed)
def test_it_is_what_summing_anew_over_plain_sets_gives(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    firsts, _ = _run(links, decisions, claims)
    assert _sets(firsts) == _slow(links, decisions, claims)


@given(graphs, decided)
def test_records_decided_different_are_never_together_through_any_path(
    links: list[Link], decisions: dict[Pair, str]
) -> None:
    firsts, _ = _run(links, decisions)
    assert all(firsts[left] != firsts[right] for (left, right), word in decisions.items() if word == "different")


@given(graphs, decided)
def test_records_decided_the_same_are_together_unless_their_decision_is_suspended(
    links: list[Link], decisions: dict[Pair, str]
) -> None:
    firsts, suspended = _run(links, decisions)
    same = {pair for pair, word in decisions.items() if word == "same"}
    assert set(suspended) <= same
    assert all((firsts[left] == firsts[right]) != ((left, right) in suspended) for left, right in same)
    if "different" not in decisions.values():
        assert not suspended


@given(graphs, decided, claimed)
def test_no_set_holds_two_of_what_a_person_has_one_of_unless_a_decision_joined_them(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    firsts, _ = _run(links, decisions, claims)
    by_decision = _connected(pair for pair, word in decisions.items() if word == "same")
    for members in _sets(firsts):
        for kind in ("NHS number", "PNC id"):
            held = {at: claims[at][kind] for at in members if kind in claims.get(at, {})}
            decided_both = any(
                by_decision[one] == by_decision[two] and held[one] != held[two] for one, two in combinations(held, 2)
            )
            assert len(set(held.values())) <= 1 or decided_both


@given(graphs, decided, claimed)
def test_the_order_of_links_and_decisions_changes_nothing(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    turned = dict(reversed(decisions.items()))
    assert _run(links[::-1], turned, claims) == _run(links, decisions, claims)
    assert _run(sorted(links), decisions, claims) == _run(links, decisions, claims)


@given(graphs)
def test_nothing_merges_where_no_link_reaches_the_threshold(links: list[Link]) -> None:
    weak = [link for link in links if link[2] < JOIN]
    assert _run(weak) == (list(range(RECORDS)), [])


@given(graphs)
def test_no_set_is_wider_than_what_the_strong_links_connect(links: list[Link]) -> None:
    connected = _connected((left, right) for left, right, weight in links if weight >= JOIN)
    firsts, _ = _run(links)
    assert all(connected[record] == connected[first] for record, first in enumerate(firsts))


@given(graphs)
def test_without_a_mean_to_reach_sets_are_what_the_strong_links_connect(links: list[Link]) -> None:
    firsts, _ = partition(RECORDS, links, join=JOIN, set_mean=-inf)
    assert firsts == _connected((left, right) for left, right, weight in links if weight >= JOIN)


@given(graphs, decided)
def test_a_set_is_named_by_its_earliest_record(links: list[Link], decisions: dict[Pair, str]) -> None:
    firsts, _ = _run(links, decisions)
    assert all(min(members) == firsts[member] for members in _sets(firsts) for member in members)


def test_a_weak_bridge_does_not_join_two_sets() -> None:
    links = [(0, 1, 9.0), (2, 3, 9.0), (1, 2, 3.0), (0, 2, -6.0), (0, 3, -6.0), (1, 3, -6.0)]
    assert partition(4, links, join=2, set_mean=-2)[0] == [0, 0, 2, 2]
    assert partition(4, links, join=2, set_mean=-5)[0] == [0, 0, 0, 0]


def test_a_pair_that_was_never_scored_counts_against() -> None:
    links = [(0, 1, 9.0), (2, 3, 9.0), (1, 2, 2.0)]
    assert partition(4, links, join=2, set_mean=-1.5)[0] == [0, 0, 2, 2]
    assert partition(4, links, join=2, set_mean=-1.75)[0] == [0, 0, 0, 0]


def test_no_single_pair_counts_by_more_than_the_limit() -> None:
    links = [(0, 1, 9.0), (0, 2, 1000.0), (1, 2, -1000.0)]
    assert Partition(3, links).mean(0, 2) == LIMIT
    assert Partition(3, links).mean(1, 2) == -LIMIT


def test_a_link_that_waited_is_tried_again_when_its_sets_have_grown() -> None:
    links = [(0, 1, 4.0), (0, 2, 3.0), (1, 2, -9.0), (2, 3, 2.5), (0, 3, 1.9), (1, 3, 1.9)]
    assert partition(4, links, join=2, set_mean=-2)[0] == [0, 0, 0, 0]
    assert partition(4, [link for link in links if 3 not in link[:2]], join=2, set_mean=-2)[0] == [0, 0, 2, 3]


def test_decisions_outrank_any_weight() -> None:
    assert partition(2, [(0, 1, 40.0)], join=2, set_mean=-2, apart=[(0, 1)]) == ([0, 1], [])
    assert partition(2, [(0, 1, -40.0)], join=2, set_mean=-2, same=[(0, 1)]) == ([0, 0], [])


def test_of_decisions_that_cannot_all_hold_the_last_in_order_is_suspended() -> None:
    firsts, suspended = partition(3, [], join=2, set_mean=-2, same=[(1, 2), (0, 1)], apart=[(0, 2)])
    assert (firsts, suspended) == ([0, 0, 2], [(1, 2)])


def test_a_decision_of_the_same_outranks_two_numbers() -> None:
    claims = {0: {"NHS number": "a"}, 1: {"NHS number": "b"}}
    assert partition(2, [(0, 1, 9.0)], join=2, set_mean=-2, claims=claims)[0] == [0, 1]
    assert partition(2, [(0, 1, 9.0)], join=2, set_mean=-2, claims=claims, same=[(0, 1)])[0] == [0, 0]


def test_a_record_without_a_number_goes_with_the_stronger_and_keeps_the_other_out() -> None:
    claims = {0: {"NHS number": "a"}, 2: {"NHS number": "b"}}
    assert partition(3, [(0, 1, 9.0), (1, 2, 8.0)], join=2, set_mean=-9, claims=claims)[0] == [0, 0, 2]


def test_where_a_decision_has_joined_two_numbers_a_third_record_with_one_of_them_fits() -> None:
    claims = {0: {"UPN": "a"}, 1: {"UPN": "b"}, 2: {"UPN": "b"}, 3: {"UPN": "c"}}
    links = [(1, 2, 9.0), (1, 3, 9.0), (0, 2, 9.0), (0, 3, 9.0), (2, 3, 9.0)]
    assert partition(4, links, join=2, set_mean=-2, claims=claims, same=[(0, 1)])[0] == [0, 0, 0, 3]


def test_merging_what_is_one_already_changes_nothing() -> None:
    sets = Partition(3, [(0, 1, 3.0), (1, 2, 3.0)])
    sets.merge(0, 1)
    sets.merge(1, 0)
    assert sets.firsts() == [0, 0, 2]
    assert sets.mean(0, 2) == pytest.approx((3.0 + ABSENT) / 2)


def test_no_records_make_no_sets() -> None:
    assert partition(0, [], join=2, set_mean=-2) == ([], [])


def test_a_long_chain_is_one_set_without_a_deep_call() -> None:
    links = [(at, at + 1, 9.0) for at in range(3000)]
    assert set(partition(3001, links, join=2, set_mean=-inf)[0]) == {0}
