"""Households and kin: parents and children, twins, fathers and sons of one name, cousins, shared names."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.columns import texts_of, there
from concerted.synthetic.lexicon import Lexicon, generation_of
from concerted.synthetic.name_lists import Names
from concerted.synthetic.rates import between, rate, shares

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]
YEAR = 365.2425


@dataclass(frozen=True)
class Families:
    """People in households, side by side; those of one household stand together.

    near_cousins: households whose next-door neighbour before them is of the same family. mother: the person's number
    in the district, -1 when she is not among them.
    """

    households: int
    household: Numbers
    near_cousins: Numbers
    origin: Numbers
    female: Flags
    born: Numbers
    given: Texts
    middle: Texts
    family: Texts
    mother: Numbers
    adult: Flags

    def age(self, as_of: int) -> Numbers:
        """In whole years, nearly."""
        made: Numbers = ((as_of - self.born) / YEAR).astype(np.int64)
        return made

    def draw_family(self, wanted: Flags, lexicon: Lexicon, rng: np.random.Generator) -> Texts:
        """Family names of the persons' own origin for those wanted; None for the others."""
        return _by_origin(wanted, self.origin, lambda origin: lexicon.origins[origin].family, len(wanted), rng)


def families_of(count: int, as_of: int, lexicon: Lexicon, rng: np.random.Generator) -> Families:
    """Households until `count` people live in them."""
    sizes = _sizes(count, rng)
    households = len(sizes)
    household = np.repeat(np.arange(households), sizes)[:count]
    place = _place_in(household)
    adult = place < _adults(sizes, rng)[household]
    cousins = np.flatnonzero(rng.random(households) < rate("cousins_household"))
    cousins = cousins[cousins > 0]
    origin = rng.choice(len(lexicon.origins), households, p=lexicon.shares)
    name = _by_origin(np.ones(households, bool), origin, lambda at: lexicon.origins[at].family, households, rng)
    for at in cousins.tolist():
        origin[at], name[at] = origin[at - 1], name[at - 1]
    near = cousins[rng.random(len(cousins)) < rate("cousins_next_door")]
    female = _sexes(adult, place, rng)
    born = _births(household, place, adult, as_of, rng)
    twin = _twins(household, adult, rng)
    born[twin] = born[twin - 1]
    person_origin = origin[household]
    given, middle = _given(person_origin, female, born, lexicon, rng)
    _juniors(household, place, adult, female, given, rng)
    family = _families(household, place, adult, name, person_origin, lexicon, rng)
    family = _as_borne(family, person_origin, female & adult, female, lexicon, rng)
    middle[middle == family] = None
    mother = _mothers(household, place, adult, female)
    return Families(
        households, household, near, person_origin, female, born, given, middle, family, mother, adult
    )  # fmt: skip


def _sizes(count: int, rng: np.random.Generator) -> Numbers:
    kinds, weights = shares("people_a_household")
    mean = sum(int(kind) * weight for kind, weight in zip(kinds, weights, strict=True))
    drawn = rng.choice([int(kind) for kind in kinds], int(count / mean * 1.2) + 20, p=weights)
    return np.asarray(drawn[: int(np.searchsorted(np.cumsum(drawn), count)) + 1], np.int64)


def _place_in(household: Numbers) -> Numbers:
    """0 for the first of a household, 1 for the second, and so on."""
    at = np.arange(len(household))
    starts = np.flatnonzero(np.r_[True, household[1:] != household[:-1]])
    return at - starts[household]


def _adults(sizes: Numbers, rng: np.random.Generator) -> Numbers:
    """Those who live alone are mostly adults; of larger households about half have two."""
    alone = (rng.random(len(sizes)) < rate("alone_is_an_adult")).astype(np.int64)
    more = 1 + (rng.random(len(sizes)) < rate("two_adults"))
    return np.where(sizes == 1, alone, more)


def _sexes(adult: Flags, place: Numbers, rng: np.random.Generator) -> Flags:
    female = rng.random(len(place)) < 0.5
    second = np.flatnonzero(adult & (place == 1) & (rng.random(len(place)) < rate("couple_of_both_sexes")))
    female[second] = ~female[second - 1]
    return female


def _births(household: Numbers, place: Numbers, adult: Flags, as_of: int, rng: np.random.Generator) -> Numbers:
    """Adults of 18 to 75; children up to 24, born when the first adult was 17 to 42."""
    count = len(place)
    years = np.where(adult, 19 + rng.gamma(rate("years_beyond_19_shape"), rate("years_beyond_19_scale"), count), 0.0)
    years = np.minimum(years, 78)
    head = np.flatnonzero(place == 0)[household]
    second = adult & (place == 1)
    years[second] = np.maximum(
        18.1, years[head[second]] + rng.normal(0, rate("years_between_a_couple"), int(second.sum()))
    )
    child = ~adult
    first, last = between("age_at_a_birth")
    youngest = np.where(adult[head[child]], np.maximum(years[head[child]] - last, 0.1), 12.0)
    oldest = np.where(adult[head[child]], np.clip(years[head[child]] - first, 0.3, 20.0), 20.0)
    years[child] = youngest + rng.random(int(child.sum())) * np.maximum(oldest - youngest, 0.2)
    return as_of - (years * YEAR).astype(np.int64) - 1


