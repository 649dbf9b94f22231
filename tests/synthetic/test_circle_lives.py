"""Where and how long networks and groups live, who is near the children, and to how many agencies they are known."""

from collections.abc import Callable

import numpy as np
import pytest

from concerted.synthetic.circles.circle import Circle, Spot
from concerted.synthetic.circles.innocent import innocent
from concerted.synthetic.circles.kinds import Deal
from concerted.synthetic.circles.networks import BY_ONE, Planter
from concerted.synthetic.district import District
from concerted.synthetic.homes import Homes
from concerted.synthetic.lexicon import load
from concerted.synthetic.rates import all_rates
from tests.synthetic import circles as made
from tests.synthetic.conftest import DAY

KINDS: list[str] = all_rates()["kinds_of_network"].value
Plant = Callable[..., list[Circle]]
"""kind, how many, seed."""


@pytest.fixture
def plant(district: District, beyond: Homes) -> Plant:
    """Plants so many networks of a kind."""
    _, far = made.both_sides(district, beyond)

    def planted(kind: str, many: int, seed: int = 5) -> list[Circle]:
        planter = Planter(district, far, load(), 2_005_000, np.random.default_rng(seed))
        return list(planter.networks([Deal(number, kind, scattered=number == 0) for number in range(many)]))

    return planted


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


@pytest.mark.parametrize("kind", KINDS)
def test_who_was_met_or_lives_with_a_child_is_near(plant: Plant, district: District, kind: str) -> None:
    """Of a network: who works with the group that it began in; kin, and nobody from outside."""
    house = district.people.families.household
    for circle in plant(kind, 8):
        if kind == "institutional":
            assert circle.near == circle.adults[:1]
        elif kind == "familial":
            homes = [int(house[child]) for child in circle.children]
            kin = tuple(one for one in circle.adults if min(abs(int(house[one]) - home) for home in homes) <= 1)
            assert circle.near == kin
            assert 0 < len(kin) < len(circle.adults)
        else:
            assert circle.near == ()


@pytest.mark.parametrize("share", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("kind", ["street", "non-recent"])
def test_scattered_networks_are_known_to_one_agency_as_often_as_the_rate_says(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, kind: str, share: float
) -> None:
    made.rates(monkeypatch, scattered_known_to_one=share)
    only = [circle.only for seed in range(150) for circle in plant(kind, 2, seed) if circle.scattered]
    assert np.mean([one is not None for one in only]) == pytest.approx(share, abs=0.12)
    noticed = set(BY_ONE) & set(all_rates()["noticed_as"].value[kind])
    assert set(only) - {None} == (noticed if share else set())
    assert not any(circle.only for circle in plant(kind, 20) if not circle.scattered)


def test_of_some_groups_hardly_anything_is_heard(
    district: District, beyond: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.rates(monkeypatch, decoy_is_quiet=0.4, evenings_of_a_quiet_decoy=[0, 3], evenings_of_a_decoy=[10, 20])
    _, far = made.both_sides(district, beyond)
    evenings = [circle.evenings for circle in innocent(district, far, np.random.default_rng(1))]
    assert all(many < 3 or 10 <= many < 20 for many in evenings)
    assert np.mean([many < 3 for many in evenings]) == pytest.approx(0.4, abs=0.12)


def test_a_group_has_its_place_and_now_and_then_another_beyond(district: District, beyond: Homes) -> None:
    _, far = made.both_sides(district, beyond)
    circles = list(innocent(district, far, np.random.default_rng(1)))
    groups = district.gatherings.groups
    for circle, group in zip(circles, groups, strict=True):
        first, *more = circle.phases[0].spots
        assert (first.name, first.address, first.beyond) == (group.name, group.address, False)
        assert all(spot.beyond for spot in more)
        assert set(circle.adults) | set(circle.children) == set(group.members.tolist())
        assert circle.near == circle.adults
        assert circle.only is None
        assert not circle.network
        assert not circle.scattered
    share = np.mean([len(circle.phases[0].spots) > 1 for circle in circles])
    assert share == pytest.approx(all_rates()["decoy_meets_beyond"].value, abs=0.12)
    assert [circle.name for circle in circles[:2]] == ["D0000000", "D0000001"]
