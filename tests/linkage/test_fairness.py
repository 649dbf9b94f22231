"""Missed and false links by group, held against an oracle that looks at every pair."""

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.fairness import Fairness, GroupFigures, fairness
from concerted.linkage.intervals import Share

KEYS = [RecordKey("force", str(number)) for number in range(14)]
Sets = dict[RecordKey, str]

partitions = st.dictionaries(st.sampled_from(KEYS), st.sampled_from("abcde"), max_size=14)
groupings = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "x", "y", "z"]), max_size=14)


def named(found: Fairness) -> dict[str, GroupFigures]:
    return {one.group: one for one in found.groups}


def shown(share: Share) -> tuple[float, float]:
    return share.count, share.whole


def of(text: str) -> Sets:
    """Each record by one letter: of its entity, its person or its group."""
    return dict(zip(KEYS, text.replace(" ", ""), strict=False))


def slow(entity: Sets, truth: Sets, group: Sets, name: str | None) -> dict[str, tuple[float, float]]:
    """Every pair looked at, half of it for each of its two records that is of the group; of all when it is None."""
    keys = [key for key in truth if key in entity and group.get(key)]
    counts = dict.fromkeys(("missed", "true", "false", "joined"), Fraction(0))
    for one, two in combinations(keys, 2):
        half = Fraction(sum(name in (None, group[key]) for key in (one, two)), 2)
        alike, together = truth[one] == truth[two], entity[one] == entity[two]
        counts["true"] += half * alike
        counts["missed"] += half * (alike and not together)
        counts["joined"] += half * together
        counts["false"] += half * (together and not alike)
    return {
        "missed": (float(counts["missed"]), float(counts["true"])),
        "false": (float(counts["false"]), float(counts["joined"])),
    }


@given(partitions, partitions, groupings)
def test_each_count_is_what_looking_at_every_pair_gives(entity: Sets, truth: Sets, group: Sets) -> None:
    found = fairness("group", entity, truth, group, least=0)
    for name, one in named(found).items():
        assert {"missed": shown(one.missed), "false": shown(one.false)} == slow(entity, truth, group, name)
    assert {"missed": shown(found.missed), "false": shown(found.false)} == slow(entity, truth, group, None)
    assert set(named(found)) == {group[key] for key in truth if key in entity and group.get(key)}
    assert sum(one.records for one in found.groups) == found.records
    assert found.records + found.left_out == len(entity.keys() & truth.keys())


def by_record(entity: Sets, truth: Sets, group: Sets, name: str) -> dict[str, list[float]]:
    """Of each record of the group that has any: of its true partners the share missed, of those joined the false."""
    keys = [key for key in truth if key in entity and group.get(key)]
    shares: dict[str, list[float]] = {"missed": [], "false": []}
    for one in keys:
        if group[one] == name:
            true = {two for two in keys if truth[two] == truth[one]} - {one}
            joined = {two for two in keys if entity[two] == entity[one]} - {one}
            shares["missed"] += [len(true - joined) / len(true)] if true else []
            shares["false"] += [len(joined - true) / len(joined)] if joined else []
    return shares


@given(partitions, partitions, groupings)
def test_where_every_record_counts_alike_a_share_is_the_mean_over_records(
    entity: Sets, truth: Sets, group: Sets
) -> None:
    found = named(fairness("group", entity, truth, group, least=0, each="record"))
    pairs = named(fairness("group", entity, truth, group, least=0))
    for name, one in found.items():
        assert one.true_pairs == pairs[name].missed.whole
        for kind, shares in by_record(entity, truth, group, name).items():
            share: Share = getattr(one, kind)
            assert share.whole == len(shares)
            assert share.count == pytest.approx(sum(shares))
            assert share.share == (pytest.approx(sum(shares) / len(shares)) if shares else None)


