"""The weights of all pairs that matter, and the starts: proposed pairs, decided pairs, and what is missing inside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from concerted.linkage import tables
from concerted.linkage import weigh as weighing
from concerted.linkage.candidates import Pairs, as_one, propose
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Compared, Comparer
from concerted.linkage.keys import FAMILIES
from concerted.linkage.release import Release, by_hand
from concerted.linkage.standard import standardise
from concerted.linkage.weigh import (
    MOST_LIKELY,
    SLIGHT,
    Weighed,
    estimate_starts,
    joined,
    prior_weight,
    probability,
    weigh,
    weighed,
)
from tests.linkage.records import AGENCY, Row, agencies, comparer_of, people, person, write

Pair = tuple[int, int]
Bits = NDArray[np.float64]
RECORDS = 2 * AGENCY


def coded_with(path: Path) -> Coded:
    """The records of this file as numbers."""
    return Coded(standardise([path]))


def _comparer(path: Path, rows: Sequence[Row]) -> tuple[Comparer, Pairs]:
    coded = coded_with(write(path / "records.parquet", rows))
    proposed = propose(coded, FAMILIES)
    return comparer_of(coded, by_hand().comparisons), as_one(proposed.left, proposed.right)


@pytest.fixture(scope="module", autouse=True)
def _names_that_few_records_tell() -> Iterator[None]:
    """Of ten given names in a hundred records each is common, though fewer than the floor hold it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "FLOOR", 1)
        yield


@pytest.fixture(scope="module")
def two_agencies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Comparer, Pairs]:
    return _comparer(tmp_path_factory.mktemp("weigh"), agencies())


def _pairs(found: Weighed) -> list[Pair]:
    return list(zip(found.compared.left.tolist(), found.compared.right.tolist(), strict=True))


def test_a_weight_is_the_start_and_all_parts_of_the_evidence(two_agencies: tuple[Comparer, Pairs]) -> None:
    found, release = weigh(two_agencies[0], by_hand(), two_agencies[1], [])
    assert release.prior is not None
    parts = found.compared.splink + found.compared.tokens + found.dependence + found.common
    np.testing.assert_allclose(found.evidence, parts)
    np.testing.assert_allclose(found.weight, prior_weight(release.prior) + parts)
    assert found.dependence.max() <= 0
    assert found.common.max() <= 0


def test_every_proposed_pair_is_weighed_once_and_said_to_be_a_candidate(two_agencies: tuple[Comparer, Pairs]) -> None:
    comparer, proposed = two_agencies
    found, _ = weigh(comparer, by_hand(), proposed, [])
    kept = as_one(found.compared.left, found.compared.right)[found.candidate]
    assert sorted([*kept.tolist(), *found.slight.pairs.tolist()]) == proposed.tolist()
    assert found.slight.weight.max(initial=SLIGHT) <= SLIGHT
    assert len(set(_pairs(found))) == len(_pairs(found))
    assert all(left < right for left, right in _pairs(found))


def test_decided_pairs_are_weighed_though_they_were_never_proposed(two_agencies: tuple[Comparer, Pairs]) -> None:
    comparer, proposed = two_agencies
    unlike = next(pair for pair in combinations(range(RECORDS), 2) if pair[0] << 32 | pair[1] not in set(proposed))
    found, _ = weigh(comparer, by_hand(), proposed, [(0, AGENCY), unlike, unlike])
    at = {pair: row for row, pair in enumerate(_pairs(found))}
    assert len(at) == len(_pairs(found))
    assert not found.candidate[at[unlike]]
    assert found.weight[at[unlike]] < 0
    assert found.candidate[at[0, AGENCY]]
    assert weigh(comparer, by_hand(), proposed, [])[1] == weigh(comparer, by_hand(), proposed, [unlike])[1]


def test_a_bound_release_keeps_its_starts(two_agencies: tuple[Comparer, Pairs]) -> None:
    bound = by_hand().bound(0.01, 0.002)
    found, release = weigh(*two_agencies[:1], bound, two_agencies[1], [])
    assert release is bound
    assert found.weight == pytest.approx(found.evidence + log2(0.01 / 0.99))


def _without_middle(proposed: Pairs) -> Pairs:
    """Of three records of one person, 0, 1 and 2, without the pair of the last two."""
    others: Pairs = proposed[proposed != (1 << 32 | 2)]
    return others


