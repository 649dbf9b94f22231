"""What agencies notice of an evening: only what there was, of some of those who were there."""

from collections import Counter

import numpy as np
import pytest

from concerted.synthetic.circles.circle import Circle, Evening, Spot
from concerted.synthetic.circles.networks import BY_ONE
from concerted.synthetic.circles.notices import Notice, notices_of
from concerted.synthetic.district import District
from concerted.synthetic.rates import all_rates
from tests.synthetic import circles as made
from tests.synthetic.conftest import DAY

SINGLE = ("contact", "session", "attendance")


def noticed(district: District, circle: Circle, evenings: list[Evening], seed: int = 2) -> list[Notice]:
    """What is noticed of these evenings."""
    return list(notices_of(circle, evenings, district.people, DAY, np.random.default_rng(seed)))


def kinds(district: District, circle: Circle, **other: object) -> set[str]:
    """Of what kinds notices are, of five hundred evenings like this one; what is told of later left out."""
    evenings = [made.evening(circle, **other)] * 500
    return {one.what for one in noticed(district, circle, evenings)} - {"crime", "order"}


@pytest.fixture
def circle(district: District) -> Circle:
    """A network on the street."""
    return made.circle(district)


def test_all_that_there_was_may_be_noticed(district: District, circle: Circle) -> None:
    assert kinds(district, circle) == {"missing", *all_rates()["noticed_as"].value["street"]}


@pytest.mark.parametrize(
    ("without", "never"),
    [
        ({"missing": None}, {"missing"}),
        ({"mark": None}, {"stop"}),
        ({"phone": None}, {"message"}),
        ({"adults": ()}, {"relation"}),
        ({"children": (), "missing": None}, {"missing", "message", "relation", *SINGLE}),
    ],
)
def test_what_there_was_not_is_not_noticed(
    district: District, circle: Circle, without: dict[str, object], never: set[str]
) -> None:
    assert kinds(district, circle, **without) == kinds(district, circle) - never


def test_nothing_is_noticed_of_nothing(district: District, circle: Circle) -> None:
    assert noticed(district, circle, []) == []
    bare = made.evening(circle, children=(), missing=None, mark=None, phone=None)
    told_of = {one.what for one in noticed(district, made.circle(district, "non-recent", told=DAY - 10), [bare] * 9)}
    assert told_of <= {"intelligence", "crime"}


@pytest.mark.parametrize("scattered", [False, True])
def test_as_much_is_noticed_as_the_rates_say(
    district: District, monkeypatch: pytest.MonkeyPatch, scattered: bool
) -> None:
    """Two agencies may notice, each as often as the rate says; and a child who is missing is reported or is not."""
    made.rates(monkeypatch, noticed=0.3, missing_is_reported=0.7, noticed_scattered=0.15)
    made.rates(monkeypatch, missing_is_reported_scattered=0.4)
    circle = made.circle(district, scattered=scattered)
    found = Counter(one.what for one in noticed(district, circle, [made.evening(circle)] * 2_000))
    reported, told_later = found.pop("missing"), found.pop("crime", 0) + found.pop("order", 0)
    assert reported / 2_000 == pytest.approx(0.4 if scattered else 0.7, abs=0.05)
    assert found.total() / 2_000 == pytest.approx(2 * (0.15 if scattered else 0.3), abs=0.05)
    assert told_later < 20


def test_of_a_quiet_circle_two_at_least_are_noticed(district: District) -> None:
    quiet = made.circle(district, scattered=True)
    for seed in range(20):
        found = noticed(district, quiet, [made.evening(quiet)] * 3, seed)
        assert len(found) >= 2


def test_a_note_on_a_child_names_that_child_alone(district: District, circle: Circle) -> None:
    for one in noticed(district, circle, [made.evening(circle)] * 300):
        if one.what in SINGLE:
            assert (one.adults, one.children) == ((), circle.children[:1])
        if one.what == "missing":
            assert (one.adults, one.children) == (circle.adults[:1], circle.children[:2])
        assert one.spot == made.SPOT


