"""Pairs compared: for each the level at which every field stands, and what that speaks for."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.chances import of_levels, rarity
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.conditions import Among, Begins, Crossed, Like, Missing, Same, columns_of, parts_of
from concerted.linkage.constraints import holding, in_use
from concerted.linkage.dialects.arrays import Holds, Pairs, holds
from concerted.linkage.frequencies import Bits, Frequencies
from concerted.linkage.levels import Comparison
from concerted.linkage.names_together import Names

LEAST_SHARE: Final = 1e-7  # of pairs that can stand at a level
CHUNK: Final = 131_072  # pairs compared at once
THREADS: Final = 2
MISSING: Final = -1

T = TypeVar("T")
Levels = dict[str, NDArray[np.int8]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs (`left` < `right`) as they were compared. levels: for each comparison the place of the level among its
    levels, -1 where nothing could be compared. All else in bits: splink, tokens: what one person speaks for against
    strangers; kin: what two people of one household speak for against strangers; telling, common: the parts of
    `splink` above nothing at levels that tell and at levels at which thousands stand. held: for each weight of the
    table of constraints, by its name, whether it holds."""

    left: Numbers
    right: Numbers
    levels: Levels
    splink: Bits
    tokens: Bits
    kin: Bits
    telling: Bits
    common: Bits
    held: dict[str, Holds] = field(default_factory=dict, kw_only=True)

    def __len__(self) -> int:
        return len(self.left)

    def take(self, rows: NDArray[Any]) -> "Compared":
        """These rows alone."""
        levels = {name: level[rows] for name, level in self.levels.items()}
        others = (getattr(self, name)[rows] for name in ("splink", "tokens", "kin", "telling", "common"))
        held = {name: holds[rows] for name, holds in self.held.items()}
        return Compared(self.left[rows], self.right[rows], levels, *others, held=held)