def test_what_is_missing_between_records_that_links_connect_is_weighed_too(tmp_path: Path) -> None:
    rows = [{"source": "force", "record_id": str(at), **person(at // 3)} for at in range(9)]
    comparer, proposed = _comparer(tmp_path, rows)
    found, _ = weigh(comparer, by_hand().bound(0.01, 0.001), _without_middle(proposed), [])
    by_pair = dict(zip(_pairs(found), found.candidate.tolist(), strict=True))
    assert [pair for pair, candidate in by_pair.items() if not candidate] == [(1, 2)]
    whole, _ = weigh(comparer, by_hand().bound(0.01, 0.001), proposed, [])
    assert dict(zip(_pairs(found), found.weight, strict=True)) == dict(zip(_pairs(whole), whole.weight, strict=True))
    small = replace(by_hand().bound(0.01, 0.001), size_limit=2)
    few, _ = weigh(comparer, small, _without_middle(proposed), [])
    assert (1, 2) not in _pairs(few)


def test_one_record_none_and_records_without_any_pair_have_starts_and_nothing_else(tmp_path: Path) -> None:
    one: list[Row] = [*people(1, ("force",))]
    bare: Row = {"source": "force", "record_id": "x"}
    for rows in ([], one, [*one, bare]):
        comparer, proposed = _comparer(tmp_path, rows)
        found, release = weigh(comparer, by_hand(), proposed, [])
        assert (len(found.weight), len(found.evidence), len(found.candidate)) == (0, 0, 0)
        assert release.prior is not None
        assert release.kin_prior is not None
        assert 0 < release.prior <= MOST_LIKELY
        assert 0 < release.kin_prior <= MOST_LIKELY
        assert weigh(comparer, by_hand().bound(0.01, 0.002), proposed, [])[1].prior == 0.01


def test_a_file_of_people_without_households_starts_from_one_pair_a_person_and_hardly_any_kin(
    two_agencies: tuple[Comparer, Pairs],
) -> None:
    _, release = weigh(two_agencies[0], by_hand(), two_agencies[1], [])
    assert release.prior is not None
    assert release.kin_prior is not None
    assert release.prior == pytest.approx(AGENCY / (RECORDS * (RECORDS - 1) / 2), rel=0.1)
    assert release.kin_prior < release.prior  # of ten family names and five towns, some fit one household


def test_a_file_of_households_starts_from_its_pairs_of_kin(tmp_path: Path) -> None:
    rows: list[Row] = []
    for at in range(40):
        home = {name: person(at)[name] for name in ("postcode", "town", "phone")}
        home["family_name"] = f"Var{chr(97 + at % 26)}{chr(97 + at // 26)}ga"
        rows += [
            {"source": "council", "record_id": f"{at}-{child}", **person(41 + 2 * at + child), **home}
            for child in range(2)
        ]
    comparer, proposed = _comparer(tmp_path, rows)
    _, release = weigh(comparer, by_hand(), proposed, [])
    assert release.prior is not None
    assert release.kin_prior is not None
    assert release.kin_prior == pytest.approx(40 / (80 * 79 / 2), rel=0.1)
    assert release.prior < release.kin_prior / 10


def _even(bits: Sequence[float], common: Sequence[float], telling: Sequence[float]) -> Compared:
    numbers = np.arange(len(bits), dtype=np.int32)
    nothing = np.zeros(len(bits))
    columns = (np.array(one, np.float64) for one in (telling, common))
    return Compared(numbers, numbers + 1, {}, np.array(bits, np.float64), nothing, nothing - 30, *columns)


def test_what_thousands_share_reaches_no_threshold_under_any_start() -> None:
    release: Release = by_hand().bound(MOST_LIKELY, 0.001)
    found = weighed(_even([8, 8], [8, 8], [0, 3]), release, candidate=True)
    assert found.weight[0] < release.keep < release.join < found.weight[1]
    assert found.common.tolist() == [-8.0, 0.0]


def test_rows_taken_and_joined_again_are_the_same(two_agencies: tuple[Comparer, Pairs]) -> None:
    found, _ = weigh(two_agencies[0], by_hand(), two_agencies[1], [(0, 1)])
    first = np.arange(len(found.weight)) < 5
    again = joined([found.take(first), found.take(np.flatnonzero(~first))])
    assert _pairs(again) == _pairs(found)
    for name in ("dependence", "common", "weight", "candidate", "evidence"):
        np.testing.assert_array_equal(getattr(again, name), getattr(found, name))


# How often two records agree on each of six fields: of one person, of one household, strangers.
ONE, KIN, STRANGERS = (
    np.array(shares)
    for shares in (
        [0.9, 0.8, 0.85, 0.9, 0.7, 0.9],
        [0.05, 0.9, 0.9, 0.1, 0.9, 0.5],
        [0.01, 0.02, 0.01, 0.02, 0.03, 0.5],
    )
)
POPULATION = 1_000
EVERYTHING = POPULATION * (POPULATION - 1) // 2


def _simulated(one: float, kin: float, least: int = 0) -> tuple[Compared, Any]:
    """All pairs of a population that agree on so many fields at least, and the shares there are in truth."""
    draw = np.random.default_rng(1)
    kind = draw.choice(3, EVERYTHING, p=[one, kin, 1 - one - kin])
    agree = draw.random((EVERYTHING, 6)) < np.stack([ONE, KIN, STRANGERS])[kind]
    kept = agree.sum(1) >= least

    def bits(shares: Bits) -> Bits:
        by_field = np.where(agree, np.log2(shares / STRANGERS), np.log2((1 - shares) / (1 - STRANGERS)))
        return np.asarray(by_field.sum(1)[kept])

    nothing, numbers = np.zeros(kept.sum()), np.zeros(kept.sum(), np.int32)
    compared = Compared(numbers, numbers, {}, bits(ONE) - 1, nothing + 1, bits(KIN), nothing, nothing)
    return compared, np.bincount(kind, minlength=3)[:2] / EVERYTHING


@pytest.mark.parametrize(("one", "kin"), [(0.002, 0.004), (0.02, 0.05), (0.004, 0.0005)])
def test_estimated_starts_are_the_shares_that_there_are(one: float, kin: float) -> None:
    compared, truth = _simulated(one, kin)
    assert estimate_starts(compared, POPULATION) == pytest.approx(truth, rel=0.1)


def test_starts_err_low_where_pairs_that_agree_on_little_were_never_proposed() -> None:
    some, truth = _simulated(0.002, 0.004, least=3)
    for found, share in zip(estimate_starts(some, POPULATION), truth, strict=True):
        assert share / 2 < found < share


def test_a_share_of_which_there_is_nothing_comes_out_near_nothing() -> None:
    compared, truth = _simulated(0.002, 0.0)
    one, kin = estimate_starts(compared, POPULATION)
    assert one == pytest.approx(truth[0], rel=0.1)
    assert kin < 2e-5
    compared, truth = _simulated(0.0, 0.002)
    one, kin = estimate_starts(compared, POPULATION)
    assert one < 2e-5
    assert kin == pytest.approx(truth[1], rel=0.1)


def test_what_was_found_when_the_rounds_are_over_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, truth = _simulated(0.02, 0.05)
    monkeypatch.setattr(weighing, "ROUNDS", 1)
    assert estimate_starts(compared, POPULATION) == pytest.approx(truth, rel=0.4)
    assert estimate_starts(compared, POPULATION) != pytest.approx(truth, rel=0.04)


def test_starts_from_a_sample_are_those_of_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, truth = _simulated(0.02, 0.05)
    monkeypatch.setattr(weighing, "LOOKED_AT", 50_000)
    assert estimate_starts(compared, POPULATION) == pytest.approx(truth, rel=0.1)


def test_starts_stay_below_the_most_likely() -> None:
    assert estimate_starts(_simulated(0.3, 0.3)[0], POPULATION) == (MOST_LIKELY, MOST_LIKELY)


@given(st.lists(st.tuples(st.floats(-400, 400), st.floats(-400, 400)), max_size=10), st.integers(0, 6))
def test_starts_stay_in_their_bounds_whatever_the_evidence(bits: list[Pair], records: int) -> None:
    one, kin = np.array(bits, np.float64).reshape(-1, 2).T
    nothing, numbers = np.zeros(len(one)), np.zeros(len(one), np.int32)
    starts = estimate_starts(Compared(numbers, numbers, {}, one, nothing, kin, nothing, nothing), records)
    least = min(MOST_LIKELY, 0.5 / max(records * (records - 1) / 2, 1))
    assert all(least <= share <= MOST_LIKELY for share in starts)


def test_a_share_in_bits_and_a_weight_as_a_probability_are_each_others_opposite() -> None:
    shares = np.array([0.001, 0.5, 0.9])
    np.testing.assert_allclose(probability(np.array([prior_weight(share) for share in shares.tolist()])), shares)
    assert probability(np.array([-1e9, 1e9])).tolist() == [pytest.approx(0), 1.0]


def test_the_starts_of_a_large_file_do_not_depend_on_the_order_of_its_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more pairs than are looked at, those that are follow from what the records hold."""
    monkeypatch.setattr(weighing, "LOOKED_AT", 40)
    rows = agencies()
    starts = []
    for order in (rows, rows[::-1], rows[40:] + rows[:40]):
        comparer, proposed = _comparer(tmp_path, order)
        assert len(proposed) > 80
        _, release = weigh(comparer, by_hand(), proposed, [])
        starts.append((release.prior, release.kin_prior))
    assert len(set(starts)) == 1
