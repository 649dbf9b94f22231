"""The benchmark that asks whether the region's networks are hard enough: it must notice where they are not."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import networks_region as bench
from benchmarks.region_paper import Paper, by_person, paper_of
from tests.synthetic.conftest import Region


@pytest.fixture(scope="session")
def paper(small: Region) -> Paper:
    """What the agencies of a small region wrote."""
    return paper_of(small.folder, "small")


def groups(rng: np.random.Generator, networks: int, apart: float) -> np.ndarray:
    """Counts of 200 groups, and of networks whose counts are larger by so much."""
    rows = rng.poisson(5, (200 + networks, len(bench.FEATURES))).astype(float)
    rows[200:] += apart
    return rows


def test_groups_that_differ_are_told_apart_and_others_are_not() -> None:
    rng = np.random.default_rng(4)
    assert bench.separable(groups(rng, 40, 4.0), 200) > 0.95
    assert 0.3 < bench.separable(groups(rng, 40, 0.0), 200) < 0.65


def test_what_only_two_counts_together_tell_is_noticed() -> None:
    """Members and children go up together in groups, and apart in networks."""
    rng = np.random.default_rng(5)
    rows = groups(rng, 60, 0.0)
    rows[:, 1] = rows[:, 0]
    rows[200:, 1] = 10 - rows[200:, 0]
    assert bench.separable(rows, 200) > 0.7


@pytest.mark.parametrize(
    ("said", "area"),
    [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1, 1, 1, 1], 0.5), ([1, 3, 2, 4], 0.75), ([1, 2, 2, 3], 0.875)],
)
def test_the_area_under_the_curve(said: list[float], area: float) -> None:
    assert bench.area(np.array(said, float), np.array([0, 0, 1, 1.0])) == area


def test_the_crude_rule_is_right_as_often_as_its_pairs_are_of_one_network() -> None:
    paper = Paper(concern={"a", "b", "c", "d", "child"})
    paper.events[("police", "stops", "1")] = {"a", "kid"}
    paper.events[("police", "stops", "2")] = {"b", "kid"}
    paper.phones["07700900001"] = {"b", "c"}
    paper.places["12 Weldrake Hill"] = {"c", "d", "x", "child"}
    adults = {"a", "b", "c", "d", "x"}
    assert bench.crude_precision(paper, adults, [{"a", "b", "kid"}]) == pytest.approx(1 / 3)
    assert bench.crude_precision(paper, adults, []) == 0
    assert bench.crude_precision(Paper(), adults, [{"a", "b"}]) == 0


def test_every_row_of_a_region_is_read_with_its_people(small: Region, paper: Paper) -> None:
    kinds = {event[1] for event in paper.events}
    assert kinds == {"missing", "intelligence", "contacts", "attendances", "sessions", "crimes", "stops"}
    for row in small.rows("extracts/brackenmarch-constabulary/stop_people.csv"):
        assert ("brackenmarch-constabulary", "stops", row["EVENT_REF"]) in paper.events
    beside = by_person(paper.phones)
    assert max(len(numbers) for numbers in beside.values()) > 1
    assert paper.concern


def test_counts_are_those_of_the_region(small: Region, paper: Paper) -> None:
    found = bench.groups_of(small.folder)
    rows = bench.counts(paper, small.folder, list(found.values()))
    by_name = dict(zip(bench.FEATURES, rows.T, strict=True))
    assert (by_name["members"] == [len(of) for of in found.values()]).all()
    known = by_name["children"] + by_name["adults"]  # of somebody without any record the truth tells no age
    assert (known <= by_name["members"]).all()
    assert known.sum() > 0.9 * by_name["members"].sum()
    assert (by_name["events of two"] <= by_name["events"]).all()
    assert (by_name["missing episodes"] <= by_name["events"]).all()
    assert by_name["agencies"].max() <= 7


def test_networks_and_ages_are_the_truths(small: Region) -> None:
    networks = bench.networks_of(small.folder)
    assert sum(map(len, networks.values())) == len(small.rows("truth/network_people.csv"))
    born = {row["truth_id"]: row["born"] for row in small.rows("truth/persons.csv")}
    adults = bench.adults_of(small.folder)
    assert all(born[one] < "2008-04" for one in adults)
    assert all(born[one] > "2008-02" for one in set(born) - adults)


def test_both_bounds_are_musts(monkeypatch: pytest.MonkeyPatch, small: Region) -> None:
    def copied(folder: Path, size: str, seed: int) -> None:
        folder.symlink_to(small.folder)

    monkeypatch.setattr(bench, "SEEDS", (1,))
    monkeypatch.setattr(bench, "synthesise", copied)
    monkeypatch.setattr(bench, "paper_of", lambda folder, _: paper_of(folder, "small"))
    counts, crude = bench.networks_region(lambda _: None)
    assert (counts.must, counts.less, crude.must, crude.less) == (0.75, True, 0.3, True)
    assert 0 <= (counts.ours or 0) <= 1
    assert 0 <= (crude.ours or 0) < 0.3
