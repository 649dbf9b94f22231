"""Evenings of a circle: who is there, when, where, with what."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.synthetic.circles.circle import Evening, Phase, Spot
from concerted.synthetic.circles.evenings import CHILD, evenings_of
from concerted.synthetic.district import District
from concerted.synthetic.families import YEAR
from concerted.synthetic.numbers import mobiles, registrations
from concerted.synthetic.rates import all_rates
from tests.synthetic import circles as made
from tests.synthetic.conftest import DAY

KINDS = list(all_rates()["ways_of_circles"].value)
CHEAP = settings(
    derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def many(district: District, kind: str, **other: object) -> list[Evening]:
    """A thousand evenings."""
    circle = made.circle(district, kind, evenings=1_000, **other)
    return list(evenings_of(circle, district.people, 0, np.random.default_rng(6)))


def share(evenings: list[Evening], wanted: object) -> float:
    """Of how many of them it holds."""
    return float(np.mean([wanted(one) for one in evenings]))  # type: ignore[operator]


@given(kind=st.sampled_from(KINDS), adults=st.integers(0, 3), children=st.integers(0, 4), seed=st.integers(0, 99))
@CHEAP
def test_an_evening_is_of_the_circle(district: District, kind: str, adults: int, children: int, seed: int) -> None:
    whole = made.circle(district, kind)
    circle = made.circle(district, kind, adults=whole.adults[:adults], children=whole.children[:children])
    born = district.people.families.born
    for one in evenings_of(circle, district.people, 0, np.random.default_rng(seed)):
        assert set(one.adults) <= set(circle.adults)
        assert set(one.children) <= set(circle.children)
        assert len(set(one.adults)) == len(one.adults)
        assert one.children or len(one.adults) > 1
        assert circle.phases[0].first <= one.day <= circle.phases[0].last
        assert 0 <= one.minute < 24 * 60
        assert one.minute % 5 == 0
        assert one.missing is None or one.missing == one.children[0]
        assert all(CHILD[0] <= (one.day - born[child]) / YEAR < CHILD[1] for child in one.children)
        if not circle.adults:
            assert one.phone in (None, made.PHONE)
            assert one.mark in (None, made.MARK)


def test_a_circle_of_one_adult_and_nobody_else_never_meets(district: District) -> None:
    assert many(district, "street", adults=made.circle(district).adults[:1], children=()) == []


def test_somebody_who_has_grown_up_is_there_no_more(district: District) -> None:
    grown = made.of_age(district, 19, 20, 3)
    phase = Phase(DAY - 4 * 365, DAY - 2, (made.SPOT,), None, None)
    evenings = many(district, "street", children=grown, phases=(phase,))
    born = district.people.families.born
    last = max(one.day for one in evenings if one.children)
    assert last < max(born[child] for child in grown) + 18 * YEAR
    assert any(not one.children for one in evenings)


@pytest.mark.parametrize("kind", ["street", "online", "care home", "taxi firm", "school class", "worker's telephone"])
def test_things_are_as_often_as_the_rates_say(district: District, kind: str) -> None:
    way = all_rates()["ways_of_circles"].value[kind]
    evenings = many(district, kind)
    assert share(evenings, lambda one: one.missing is not None) == pytest.approx(way["away"], abs=0.05)
    assert share(evenings, lambda one: one.phone is not None) == pytest.approx(way["telephone"], abs=0.05)
    assert share(evenings, lambda one: one.mark is not None) == pytest.approx(way["vehicle"], abs=0.05)
    assert share(evenings, lambda one: one.spot != made.SPOT) == pytest.approx(way["at_home"], abs=0.05)


def test_by_night_is_from_eight_in_the_evening_to_four(district: District) -> None:
    street, classes = many(district, "street"), many(district, "school class")

    def night(one: Evening) -> bool:
        return one.minute >= 20 * 60 or one.minute < 4 * 60

    assert share(street, night) == pytest.approx(0.7, abs=0.05)
    assert share(classes, night) == pytest.approx(0.15, abs=0.05)
    assert {one.minute // 60 for one in classes if not night(one)} == set(range(9, 20))


def test_a_telephone_and_a_vehicle_are_the_circles_or_the_hosts(district: District) -> None:
    evenings = many(district, "street")
    for one in evenings:
        host = one.adults[0]
        own_mark = registrations(np.array([host]))[0]
        assert one.mark in (None, made.MARK, own_mark)
        assert one.phone in (None, made.PHONE, mobiles(district.people.phone[[host], 0])[0])
    used = Counter(one.phone == made.PHONE for one in evenings if one.phone)
    assert used[True] / used.total() == pytest.approx(0.5, abs=0.07)


def test_at_home_is_the_home_of_the_adult_whose_evening_it_is(district: District) -> None:
    homes = [one for one in many(district, "familial") if one.spot and one.spot.kind == "other dwelling"]
    assert len(homes) > 500
    assert all(one.spot == Spot(None, "other dwelling", int(district.people.home[one.adults[0], 0])) for one in homes)


def test_each_stretch_has_its_own_places_and_numbers(district: District) -> None:
    first = Phase(DAY - 700, DAY - 400, (Spot(None, "park", 1),), "07700900001", None)
    second = Phase(DAY - 300, DAY - 10, (Spot(None, "hotel", 2, beyond=True),), "07700900002", None)
    for one in many(district, "moved after disruption", phases=(first, second)):
        phase = first if one.day <= first.last else second
        assert one.spot in (phase.spots[0], Spot(None, "other dwelling", int(district.people.home[one.adults[0], 0])))
        assert one.phone not in {first.phone, second.phone} - {phase.phone}


def test_most_evenings_are_of_few(district: District) -> None:
    sizes = Counter(len(one.children) for one in many(district, "street"))
    assert sizes[1] > sizes[2] > sizes[3] > 0
    assert max(sizes) <= 4


def test_the_same_stream_gives_the_same_evenings(district: District) -> None:
    assert many(district, "online") == many(district, "online")
