"""Where people were born, and what of it is written down. It has a random stream of its own and changes nothing else.

A town, or a country for those who were born in another. Drawn without regard to name, ethnicity or anything that a
person did: it says nothing of them here. Children of a household are mostly born in one town, twins always.
"""

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.families import Families
from concerted.synthetic.homes import Homes
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import Mentions
from concerted.synthetic.rates import drawn, rate
from concerted.synthetic.slips import slipped
from concerted.synthetic.typed import Desk, habits
from concerted.synthetic.typed_contacts import held

Texts = NDArray[np.object_]


def birthplaces(families: Families, homes: Homes, lexicon: Lexicon, rng: np.random.Generator) -> Texts:
    """Of each person. homes: of the district, in one of whose towns most were born."""
    of_family = _places(families.households, homes, lexicon, rng)[families.household]
    _, birth = np.unique(families.household * _DAYS + families.born, return_inverse=True)  # twins have one
    many = int(birth.max(initial=-1)) + 1
    own = _places(many, homes, lexicon, rng)[birth]
    with_family = (rng.random(many) < rate("born_where_brothers_and_sisters_were"))[birth] & ~families.adult
    made: Texts = np.where(with_family, of_family, own)
    return made


_DAYS = 100_000  # more than there are days between the births of any two people


def _places(count: int, homes: Homes, lexicon: Lexicon, rng: np.random.Generator) -> Texts:
    """So many places: a town of the district's, any town of the region, the largest oftenest, or a country."""
    town, where = homes.town[rng.integers(0, len(homes), count)], rng.random(count)
    rank = 1 / np.arange(1, len(lexicon.towns) + 1)
    other, country = rng.choice(lexicon.towns, count, p=rank / rank.sum()), drawn("countries_of_birth", count, rng)
    abroad = rate("born_abroad")
    beyond = abroad + rate("born_in_another_district")
    made: Texts = np.select([where < abroad, where < beyond], [country, other], town)
    return made


def written(born_in: Texts, mentions: Mentions, homes: Homes, desk: Desk, rng: np.random.Generator) -> Texts:
    """What each mention says of it at first hand, None where nothing. born_in: of each person."""
    count = len(mentions)
    another = habits(mentions, desk.agency, rng)[:, 0] < rate("another_birthplace") * desk.careless
    made = np.where(another, homes.town[rng.integers(0, len(homes), count)], born_in[mentions.person])
    made = slipped(made, rng.random(count) < rate("birthplace_slip") * desk.careless, rng)
    made[rng.random(count) >= held("birthplace_held", mentions)] = None
    return made
