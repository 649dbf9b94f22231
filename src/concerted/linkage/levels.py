"""What a comparison is: one field, and the ways in which two values of it can stand to each other."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two values can stand to each other.

    words: for a reader ("same postcode"). condition: SQL over `_l` and `_r` columns; empty for "anything else".
    rarity: the column whose frequency says how much agreement is worth here; empty for none. common: thousands of
    people stand so to each other, so that such levels alone never join anyone, however many of them agree.
    """

    words: str
    m: float
    u: float
    condition: str = ""
    rarity: str = ""
    common: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field as it is compared. The first level that holds counts; `missing` says when nothing can be compared.

    needs: columns of the standard table, at least one of which must have a value somewhere. household: people of one
    household share it, so it says little when the persons' own names and dates of birth differ.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    missing: str
    levels: tuple[Level, ...]
    trained: bool = True
    household: bool = False
    columns: tuple[str, ...] = field(default=())
