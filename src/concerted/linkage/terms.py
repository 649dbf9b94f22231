"""Parts of a weight that look at several comparisons at once, each a named part of the sum: nothing is ever forbidden
in silence.

`tokens` puts a full name's own rarity in place of that of its names one by one. `dependence` weighs a third answer
beside "one person" and "strangers": two people of one household, who share its name, home and telephone by one fact and
not by many. `common` takes back what thousands of people share where nothing else speaks for a pair. `constraints`
are the weights of the table of that name that hold; each is spoken of by its own name.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from concerted.linkage.compare import Compared
from concerted.linkage.constraints import WEIGHTS, Constraint
from concerted.linkage.frequencies import Bits

TOKENS: Final = "tokens"
DEPENDENCE: Final = "dependence"
COMMON: Final = "common"
# Each term's title and what it says, in the order in which they are reckoned.
WORDS: Final = {
    TOKENS: ("Full name", "how rare the whole name is beyond its parts, or how short one that is near"),
    DEPENDENCE: ("Household", "what they share would also fit two people of one household"),
    COMMON: (
        "Shared by thousands",
        "date of birth, sex and what else they share would fit many people, and alone never join anyone",
    ),
    **{row.name: ("Constraint", row.words) for row in WEIGHTS},
}
CLEAR: Final = 1.0  # bits: how far below every threshold a pair is put that only a generous start would bring there
NOTHING: Final = 1e-9  # bits: more is no rounding of a sum that comes to nothing


def dependence(compared: Compared, kin_odds: float) -> Bits:
    """The bits that go because two people of one household would share as much. Never above nothing; nothing where no
    more is shared than thousands share, which `common` takes back: a record with nothing else to show says nothing.

    kin_odds: pairs of one household to pairs of strangers, before anything is compared."""
    start = math.log2(kin_odds) if kin_odds else -math.inf
    taken = np.logaddexp2(0.0, compared.kin + start)  # in bits: the odds themselves can be too large a number
    return np.where(compared.telling > NOTHING, -taken, 0.0)


def common(compared: Compared, least: float) -> Bits:
    """All that common levels gave, taken back where nothing else speaks for the pair.

    Some 40 children of one sex are born in a city of a million on one day, so that a date of birth, a sex and a town
    are no one's alone. least: the evidence (bits) that a pair needs, under the most generous start there can be, to
    reach a threshold; where a release asks so little that no evidence at all is enough, the pair is put below it.
    """
    beyond = max(0.0, CLEAR - least)
    return np.where(compared.telling <= NOTHING, -compared.common - beyond, 0.0)


def of_each_constraint(compared: Compared, rules: Sequence[Constraint]) -> Iterator[tuple[str, Bits]]:
    """What each of these weights adds, by its name; of one that was not looked for, nothing is said."""
    for row in rules:
        if row.name in compared.held:
            assert row.bits is not None
            yield row.name, np.where(compared.held[row.name], row.bits, 0.0)


def constraints(compared: Compared, rules: Sequence[Constraint]) -> Bits:
    """What these weights add together. Never above nothing."""
    return sum((bits for _, bits in of_each_constraint(compared, rules)), np.zeros(len(compared)))
