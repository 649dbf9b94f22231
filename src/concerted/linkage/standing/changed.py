"""The pairs that a step brings, with their weights, and those that it takes."""

from dataclasses import replace

import numpy as np

from concerted.linkage.candidates import Pairs, apart, as_one, each_once, without
from concerted.linkage.compare import Comparer
from concerted.linkage.standing import layers
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import Growing, kept
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import GONE, Bits
from concerted.linkage.standing.proposing import NONE, keys_of, of_one_list, proposed_by
from concerted.linkage.standing.step import Step
from concerted.linkage.standing.still import still_proposed
from concerted.linkage.standing.touched import Touched


def changed_pairs(step: Step, few: FewPairs | None) -> tuple[Pairs, Bits]:
    """The pairs that came, with their weights, and those that went, with GONE, in order. few: where few records come or
    go."""
    came, lost = _by_keys_of_many(step) if few is None else _by_keys_of_few(step, few)
    came = without(came, _there(step, came))
    pairs, weights = _weighed(step, came) if few is None else few.kept(came)
    gone = _gone(step, lost, few)
    every = np.concatenate([pairs, gone])
    order = np.argsort(every)
    return every[order], np.append(weights, np.full(len(gone), GONE))[order]


def _by_keys_of_many(step: Step) -> tuple[Pairs, Pairs]:
    """The pairs that keys propose now and did not, and those that they proposed and do no more, though their records
    are there.

    A key with no more holders than its cap, before and after, proposes every pair of them: no two others gain
    or lose by it."""
    held = step.after.holders(keys_of(step.after, np.union1d(step.came, step.went)))
    was, now = (one.compared(held.holders) for one in (_before(step), step.after))
    full = layers.fuller_than_cap(held, was, now)
    common, rare = (Keyed(held.keys[some], held.holders[some]) for some in (full, ~full))
    were, are = (proposed_by(one, common) for one in (_before(step), step.after))
    of_rare = proposed_by(step.after, rare)
    new = of_rare[np.logical_or(*(np.isin(side, step.came) for side in apart(of_rare)))]
    return np.union1d(without(are, were), new), without(were, are)


def _by_keys_of_few(step: Step, few: FewPairs) -> tuple[Pairs, Pairs]:
    """The same."""
    held: dict[int, list[int]] = {}
    for number in (*step.came.tolist(), *step.went.tolist()):
        for key in few.keys(number):
            held.setdefault(key, []).append(number)
    touched = Touched(step, held)
    new = touched.new
    if step.after.unique_sources:
        new = new[~of_one_list(step.after, new)]
    if not len(touched.open.keys):
        return new, NONE
    were, are = (proposed_by(one, touched.open) for one in (_before(step), step.after))
    return np.union1d(without(are, were), new), without(were, are)


def _before(step: Step) -> Growing:
    """The picture before, with the records that come in it as nobody."""
    return replace(step.before, layers=step.after.layers, stands_for=step.was, others=step.after.others)


def _gone(step: Step, lost: Pairs, few: FewPairs | None) -> Pairs:
    """Those of the pairs, which some keys propose no more, that are there and that no other key proposes; and all pairs
    of records that are compared no more."""
    kept_of = step.before.pairs_of(step.went)[0]
    of_gone = each_once(as_one(*apart(kept_of)))
    still = np.logical_and(*(step.after.compared(side) for side in apart(lost)))
    there = _there(step, lost[still])
    if not len(there):
        return of_gone
    proposed = _proposed_of(step, there) if few is None else still_proposed(step.after, few, there)
    return np.union1d(of_gone, without(there, proposed))


def _proposed_of(step: Step, pairs: Pairs) -> Pairs:
    """All pairs that any key of these pairs' records proposes now."""
    ends = np.unique(np.concatenate(apart(pairs)))
    return proposed_by(step.after, step.after.holders(keys_of(step.after, ends)))


def _there(step: Step, pairs: Pairs) -> Pairs:
    """Those of the pairs of which anything is kept."""
    known = step.before.pairs_of(np.unique(apart(pairs)[0]))[0]
    return np.intersect1d(pairs, known)


def _weighed(step: Step, pairs: Pairs) -> tuple[Pairs, Bits]:
    """Those of the pairs of which more is kept than that they weigh little, in order."""
    if not len(pairs):
        return NONE, np.empty(0)
    records, places = np.unique(np.concatenate(apart(pairs)), return_inverse=True)
    coded, release = step.after.coded(step.after.rows(records)), step.after.release
    comparer = Comparer(coded, release.comparisons, release.shares(coded), release.columns)
    left, right = places.astype(np.int32).reshape(2, -1)
    found, weights = kept(comparer, release, as_one(left, right))
    return as_one(*(records[side] for side in apart(found))), weights
