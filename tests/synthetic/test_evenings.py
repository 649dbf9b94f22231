"""Evenings of a circle: who is there, when, where, with what."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.synthetic.circles.circle import Evening, Phase, Spot
from concerted.synthetic.circles.evenings import CHILD, evenings_of, is_late
from concerted.synthetic.district import District
from concerted.synthetic.families import YEAR
from concerted.synthetic.numbers import mobiles, registrations
from concerted.synthetic.rates import all_rates, rate
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


@pytest.mark.parametrize(("away", "telephone", "vehicle", "at_home"), [(0.4, 0.6, 0.3, 0.2), (0.1, 0.2, 0.8, 0.7)])
def test_things_are_as_often_as_the_rates_say(
    district: District, monkeypatch: pytest.MonkeyPatch, away: float, telephone: float, vehicle: float, at_home: float
) -> None:
    made.way(
        monkeypatch, "online", away=away, telephone=telephone, vehicle=vehicle, at_home=at_home, with_missing=1, late=1
    )  # fmt: skip
    evenings = many(district, "online")
    assert share(evenings, lambda one: one.missing is not None) == pytest.approx(away, abs=0.05)
    assert share(evenings, lambda one: one.phone is not None) == pytest.approx(telephone, abs=0.05)
    assert share(evenings, lambda one: one.mark is not None) == pytest.approx(vehicle, abs=0.05)
    assert share(evenings, lambda one: one.spot != made.SPOT) == pytest.approx(at_home, abs=0.05)


@pytest.mark.parametrize("night", [0.0, 0.3, 1.0])
def test_an_evening_is_by_night_or_by_day(district: District, monkeypatch: pytest.MonkeyPatch, night: float) -> None:
    made.rates(monkeypatch, hours_of_the_night=[21, 28], hours_of_the_day=[9, 20])
    made.way(monkeypatch, "street", night=night, late=1)
    evenings = many(district, "street")
    by_day = [one for one in evenings if 9 * 60 <= one.minute < 20 * 60]
    assert all(one.minute >= 21 * 60 or one.minute < 4 * 60 for one in evenings if one not in by_day)
    assert 1 - len(by_day) / len(evenings) == pytest.approx(night, abs=0.05)


def test_after_ten_at_night_and_until_five_it_is_late() -> None:
    assert [is_late(hour * 60) for hour in (21, 22, 23, 0, 4, 5, 12)] == [False, True, True, True, True, False, False]


@pytest.mark.parametrize("late", [0.0, 0.4, 1.0])
def test_children_stay_late_as_often_as_their_kind_of_circle_has_it(
    district: District, monkeypatch: pytest.MonkeyPatch, late: float
) -> None:
    made.rates(monkeypatch, more_adults_together=9)  # so that an evening without children is one all the same
    made.way(monkeypatch, "team", night=0.6, away=0, late=late)
    at_night = [one for one in many(district, "team") if is_late(one.minute)]
    assert len(at_night) > 300
    assert share(at_night, lambda one: bool(one.children)) == pytest.approx(late, abs=0.08)
    assert all(one.children for one in many(district, "team") if not is_late(one.minute))


@pytest.mark.parametrize("with_missing", [0.0, 0.3, 1.0])
def test_adults_are_with_a_missing_child_as_often_as_their_kind_of_circle_has_it(
    district: District, monkeypatch: pytest.MonkeyPatch, with_missing: float
) -> None:
    made.way(monkeypatch, "street", away=0.5, with_missing=with_missing, late=1)
    evenings = many(district, "street")
    missing = [one for one in evenings if one.missing is not None]
    assert len(missing) > 300
    assert share(missing, lambda one: bool(one.adults)) == pytest.approx(with_missing, abs=0.08)
    assert all(one.adults for one in evenings if one.missing is None)


def test_where_no_adult_is_there_nobodys_home_telephone_or_vehicle_is(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.way(monkeypatch, "familial", away=1, with_missing=0, late=1)
    evenings = many(district, "familial")
    assert len(evenings) == 1_000
    assert {one.spot for one in evenings} == {made.SPOT}
    assert {one.phone for one in evenings} == {None, made.PHONE}
    assert {one.mark for one in evenings} == {None, made.MARK}


def test_a_telephone_and_a_vehicle_are_the_circles_or_the_hosts(district: District) -> None:
    evenings = [one for one in many(district, "street") if one.adults]
    for one in evenings:
        host = one.adults[0]
        own_mark = registrations(np.array([host]))[0]
        assert one.mark in (None, made.MARK, own_mark)
        assert one.phone in (None, made.PHONE, mobiles(district.people.phone[[host], 0])[0])
    used = Counter(one.phone == made.PHONE for one in evenings if one.phone)
    assert used[True] / used.total() == pytest.approx(rate("circle_has_its_own"), abs=0.08)


def test_at_home_is_the_home_of_the_adult_whose_evening_it_is(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.way(monkeypatch, "familial", at_home=0.8, away=0.1)
    homes = [one for one in many(district, "familial") if one.spot and one.spot.kind == "other dwelling"]
    assert len(homes) > 500
    assert all(one.spot == Spot(None, "other dwelling", int(district.people.home[one.adults[0], 0])) for one in homes)


def test_each_stretch_has_its_own_places_and_numbers(district: District) -> None:
    first = Phase(DAY - 700, DAY - 400, (Spot(None, "park", 1),), "07700900001", None)
    second = Phase(DAY - 300, DAY - 10, (Spot(None, "hotel", 2, beyond=True),), "07700900002", None)
    for one in many(district, "moved after disruption", phases=(first, second)):
        phase = first if one.day <= first.last else second
        homes = {int(district.people.home[adult, 0]) for adult in one.adults[:1]}
        assert one.spot == phase.spots[0] or (one.spot is not None and one.spot.address in homes)
        assert one.phone not in {first.phone, second.phone} - {phase.phone}


@pytest.mark.parametrize("more", [0.3, 1.5])
def test_as_many_are_there_as_the_rates_say(district: District, monkeypatch: pytest.MonkeyPatch, more: float) -> None:
    made.rates(monkeypatch, more_children_together=more, more_adults_together=more)
    made.way(monkeypatch, "street", away=0, late=1)
    evenings = many(district, "street")
    children, adults = Counter(len(one.children) for one in evenings), Counter(len(one.adults) for one in evenings)
    for sizes, most in ((children, 4), (adults, 3)):
        assert set(sizes) <= set(range(1, most + 1))
        assert sizes[1] / sizes.total() == pytest.approx(np.exp(-more), abs=0.05)


def test_the_same_stream_gives_the_same_evenings(district: District) -> None:
    assert many(district, "online") == many(district, "online")
