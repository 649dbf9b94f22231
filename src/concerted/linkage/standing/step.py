"""From one picture to the next: which records come to be compared, and which are so no more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart
from concerted.linkage.coded import Numbers
from concerted.linkage.standing.growing import NOBODY, Growing, stood_for
from concerted.linkage.standing.layers import Bits


@dataclass(frozen=True)
class Step:
    """after: with its records, as they fold, but without the pairs that they change. gone: records that are there no
    more. came, went: by their numbers. moved: records that are compared for others than before; or were, and are gone.
    All in order."""

    before: Growing
    after: Growing
    gone: list[RecordKey]
    came: Numbers
    went: Numbers
    moved: Numbers

    @cached_property
    def was(self) -> Numbers:
        """Who stood for whom; for those that come nobody."""
        new = self.after.records - self.before.records
        return np.append(self.before.stands_for, np.full(new, NOBODY))

    @classmethod
    def of(cls, before: Growing, after: Growing, gone: list[RecordKey], looked_at: Numbers) -> "Step":
        """looked_at: all records that may fold otherwise than before, in order. What is stood for, and how many are
        filled, is still to be said of `after`."""
        old, now = looked_at[looked_at < before.records], after.stands_for[looked_at]
        was = np.append(before.stands_for[old], np.full(len(looked_at) - len(old), NOBODY))
        came, went = looked_at[(now == looked_at) & (was != now)], looked_at[(was == looked_at) & (was != now)]
        moved = np.unique(np.append(was[was != now], now[was != now]))
        return cls(before, after, gone, came, went, moved[moved != NOBODY])

    def joins(self, pairs: Pairs, weights: Bits) -> NDArray[np.bool_]:
        """Which of the pairs that came or went change more than the links of a record that is judged anew by itself: to
        be reviewed with a record that comes changes no set."""
        with_one_that_came = np.logical_or(*(np.isin(side, self.came) for side in apart(pairs)))
        release = self.after.release
        return np.asarray(np.isnan(weights) | (weights >= np.where(with_one_that_came, release.join, release.keep)))


def stood_for_after(before: Growing, stands_for: Numbers, looked_at: Numbers) -> Pairs:
    """`Growing.stood_for` where only these fold otherwise."""
    stay = before.stood_for
    stay = stay[~np.isin(apart(stay)[1], looked_at)]
    return np.sort(np.append(stay, stood_for(stands_for, looked_at)))


def leaving(before: Growing, coming: Sequence[RecordKey], go: Collection[RecordKey]) -> Numbers:
    """The records that are there and go, or of which another version comes, in order."""
    if len(set(coming)) < len(coming):
        raise UsedWronglyError("a record is to come twice", mend="give each record once")
    there = before.numbers({*coming, *go})
    absent = sorted(set(go) - there.keys())
    if absent:
        raise UsedWronglyError(f"there is no record {absent[0]}", mend="name records that are in the picture")
    return np.array(sorted(there.values()), np.int32)
