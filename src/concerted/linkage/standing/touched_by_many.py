"""The pairs that many records bring or take by coming or going: `touched`, with arrays.

Of a key that is refined only those holders are looked at further who have in common with a record that changes what it
is refined by.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.candidates import Pairs, as_one, each_once
from concerted.linkage.coded import Numbers
from concerted.linkage.hashes import Hashes, with_another
from concerted.linkage.holders import begins
from concerted.linkage.keys import NEIGHBOURS, Family
from concerted.linkage.standing import keyed, layers
from concerted.linkage.standing.held_by import Holds, among, held_by, places_of
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.step import Step


class _Rows(NamedTuple):
    """Holders of keys, in order of `group`. key: that they hold. group: the key and what it is refined by. was, now:
    whether the holder is compared before the step, and after it."""

    key: Hashes
    group: Hashes
    holder: Numbers
    was: Holds
    now: Holds

    def take(self, rows: Holds | NDArray[np.intp]) -> "_Rows":
        """These alone."""
        return _Rows(self.key[rows], self.group[rows], self.holder[rows], self.was[rows], self.now[rows])

    def more_than(self, cap: int | NDArray[np.int64]) -> tuple[Holds, Holds]:
        """For each row whether there are more in its group than a cap, before the step and after it."""
        starts = np.flatnonzero(begins(self.group))
        sizes = np.diff(np.append(starts, len(self.group)))
        many = (
            np.add.reduceat(side, starts, dtype=np.int64) if len(starts) else starts for side in (self.was, self.now)
        )
        was, now = (np.repeat(each, sizes) > cap for each in many)
        return was, now

    def refined(self, values: Hashes) -> "_Rows":
        """The rows whose group a record that changes is in still when it is refined by these values."""
        group = with_another(self.group, values)
        here = np.flatnonzero(among(group, np.sort(group[self.was != self.now])))
        rows = self._replace(group=group).take(here)
        return rows.take(np.argsort(rows.group, kind="stable"))

    def new(self) -> Pairs:
        """Every pair of a record that comes with another of its group."""
        rows = self.take(self.now)
        starts = np.flatnonzero(begins(rows.group))
        sizes = np.diff(np.append(starts, len(rows.group)))
        of_row = np.repeat(np.arange(len(starts)), sizes)
        came = np.flatnonzero(~rows.was)
        many = sizes[of_row[came]]
        others = layers.slices(starts[of_row[came]], starts[of_row[came]] + many)
        left, right = np.repeat(rows.holder[came], many), rows.holder[others]
        found: Pairs = as_one(left, right)[left != right]
        return found


class TouchedByMany:
    """Goes through these keys, which are in order. new: the pairs of the records that come, in order. open: keys that
    the step makes common or rare, or of which neighbours are paired, with all who hold them."""

    def __init__(self, step: Step, asked: Hashes) -> None:
        self._step, self._families = step, step.after.kinds.families
        self._new, self._open = [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
        held = held_by(step.after, asked, self._flags)
        rows = _Rows(held.keys, held.keys, held.holders, *self._flags(held.holders))
        caps = np.array([family.cap for family in self._families])
        full = self._divided(rows, caps[places_of(rows.key)])
        for place, family in enumerate(self._families):
            one, other = np.searchsorted(
                full.key, np.array([place, place + 1], np.uint64) << np.uint64(keyed.FAMILY_AT)
            )
            if one < other:
                self._refine(family, full.take(np.arange(one, other)))
        opened = among(rows.key, np.sort(np.concatenate(self._open)))
        self.open, self.new = Keyed(rows.key[opened], rows.holder[opened]), each_once(np.concatenate(self._new))

    def _flags(self, holders: Numbers) -> tuple[Holds, Holds]:
        return self._step.was[holders] == holders, self._step.after.stands_for[holders] == holders

    def _divided(self, rows: _Rows, cap: int | NDArray[np.int64], none: Holds | None = None) -> _Rows:
        """The rows of groups that are common before the step and after it, or are `none`; new pairs are taken out of
        those that are rare both times, and the keys of others are left open."""
        was, now = rows.more_than(cap)
        on = was & now if none is None else was & now | none
        self._new.append(rows.take(~(was | now | on)).new())
        self._open.append(rows.key[(was != now) & ~on])
        return rows.take(on)

    def _refine(self, family: Family, rows: _Rows) -> None:
        cap = family.cap if family.cap_refined is None else family.cap_refined
        for at, way in enumerate(family.refined or ((),)):
            left_over = rows
            for piece in way:
                values = self._step.after.every(piece)
                left_over = left_over.refined(values[left_over.holder])
                left_over = self._divided(left_over, cap, values[left_over.holder] == 0)
            if family.strong and at == 0:
                self._open.append(self._divided(left_over, NEIGHBOURS + 1).key)  # few are all neighbours of all
