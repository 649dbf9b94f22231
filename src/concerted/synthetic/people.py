"""The people of a district as they are: their families, their homes over the years, their names and numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic import numbers
from concerted.synthetic.families import Families, families_of
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.noise import rate_of
from concerted.synthetic.rates import between, rate, shares

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
HOMES = 7  # of each person, the latest first
PHONES = 3


@dataclass(frozen=True)
class People:
    """Everybody of a district, side by side. Days count from 1 January 1970.

    home: (people, HOMES) addresses, the latest first; since: the day of moving into each. phone: (people, PHONES)
    numbers of telephones, the latest first, -1 for none. landline: of the household. other_family: another family name
    of the person's life, or None. short: what friends say, or None. street_name: or None. care: lives or lived in care.
    worth: how much agencies meet them, 0 seldom to 3 again and again. careless: how often what is written of them is
    wrong, 1 on average.
    """

    families: Families
    home: Numbers
    since: Numbers
    phone: Numbers
    landline: Numbers
    other_family: Texts
    short: Texts
    street_name: Texts
    care: NDArray[np.bool_]
    worth: Numbers
    careless: NDArray[np.float64]
    ethnicity: Texts
    nhs: Texts
    upn: Texts
    pnc: Texts

    def __len__(self) -> int:
        return len(self.families.born)


def people_of(count: int, first: int, as_of: int, addresses: int, lexicon: Lexicon, rng: np.random.Generator) -> People:
    """`count` people, the first of whom has the number `first` in the whole region. addresses: of the district."""
    families = families_of(count, as_of, lexicon, rng)
    people = np.arange(first, first + count)
    age = families.age(as_of)
    care = (age < 25) & (rng.random(count) < rate("in_care"))
    home, since = _homes(families, care, as_of, addresses, rng)
    return People(
        families=families,
        home=home,
        since=since,
        phone=_phones(age, people, rng),
        landline=first + families.household,
        other_family=_other_families(families, age, lexicon, rng),
        short=_short(families, lexicon, rng),
        street_name=_street_names(count, lexicon, rng),
        care=care,
        worth=_worth(care, age, rng),
        careless=rng.gamma(rate("carelessness_shape"), 1 / rate("carelessness_shape"), count),
        ethnicity=_drawn("ethnicity", count, rng),
        nhs=numbers.nhs_numbers(people),
        upn=_pupil_numbers(people, families.born, age),
        pnc=numbers.pnc_ids(people),
    )


def _homes(
    families: Families, care: NDArray[np.bool_], as_of: int, addresses: int, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Most share the homes of their household; some moved out, and children in care are moved again and again."""
    households, count = families.households, len(families.born)
    current = rng.permutation(addresses)[np.arange(households) % addresses]
    current[families.near_cousins] = np.minimum(current[families.near_cousins - 1] + 1, addresses - 1)
    of_house = np.column_stack([current, rng.integers(0, addresses, (households, HOMES - 1))])
    stays = rng.exponential(rate("days_in_a_home"), (households, HOMES)).astype(np.int64) + 30
    home, stay = of_house[families.household], stays[families.household]
    alone = rng.random(count) < rate("lives_elsewhere")
    home[alone, 0] = rng.integers(0, addresses, int(alone.sum()))
    home[care] = rng.integers(0, addresses, (int(care.sum()), HOMES))
    stay[care] = rng.exponential(rate("days_in_a_placement"), (int(care.sum()), HOMES)).astype(np.int64) + 5
    since = as_of - np.cumsum(stay, axis=1)
    return home, since


def _phones(age: Numbers, people: Numbers, rng: np.random.Generator) -> Numbers:
    """A number changes every few years; small children have none of their own."""
    second = (age >= 14) & (rng.random(len(age)) < rate("second_telephone"))
    has = np.column_stack([age >= 10, second, rng.random(len(age)) < rate("third_telephone")])
    has &= (age >= 10)[:, None]
    made: Numbers = np.where(has, people[:, None] * PHONES + np.arange(PHONES), -1)
    return made


def _other_families(families: Families, age: Numbers, lexicon: Lexicon, rng: np.random.Generator) -> Texts:
    """A name before marriage, a step-parent's, one taken later."""
    count = len(age)
    woman = families.female & (age >= 20)
    chance = np.where(woman, rate("another_family_name_woman"), rate("another_family_name"))
    has = rng.random(count) < chance
    other = families.draw_family(has, lexicon, rng)
    both = has & (rng.random(count) < rate("double_barrelled"))
    other[both] = [f"{own}-{new}" for own, new in zip(families.family[both], other[both], strict=True)]
    return other


def _short(families: Families, lexicon: Lexicon, rng: np.random.Generator) -> Texts:
    goes_by = rng.random(len(families.born)) < rate_of("has_a_short_name", lexicon)
    return np.array(
        [_one_of(lexicon.nicknames.get(given), at) if goes else None for given, goes, at in zip(
            families.given, goes_by, rng.random(len(goes_by)), strict=True)],
        object,
    )  # fmt: skip


def _one_of(names: tuple[str, ...] | None, at: float) -> str | None:
    return names[int(at * len(names))] if names else None


def _street_names(count: int, lexicon: Lexicon, rng: np.random.Generator) -> Texts:
    made = rng.choice(lexicon.street_names, count).astype(object)
    made[rng.random(count) >= rate("has_a_street_name")] = None
    return made


def _worth(care: NDArray[np.bool_], age: Numbers, rng: np.random.Generator) -> Numbers:
    """How much the agencies meet a person. Drawn without regard to anything that says where somebody is from."""
    _, weights = shares("worth")
    worth: Numbers = rng.choice(len(weights), len(age), p=weights)
    often = rng.random(len(age)) < np.where(care, rate("in_care_again_and_again"), 0)
    worth[care] = np.maximum(worth[care], 2)
    worth[often] = 3
    if not (worth == 3).any():  # a small district has somebody too who is met again and again
        worth[int(rng.integers(0, len(worth)))] = 3
    return worth


def _drawn(name: str, count: int, rng: np.random.Generator) -> Texts:
    codes, weights = shares(name)
    return rng.choice(np.array(codes, object), count, p=weights)


def _pupil_numbers(people: Numbers, born: Numbers, age: Numbers) -> Texts:
    """Everybody who was at school since they were introduced in 1997."""
    year = 1970 + born // 365.2425 + 5
    made = numbers.pupil_numbers(people, year.astype(np.int64))
    made[(age < 4) | (age > 24)] = None
    return made


def cap_of_mentions(records: int) -> tuple[float, float]:
    """Between how many mentions somebody whom the agencies meet again and again has; fewer in a small region."""
    low, high = between("mentions_again_and_again")
    return low, max(low, min(high, records / 20))