@given(partitions, partitions, groupings)
def test_the_others_are_what_the_group_is_not(entity: Sets, truth: Sets, group: Sets) -> None:
    """A ratio is that of the group to all others taken as one group, whatever they are called."""
    for name, one in named(fairness("group", entity, truth, group, least=0)).items():
        merged = {key: said if said in ("", name) else "others" for key, said in group.items()}
        two = named(fairness("group", entity, truth, merged, least=0))
        for kind in ("missed", "false"):
            ratio, other = getattr(one, f"{kind}_ratio"), two.get("others")
            share, beside = getattr(one, kind).share, getattr(other, kind).share if other else None
            if ratio is None:
                assert share is None or beside is None
                continue
            expected = share / beside if beside else (math.inf if share else 1.0)
            assert ratio.value == pytest.approx(expected)
            assert (ratio.low, ratio.high) == pytest.approx(
                (lambda it: (it.low, it.high))(getattr(two[name], f"{kind}_ratio")), rel=1e-6
            )


@given(partitions, partitions, groupings)
def test_names_of_groups_change_nothing(entity: Sets, truth: Sets, group: Sets) -> None:
    other = {"x": "Zeta", "y": "Alpha", "z": "Mu", "": ""}
    one = named(fairness("group", entity, truth, group, least=3))
    two = named(fairness("group", entity, truth, {key: other[said] for key, said in group.items()}, least=3))
    assert len(one) == len(two)
    for name, figures in one.items():
        assert figures.to_dict() == two[other[name]].to_dict() | {"group": name}


@given(partitions, groupings)
def test_a_perfect_result_misses_none_joins_none_wrongly_and_treats_all_alike(truth: Sets, group: Sets) -> None:
    for one in fairness("group", truth, truth, group, least=0).groups:
        assert one.missed.count == one.false.count == 0
        assert one.missed.share in (0.0, None)
        for ratio in (one.missed_ratio, one.false_ratio):
            assert ratio is None or (ratio.value, ratio.low) == (1.0, 0.0)


def test_an_example_by_hand() -> None:
    """Of p's four records three were joined: 3 of 6 pairs are missed. The two of q were joined to the one of r."""
    found = named(fairness("origin", of("1112 333"), of("pppp qqr"), of("xxxx yyy"), least=3))
    assert shown(found["x"].missed) == (3, 6)
    assert shown(found["x"].false) == (0, 3)
    assert shown(found["y"].missed) == (0, 1)
    assert shown(found["y"].false) == (2, 3)
    assert (found["x"].few, found["y"].few) == (False, True)


def test_a_false_link_between_two_groups_is_half_of_each() -> None:
    found = named(fairness("origin", of("11"), of("pq"), of("xy"), least=0))
    assert shown(found["x"].false) == shown(found["y"].false) == (0.5, 0.5)


def test_a_true_pair_of_two_agencies_is_half_of_each() -> None:
    found = named(fairness("agency", of("122"), of("ppp"), of("xyy"), least=0))
    assert (shown(found["x"].missed), shown(found["y"].missed)) == ((1, 1), (1, 2))


def test_of_too_few_no_figure_is_given_to_machines_either() -> None:
    found = fairness("origin", of("1122"), of("ppqq"), of("xxxx"))
    assert [one.to_dict() for one in found.groups] == [{"group": "x", "records": 4, "true_pairs": 2.0, "few": True}]


def test_a_group_that_is_all_there_is_has_nothing_beside_it() -> None:
    [one] = fairness("origin", of("1123"), of("pppp"), of("xxxx"), least=0).groups
    assert (one.missed_ratio, one.false_ratio) == (None, None)


def test_nothing_at_all_is_no_group() -> None:
    found = fairness("origin", {}, {}, {})
    assert (found.records, found.groups, found.missed.share) == (0, (), None)


def test_people_with_many_records_are_no_more_than_people() -> None:
    """Two groups of fifty people who are found or lost whole: the ratio is told as of a hundred people, not pairs."""
    people = np.arange(100)
    lost = (people % 10 == 0) | (people % 50 == 1)
    entity, truth, group = {}, {}, {}
    for person in people.tolist():
        for record in range(20):
            key = RecordKey("force", f"{person}-{record}")
            entity[key] = f"{person}" + (f"-{record}" if lost[person] else "")
            truth[key], group[key] = str(person), "xy"[person >= 50]
    one = named(fairness("origin", entity, truth, group))["x"]
    assert one.missed.effective == pytest.approx(49, abs=0.5)
    assert one.missed_ratio is not None
    assert one.missed_ratio.low < 0.5 < 2 < one.missed_ratio.high
