"""The pairs that a step brings, with their weights, and those that it takes."""

from dataclasses import replace

import numpy as np

from concerted.linkage.candidates import Pairs, apart, as_one, each_once, without
from concerted.linkage.compare import Comparer
from concerted.linkage.hashes import Hashes, with_another
from concerted.linkage.standing import layers
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import Growing, kept
from concerted.linkage.standing.held_by import among, held_by
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import GONE, SIDES, Bits
from concerted.linkage.standing.proposing import NONE, keys_of, of_one_list, proposed_by
from concerted.linkage.standing.step import Step
from concerted.linkage.standing.still import still_proposed
from concerted.linkage.standing.touched import Touched
from concerted.linkage.standing.touched_by_many import TouchedByMany


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
    are there."""
    touched = TouchedByMany(step, keys_of(step.after, np.union1d(step.came, step.went)))
    return _with_open(step, touched.new, NONE, touched.open)


def _by_keys_of_few(step: Step, few: FewPairs) -> tuple[Pairs, Pairs]:
    """The same."""
    held: dict[int, list[int]] = {}
    for number in (*step.came.tolist(), *step.went.tolist()):
        for key in few.keys(number):
            held.setdefault(key, []).append(number)
    touched = Touched(step, held)
    return _with_open(step, touched.new, touched.lost, touched.open)


def _with_open(step: Step, new: Pairs, lost: Pairs, left_open: Keyed) -> tuple[Pairs, Pairs]:
    """The same, of those that are known, and of keys that are asked of the code of batch."""
    if step.after.unique_sources:
        new = new[~of_one_list(step.after, new)]
    if not len(left_open.keys):
        return new, lost
    were, are = (proposed_by(one, left_open) for one in (_before(step), step.after))
    return each_once(np.append(without(are, were), new)), each_once(np.append(without(were, are), lost))


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
    return each_once(np.append(of_gone, without(there, proposed)))


def _proposed_of(step: Step, pairs: Pairs) -> Pairs:
    """All pairs that any key proposes now which both records of one of these pairs hold."""
    asked = _held_by_both(step.after, pairs)
    return proposed_by(step.after, held_by(step.after, asked, lambda holders: [step.after.compared(holders)]))


def _held_by_both(picture: Growing, pairs: Pairs) -> Hashes:
    """Each key that both records of one of these pairs hold, in order."""
    ends = np.unique(np.concatenate(apart(pairs)))
    held = picture.keyed(ends)
    order = np.argsort(held.holders, kind="stable")
    begin, end = (np.searchsorted(held.holders[order], ends, side) for side in SIDES)
    of_sides = []
    for side in apart(pairs):
        at = np.searchsorted(ends, side)
        made = held.keys[order[layers.slices(begin[at], end[at])]]
        of_sides.append((made, with_another(made, np.repeat(pairs, end[at] - begin[at]).astype(np.uint64))))
    (made, marks), (_, others) = of_sides
    return np.unique(made[among(marks, np.sort(others))])


def _there(step: Step, pairs: Pairs) -> Pairs:
    """Those of the pairs of which anything is kept."""
    known = step.before.pairs_of(np.unique(apart(pairs)[0]))[0]
    return without(pairs, without(pairs, known))


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
