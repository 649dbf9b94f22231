"""Sets from links: what people decided always holds, and every merge is judged on all its pairs."""

import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from math import inf
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import contested
from concerted.linkage import partition as judging
from concerted.linkage.components import Limit
from concerted.linkage.contested import Places
from concerted.linkage.partition import ABSENT, LIMIT, NO_LIMIT, Claims, Links, Partition, partition
from concerted.linkage.sums import Sparse

Pair = tuple[int, int]
Link = tuple[int, int, float]  # two record numbers and a weight in bits
RECORDS = 8
JOIN, SET_MEAN = 2.0, -2.0

pairs = st.sampled_from(list(combinations(range(RECORDS), 2)))
weights = st.sampled_from([-30.0, -6.0, -1.0, 0.0, 1.9, 2.0, 3.0, 7.0, 12.0, 40.0])
graphs = st.dictionaries(pairs, weights, max_size=20).map(lambda d: [(*pair, weight) for pair, weight in d.items()])
decided = st.dictionaries(pairs, st.sampled_from(["same", "different"]), max_size=6)
numbers = st.fixed_dictionaries({}, optional={kind: st.sampled_from("ab") for kind in ("NHS number", "PNC id")})
claimed = st.dictionaries(st.integers(0, RECORDS - 1), numbers, max_size=RECORDS)


def _full(draw: tuple[list[int], list[float]]) -> list[Link]:
    """Two groups of which every pair is weighed, most of them for: what the fast path is for."""
    side, bits = draw
    inside = [pair for pair in combinations(range(RECORDS), 2) if side[pair[0]] == side[pair[1]]]
    return [(*pair, weight) for pair, weight in zip(inside, bits, strict=False)]


sides = st.lists(st.integers(0, 1), min_size=RECORDS, max_size=RECORDS)
mostly_for = st.sampled_from([-1.0, 0.0, 2.0, 3.0, 7.0, 7.0, 12.0, 40.0, -6.0])
whole_graphs = st.tuples(sides, st.lists(mostly_for, min_size=28, max_size=28)).map(_full)


def _links(links: Sequence[Link]) -> Links:
    columns = list(zip(*links, strict=True)) or [(), (), ()]
    left, right = (np.array(column, np.int32) for column in columns[:2])
    return Links(left, right, np.array(columns[2], np.float64))


def _found(
    records: int,
    links: Sequence[Link],
    *,
    join: float = JOIN,
    set_mean: float = SET_MEAN,
    same: Sequence[Pair] = (),
    apart: Sequence[Pair] = (),
    claims: Claims | None = None,
    places: Places = np.asarray,
    limit: Limit = NO_LIMIT,
) -> tuple[list[int], list[Pair]]:
    entity, suspended, _ = partition(
        records,
        _links(links),
        join=join,
        set_mean=set_mean,
        same=same,
        apart=apart,
        claims=claims,
        places=places,
        limit=limit,
    )
    assert entity.dtype == np.int32
    return entity.tolist(), suspended


def _sets_of(records: int, links: Sequence[Link], *, join: float = JOIN, set_mean: float = SET_MEAN) -> list[int]:
    return _found(records, links, join=join, set_mean=set_mean)[0]


def _run(
    links: Sequence[Link],
    decisions: Mapping[Pair, str] | None = None,
    claims: Claims | None = None,
    places: Places = np.asarray,
) -> tuple[list[int], list[Pair]]:
    same, apart = ([pair for pair, word in (decisions or {}).items() if word == w] for w in ("same", "different"))
    return _found(RECORDS, links, same=same, apart=apart, claims=claims, places=places)


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

    same = {pair for pair, word in decisions.items() if word == "same"}
    for left, right in same - _on_paths(same, [pair for pair, word in decisions.items() if word == "different"]):
        one, two = _of(left, sets), _of(right, sets)
        if one != two:
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


def _on_paths(same: set[Pair], apart: Iterable[Pair]) -> set[Pair]:
    """The pairs on any path without a loop between two that are apart, by walking all of them."""
    found: set[Pair] = set()
    paths: list[tuple[tuple[int, ...], int]] = [((one,), other) for one, other in apart]
    while paths:
        path, end = paths.pop()
        if path[-1] == end:
            found |= {(min(step), max(step)) for step in pairwise(path)}
        else:
            ahead = {record for pair in same if path[-1] in pair for record in pair} - set(path)
            paths += [((*path, record), end) for record in ahead]
    return found


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
    firsts, _ = _found(RECORDS, links, set_mean=-inf)
    assert firsts == _connected((left, right) for left, right, weight in links if weight >= JOIN)