def _twins(household: Numbers, adult: Flags, rng: np.random.Generator) -> Numbers:
    """Children born on the day on which the one before them was."""
    with_elder = np.r_[False, (household[1:] == household[:-1]) & ~adult[1:] & ~adult[:-1]]
    twin = np.flatnonzero(with_elder & (rng.random(len(household)) < rate("twins")))
    return twin[~np.isin(twin - 1, twin)]


def _given(
    origin: Numbers, female: Flags, born: Numbers, lexicon: Lexicon, rng: np.random.Generator
) -> tuple[Texts, Texts]:
    """Given names of a person's generation, and middle names of those who have one."""
    count = len(origin)
    given, middle = np.empty(count, object), np.empty(count, object)
    generation = generation_of((1970 + born / YEAR).astype(np.int64))
    has_middle = rng.random(count) < rate("has_a_middle_name")
    for at, sex, age in np.unique(np.column_stack([origin, female, generation]), axis=0).tolist():
        here = np.flatnonzero((origin == at) & (female == bool(sex)) & (generation == age))
        names, of = lexicon.given(at, female=bool(sex), generation=age), lexicon.origins[at]
        given[here] = _led_by(of.common_first.of(female=bool(sex)).draw(len(here), rng), names.draw(len(here), rng))
        usual, own = of.common_middle.of(female=bool(sex)).draw(len(here), rng), names.draw(len(here), rng)
        own[~has_middle[here]] = None
        middle[here] = np.where(there(usual), usual, own)
    return given, middle


def _led_by(first: Texts, given: Texts) -> Texts:
    """Mohammed before a given name, where that is usual; not twice."""
    pairs = zip(first.tolist(), given.tolist(), strict=True)
    return texts_of(f"{one} {other}" if one and one != other else other for one, other in pairs)


def _juniors(
    household: Numbers, place: Numbers, adult: Flags, female: Flags, given: Texts, rng: np.random.Generator
) -> None:
    """Some sons are given their father's name."""
    starts = np.flatnonzero(place == 0)
    fathers = np.full(len(starts), -1)
    for at in np.flatnonzero(adult & ~female).tolist():
        fathers[household[at]] = at
    sons = np.flatnonzero(~adult & ~female & (rng.random(len(place)) < rate("son_named_for_father")))
    for son in sons.tolist():
        if fathers[household[son]] >= 0:
            given[son] = given[fathers[household[son]]]


def _families(
    household: Numbers, place: Numbers, adult: Flags, name: Texts, origin: Numbers, lexicon: Lexicon,
    rng: np.random.Generator,
) -> Texts:  # fmt: skip
    """Most of a household share a family name; a second adult often has another, and some children that one."""
    family = name[household].copy()
    count = len(place)
    own = adult & (place == 1) & (rng.random(count) < rate("second_adult_own_name"))
    own |= ~adult & (rng.random(count) < rate("child_other_name"))
    drawn = _by_origin(own, origin, lambda at: lexicon.origins[at].family, count, rng)
    family[own] = drawn[own]
    second = np.array([lexicon.origins[at].second_family for at in range(len(lexicon.origins))])[origin]
    two = rng.random(count) < second
    more = _by_origin(two, origin, lambda at: lexicon.origins[at].family, count, rng)
    family[two] = [f"{first} {last}" for first, last in zip(more[two], family[two], strict=True)]
    return family


def _as_borne(
    family: Texts, origin: Numbers, woman: Flags, female: Flags, lexicon: Lexicon, rng: np.random.Generator
) -> Texts:
    """Family names in the form that each person bears; some women bear a name of their own (Begum, Kaur)."""
    borne = family.copy()
    for at in np.unique(origin).tolist():
        here = np.flatnonzero(origin == at)
        of = lexicon.origins[at]
        borne[here] = of.as_borne(family[here], female[here])
        for sex in (False, True):
            own = here[(female[here] == sex) & (woman[here] | ~female[here])]
            drawn = of.own_family.of(female=sex).draw(len(own), rng)
            borne[own] = np.where(there(drawn), drawn, borne[own])
    return borne


def _mothers(household: Numbers, place: Numbers, adult: Flags, female: Flags) -> Numbers:
    mother = np.full(len(place), -1)
    of_house = np.full(int(household[-1]) + 1, -1)
    women = np.flatnonzero(adult & female)
    of_house[household[women]] = women
    mother[~adult] = of_house[household[~adult]]
    return mother


def _by_origin(wanted: Flags, origin: Numbers, names: object, count: int, rng: np.random.Generator) -> Texts:
    """A name for each wanted, from the names of its origin; None elsewhere."""
    made = np.empty(count, object)
    for at in np.unique(origin[wanted]).tolist():
        here = np.flatnonzero(wanted & (origin == at))
        pool: Names = names(at)  # type: ignore[operator]
        made[here] = pool.draw(len(here), rng)
    return made
