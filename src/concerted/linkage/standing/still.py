"""Whether any key still proposes a pair of records, though another does no more."""

import numpy as np

from concerted.linkage.candidates import Pairs, apart
from concerted.linkage.coded import Numbers
from concerted.linkage.keys import Family
from concerted.linkage.standing import layers
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.proposing import proposed_by


def still_proposed(picture: Growing, few: FewPairs, pairs: Pairs) -> Pairs:
    """Those of these few pairs that any key proposes."""
    sides = zip(*(side.tolist() for side in apart(pairs)), strict=True)
    return pairs[[_is_proposed(picture, few, one, other) for one, other in sides]]


def _is_proposed(picture: Growing, few: FewPairs, one: int, other: int) -> bool:
    families = {key: picture.kinds.family(key) for key in sorted(few.keys(one) & few.keys(other))}
    shared = [(key, family) for key, family in families.items() if family]
    held = layers.holders_of_each(picture.runs, np.array([key for key, _ in shared], np.uint64))
    for (_, family), holders in zip(shared, held, strict=True):
        if _are_few(picture, family, holders, one, other):
            return True
    near = np.array([key for key, family in shared if family.strong], np.uint64)
    return one << 32 | other in proposed_by(picture, picture.holders(near)).tolist() if len(near) else False


def _are_few(picture: Growing, family: Family, holders: Numbers, one: int, other: int) -> bool:
    """Whether the two are among few who hold a key of the family, refined or not; as `candidates.pairs_of` has it."""
    if _many(picture, holders) <= family.cap:
        return True
    cap = family.cap if family.cap_refined is None else family.cap_refined
    return any(_are_few_by(picture, way, holders, cap, (one, other)) for way in family.refined)


def _are_few_by(picture: Growing, way: tuple[str, ...], holders: Numbers, cap: int, both: tuple[int, int]) -> bool:
    for piece in way:
        own, others = picture.refining(piece, np.array(both, np.int32)).tolist()
        if own != others:
            return False
        holders = holders[picture.refining(piece, holders) == own]
        if own and _many(picture, holders) <= cap:
            return True
    return False


def _many(picture: Growing, holders: Numbers) -> int:
    return int(np.count_nonzero(picture.compared(holders)))
