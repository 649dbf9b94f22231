"""The pairs that few records bring or take by coming or going, key by key.

Nearly every key is one of three: few hold it, and a record that comes is paired with each of them; or so many that it
proposes nothing, with the record or without; or so many that it is refined, and few hold what refines it to. What is
left over - a key that the record makes common, or rare, and neighbours - is for the code of batch.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from concerted.linkage.candidates import Pairs, as_one, each_once
from concerted.linkage.coded import Numbers
from concerted.linkage.keys import NEIGHBOURS, Family
from concerted.linkage.standing import layers
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.step import Step

_FIRST: Final = 4  # times the cap: holders that are looked at first, to see that there are more than the cap


class Touched:
    """Goes through the keys of the records that change."""

    def __init__(self, step: Step, held: Mapping[int, Sequence[int]]) -> None:
        """held: for each key which of the records that come or go hold it."""
        self._step, self._came = step, frozenset(step.came.tolist())
        self._new, self._lost = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        self._open = [Keyed(np.empty(0, np.uint64), np.empty(0, np.int32))]
        families = {key: step.after.kinds.family(key) for key in sorted(held)}
        keys = [(key, family) for key, family in families.items() if family]
        looked: list[layers.Looked] = [*step.before.runs, step.after.layers[-1]]
        holders_of_each = layers.holders_of_each(looked, np.array([key for key, _ in keys], np.uint64))
        for (key, family), holders in zip(keys, holders_of_each, strict=True):
            if not self._done(family, holders, held[key]):
                self._open.append(Keyed(np.full(len(holders), key, np.uint64), holders))

    @property
    def new(self) -> Pairs:
        """The pairs that are proposed now, of the records that come and of keys that became rare; in order."""
        return each_once(np.concatenate(self._new))

    @property
    def lost(self) -> Pairs:
        """The pairs that keys proposed which are common now, of records that are compared still; in order."""
        return each_once(np.concatenate(self._lost))

    @property
    def open(self) -> Keyed:
        """The keys that are left for the code of batch, with all who hold them, in order."""
        return Keyed(*map(np.concatenate, zip(*self._open, strict=True)))

    def _done(self, family: Family, holders: Numbers, changed: Sequence[int]) -> bool:
        """Whether the key proposes no more by a step than pairs with the records that come."""
        first = holders[: _FIRST * family.cap]
        common = self._is_common(first, changed, family.cap) or self._is_common(holders, changed, family.cap)
        if common is None:
            return not family.refined and not family.strong and self._turned(holders, changed, family.cap)
        if not common:
            return self._paired(changed, holders)
        ways = family.refined or ((),)
        left_over = [[self._left_over(family, way, holders, changed, one) for one in changed] for way in ways]
        return not any(None in of_way for of_way in left_over) and not (family.strong and any(left_over[0]))

    def _left_over(
        self, family: Family, way: Sequence[str], holders: Numbers, changed: Sequence[int], record: int
    ) -> bool | None:
        """Whether too many hold the key with the record, however it is refined in one way; as `candidates.pairs_of` has
        it. None where the step makes a key common or rare."""
        cap = family.cap if family.cap_refined is None else family.cap_refined
        for piece in way:
            (own,) = self._step.after.refining(piece, np.array([record], np.int32))
            holders = holders[self._step.after.refining(piece, holders) == own]
            common = self._is_common(holders, changed, cap)
            if own and not common:
                return None if common is None else not self._paired([record], holders)
        if family.strong and way in family.refined[:1] and self._is_common(holders, changed, NEIGHBOURS + 1) is False:
            return not self._paired([record], holders)  # all are neighbours of all
        return True

    def _turned(self, holders: Numbers, changed: Sequence[int], cap: int) -> bool:
        """Of a key that proposes every pair of its holders, or none: those that it takes or brings."""
        there = holders[self._step.after.stands_for[holders] == holders]
        common = len(there) > cap
        before = there[~np.isin(there, changed)] if common else there
        one, other = np.triu_indices(len(before), 1)
        (self._lost if common else self._new).append(as_one(before[one], before[other]))
        return True

    def _is_common(self, holders: Numbers, changed: Sequence[int], cap: int) -> bool | None:
        """Whether more than the cap are compared; None where that is so before the step or after it, and not both.
        changed: which of the records that come or go hold the key."""
        now = int(np.count_nonzero(self._step.after.stands_for[holders] == holders))
        here = [one for one in changed if one in holders]
        was = now + sum(-1 if one in self._came else 1 for one in here)
        return now > cap if (now > cap) == (was > cap) else None

    def _paired(self, changed: Sequence[int], holders: Numbers) -> bool:
        there = holders[self._step.after.stands_for[holders] == holders]
        for one in self._came.intersection(changed):
            self._new.append(as_one(others := there[there != one], np.full_like(others, one)))
        return True