def test_of_a_scattered_network_one_person_is_named_and_nothing_shared(district: District) -> None:
    scattered = made.circle(district, scattered=True)
    found = noticed(district, scattered, [made.evening(scattered)] * 500)
    assert {one.what for one in found} >= {"missing", "intelligence", *SINGLE}
    assert not {one.what for one in found} & {"stop", "message", "relation"}
    for one in found:
        assert len(one.adults) + len(one.children) == 1
        assert (one.spot, one.phone, one.mark) == (None, None, None)
    assert len({one.adults + one.children for one in found}) > 1


def test_of_a_scattered_network_beyond_the_border_it_is_known_that_it_was_there(district: District) -> None:
    scattered = made.circle(district, scattered=True)
    there = made.evening(scattered, spot=Spot("Invented Inn", "hotel", 3, beyond=True))
    for one in noticed(district, scattered, [there] * 50):
        assert one.beyond
        assert one.spot is not None
        assert (one.spot.name, one.spot.address) == (None, -1)


@pytest.mark.parametrize("only", BY_ONE)
def test_a_network_that_one_agency_knows_is_known_to_no_other(
    district: District, monkeypatch: pytest.MonkeyPatch, only: str
) -> None:
    """Whatever there was to notice, wherever it was. A force that has reports of it has its crimes and orders too."""
    every_kind: dict[str, float] = dict.fromkeys(all_rates()["ways_of_circles"].value, 3.0)
    made.rates(monkeypatch, crime_told_of_a_circle=every_kind, order_on_a_circle=every_kind, noticed_scattered=0.5)
    circle = made.circle(district, scattered=True, only=only)
    there = made.evening(circle, spot=Spot("Invented Inn", "hotel", 3, beyond=True))
    found = noticed(district, circle, [there] * 50)
    assert {one.what for one in found} == ({only, "crime", "order"} if only == "intelligence" else {only})
    assert not any(one.beyond for one in found)
    assert all(len(one.adults) + len(one.children) == 1 for one in found)


@pytest.mark.parametrize(
    ("spot", "beyond"), [(None, False), (made.SPOT, False), (Spot(None, "park", 1, beyond=True), True)]
)
def test_who_notices_depends_on_where_it_was(circle: Circle, spot: Spot | None, beyond: bool) -> None:
    assert made.notice(circle, "intelligence", spot=spot).beyond == beyond


def test_crimes_and_orders_are_as_many_as_the_kind_has(district: District) -> None:
    for kind in ("street", "moved after disruption", "school class"):
        circle = made.circle(district, kind)
        counts: Counter[str] = Counter()
        for seed in range(400):
            counts.update(one.what for one in noticed(district, circle, [made.evening(circle)], seed))
        crimes = all_rates()["crime_told_of_a_circle"].value[kind]
        orders = all_rates()["order_on_a_circle"].value[kind]
        assert counts["crime"] / 400 == pytest.approx(crimes, abs=0.12)
        assert counts["order"] / 400 == pytest.approx(orders, abs=0.1)


def test_an_order_is_on_an_adult(district: District) -> None:
    circle = made.circle(district, "moved after disruption")
    alone = made.evening(circle, adults=())
    assert "order" not in {one.what for seed in range(50) for one in noticed(district, circle, [alone], seed)}


def test_a_crime_is_told_of_after_it_was_and_never_after_today(district: District, circle: Circle) -> None:
    for seed in range(200):
        for one in noticed(district, circle, [made.evening(circle, day=DAY - 300)], seed):
            assert DAY - 300 == one.day <= one.told < DAY
            assert one.what == "crime" or one.what == "order" or one.told == one.day


def test_what_people_told_of_at_last_is_written_from_that_day_on(district: District) -> None:
    circle = made.circle(district, "non-recent", told=DAY - 200)
    evenings = [made.evening(circle, day=DAY - 4_000, missing=None)] * 100
    found = noticed(district, circle, evenings)
    assert {one.what for one in found} <= {"intelligence", "session", "crime"}
    assert all(DAY - 200 <= one.told < DAY for one in found)
    assert {one.day for one in found} == {DAY - 4_000}
