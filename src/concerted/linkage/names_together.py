"""What a name's rarity is worth beside the other names that are shared: `tokens`, the term of the full name.

One by one the names would count as if chance had put them together. Strangers who share one name share the next more
often than that: a full name is at least as common as is known of it, and a middle name at least as common as among
those who share the given name, or the family name where the given names are not alike. And where names are near, a
short one tells less.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.chances import of_levels, rarity
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.comparisons import ALIKE, CROSSED, FAMILY, GIVEN, MIDDLE
from concerted.linkage.frequencies import Bits, Frequencies
from concerted.linkage.levels import Comparison
from concerted.linkage.slips import NEAR, of_letters
from concerted.linkage.tables import same

Rows = NDArray[np.intp]
FULL: Final = (GIVEN.name, FAMILY.name)


class Names(NamedTuple):
    """Pairs by their names. comparisons: those that there are, by name. levels: of each pair, by comparison."""

    comparisons: Mapping[str, Comparison]
    coded: Coded
    frequencies: Frequencies
    levels: Mapping[str, NDArray[np.int8]]
    left: Numbers
    right: Numbers

    def beyond_one_by_one(self) -> Bits:
        """What the names' rarity together takes from, or adds to, that of each by itself."""
        added = np.zeros(len(self.left))
        if {GIVEN.name, FAMILY.name} <= self.comparisons.keys():
            self._full_names(added)
        if MIDDLE.name in self.comparisons:
            self._middle_names(added)
        if self.frequencies.slips_by_letters:
            self._slips(added)
        return added

    def _slips(self, added: Bits) -> None:
        """Where a name is near, the fewer letters the shorter has the less it tells."""
        for name, words in NEAR.items():
            if name in self.comparisons:
                at = [level.words for level in self.comparisons[name].levels].index(words)
                rows, letters = np.flatnonzero(self.levels[name] == at), self.frequencies.letters(name)
                one, other = (letters[self.coded.numbers(name)[side[rows]]] for side in (self.left, self.right))
                added[rows] -= of_letters(np.minimum(one, other))

    def _full_names(self, added: Bits) -> None:
        """Where a name is near, the one is taken for a slip or another form of the other: strangers stand so at least
        as often as they bear the commoner of the two full names."""
        whole, alike = self.frequencies.of_both_names(), self._alike(GIVEN.name) & self._alike(FAMILY.name)
        equal = (self.levels[GIVEN.name] == 0) & (self.levels[FAMILY.name] == 0)
        rows = np.flatnonzero(equal)
        one_by_one = self._both(self.left[rows])
        added[rows] = one_by_one - np.maximum(one_by_one, whole[self.left[rows]])
        rows = np.flatnonzero(alike & ~equal)
        one_by_one = sum((self._chance(name, rows) for name in FULL), np.zeros(len(rows)))
        common = self._of_either(self.frequencies.of_common_full_names(), rows)
        added[rows] = one_by_one - np.maximum(one_by_one, common)
        levels = [one.words for one in self.comparisons[GIVEN.name].levels]
        rows = np.flatnonzero(self.levels[GIVEN.name] == levels.index(CROSSED))
        either = np.maximum(self._both(self.left[rows]), self._both(self.right[rows]))
        added[rows] = np.log2(self.comparisons[GIVEN.name].levels[levels.index(CROSSED)].u) - either

    def _middle_names(self, added: Bits) -> None:
        """Where the given names are alike, the middle name beside them counts, else beside the family name."""
        left_over = self._alike(MIDDLE.name)
        for beside in (GIVEN.name, FAMILY.name):
            if beside in self.comparisons:
                rows = np.flatnonzero(left_over & self._alike(beside))
                shares = self._of_either(
                    self.frequencies.beside(same(MIDDLE.name, beside), MIDDLE.name), rows, MIDDLE.name
                )
                chance = self._chance(MIDDLE.name, rows)
                added[rows] += chance - np.maximum(chance, shares)
                left_over &= ~self._alike(beside)

    def _alike(self, name: str) -> NDArray[np.bool_]:
        """For each pair whether the one name may be a reading of the other."""
        comparison = self.comparisons[name]
        return of_levels(comparison, lambda one: float(one.words in ALIKE[name]))[self.levels[name]] > 0

    def _chance(self, name: str, rows: Rows) -> Bits:
        """How often strangers stand at the levels of these rows."""
        comparison, level = self.comparisons[name], self.levels[name][rows]
        u = of_levels(comparison, lambda one: np.log2(one.u))[level]
        return u - rarity(comparison, level, self.left[rows], self.coded, self.frequencies)

    def _of_either(self, shares: Bits, rows: Rows, column: str = "") -> Bits:
        """The commoner of both sides. shares: of each number of a column's values, or of each record."""
        sides = self.left[rows], self.right[rows]
        one, other = (self.coded.numbers(column)[side] if column else side for side in sides)
        return np.maximum(shares[one], shares[other])

    def _both(self, records: Numbers) -> Bits:
        """The share of records with these records' names, were names to go together by chance."""
        shares = (
            self.frequencies.of(name, self.comparisons[name].levels[0].u)[self.coded.numbers(name)[records]]
            for name in FULL
        )
        return sum(shares, np.zeros(len(records)))
