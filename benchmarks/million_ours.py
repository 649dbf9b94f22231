"""Our side of `million`, in a process of its own: `python -m benchmarks.million_ours standardise|trained|shipped DIR`.

Prints JSON: seconds, megabytes (most memory), and how near the truth it came.
"""

import json
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.linkage import keys
from concerted.linkage.candidates import Pairs, apart, as_one, each_once, keys_of, propose, within_groups, without
from concerted.linkage.coded import KEY, PARTS_OF_BIRTH, Coded
from concerted.linkage.compare import Comparer
from concerted.linkage.link import links_of
from concerted.linkage.partition import partition
from concerted.linkage.release import Release, by_hand, shipped
from concerted.linkage.standard import OTHER, other_columns, standardise
from concerted.linkage.train import train
from concerted.linkage.weigh import Weighed, probability, weigh, weighed

PRECISION: Final = 0.99
SWEPT: Final = tuple(np.arange(0.0, 8.1, 0.5))  # thresholds, in bits
Found = dict[str, Any]


def prepared(folder: Path) -> Found:
    """Standardise the records and write them."""
    began = time.perf_counter()
    table = standardise([folder / "records.parquet"])
    seconds = time.perf_counter() - began
    pq.write_table(table, folder / "standard.parquet")
    return {"seconds": seconds}


def linked(folder: Path, *, trained: bool) -> Found:
    """From the standardised Parquet to the partition, timed; then the truth is looked at."""
    others = other_columns([folder / "records.parquet"])
    began = time.perf_counter()
    coded = Coded(pq.read_table(folder / "standard.parquet", columns=_looked_at(others)))
    found = propose(coded, (*keys.FAMILIES, *keys.others(tuple(others))))
    proposed = as_one(found.left, found.right)
    release = shipped(others).counted(coded)
    shares = release.shares(coded)
    if trained:
        start = replace(release, comparisons=by_hand(others).comparisons)
        release = train(Comparer(coded, start.comparisons, shares), start, proposed)
    comparer = Comparer(coded, release.comparisons, shares)
    pairs, release = weigh(comparer, release, proposed, ())
    entity = partition(
        coded.records,
        links_of(pairs),
        join=release.join,
        set_mean=release.set_mean,
        places=coded.by_key,
        limit=release.limit,
    )[0]
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    truth = Truth(folder)
    times = {"seconds": seconds, "megabytes": most, "proposed": truth.share_of(proposed)}
    return {**times, **_quality(coded, comparer, pairs, release, entity, truth)} if trained else times


def _looked_at(others: dict[str, str]) -> list[str]:
    """The columns that are compared, or make keys."""
    families = (*keys.FAMILIES, *keys.others(tuple(others)))
    looked_at = {"whole", *KEY, *(piece.partition(":")[0] for family in families for piece in family.pieces)}
    looked_at |= set().union(*(comparison.columns for comparison in shipped(others).comparisons))
    return sorted(looked_at - PARTS_OF_BIRTH.keys())


class Truth:
    """Who each record is of, and of which household."""

    def __init__(self, folder: Path) -> None:
        table = pq.read_table(folder / "truth.parquet")
        self.person, self.home = (
            np.unique(table[name].to_numpy(), return_inverse=True)[1] for name in ("cluster", "household")
        )
        self.pairs = each_once(within_groups(self.person.astype(np.int64), len(self.person)))

    def right(self, left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.bool_]:
        """Which pairs are of one person."""
        return np.asarray(self.person[left] == self.person[right])

    def share_of(self, pairs: Pairs) -> float:
        """The share of the true pairs that are among these."""
        return float(self.right(*apart(pairs)).sum() / len(self.pairs))


