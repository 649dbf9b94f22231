"""Whether the networks planted in a medium region are hard enough to find: neither counts nor one crude rule may do it.

Where either does, no figure that is measured on the region's networks counts. The rates are mended, never the bounds.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure
from benchmarks.region_paper import Paper, by_person, paper_of
from benchmarks.yardstick import Say
from concerted.common.spreadsheets import read_rows
from concerted.synthetic import synthesise

SEEDS: Final = (1, 2, 3, 4, 5)
AUC, PRECISION = 0.75, 0.3
FEATURES: Final = (
    "members", "children", "adults", "mean age", "events", "events of two", "agencies", "shared telephones",
    "shared places", "missing episodes",
)  # fmt: skip
_PENALTIES: Final = (0.1, 1.0, 10.0, 100.0)
_FOLDS: Final = 5
_CLOSE: Final = 1e-4  # a weight that moves by less has been found
Floats = NDArray[np.float64]


def networks_region(say: Say) -> list[Figure]:
    """Each seed's classifier on counts and its crude rule."""
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for seed in SEEDS:
            say(f"a medium region, seed {seed}")
            folder = Path(name) / str(seed)
            synthesise(folder, "medium", seed)
            figures += _figures(folder, seed)
    return figures


def _figures(region: Path, seed: int) -> list[Figure]:
    paper, groups, networks = paper_of(region, "medium"), groups_of(region), networks_of(region)
    apart = separable(counts(paper, region, [*groups.values(), *networks.values()]), len(groups))
    right = crude_precision(paper, adults_of(region), list(networks.values()))
    return [
        Figure("networks-region", f"AUC of counts, seed {seed}", apart, must=AUC, less=True, places=3),
        Figure(
            "networks-region", f"precision of the crude rule, seed {seed}", right, must=PRECISION, less=True, places=3
        ),
    ]


def groups_of(region: Path) -> dict[str, set[str]]:
    """The members of each harmless group of two or more."""
    found: dict[str, set[str]] = {}
    for row in read_rows(region / "truth" / "decoys.csv"):
        found.setdefault(row["group_id"], set()).add(row["truth_id"])
    return {name: members for name, members in found.items() if len(members) > 1}


def networks_of(region: Path) -> dict[str, set[str]]:
    """The members of each network."""
    found: dict[str, set[str]] = {}
    for row in read_rows(region / "truth" / "network_people.csv"):
        found.setdefault(row["network"], set()).add(row["truth_id"])
    return found


def ages_of(region: Path) -> dict[str, float]:
    """Years of everybody on the region's day, nearly."""
    return {row["truth_id"]: 2026.17 - _year(row["born"]) for row in read_rows(region / "truth" / "persons.csv")}


def adults_of(region: Path) -> set[str]:
    """Those of 18 and over."""
    return {one for one, age in ages_of(region).items() if age >= 18}


def _year(day: str) -> float:
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + int(day[8:]) / 365


def counts(paper: Paper, region: Path, groups: list[set[str]]) -> Floats:
    """A row of FEATURES for each group."""
    ages = ages_of(region)
    beside = [by_person(things) for things in (paper.events, paper.phones, paper.places)]
    return np.array([list(_counts(paper, ages, group, beside)) for group in groups], float)


def _counts(
    paper: Paper, ages: dict[str, float], group: set[str], beside: list[dict[str, list[Any]]]
) -> Iterator[float]:
    known = [ages[one] for one in group if one in ages]
    events, phones, places = (Counter(thing for one in group for thing in of.get(one, ())) for of in beside)
    yield len(group)
    yield sum(age < 18 for age in known)
    yield sum(age >= 18 for age in known)
    yield float(np.mean(known)) if known else 0.0
    yield len(events)
    yield _shared(events)
    yield len({agency for one in group for agency in paper.agencies.get(one, ())})
    yield _shared(phones)
    yield _shared(places)
    yield sum(event[1] == "missing" for event in events)


def _shared(times: Counter[Any]) -> int:
    return sum(count > 1 for count in times.values())


def separable(rows: Floats, innocent: int) -> float:
    """Area under the curve, cross-validated, of a logistic regression with interactions, at its best penalty.

    rows: the harmless groups first.
    """
    truth = np.r_[np.zeros(innocent), np.ones(len(rows) - innocent)]
    raw = np.column_stack([np.log1p(rows), rows])
    one = (raw - raw.mean(0)) / (raw.std(0) + 1e-9)
    pairs = [one[:, a] * one[:, b] for a, b in combinations(range(len(FEATURES)), 2)]
    wide = np.column_stack([one, one**2, *pairs])
    wide = (wide - wide.mean(0)) / (wide.std(0) + 1e-9)
    return max(area(_held_out(wide, truth, penalty), truth) for penalty in _PENALTIES)


def _held_out(rows: Floats, truth: Floats, penalty: float) -> Floats:
    """What is said of each group by a model that has not seen it."""
    fold = np.empty(len(truth), int)
    rng = np.random.default_rng(1)
    for kind in (0, 1):
        here = np.flatnonzero(truth == kind)
        fold[here] = rng.permutation(len(here)) % _FOLDS
    said = np.empty(len(truth))
    for turn in range(_FOLDS):
        out = fold == turn
        said[out] = rows[out] @ _fitted(rows[~out], truth[~out], penalty)
    return said


def _fitted(rows: Floats, truth: Floats, penalty: float) -> Floats:
    """Weights by Newton's method; a network weighs as much as all groups for each that there is of it."""
    weight = np.where(truth == 1, (truth == 0).sum() / max(truth.sum(), 1), 1.0)
    rows = np.column_stack([rows, np.ones(len(rows))])
    ridge = penalty * np.eye(rows.shape[1])
    beta = np.zeros(rows.shape[1])
    for _ in range(25):
        likely = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        slope = rows.T @ (weight * (truth - likely)) - ridge @ beta
        curve = (rows.T * (weight * likely * (1 - likely))) @ rows + ridge
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < _CLOSE:
            break
    found: Floats = beta[:-1]
    return found


def area(said: Floats, truth: Floats) -> float:
    """How often a network is said to be likelier than a group; a tie counts half."""
    order = np.argsort(np.argsort(said, kind="stable"), kind="stable") + 1.0
    values, at = np.unique(said, return_inverse=True)
    ranks = np.array([order[at == one].mean() for one in range(len(values))])[at]
    many = truth.sum()
    return float((ranks[truth == 1].sum() - many * (many + 1) / 2) / (many * (len(truth) - many)))


def crude_precision(paper: Paper, adults: set[str], networks: list[set[str]]) -> float:
    """Of all pairs of adults of concern who share a child, a telephone or a place: the share of one network."""
    concern = paper.concern & adults
    together: set[tuple[str, str]] = set()
    beside: dict[str, set[str]] = {}
    for people in paper.events.values():
        for child in people - adults:
            beside.setdefault(child, set()).update(people & concern)
    for things in (beside, paper.phones, paper.places):
        for people in things.values():
            together.update(combinations(sorted(people & concern), 2))
    planted = {pair for network in networks for pair in combinations(sorted(network), 2)}
    return len(together & planted) / len(together) if together else 0.0