def together(parts: Sequence[Compared]) -> Compared:
    """All of these pairs, in their order."""

    def joined(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    levels = {name: np.concatenate([part.levels[name] for part in parts]) for name in parts[0].levels}
    others = (joined(name) for name in ("splink", "tokens", "kin", "telling", "common"))
    held = {name: np.concatenate([part.held[name] for part in parts]) for name in parts[0].held}
    return Compared(joined("left"), joined("right"), levels, *others, held=held)


class Comparer:
    """Compares pairs of these records by some comparisons, those of them for which any record has a value."""

    def __init__(
        self,
        coded: Coded,
        comparisons: Sequence[Comparison],
        frequencies: Frequencies,
        columns: Collection[str] = (),
    ) -> None:
        """frequencies: of these records' values, as the release has them. columns: those of which the records that the
        release is bound to have values; where it does not say, these records tell."""
        self.coded = coded
        self.frequencies = frequencies
        self.comparisons = tuple(_fitted(one, coded, columns) for one in comparisons if any(map(coded.has, one.needs)))
        self.constraints = in_use(self.comparisons)

    def compare(self, left: Numbers, right: Numbers) -> Compared:
        """Compare these pairs of record numbers."""
        return together(in_chunks(lambda pairs: self._compared(pairs, {}), self.coded, left, right))

    def likely(self, pairs: Pairs, least: float) -> tuple[Compared, NDArray[np.intp], Bits]:
        """Those of the pairs that may speak for one person by so many bits, compared, and which they are; and the most
        that each of all of them can, by what is quick to compare: no names that are near."""
        most, known = np.zeros(len(pairs)), {}
        for one in self.comparisons:
            if is_quick(one):
                known[one.name] = level = level_of_each(one, pairs)
                most += of_levels(one, lambda at: np.log2(at.m / at.u))[level] + self._rarity(one, level, pairs.left)
            else:
                most += self._best(one, pairs)
        rows = np.flatnonzero(most >= least)
        return self._compared(pairs.take(rows), {name: level[rows] for name, level in known.items()}), rows, most

    def _best(self, comparison: Comparison, pairs: Pairs) -> Bits:
        """The same of one comparison: plain agreement is looked at, and of all else the best is taken."""
        plain = [level for level in comparison.levels if level.when == Same(level.rarity)]
        others = [level for level in comparison.levels if level not in plain and not isinstance(level.when, Crossed)]
        most = np.full(len(pairs), max(0.0, *(np.log2(level.m / level.u) for level in others)))
        for level in reversed(plain):
            at = comparison.levels.index(level)
            agree = np.flatnonzero(holds(Same(level.rarity), pairs))
            rarity = self._rarity(comparison, np.full(len(agree), at, np.int8), pairs.left[agree])
            most[agree] = np.maximum(most[agree], np.log2(level.m / level.u) + rarity)
        most[holds(Missing(comparison.needs), pairs)] = 0.0
        for level in comparison.levels:
            if isinstance(level.when, Crossed):  # few, and their names' rarity may come to anything
                most[holds(level.when, pairs)] = np.inf
        return most

    def levels(self, left: Numbers, right: Numbers) -> Levels:
        """The levels of these pairs alone."""
        made = in_chunks(lambda pairs: self._levels(pairs, {}), self.coded, left, right)
        return {one.name: np.concatenate([part[one.name] for part in made]) for one in self.comparisons}

    def part(self, comparison: Comparison, levels: Levels, left: Numbers) -> Bits:
        """What one comparison speaks for, in bits."""
        level = levels[comparison.name]
        return of_levels(comparison, lambda one: np.log2(one.m / one.u))[level] + self._rarity(comparison, level, left)

    def _levels(self, pairs: Pairs, known: Levels) -> Levels:
        rest = {one.name: level_of_each(one, pairs) for one in self.comparisons if one.name not in known}
        return rest | known

    def _compared(self, pairs: Pairs, known: Levels) -> Compared:
        """known: levels that were found already."""
        levels, left, right = self._levels(pairs, known), pairs.left, pairs.right
        splink, kin, telling, common = np.zeros((4, len(pairs)))
        for one in self.comparisons:
            level = levels[one.name]
            rarity = self._rarity(one, level, left)
            part = of_levels(one, lambda at: np.log2(at.m / at.u))[level] + rarity
            kin += of_levels(one, lambda at: np.log2(at.kin / at.u))[level] + rarity
            splink += part
            is_common = of_levels(one, lambda at: float(at.common))[level] > 0
            np.maximum(part, 0, out=part)
            common += np.where(is_common, part, 0)
            telling += np.where(is_common, 0, part)
        tokens = self.tokens(levels, left, right)
        held = {row.name: holding(row, self.comparisons, levels, pairs) for row in self.constraints}
        return Compared(left, right, levels, splink, tokens, kin + tokens, telling + tokens, common, held=held)

    def _rarity(self, comparison: Comparison, level: NDArray[np.int8], left: Numbers) -> Bits:
        """What a value's rarity adds to the level at which it is shared."""
        return rarity(comparison, level, left, self.coded, self.frequencies)

    def tokens(self, levels: Levels, left: Numbers, right: Numbers) -> Bits:
        """What the rarity of names together takes from, or adds to, that of each by itself."""
        comparisons = {one.name: one for one in self.comparisons}
        return Names(comparisons, self.coded, self.frequencies, levels, left, right).beyond_one_by_one()


def is_quick(comparison: Comparison) -> bool:
    """Whether none of its levels looks for what is near among texts of any length."""
    conditions = [comparison.missing, *(level.when for level in comparison.levels if level.when)]
    return not any(isinstance(part, Like | Begins | Among) for one in conditions for part in parts_of(one))


def _fitted(comparison: Comparison, coded: Coded, columns: Collection[str]) -> Comparison:
    """The comparison as far as the release's records go: a level whose columns were empty there leaves its share to the
    next one. Where one of these records stands at it all the same, it speaks as the release has it."""
    levels, m, kin = [], 0.0, 0.0
    for level in comparison.levels:
        looked_at = columns_of(level.when) if level.when else frozenset()
        here = level.when is None or any(map(coded.has, looked_at))
        if here if level.when is None or not columns else not looked_at.isdisjoint(columns):
            levels.append(replace(level, m=level.m + m, kin=level.kin + kin))
            m, kin = 0.0, 0.0
        else:
            levels.append(level if here else replace(level, m=LEAST_SHARE, kin=LEAST_SHARE))
            m, kin = m + level.m, kin + level.kin
    return replace(comparison, levels=tuple(levels))


def in_chunks(work: Callable[[Pairs], T], coded: Coded, left: Numbers, right: Numbers) -> list[T]:
    """The work done on slices of the pairs, two at a time; in their order."""
    if len(left) <= CHUNK:
        return [work(Pairs(coded, left, right))]
    starts = range(0, len(left), CHUNK)
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda at: work(Pairs(coded, left[at : at + CHUNK], right[at : at + CHUNK])), starts))


def level_of_each(comparison: Comparison, pairs: Pairs) -> NDArray[np.int8]:
    """For each pair the place of the first level that holds, -1 where nothing can be compared."""
    found = np.full(len(pairs), MISSING, np.int8)
    asked = np.flatnonzero(~holds(comparison.missing, pairs))
    left_over = pairs.take(asked)
    for at, level in enumerate(comparison.levels):
        if level.when is None:
            found[asked] = at
            break
        hit = holds(level.when, left_over)
        found[asked[hit]] = at
        rest = np.flatnonzero(~hit)
        asked, left_over = asked[rest], left_over.take(rest)
    return found
