"""Who is in a network: drawn by age, household and acquaintance, and by nothing else."""

from collections import Counter

import numpy as np
import pytest

from concerted.synthetic.circles.people import Draw
from concerted.synthetic.district import District
from concerted.synthetic.rates import all_rates
from tests.synthetic.conftest import DAY
from tests.synthetic.test_district import dependent

KINDS: list[str] = all_rates()["kinds_of_network"].value
SPANS = all_rates()["people_of_a_network"].value


def draw(district: District, seed: int) -> Draw:
    """Nobody drawn yet."""
    return Draw(district, np.random.default_rng([4, seed]))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("familial", "institutional", "non-recent")])
def test_people_are_of_the_ages_and_as_many_as_the_rates_say(district: District, kind: str) -> None:
    age = district.people.families.age(DAY)
    for seed in range(30):
        members, group = draw(district, seed).members(kind)
        assert group is None
        for who, (low, high, least, most) in zip(members, SPANS[kind], strict=True):
            assert least <= len(who) <= most
            assert all(low <= age[one] + 0.01 and age[one] <= high for one in who)


def test_kin_are_of_two_households_and_one_or_two_from_outside(district: District) -> None:
    house = district.people.families.household
    for seed in range(30):
        (adults, children), _ = draw(district, seed).members("familial")
        homes = {int(house[one]) for one in children}
        assert max(homes) - min(homes) <= 1
        outside = [one for one in adults if min(abs(int(house[one]) - home) for home in homes) > 1]
        assert 1 <= len(outside) <= 2
        assert len(adults) - len(outside) >= 1


def test_a_group_gives_one_of_its_adults_and_some_of_its_children(district: District) -> None:
    for seed in range(30):
        (adults, children), group = draw(district, seed).members("institutional")
        assert group is not None
        assert set(children) | {adults[0]} <= set(group.members.tolist())
        assert group.location != "home"
        assert len(set(children)) == len(children) >= SPANS["institutional"][1][2]


def test_those_grown_up_were_of_one_age(district: District) -> None:
    born = district.people.families.born
    for seed in range(30):
        (adults, children), _ = draw(district, seed).members("non-recent")
        years = [born[one] / 365.25 for one in children]
        assert max(years) - min(years) < 5
        assert max(born[one] for one in adults) < min(born[one] for one in children)


def test_nobody_is_drawn_twice_until_there_is_nobody_left(district: District) -> None:
    one = draw(district, 0)
    drawn: list[int] = []
    for _ in range(150):
        (adults, children), _ = one.members("online")
        drawn += [*adults, *children]
    assert len(drawn) == len(set(drawn)) > 500


def test_many_children_of_a_network_know_each_other(district: District) -> None:
    """From a class, a club or a care home: as children who are drawn into one do."""
    groups = [set(group.members.tolist()) for group in district.gatherings.groups]
    together = []
    for seed in range(30):
        (_, children), _ = draw(district, seed).members("street")
        together.append(any(len(group & set(children)) > 1 for group in groups))
    assert np.mean(together) > 0.5


def test_children_in_care_are_drawn_more_often(district: District) -> None:
    care, age = district.people.care, district.people.families.age(DAY)
    drawn = [one for seed in range(40) for one in draw(district, seed).members("street")[0][1]]
    usual = care[(age >= 12) & (age <= 17)].mean()
    assert 1.5 * usual < care[drawn].mean() < 20 * usual


def test_who_is_drawn_says_nothing_of_ethnicity_or_origin_of_a_name(district: District) -> None:
    """Nor of sex. Over many draws, in which somebody counts once in each role.

    Households are drawn together and are of one origin, so that chance is what values dealt out anew by household show.
    """
    drawn = set()
    for seed in range(40):
        one = draw(district, seed)
        for kind in KINDS:
            (adults, children), _ = one.members(kind)
            drawn |= {("adult", person) for person in adults} | {("child", person) for person in children}
    told = sorted(drawn)
    role, person = np.array([part for part, _ in told]), np.array([one for _, one in told])
    people, age = district.people, district.people.families.age(DAY)
    assert len(told) > 1_000
    for says in (people.ethnicity, people.families.origin, people.families.female):
        assert dependent(role, says[person]) < 0.08
        for part, low, high in (("adult", 20, 60), ("child", 12, 17)):
            alike = np.flatnonzero((age >= low) & (age <= high))
            among = np.isin(alike, person[role == part])
            chance = by_chance(district, among, says, alike)
            assert dependent(among, says[alike]) <= chance
            common = Counter(says.tolist()).most_common(1)[0][0]
            favoured = among & ((says[alike] == common) | (alike % 2 > 0))  # half of all others left out
            assert dependent(favoured, says[alike]) > chance


def by_chance(district: District, among: np.ndarray, says: np.ndarray, alike: np.ndarray) -> float:
    """The most of a hundred times that what is said of people is dealt out anew, a household at a time."""
    rng, house = np.random.default_rng(9), district.people.families.household
    _, first, home = np.unique(house, return_index=True, return_inverse=True)
    dealt = (says[first][rng.permutation(len(first))][home] for _ in range(100))
    return max(dependent(among, one[alike]) for one in dealt)
