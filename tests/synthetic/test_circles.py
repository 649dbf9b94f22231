"""Circles of one district: who is in them, their evenings, and what agencies notice of them."""

from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.synthetic.circles import Overlay, dealt
from concerted.synthetic.circles.circle import Circle
from concerted.synthetic.circles.evenings import evenings_of
from concerted.synthetic.circles.innocent import innocent
from concerted.synthetic.circles.notices import Notice, notices_of
from concerted.synthetic.circles.sides import sides
from concerted.synthetic.district import District
from concerted.synthetic.families import YEAR
from concerted.synthetic.homes import Homes
from concerted.synthetic.rates import all_rates
from concerted.synthetic.sizes import SIZES
from tests.synthetic.conftest import DAY

KINDS = all_rates()["kinds_of_network"].value


@pytest.fixture(scope="session")
def networks(overlay: Overlay) -> list[Circle]:
    """Forty networks in one district."""
    return [one.circle for one in overlay.planted]


@pytest.fixture(scope="session")
def noticed(networks: list[Circle], district: District) -> dict[str, list[Notice]]:
    """What agencies notice of each."""
    rng = np.random.default_rng(3)
    found = {}
    for circle in networks:
        evenings = list(evenings_of(circle, district.people, 0, rng))
        found[circle.name] = list(notices_of(circle, evenings, district.people, DAY, rng))
    return found


@pytest.mark.parametrize(("size", "wanted"), [("small", 3), ("medium", 40), ("large", 800)])
def test_as_many_are_dealt_as_the_size_asks_for(size: str, wanted: int) -> None:
    one = SIZES[size]
    deals = [deal for of in dealt(one.records, one.districts, 7) for deal in of]
    assert sorted(deal.number for deal in deals) == list(range(wanted))
    assert len({deal.kind for deal in deals}) == min(wanted, len(KINDS))


@given(records=st.integers(1, 2_000_000), districts=st.integers(1, 48), seed=st.integers(0, 1000))
@settings(derandomize=True, deadline=None, max_examples=50)
def test_a_third_at_least_is_scattered_and_none_is_lost(records: int, districts: int, seed: int) -> None:
    of = dealt(records, districts, seed)
    deals = [deal for here in of for deal in here]
    assert len(of) == districts
    assert len(deals) >= 3
    assert 3 * sum(deal.scattered for deal in deals) >= len(deals)


def test_kinds_of_a_medium_region_are_scattered_alike() -> None:
    deals = [deal for of in dealt(1_000_000, 48, 2) for deal in of]
    share = {kind: np.mean([deal.scattered for deal in deals if deal.kind == kind]) for kind in KINDS}
    assert all(0.3 < part < 0.37 for part in share.values())


def test_every_kind_is_planted(networks: list[Circle]) -> None:
    assert set(Counter(circle.kind for circle in networks)) == set(KINDS)
    assert all(circle.adults and circle.children for circle in networks)


def test_most_people_of_a_network_live_apart(networks: list[Circle], district: District) -> None:
    house = district.people.families.household
    for circle in networks:
        if circle.kind not in ("familial", "institutional"):
            for who in (circle.adults, circle.children):
                assert len({int(house[one]) for one in who}) == len(who)
    kin = [circle for circle in networks if circle.kind == "familial"]
    assert all(len({int(house[one]) for one in circle.children}) <= 2 for circle in kin)


def test_a_child_is_under_eighteen_whenever_it_is_there(networks: list[Circle], district: District) -> None:
    born, seen = district.people.families.born, 0
    for circle in networks:
        for evening in evenings_of(circle, district.people, 0, np.random.default_rng(1)):
            ages = [(evening.day - born[one]) / YEAR for one in evening.children]
            assert all(10 <= age < 18 for age in ages)
            assert evening.day < DAY
            assert set(evening.children) <= set(circle.children)
            assert set(evening.adults) <= set(circle.adults)
            assert evening.missing is None or evening.missing == evening.children[0]
            seen += 1
    assert seen > 300


def test_those_of_long_ago_were_children_then_and_adults_were_grown_up(
    networks: list[Circle], district: District
) -> None:
    born = district.people.families.born
    for circle in (one for one in networks if one.kind == "non-recent"):
        assert all((DAY - born[one]) / YEAR >= 18 for one in circle.children)
        assert all((circle.phases[0].first - born[one]) / YEAR >= 14 for one in circle.adults)
        assert max(born[one] for one in circle.adults) < min(born[one] for one in circle.children)
        assert circle.phases[-1].last < DAY - 5 * 365


def test_what_was_long_ago_is_told_of_years_later(networks: list[Circle], noticed: dict[str, list[Notice]]) -> None:
    for circle in networks:
        for notice in noticed[circle.name]:
            assert notice.day <= notice.told < DAY
            if circle.kind == "non-recent":
                assert notice.told - notice.day > 5 * 365


def test_one_that_was_disrupted_goes_on_beyond_the_border(networks: list[Circle]) -> None:
    for circle in (one for one in networks if one.kind == "moved after disruption"):
        before, after = circle.phases
        assert before.last <= after.first
        assert not any(spot.beyond for spot in before.spots)
        assert all(spot.beyond for spot in after.spots)
        assert (before.phone, before.mark) != (after.phone, after.mark)