def _quality(
    coded: Coded,
    comparer: Comparer,
    pairs: Weighed,
    release: Release,
    entity: NDArray[Any],
    truth: Truth,
) -> Found:
    joined = _joined_pairs(entity, truth)
    chosen = pairs.weight >= release.join
    estimate = probability(pairs.weight[chosen]).mean()
    right = truth.right(pairs.compared.left[chosen], pairs.compared.right[chosen])
    swept = [_joined_pairs(_at(coded, pairs, release, join), truth) for join in SWEPT]
    without_kin = weighed(pairs.compared, replace(release, kin_prior=1e-12), candidate=True)
    off = _joined_pairs(_at(coded, without_kin, release, release.join), truth)
    return {
        **joined,
        "links_at_99": _recall_at(pairs, truth),
        "pairs_at_99": max((one["recall"] for one in swept if one["precision"] >= PRECISION), default=0.0),
        "estimate_off": abs(float(estimate - right.mean())),
        "lost_to_kin": max(0.0, 1 - joined["right"] / off["right"]),
        "kin_without": off["kin"],
        "lost_to_caps": _lost_to_caps(coded, comparer, release, pairs, truth),
    }


def _at(coded: Coded, pairs: Weighed, release: Release, join: float) -> NDArray[Any]:
    return partition(coded.records, links_of(pairs), join=join, set_mean=release.set_mean)[0]


def _recall_at(pairs: Weighed, truth: Truth) -> float:
    weight = np.append(pairs.weight[pairs.candidate], pairs.slight.weight)
    one = as_one(pairs.compared.left[pairs.candidate], pairs.compared.right[pairs.candidate])
    right = np.cumsum(truth.right(*apart(np.append(one, pairs.slight.pairs)))[np.argsort(-weight, kind="stable")])
    precise = np.flatnonzero(right / np.arange(1, len(right) + 1) >= PRECISION)
    return float(right[precise[-1]] / len(truth.pairs)) if len(precise) else 0.0


def _joined_pairs(entity: NDArray[Any], truth: Truth) -> Found:
    """Over pairs and records of the entities, as the yardstick scores its own."""
    people, homes = (entity.astype(np.int64) << 32 | side for side in (truth.person, truth.home))
    right, joined, true = (_pairs(one) for one in (people, entity, truth.person))
    cells, at, held = np.unique(people, return_index=True, return_counts=True)
    sizes, persons = np.bincount(entity), np.bincount(truth.person)
    precision = (held**2 / sizes[entity[at]]).sum() / len(entity)
    recall = (held**2 / persons[truth.person[at]]).sum() / len(entity)
    return {
        "right": right,
        "precision": right / max(joined, 1),
        "recall": right / max(true, 1),
        "b_cubed": 2 * precision * recall / (precision + recall),
        "mixed": int((np.bincount(cells >> 32) > 1).sum()),
        "kin": _pairs(homes) - right,
    }


def _pairs(group: NDArray[Any]) -> int:
    sizes = np.unique(group, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _lost_to_caps(coded: Coded, comparer: Comparer, release: Release, pairs: Weighed, truth: Truth) -> float:
    """The share of the true pairs that share a key, would come to review or more, and were never compared."""
    compared = np.append(as_one(pairs.compared.left, pairs.compared.right), pairs.slight.pairs)
    missed = without(truth.pairs, each_once(compared))
    heavy = weighed(comparer.compare(*apart(missed)), release, candidate=False).weight >= release.keep
    return len(_sharing_a_key(coded, missed[heavy])) / len(truth.pairs)


def _sharing_a_key(coded: Coded, pairs: Pairs) -> Pairs:
    """Those of the pairs that some key would have proposed, had it no cap."""
    left, right = apart(pairs)
    shared = np.zeros(len(pairs), bool)
    others = tuple(name for name in coded.names if name.startswith(OTHER))
    for family in (*keys.FAMILIES, *keys.others(others)):
        if all(coded.has(piece.partition(":")[0]) for piece in family.pieces):
            held = keys_of(coded, family)
            shared |= _meet(held.records, held.keys, left, right)
    return np.asarray(pairs[shared])


def _meet(records: NDArray[Any], held: NDArray[Any], left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.bool_]:
    order = np.argsort(records, kind="stable")
    records, held = records[order], held[order]
    first = np.searchsorted(records, np.arange(int(max(left.max(initial=0), right.max(initial=0))) + 2))
    meets = np.zeros(len(left), bool)
    for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        ours, theirs = held[first[one] : first[one + 1]], held[first[other] : first[other + 1]]
        meets[at] = bool(set(ours.tolist()) & set(theirs.tolist()))
    return meets


if __name__ == "__main__":
    what, where = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(prepared(where) if what == "standardise" else linked(where, trained=what == "trained")))