@given(graphs, decided)
def test_a_set_is_named_by_its_earliest_record(links: list[Link], decisions: dict[Pair, str]) -> None:
    firsts, _ = _run(links, decisions)
    assert all(min(members) == firsts[member] for members in _sets(firsts) for member in members)


def _merge_by_merge(
    links: Sequence[Link], decisions: Mapping[Pair, str], claims: Claims
) -> tuple[list[int], list[Pair]]:
    """What comes out where no group is spared."""
    with patch.object(judging, "_contested", lambda group, *_: np.bincount(group, minlength=len(group)) > 0):
        return _run(links, decisions, claims)


few_decided = st.dictionaries(pairs, st.sampled_from(["same", "different"]), max_size=1)
few_claimed = st.dictionaries(st.integers(0, RECORDS - 1), numbers, max_size=2)


@given(whole_graphs | graphs, few_decided | decided, few_claimed | claimed)
def test_a_group_that_is_spared_comes_out_as_merge_by_merge(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    assert _run(links, decisions, claims) == _merge_by_merge(links, decisions, claims)


@given(graphs | whole_graphs, decided, claimed)
def test_sums_in_a_square_are_those_that_are_kept_one_by_one(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    with patch.object(contested, "fit_a_square", return_value=True):
        in_squares = _run(links, decisions, claims)
    with patch.object(contested, "fit_a_square", return_value=False):
        assert _run(links, decisions, claims) == in_squares


def test_groups_that_nothing_speaks_against_are_not_judged() -> None:
    links = [(*pair, 5.0) for members in ((0, 1, 2), (3, 4)) for pair in combinations(members, 2)]
    with patch.object(judging, "_decided", side_effect=AssertionError):
        assert _run(links, {(0, 1): "same"}, {0: {"UPN": "a"}, 1: {"UPN": "a"}, 3: {"UPN": "b"}})[0][:5] == [
            0,
            0,
            0,
            3,
            3,
        ]
        assert _run(links, {(0, 3): "different"})[0][:5] == [0, 0, 0, 3, 3]
        assert _run([])[0] == list(range(RECORDS))


few_weights = st.dictionaries(pairs, st.sampled_from([-6.0, 0.0, 2.0, 3.0, 3.0, 7.0]), max_size=28)


@given(
    few_weights,
    decided,
    claimed,
    st.permutations(range(RECORDS)),
)
def test_numbering_the_records_otherwise_changes_no_set_even_where_weights_are_equal(
    graph: dict[Pair, float], decisions: dict[Pair, str], claims: dict[int, dict[str, str]], other: list[int]
) -> None:
    def turned(pair: Pair) -> Pair:
        one, two = sorted(other[record] for record in pair)
        return one, two

    was = np.argsort(other).astype(np.int32)  # for each new number the old one, which says how ties go
    firsts, suspended = _run([(*pair, weight) for pair, weight in graph.items()], decisions, claims)
    links = [(*turned(pair), weight) for pair, weight in graph.items()]
    again, waits = _run(
        links,
        {turned(pair): word for pair, word in decisions.items()},
        {other[record]: claimed for record, claimed in claims.items()},
        places=lambda records: was[records],
    )
    assert {frozenset(other[record] for record in members) for members in _sets(firsts)} == _sets(again)
    assert {turned(pair) for pair in suspended} == set(waits)


@given(graphs, decided, claimed)
def test_records_that_no_chain_of_strong_links_and_decisions_connects_are_never_together(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    firsts, _ = _run(links, decisions, claims)
    strong = [(left, right) for left, right, weight in links if weight >= JOIN]
    chained = _connected(strong + [pair for pair, word in decisions.items() if word == "same"])
    assert all(
        chained[one] == chained[two] for one, two in combinations(range(RECORDS), 2) if firsts[one] == firsts[two]
    )


@given(graphs, decided, claimed)
def test_suspended_is_every_decision_on_a_path_between_two_decided_different_and_no_other(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    _, suspended = _run(links, decisions, claims)
    same = {pair for pair, word in decisions.items() if word == "same"}
    apart = [pair for pair, word in decisions.items() if word == "different"]
    assert suspended == sorted(_on_paths(same, apart))


def test_links_that_reach_no_raised_threshold_start_no_merge_in_a_part_over_the_limit() -> None:
    links = [(*pair, 9.0) for members in ((0, 1, 2), (3, 4, 5)) for pair in combinations(members, 2)]
    bridge = [*links, *((one, two, 3.0) for one in range(3) for two in range(3, 6)), (6, 7, 3.0)]
    assert _found(8, bridge)[0] == [0, 0, 0, 0, 0, 0, 6, 6]
    assert _found(8, bridge, limit=Limit(5, (2.5, 5.0)))[0] == [0, 0, 0, 3, 3, 3, 6, 6]
    assert _found(8, bridge, limit=Limit(5, (1.0,)))[0] == [0, 0, 0, 0, 0, 0, 6, 6]
    assert _found(8, bridge, same=[(0, 3)], limit=Limit(5, (2.5,)))[0] == [0, 0, 0, 0, 0, 0, 6, 6]


@given(graphs | whole_graphs, decided, claimed)
def test_a_limit_that_nothing_is_over_changes_nothing(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    same, apart = ([pair for pair, word in decisions.items() if word == w] for w in ("same", "different"))
    limit = Limit(RECORDS, (2.5, 5.0))
    assert _found(RECORDS, links, same=same, apart=apart, claims=claims, limit=limit) == _run(links, decisions, claims)


@pytest.mark.parametrize("records", [300, 1000])
def test_one_person_of_more_alike_mentions_than_the_limit_stays_one(records: int) -> None:
    links = [(*pair, 20.0) for pair in combinations(range(records), 2)]
    assert set(_found(records, links, limit=Limit(100, (2.5, 5.0, 7.5)))[0]) == {0}


@pytest.mark.parametrize("records", [100, 300])
def test_a_large_group_of_one_person_is_one_set_though_some_pairs_speak_against(records: int) -> None:
    draw = random.Random(records)
    links = [(*pair, draw.choice([-4.0, 3.0, 8.0, 15.0])) for pair in combinations(range(records), 2)]
    assert set(_sets_of(records, links)) == {0}
    assert set(_sets_of(records, [link for link in links if link[2] > 0])) == {0}
    assert set(_sets_of(records, [(*pair, 5.0) for pair in combinations(range(records), 2)])) == {0}


def test_two_people_of_fifty_records_each_stay_two_though_strong_links_run_between_them() -> None:
    draw = random.Random(50)
    links = [
        (one, two, draw.choice([4.0, 9.0]) if one // 50 == two // 50 else draw.choice([-9.0, -9.0, -9.0, 3.0]))
        for one, two in combinations(range(100), 2)
    ]
    assert _sets_of(100, links) == [0] * 50 + [50] * 50


def test_a_path_falls_apart_where_its_ends_were_never_compared() -> None:
    path = [(at, at + 1, 2.0) for at in range(49)]
    assert _sets_of(50, path) == [at // 6 * 6 for at in range(50)]
    assert set(_sets_of(50, path, set_mean=-inf)) == {0}


def test_no_single_pair_counts_by_more_than_the_limit() -> None:
    against = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, -1000.0)]
    assert _sets_of(3, against, set_mean=(9 - LIMIT) / 2) == [0, 0, 0]
    assert _sets_of(3, against, set_mean=(9 - LIMIT) / 2 + 0.25) == [0, 0, 2]
    assert _sets_of(2, [(0, 1, 1000.0)], set_mean=LIMIT) == [0, 0]
    assert _sets_of(2, [(0, 1, 1000.0)], set_mean=LIMIT + 0.25) == [0, 1]
    assert _sets_of(2, [(0, 1, 20.0)], join=20) == [0, 0]


def test_a_link_that_waited_is_tried_again_when_its_sets_have_grown() -> None:
    links = [(0, 1, 4.0), (0, 2, 3.0), (1, 2, -9.0), (2, 3, 2.5), (0, 3, 1.9), (1, 3, 1.9)]
    assert _sets_of(4, links) == [0, 0, 0, 0]
    assert _sets_of(4, [link for link in links if 3 not in link[:2]]) == [0, 0, 2, 3]


def test_decisions_outrank_any_weight() -> None:
    assert _found(2, [(0, 1, 40.0)], apart=[(0, 1)]) == ([0, 1], [])
    assert _found(2, [(0, 1, -40.0)], same=[(0, 1)]) == ([0, 0], [])


def test_decisions_that_cannot_all_hold_are_all_suspended_and_the_rest_goes_on() -> None:
    firsts, suspended = _found(5, [(0, 1, 9.0)], same=[(1, 2), (0, 1), (2, 3)], apart=[(0, 2), (0, 4)])
    assert (firsts, suspended) == ([0, 0, 2, 2, 4], [(0, 1), (1, 2)])


def test_of_a_path_between_two_decided_different_the_weakest_link_that_is_no_decision_is_cut() -> None:
    links = [(0, 1, 5.0), (1, 2, 4.0), (2, 3, 9.0)]
    assert _found(4, links, set_mean=-inf, apart=[(0, 3)])[0] == [0, 0, 2, 2]
    assert _found(4, links, set_mean=-inf, apart=[(0, 3)], same=[(1, 2)])[0] == [0, 1, 1, 1]
    assert _found(4, links, set_mean=-inf, apart=[(0, 3)], same=[(1, 2), (2, 3)])[0] == [0, 1, 1, 1]


@given(graphs, decided)
def test_where_decisions_alone_part_sets_each_link_that_is_cut_is_the_weakest_of_a_path_between_two_of_a_pair(
    links: list[Link], decisions: dict[Pair, str]
) -> None:
    apart = [pair for pair, word in decisions.items() if word == "different"]
    same = [pair for pair, word in decisions.items() if word == "same"]
    firsts, suspended = _found(RECORDS, links, set_mean=-inf, same=same, apart=apart)
    held = [pair for pair in same if pair not in suspended]
    for left, right, weight in links:
        if weight >= JOIN and firsts[left] != firsts[right]:
            kept = [(one, two) for one, two, bits in links if bits >= weight and firsts[one] == firsts[two]]
            without, joined = _connected([*held, *kept]), _connected([*held, *kept, (left, right)])
            assert any(joined[one] == joined[two] and without[one] != without[two] for one, two in apart)


@given(graphs | whole_graphs, decided, claimed)
def test_what_is_decided_different_is_never_together_and_what_is_decided_the_same_always_but_for_what_is_suspended(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    firsts, suspended = _run(links, decisions, claims)
    for (one, two), word in decisions.items():
        if (one, two) not in suspended and word == "same":
            assert firsts[one] == firsts[two]
        if word == "different":
            assert firsts[one] != firsts[two]


@given(graphs | whole_graphs, decided, claimed)
def test_two_numbers_stand_in_one_set_only_where_a_decision_put_them(
    links: list[Link], decisions: dict[Pair, str], claims: dict[int, dict[str, str]]
) -> None:
    firsts, suspended = _run(links, decisions, claims)
    decided_in = {firsts[pair[0]] for pair, word in decisions.items() if word == "same" and pair not in suspended}
    for members in _sets(firsts):
        if not any(firsts[member] in decided_in for member in members):
            for kind in ("NHS number", "PNC id"):
                assert len({claims[at][kind] for at in members if kind in claims.get(at, {})}) <= 1


def test_a_decision_of_the_same_outranks_two_numbers() -> None:
    claims = {0: {"NHS number": "a"}, 1: {"NHS number": "b"}}
    assert _found(2, [(0, 1, 9.0)], claims=claims)[0] == [0, 1]
    assert _found(2, [(0, 1, 9.0)], claims=claims, same=[(0, 1)])[0] == [0, 0]


def test_a_record_without_a_number_goes_with_the_stronger_and_keeps_the_other_out() -> None:
    claims = {0: {"NHS number": "a"}, 2: {"NHS number": "b"}}
    assert _found(3, [(0, 1, 9.0), (1, 2, 8.0)], join=2, set_mean=-9, claims=claims)[0] == [0, 0, 2]


def test_where_a_decision_has_joined_two_numbers_a_third_record_with_one_of_them_fits() -> None:
    claims = {0: {"UPN": "a"}, 1: {"UPN": "b"}, 2: {"UPN": "b"}, 3: {"UPN": "c"}}
    links = [(1, 2, 9.0), (1, 3, 9.0), (0, 2, 9.0), (0, 3, 9.0), (2, 3, 9.0)]
    assert _found(4, links, claims=claims, same=[(0, 1)])[0] == [0, 0, 0, 3]


def test_a_link_that_two_numbers_barred_is_tried_again_when_a_decision_has_let_the_other_in() -> None:
    claims = {0: {"UPN": "a"}, 1: {"UPN": "b"}, 2: {"UPN": "a"}, 3: {"UPN": "b"}}
    links = [(0, 1, 9.0), (0, 2, 5.0)]
    assert _found(4, links, set_mean=-9, claims=claims)[0] == [0, 1, 0, 3]
    assert _found(4, links, set_mean=-9, claims=claims, same=[(2, 3)])[0] == [0, 0, 0, 0]


def test_merging_what_is_one_already_changes_nothing() -> None:
    sets = Partition(3, Sparse(3, [(0, 1, 3.0 - ABSENT), (1, 2, 3.0 - ABSENT)]), [], {})
    sets.merge(0, 1)
    sets.merge(1, 0)
    assert sets.firsts() == [0, 0, 2]
    assert sets.mean(0, 2) == pytest.approx((3.0 + ABSENT) / 2)


def test_no_records_make_no_sets() -> None:
    assert _found(0, []) == ([], [])


def test_a_long_chain_is_one_set_without_a_deep_call() -> None:
    links = [(at, at + 1, 9.0) for at in range(3000)]
    assert set(_sets_of(3001, links, join=2, set_mean=-inf)) == {0}
