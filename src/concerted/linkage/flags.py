"""What to look at twice in a pair: two people of one household, and twins, are easily taken for one person."""

from collections.abc import Iterator, Set
from typing import Final, NamedTuple

LIKELIER: Final = -1.0  # bits of `dependence`, from which on one household is likelier than strangers

_FAMILY: Final = frozenset({"same family name", "family names of one root"})
_HOME: Final = frozenset({"same address", "same postcode"})
_BIRTH: Final = frozenset({"same date of birth", "both said to be born on the same 1 January"})
_OTHER_GIVEN: Final = frozenset({"given names differ"})
_OTHER_SEX: Final = frozenset({"sex differs"})


class Flag(NamedTuple):
    """name: household or twins. words: a clause."""

    name: str
    words: str


def flags(stands: Set[str], dependence: float) -> Iterator[Flag]:
    """The flags of a pair. stands: the words of the levels at which it stands. dependence: what the third answer takes
    back, in bits: the model's odds of one household to strangers are 2 to the power of it, less 1."""
    shares = bool(stands & (_FAMILY | _HOME))
    if dependence <= LIKELIER:
        yield Flag("household", "if they are two people, the model finds one household likelier than strangers")
    elif shares and stands & _OTHER_GIVEN:
        yield Flag("household", "they share a family name or a home, and not a given name")
    if shares and stands & _BIRTH and stands & (_OTHER_GIVEN | _OTHER_SEX):
        yield Flag("twins", "one date of birth and one family name or home, but another given name or sex")
