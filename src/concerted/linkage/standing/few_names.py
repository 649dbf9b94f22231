"""What names say together of one pair: what `Names` says of many, without what arrays cost."""

from collections.abc import Callable, Mapping
from math import log2
from typing import Any, NamedTuple

from concerted.linkage.comparisons import ALIKE, FAMILY, GIVEN, MIDDLE
from concerted.linkage.dialects.one_pair import Side
from concerted.linkage.frequencies import BLENDED, COMMON, WHOLE, in_company
from concerted.linkage.levels import Comparison
from concerted.linkage.names_together import FULL
from concerted.linkage.release import Release
from concerted.linkage.slips import NEAR, of_one
from concerted.linkage.tables import BETWEEN, BOTH_NAMES, EMPTY, EXPECTED, same


class Name(NamedTuple):
    """One name of a pair. level: the place at which both stand, -1 where nothing can be compared. rarity: bits that the
    value's rarity adds. crossed: the place of the level of names the other way round, -1 where there is none."""

    comparison: Comparison
    level: int
    rarity: float
    crossed: int = -1

    @property
    def is_alike(self) -> bool:
        """Whether the one name may be a reading of the other."""
        return self.level >= 0 and self.comparison.levels[self.level].words in ALIKE[self.comparison.name]

    @property
    def chance(self) -> float:
        """How often strangers stand at its level, in bits."""
        return log2(self.comparison.levels[self.level].u) - self.rarity


Names = Mapping[str, Name]
Sides = tuple[Side, Side]
Share = tuple[str, str, float]  # a column, a value, and how often two strangers hold the same one


class Shares:
    """How common the values of sides are, in bits, each looked up once."""

    def __init__(self, release: Release, text: Callable[[Any], str], known: dict[Share, float]) -> None:
        """text: of what a side holds. known: what was looked up before."""
        self._release, self._text, self._known = release, text, known
        self._of_both = [
            one for one in (BOTH_NAMES, EXPECTED) if one in {BOTH_NAMES, *release.frequencies, *release.names}
        ]
        self.slips_by_letters = release.slips_by_letters

    def of(self, column: str, u: float, side: Side) -> float:
        """The share of the records with a value in a column that hold this side's."""
        return self._share(column, self._text_of(column, side), u)

    def of_both_names(self, side: Side) -> float:
        """The share of the records that have this side's given and family name, both."""
        names = BETWEEN.join(self._text_of(name, side) for name in (GIVEN.name, FAMILY.name))
        return max(self._share(table, names, WHOLE) for table in self._of_both)

    def beside(self, table: str, column: str, sides: Sides) -> float:
        """The commoner of both sides, among strangers who share another name."""
        return max(self._beside(table, self._text_of(column, side)) for side in sides)

    def letters(self, column: str, sides: Sides) -> int:
        """How many letters the shorter has."""
        return min(len(self._text_of(column, side)) for side in sides)

    def _text_of(self, column: str, side: Side) -> str:
        number = side[column]
        return self._text(number) if number else ""

    def _share(self, column: str, text: str, u: float) -> float:
        key = (column, text, u)
        if key not in self._known:
            self._known[key] = share(self._release, column, text, u)
        return self._known[key]

    def _beside(self, table: str, text: str) -> float:
        key = (table, text, 0.0)
        if key not in self._known:
            own, shipped = (tables.get(table, EMPTY) for tables in (self._release.frequencies, self._release.names))
            count, said = (one.held.get(text, one.unnamed) for one in (own, shipped))
            self._known[key] = log2(in_company(count, said / max(shipped.records, 1), own.records))
        return self._known[key]


def share(release: Release, column: str, text: str, otherwise: float) -> float:
    """How many of the records with a value hold this one, in bits, as `Frequencies` has it."""
    own, shipped = (tables.get(column, EMPTY) for tables in (release.frequencies, release.names))
    said = max(shipped.held.get(text, 0) / max(shipped.records, 1), otherwise)
    count = own.held.get(text, 0) or min(own.floor, own.records * said)
    return log2((count + BLENDED * said) / (own.records + BLENDED))


def beyond_one_by_one(names: Names, shares: Shares, sides: Sides) -> float:
    """What the names' rarity together takes from, or adds to, that of each by itself."""
    full = _full_names(names, shares, sides) if {GIVEN.name, FAMILY.name} <= names.keys() else 0.0
    slips = _slips(names, shares, sides) if shares.slips_by_letters else 0.0
    return full + _middle_names(names, shares, sides) + slips


def _slips(names: Names, shares: Shares, sides: Sides) -> float:
    taken = 0.0
    for name, words in NEAR.items():
        of = names.get(name)
        if of and of.level >= 0 and of.comparison.levels[of.level].words == words:
            taken -= of_one(shares.letters(name, sides))
    return taken


def _full_names(names: Names, shares: Shares, sides: Sides) -> float:
    given, family = names[GIVEN.name], names[FAMILY.name]
    if given.level == 0 and family.level == 0:
        one_by_one = _both(names, shares, sides[0])
        return one_by_one - max(one_by_one, shares.of_both_names(sides[0]))
    if given.level == given.crossed >= 0:
        return log2(given.comparison.levels[given.level].u) - max(_both(names, shares, side) for side in sides)
    if given.is_alike and family.is_alike:
        one_by_one = given.chance + family.chance
        common = [whole for whole in map(shares.of_both_names, sides) if whole > COMMON]
        return one_by_one - max([one_by_one, *common])
    return 0.0


def _both(names: Names, shares: Shares, side: Side) -> float:
    """The share of records with these names, were names to go together by chance."""
    return sum(shares.of(name, names[name].comparison.levels[0].u, side) for name in FULL)


def _middle_names(names: Names, shares: Shares, sides: Sides) -> float:
    middle = names.get(MIDDLE.name)
    if middle and middle.is_alike:
        for beside in (GIVEN.name, FAMILY.name):
            if beside in names and names[beside].is_alike:
                table = same(MIDDLE.name, beside)
                return middle.chance - max(middle.chance, shares.beside(table, MIDDLE.name, sides))
    return 0.0