def test_a_long_one_changes_places_telephones_and_vehicles(networks: list[Circle]) -> None:
    for circle in (one for one in networks if one.kind == "long-running"):
        assert len({phase.phone for phase in circle.phases}) == len(circle.phases) == 3
        assert circle.phases[-1].last - circle.phases[0].first > 4 * 365


def test_scattered_traces_name_one_person_and_nothing_shared(
    networks: list[Circle], noticed: dict[str, list[Notice]]
) -> None:
    scattered = [circle for circle in networks if circle.scattered]
    assert 3 * len(scattered) >= len(networks)
    for notice in (notice for circle in scattered for notice in noticed[circle.name]):
        assert len(notice.adults) + len(notice.children) == 1
        assert (notice.phone, notice.mark) == (None, None)
        assert notice.spot is None or notice.spot.address < 0
        assert notice.what not in ("message", "relation", "stop")


def test_no_two_people_share_a_row_that_a_scattered_network_left(overlay: Overlay) -> None:
    """As it stands in the tables: no event with two of them, no place, telephone or vehicle."""
    left = {
        (agency.slug, key, number)
        for one in overlay.planted if one.circle.scattered for agency, key, number in one.traces
    }  # fmt: skip
    assert len(left) > 20
    for agency, key, table, truth in overlay.tables:
        here = [at for at, ref in enumerate(table["ref"]) if (agency.slug, key, int(ref)) in left]
        for name in ("place", "place_line", "place_phone", "place_mark", "mark", "sender", "receiver"):
            assert all(table[name][at] is None for at in here if name in table)
        assert all(sum(int(who[at]) >= 0 for who in truth.values()) <= 1 for at in here)
        if key in ("crime_people", "stop_people", "found_with"):
            events = Counter(table["event"][at] for at in here)
            assert all(count == 1 for count in events.values())


def test_what_one_agency_knows_stands_in_no_file_of_another(overlay: Overlay) -> None:
    known = [one for one in overlay.planted if one.circle.only]
    assert known
    for one in known:
        assert one.circle.scattered
        assert len({agency.slug for agency, _, _ in one.traces}) == 1


def test_most_other_networks_leave_something_to_join(networks: list[Circle], noticed: dict[str, list[Notice]]) -> None:
    """An adult stands in a note beside a child, or beside another adult."""
    joined = [circle for circle in networks if not circle.scattered]
    met = [
        any(one.adults and len(one.adults) + len(one.children) > 1 for one in noticed[circle.name]) for circle in joined
    ]
    assert np.mean(met) > 0.8


def test_groups_live_by_the_same_evenings(district: District, beyond: Homes) -> None:
    """Children go missing from a care home, several at once; a firm shares a telephone; a club drives many children."""
    _, far = sides(district.homes, beyond, district.agencies)
    rng = np.random.default_rng(2)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    together = 0
    circles = list(innocent(district, far, rng))
    for circle in circles:
        for notice in notices_of(circle, list(evenings_of(circle, district.people, 0, rng)), district.people, DAY, rng):
            kinds[circle.kind][notice.what] += 1
            together += len(notice.children) > 1
    assert len(circles) == len(district.gatherings.groups)
    assert set(kinds) == set(all_rates()["kinds_of_decoy"].value)
    assert max(kinds, key=lambda kind: kinds[kind]["missing"] / sum(kinds[kind].values())) == "care home"
    assert max(kinds, key=lambda kind: kinds[kind]["stop"] / sum(kinds[kind].values())) == "taxi firm"
    assert min(sum(of.values()) for of in kinds.values()) > 10
    assert together > 50


def test_traces_are_of_several_agencies(overlay: Overlay) -> None:
    agencies = [len({agency.slug for agency, _, _ in one.traces}) for one in overlay.planted if not one.circle.only]
    assert np.mean(agencies) > 2
    beyond = {
        agency.slug
        for one in overlay.planted if one.circle.kind in ("cross-border", "moved after disruption")
        for agency, _, _ in one.traces if agency.kind == "police"
    }  # fmt: skip
    assert len(beyond) == 2


def test_people_of_a_network_stand_in_rows_under_their_own_names(overlay: Overlay, district: District) -> None:
    """Mostly: with slips and habits as everywhere."""
    same, all_of = 0, 0
    for _, key, table, truth in overlay.tables:
        if key == "missing":
            names = zip(table["family"].tolist(), truth["person"].tolist(), strict=True)
            pairs = [(name, district.people.families.family[who]) for name, who in names if name]
            same, all_of = same + sum(one == other for one, other in pairs), all_of + len(pairs)
    assert all_of > 50
    assert 0.6 < same / all_of < 1


def test_rows_are_numbered_in_the_order_of_their_days(overlay: Overlay) -> None:
    for _, _, table, _ in overlay.tables:
        numbers = [int(ref) for ref in table["ref"]]
        assert numbers == list(range(1, len(numbers) + 1))
        if "day" in table:
            assert table["day"].tolist() == sorted(table["day"].tolist())


def test_two_networks_share_no_telephone_or_vehicle_of_their_own(networks: list[Circle]) -> None:
    for one, other in combinations(networks, 2):
        assert not {phase.phone for phase in one.phases} & {phase.phone for phase in other.phases}
        assert not {phase.mark for phase in one.phases} & {phase.mark for phase in other.phases}
