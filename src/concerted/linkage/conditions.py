"""How two records can stand to each other, as data. What a condition means in an engine is said in `dialects`.

A condition names columns of the standard table. It holds, or not: where a value that it looks at is missing on either
side, it does not hold, and neither does its opposite look at what is not there (`Not` is the plain opposite).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Same:
    """The values of a column are equal."""

    column: str


@dataclass(frozen=True, slots=True)
class Crossed:
    """What one has in one column the other has in the other, both ways, and the two values are not the same."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Like:
    """The Jaro-Winkler similarity of two texts is at least so much (0 to 1)."""

    column: str
    least: float


@dataclass(frozen=True, slots=True)
class Slip:
    """The texts are one slip apart at most: a character more, less, other, or swapped with its neighbour."""

    column: str


@dataclass(frozen=True, slots=True)
class Begins:
    """One text is the beginning of the other, as an initial is of a name."""

    column: str


@dataclass(frozen=True, slots=True)
class Shares:
    """The two lists have a member in common."""

    column: str


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The two lists have in common at least this share of the longer one's members."""

    column: str
    share: float


@dataclass(frozen=True, slots=True)
class Among:
    """The text of one is a member of the other's list, either way round."""

    column: str
    among: str


@dataclass(frozen=True, slots=True)
class Within:
    """Two numbers differ by so much at most."""

    column: str
    most: int


@dataclass(frozen=True, slots=True)
class Says:
    """Both have this number in a column."""

    column: str
    number: int


@dataclass(frozen=True, slots=True)
class Missing:
    """One of the two has no value in any of these columns."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least so many of these hold."""

    conditions: tuple["Condition", ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    condition: "Condition"


Condition = (
    Same | Crossed | Like | Slip | Begins | Shares | Overlaps | Among | Within | Says | Missing | All | Some | Not
)


def parts_of(condition: Condition) -> list[Condition]:
    """The condition and all that it is made of."""
    match condition:
        case All(conditions) | Some(conditions):
            return [condition, *(part for one in conditions for part in parts_of(one))]
        case Not(inner):
            return [condition, *parts_of(inner)]
        case _:
            return [condition]


def columns_of(condition: Condition) -> frozenset[str]:
    """The columns of the standard table that a condition looks at."""
    match condition:
        case All(conditions) | Some(conditions):
            return frozenset().union(*map(columns_of, conditions))
        case Not(inner):
            return columns_of(inner)
        case Missing(columns):
            return frozenset(columns)
        case Crossed(one, other) | Among(one, other):
            return frozenset({one, other})
        case _:
            return frozenset({condition.column})
