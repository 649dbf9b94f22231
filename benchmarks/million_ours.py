"""Our side of `million`, in a process of its own: `python -m benchmarks.million_ours WHAT DIR`.

WHAT: standardise, trained, shipped, or timed, which is trained without a look at the truth. Prints JSON: seconds,
megabytes (most memory), and how near the truth it came.
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
from concerted.linkage.folding import Folded, fold
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


def linked(folder: Path, *, trained: bool, judged: bool = True) -> Found:
    """From the standardised Parquet to the partition, timed; then, if judged, the truth is looked at."""
    others = other_columns([folder / "records.parquet"])
    began = time.perf_counter()
    whole = Coded(pq.read_table(folder / "standard.parquet", columns=_looked_at(others)))
    folded = fold(whole)
    coded = whole.take(folded.kept)
    found = propose(coded, (*keys.FAMILIES, *keys.others(tuple(others))))
    proposed = as_one(found.left, found.right)
    release = shipped(others).counted(coded)
    shares = release.shares(coded)
    if trained:
        start = replace(release, comparisons=by_hand(others).comparisons)
        release = train(Comparer(coded, start.comparisons, shares), start, proposed)
    comparer = Comparer(coded, release.comparisons, shares)
    pairs, release = weigh(comparer, release, proposed, ())
    entity = in_sets(coded, pairs, release)
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = {"seconds": seconds, "megabytes": most}
    if not judged:
        return times
    truth = Truth(folder, folded)
    times["proposed"] = truth.share_of(proposed)
    return {**times, **_quality(coded, comparer, pairs, release, entity, truth)} if trained else times


def _looked_at(others: dict[str, str]) -> list[str]:
    """The columns that are compared, or make keys."""
    families = (*keys.FAMILIES, *keys.others(tuple(others)))
    looked_at = {"whole", *KEY, *(piece.partition(":")[0] for family in families for piece in family.pieces)}
    looked_at |= set().union(*(comparison.columns for comparison in shipped(others).comparisons))
    return sorted(looked_at - PARTS_OF_BIRTH.keys())


class Truth:
    """Who each record is of, and of which household. person, pairs: of the records that are compared; everyone, homes:
    of all, also of those for which another stands."""

    def __init__(self, folder: Path, folded: Folded) -> None:
        table = pq.read_table(folder / "truth.parquet")
        self.everyone, self.homes = (
            np.unique(table[name].to_numpy(), return_inverse=True)[1] for name in ("cluster", "household")
        )
        self.of = folded.of
        self.person = self.everyone[folded.kept]
        self.pairs = each_once(within_groups(self.person.astype(np.int64), len(self.person)))
        self.all = _pairs(self.everyone)
        self._stands_for = np.bincount(folded.of)
        self._folded = _pairs(folded.of), _pairs(folded.of.astype(np.int64) << 32 | self.everyone)

    def right(self, left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.bool_]:
        """Which pairs are of one person."""
        return np.asarray(self.person[left] == self.person[right])

    def share_of(self, pairs: Pairs) -> float:
        """The share of all true pairs that these stand for, and those that were folded."""
        return float(self.counted(*apart(pairs))[1].sum() / self.all)

    def counted(self, left: NDArray[Any], right: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many pairs of all records each of these stands for, and how many right ones; first those that were
        folded, all together."""
        many = self._stands_for[left] * self._stands_for[right]
        joined, rightly = self._folded
        return np.append(joined, many), np.append(rightly, np.where(self.right(left, right), many, 0))


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
    swept = [_joined_pairs(in_sets(coded, pairs, replace(release, join=join)), truth) for join in SWEPT]
    without_kin = weighed(pairs.compared, replace(release, kin_prior=1e-12), candidate=True)
    off = _joined_pairs(in_sets(coded, without_kin, release), truth)
    return {
        **joined,
        "links_at_99": _recall_at(pairs, truth),
        "pairs_at_99": max((one["recall"] for one in swept if one["precision"] >= PRECISION), default=0.0),
        "estimate_off": abs(float(estimate - right.mean())),
        "lost_to_kin": max(0.0, 1 - joined["right"] / off["right"]),
        "kin_without": off["kin"],
        "lost_to_caps": _lost_to_caps(coded, comparer, release, pairs, truth),
    }


def in_sets(coded: Coded, pairs: Weighed, release: Release) -> NDArray[Any]:
    """For each record the first of its set, as linking decides it."""
    return partition(
        coded.records,
        links_of(pairs),
        join=release.join,
        set_mean=release.set_mean,
        places=coded.by_key,
        limit=release.limit,
    )[0]


def _recall_at(pairs: Weighed, truth: Truth) -> float:
    weight = np.append(pairs.weight[pairs.candidate], pairs.slight.weight)
    one = as_one(pairs.compared.left[pairs.candidate], pairs.compared.right[pairs.candidate])
    order = np.argsort(-weight, kind="stable")
    joined, right = map(np.cumsum, truth.counted(*apart(np.append(one, pairs.slight.pairs)[order])))
    precise = np.flatnonzero(right / joined >= PRECISION)
    return float(right[precise[-1]] / truth.all) if len(precise) else 0.0


def _joined_pairs(entity: NDArray[Any], truth: Truth) -> Found:
    """Over pairs and records of the entities, all records, as the yardstick scores its own."""
    entity = entity[truth.of]
    people, homes = (entity.astype(np.int64) << 32 | side for side in (truth.everyone, truth.homes))
    right, joined, true = (_pairs(one) for one in (people, entity, truth.everyone))
    cells, at, held = np.unique(people, return_index=True, return_counts=True)
    sizes, persons = np.bincount(entity), np.bincount(truth.everyone)
    precision = (held**2 / sizes[entity[at]]).sum() / len(entity)
    recall = (held**2 / persons[truth.everyone[at]]).sum() / len(entity)
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
    made = (
        prepared(where) if what == "standardise" else linked(where, trained=what != "shipped", judged=what != "timed")
    )
    print(json.dumps(made))
