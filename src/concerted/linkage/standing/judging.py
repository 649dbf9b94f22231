"""Records that hang together, judged anew as batch judges them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from concerted.linkage.candidates import Pairs, apart, as_one, each_once
from concerted.linkage.coded import Numbers
from concerted.linkage.components import components
from concerted.linkage.folding import Folded
from concerted.linkage.held import HeldPair
from concerted.linkage.link import among, record_keys
from concerted.linkage.linked import Linked
from concerted.linkage.standing.few_judged import FEW, FewJudged
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.proposing import NONE, keys_of, proposed_by

_NOBODY: Final = np.empty(0, np.int32)


def judged(
    picture: Growing, records: Numbers, held: Sequence[HeldPair], few: FewPairs | None = None
) -> tuple[Linked, Numbers]:
    """What linking finds among these records, which nothing connects with any other; and which those are. The records
    that links to review lead to stand beside them, and those of which a pair is to be asked about. few: where few of
    them may have been compared."""
    pairs, weights = picture.pairs_of(records)
    other = (pairs & 0xFFFFFFFF).astype(np.int32)
    inside = np.isin(other, records)
    many = _among_many(picture, records, pairs[inside & (weights >= picture.release.join)])
    slight = _slight(picture, many)
    used = inside | (weights >= picture.release.keep)
    pairs, other = pairs[used], other[used]
    looked_at = np.union1d(records, np.append(other, _held_with(picture, records, held)))
    proposed = each_once(np.append(as_one(*apart(pairs)), slight))
    members = picture.members(looked_at)
    left, right = (np.searchsorted(looked_at, side).astype(np.int32) for side in apart(proposed))
    folded, by_place = picture.folded(looked_at, members), as_one(left, right)
    if few is None or held or len(many) or len(looked_at) > FEW or picture.told_of(picture.keys(members)):
        found = _at_once(picture, members, folded, by_place, held)
    else:
        found = FewJudged(few, members, folded).linked(by_place)
    return found, np.flatnonzero(np.isin(picture.stands_for[members], records)).astype(np.int32)


def _at_once(picture: Growing, members: Numbers, folded: Folded, proposed: Pairs, held: Sequence[HeldPair]) -> Linked:
    table = picture.rows(members)
    said = picture.decisions, picture.unique_sources, held, picture.told_of(record_keys(table))
    return among(table, picture.coded(table), folded, picture.release, proposed, *said)


def _held_with(picture: Growing, records: Numbers, held: Sequence[HeldPair]) -> Numbers:
    """The records that are compared for those of which a pair with one of these records is to be asked about."""
    if not held:
        return _NOBODY
    number = picture.numbers(key for pair in held for key in pair)
    sides = [[number.get(key, -1) for key in pair] for pair in held]
    there = np.array([pair for pair in sides if min(pair) >= 0], np.int32).reshape(-1, 2)
    stand: Numbers = picture.stands_for[there]
    return stand[np.isin(stand, records).any(axis=1)].ravel()


def _slight(picture: Growing, among_many: Numbers) -> Pairs:
    """The pairs of these records that are proposed, where also those count that weigh too little to be kept: decisions
    hold sets together of which not every pair is compared, and so do very many links."""
    if not len(among_many):
        return NONE
    found = proposed_by(picture, picture.holders(keys_of(picture, among_many)))
    return found[np.logical_and(*(np.isin(side, among_many) for side in apart(found)))]


def _among_many(picture: Growing, records: Numbers, links: Pairs) -> Numbers:
    """Those of the records that hang together with more than the limit, or by decisions."""
    decided = picture.decided[np.isin(apart(picture.decided)[0], records)]
    ends = (np.searchsorted(records, side).astype(np.int32) for side in apart(np.append(links, decided)))
    first = components(len(records), *ends)
    by_decision = np.zeros(len(records), bool)
    by_decision[first[np.searchsorted(records, apart(decided)[0])]] = True
    many = np.bincount(first, minlength=len(records)) > picture.release.size_limit
    found: Numbers = records[(many | by_decision)[first]]
    return found
