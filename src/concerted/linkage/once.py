"""What two records weigh, computed once over all cells: it follows from the two and the release, whoever reads it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.candidates import Pairs, apart, as_one
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.frequencies import Bits
from concerted.linkage.partition import Links
from concerted.linkage.release import Release
from concerted.linkage.weigh import SILENT, Weighed, least_kept, likely, to_judge, weighed

Rows = NDArray[np.intp]
Holds = NDArray[np.bool_]


class Worth(NamedTuple):
    """What pairs weigh, in bits, and of which of them nothing speaks for or against."""

    weight: Bits
    silent: Holds

    @property
    def counted(self) -> Bits:
        """What they count for when sets are judged."""
        return np.where(self.silent, 0.0, self.weight)

    def take(self, rows: Holds | Rows) -> "Worth":
        """These alone."""
        return Worth(self.weight[rows], self.silent[rows])

    @classmethod
    def of(cls, found: Weighed) -> "Worth":
        """Of pairs that were weighed."""
        return cls(found.weight, np.abs(found.evidence) <= SILENT)


class Once:
    """The pairs of some records that are worth comparing, and what they weigh. A record is named by its place."""

    def __init__(self, comparer: Comparer, release: Release, proposed: Pairs) -> None:
        """release: bound. proposed: in order."""
        self.release, self._comparer, self._pairs = release, comparer, proposed
        found, self._most = likely(comparer, release, proposed)
        rows = np.searchsorted(proposed, as_one(found.compared.left, found.compared.right))
        self._exact, self._silent = np.zeros((2, len(proposed)), bool)
        self._exact[rows], self._silent[rows] = True, Worth.of(found).silent
        self._starts = np.searchsorted(proposed, np.arange(comparer.coded.records + 1, dtype=np.int64) << 32)
        self._beside, self._worth = self._inside_components()
        self._near = self._strong()

    def _inside_components(self) -> tuple[Pairs, Worth]:
        """The pairs on which merges are judged where all cells are held, beside those that weigh enough by themselves;
        most that a scope asks for are among them."""
        records, nothing = self._comparer.coded.records, np.empty(0, np.int64)
        links = Links(*apart(self._pairs[self._exact]), self._most[self._exact])
        slight = self._pairs[~self._exact]
        missing, needed = to_judge(links, self._pairs, slight, nothing, records, self.release)
        pairs = np.sort(np.append(missing, slight[needed]))
        return pairs, self._compared(*apart(pairs))

    def _strong(self) -> tuple[Rows, Numbers]:
        """For each record where its links that may start a merge begin, and whom they lead to."""
        least = np.maximum(self._most, np.where(self._silent, 0.0, -np.inf))
        left, right = apart(self._pairs[self._exact & (least >= self.release.join)])
        one, other = np.append(left, right), np.append(right, left)
        order = np.argsort(one, kind="stable")
        return np.searchsorted(one[order], np.arange(self._comparer.coded.records + 1)), other[order]

    def beside(self, record: int) -> list[int]:
        """The records that a link leads to from this one which may start a merge."""
        starts, others = self._near
        found: list[int] = others[starts[record] : starts[record + 1]].tolist()
        return found

    def among(self, records: Numbers) -> Pairs:
        """The proposed pairs among these records, which are in order, by their places among these."""
        begins, many = self._starts[records], np.diff(self._starts)[records]
        rows = np.repeat(begins - (np.cumsum(many) - many), many) + np.arange(many.sum())
        left, right = np.repeat(np.arange(len(records)), many), apart(self._pairs[rows])[1]
        at = np.minimum(np.searchsorted(records, right), len(records) - 1)
        found: Pairs = (left.astype(np.int64) << 32 | at)[records[at] == right]
        return found

    def proposed(self, left: Numbers, right: Numbers) -> tuple[Worth, Holds]:
        """What proposed pairs weigh; and which of them weigh enough by themselves for that to be known to the bit: of
        the others it is the most that they can. Two places that are one are of two records that say the same."""
        rows, known = _found(self._pairs, as_one(left, right))
        found = Worth(np.zeros(len(left)), np.zeros(len(left), bool))
        found.weight[known], found.silent[known] = self._most[rows[known]], self._silent[rows[known]]
        found.weight[~known], found.silent[~known] = self.of(left[~known], right[~known])
        enough = found.weight >= least_kept(self.release)
        enough[known] = self._exact[rows[known]]
        return found, enough

    def of(self, left: Numbers, right: Numbers) -> Worth:
        """What any pairs weigh. Those that nobody asked for before are compared now."""
        pairs, found = as_one(left, right), Worth(np.zeros(len(left)), np.zeros(len(left), bool))
        rows, known = _found(self._pairs, pairs)
        known[known] = self._exact[rows[known]]
        found.weight[known], found.silent[known] = self._most[rows[known]], self._silent[rows[known]]
        rows, there = _found(self._beside, pairs)
        there &= ~known
        found.weight[there], found.silent[there] = self._worth.take(rows[there])
        if len(new := np.flatnonzero(~known & ~there)):
            found.weight[new], found.silent[new] = self._compared(*apart(pairs[new]))
        return found

    def _compared(self, left: Numbers, right: Numbers) -> Worth:
        return Worth.of(weighed(self._comparer.compare(left, right), self.release, candidate=True))


def _found(among: Pairs, pairs: Pairs) -> tuple[Rows, Holds]:
    """Where pairs stand among others, which are in order; and which of them do."""
    if not len(among):
        return np.zeros(len(pairs), np.intp), np.zeros(len(pairs), bool)
    rows = np.minimum(np.searchsorted(among, pairs), len(among) - 1)
    return rows, np.asarray(among[rows] == pairs)
