"""Who is in a network, and where it meets: drawn by age, household and acquaintance, and by nothing else."""

from collections.abc import Callable

import numpy as np
import pytest

from concerted.synthetic.circles.circle import Circle, Spot
from concerted.synthetic.circles.innocent import innocent
from concerted.synthetic.circles.kinds import Deal
from concerted.synthetic.circles.networks import Planter
from concerted.synthetic.circles.people import Draw
from concerted.synthetic.district import District
from concerted.synthetic.homes import Homes
from concerted.synthetic.lexicon import load
from concerted.synthetic.rates import all_rates
from tests.synthetic import circles as made
from tests.synthetic.conftest import DAY
from tests.synthetic.test_district import dependent

KINDS: list[str] = all_rates()["kinds_of_network"].value
SPANS = all_rates()["people_of_a_network"].value
Plant = Callable[[str, int], list[Circle]]


def draw(district: District, seed: int) -> Draw:
    """Nobody drawn yet."""
    return Draw(district, np.random.default_rng([4, seed]))


@pytest.fixture
def plant(district: District, beyond: Homes) -> Plant:
    """Plants so many networks of a kind."""
    _, far = made.both_sides(district, beyond)

    def planted(kind: str, many: int) -> list[Circle]:
        planter = Planter(district, far, load(), 2_005_000, np.random.default_rng(5))
        return list(planter.networks([Deal(number, kind, scattered=number == 0) for number in range(many)]))

    return planted


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("familial", "institutional", "non-recent")])
def test_people_are_of_the_ages_and_as_many_as_the_rates_say(district: District, kind: str) -> None:
    age = district.people.families.age(DAY)
    for seed in range(30):
        members, group = draw(district, seed).members(kind)
        assert group is None
        for who, (low, high, least, most) in zip(members, SPANS[kind], strict=True):
            assert least <= len(who) <= most
            assert all(low <= age[one] + 0.01 and age[one] <= high for one in who)


def test_kin_are_of_two_households_and_one_from_outside_at_most(district: District) -> None:
    house = district.people.families.household
    for seed in range(30):
        (adults, children), _ = draw(district, seed).members("familial")
        homes = {int(house[one]) for one in children}
        assert max(homes) - min(homes) <= 1
        outside = [one for one in adults if min(abs(int(house[one]) - home) for home in homes) > 1]
        assert len(outside) <= 1
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
    """Nor of sex. Over many draws, in which somebody counts once in each role."""
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
            assert dependent(np.isin(alike, person[role == part]), says[alike]) < 0.08


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_lives_in_stretches_until_before_today(plant: Plant, kind: str) -> None:
    for circle in plant(kind, 6):
        assert len(circle.phases) == all_rates()["phases_of_a_network"].value[kind]
        for before, after in zip(circle.phases, circle.phases[1:], strict=False):
            assert before.first < before.last <= after.first
        assert circle.phases[-1].last < DAY - 1
        assert all(1 <= len(phase.spots) <= 3 for phase in circle.phases)
        low, high = all_rates()["evenings_of_a_network"].value[kind]
        assert low <= circle.evenings <= high
        assert circle.network
        assert (circle.told is not None) == (kind == "non-recent")
    assert [circle.scattered for circle in plant(kind, 3)] == [True, False, False]


def test_places_are_of_the_district_or_beyond(plant: Plant, district: District, beyond: Homes) -> None:
    for circle in plant("cross-border", 20):
        for spot in circle.phases[0].spots:
            homes = beyond if spot.beyond else district.homes
            assert 0 <= spot.address < len(homes)
    spots = [spot for circle in plant("cross-border", 40) for spot in circle.phases[0].spots]
    assert np.mean([spot.beyond for spot in spots]) == pytest.approx(0.6, abs=0.15)


def test_some_meet_at_a_firm_that_has_nothing_to_do_with_it(plant: Plant, district: District) -> None:
    firms = {
        (group.name, group.location, group.address)
        for group in district.gatherings.groups
        if group.kind in ("takeaway", "taxi firm")
    }
    spots: list[Spot] = [spot for circle in plant("street", 40) for spot in circle.phases[0].spots]
    at_a_firm = [(spot.name, spot.kind, spot.address) in firms for spot in spots]
    assert np.mean(at_a_firm) == pytest.approx(all_rates()["meets_at_a_firm"].value, abs=0.12)


def test_one_that_began_in_a_group_meets_there_too(plant: Plant, district: District) -> None:
    places = {(group.name, group.address) for group in district.gatherings.groups}
    spots = [spot for circle in plant("institutional", 20) for spot in circle.phases[0].spots]
    assert np.mean([(spot.name, spot.address) in places for spot in spots]) > 0.4


def test_a_group_has_its_place_and_now_and_then_another_beyond(district: District, beyond: Homes) -> None:
    _, far = made.both_sides(district, beyond)
    circles = list(innocent(district, far, np.random.default_rng(1)))
    groups = district.gatherings.groups
    for circle, group in zip(circles, groups, strict=True):
        first, *more = circle.phases[0].spots
        assert (first.name, first.address, first.beyond) == (group.name, group.address, False)
        assert all(spot.beyond for spot in more)
        assert set(circle.adults) | set(circle.children) == set(group.members.tolist())
        assert not circle.network
        assert not circle.scattered
    share = np.mean([len(circle.phases[0].spots) > 1 for circle in circles])
    assert share == pytest.approx(all_rates()["decoy_meets_beyond"].value, abs=0.12)
    assert [circle.name for circle in circles[:2]] == ["D0000000", "D0000001"]
