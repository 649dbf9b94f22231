"""What a comparison is: one field, and the ways in which two values of it can stand to each other."""

from dataclasses import dataclass

from concerted.linkage.conditions import Condition, Missing, columns_of


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two values can stand to each other.

    words: for a reader ("same postcode"). m, u, kin: how often two records of one person, of two strangers, and of two
    people of one household stand so. when: its condition; None for "anything else". rarity: the column whose frequency
    says how much agreement is worth here; empty for none. common: thousands of people stand so to each other, so that
    such levels alone never join anyone, however many of them agree.
    """

    words: str
    m: float
    u: float
    kin: float
    when: Condition | None = None
    rarity: str = ""
    common: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field as it is compared. The first level that holds counts; `missing` says when nothing can be compared.

    needs: columns of the standard table, at least one of which must have a value somewhere. trained: whether a file's
    own pairs may say how often each level occurs.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    levels: tuple[Level, ...]
    missing: Condition
    trained: bool = True

    @property
    def columns(self) -> frozenset[str]:
        """Every column of the standard table that it looks at."""
        conditions = (self.missing, *(level.when for level in self.levels if level.when))
        return frozenset().union(*map(columns_of, conditions))


def of(
    name: str, title: str, column: str, *levels: Level, trained: bool = True, missing: Condition | None = None
) -> Comparison:
    """A comparison of one column, which says nothing where a side has no value."""
    return Comparison(name, title, (column,), levels, missing or Missing((column,)), trained)
