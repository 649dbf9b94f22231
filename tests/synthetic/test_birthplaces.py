"""Places of birth: whose they are, of what they say nothing, what stands of them in the files."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from concerted.synthetic.agencies import Agencies
from concerted.synthetic.birthplaces import birthplaces as born_in
from concerted.synthetic.columns import there
from concerted.synthetic.district import District, district_of
from concerted.synthetic.lexicon import load
from concerted.synthetic.mentions import File
from concerted.synthetic.rates import rate, shares
from concerted.synthetic.sizes import SIZES
from tests.synthetic.conftest import DAY, Region
from tests.synthetic.test_district import dependent, pairs_of

COUNTRIES, _ = shares("countries_of_birth")


@pytest.fixture(scope="module")
def places(district: District) -> np.ndarray:
    """Where each person of the district was born."""
    return born_in(district.people.families, district.homes, load(), np.random.default_rng(5))


def test_everybody_was_born_in_an_invented_town_or_in_a_country(places: np.ndarray) -> None:
    abroad = np.isin(places, COUNTRIES)
    assert set(places[~abroad]) <= set(load().towns)
    assert set(COUNTRIES) & set(load().towns) == set()
    assert abroad.mean() == pytest.approx(rate("born_abroad"), abs=0.02)


def test_it_is_drawn_without_regard_to_name_or_sex(district: District, places: np.ndarray) -> None:
    """Nothing of a family but its household and its days of birth has a part in it."""
    families = district.people.families
    none = np.full(len(places), None, object)
    blank = dataclasses.replace(
        families, origin=families.origin * 0, female=~families.female, given=none, middle=none, family=none
    )
    again = born_in(blank, district.homes, load(), np.random.default_rng(5))
    assert again.tolist() == places.tolist()


def test_being_born_abroad_says_nothing_of_name_ethnicity_care_or_how_often_one_is_met(
    district: District, places: np.ndarray
) -> None:
    people, abroad = district.people, np.isin(places, COUNTRIES)
    own = people.families.adult  # brothers and sisters share an origin and a place: each household would count often
    for what in (people.families.origin, people.ethnicity, people.worth > 0):
        assert dependent(abroad[own], what[own]) < 0.06
    assert dependent(abroad, people.care) < 0.06


def test_twins_were_born_in_one_place_and_brothers_and_sisters_mostly(district: District, places: np.ndarray) -> None:
    families = district.people.families
    beside = (families.household[1:] == families.household[:-1]) & ~families.adult[1:] & ~families.adult[:-1]
    twins = beside & (families.born[1:] == families.born[:-1])
    same = places[1:] == places[:-1]
    assert same[twins].all()
    assert 0.6 < same[beside & ~twins].mean() < 0.85
    assert (places[1:] == places[:-1])[families.household[1:] != families.household[:-1]].mean() < 0.3


def test_it_is_written_by_police_councils_and_hospitals_for_some(district: District) -> None:
    written, file = there(district.typed.birthplace), district.mentions.file
    for kind in (File.NOMINALS, File.PEOPLE, File.ATTENDANCES):
        assert 0.2 < written[file == kind].mean() < 0.7


def test_true_pairs_that_have_it_differ_in_some_of_a_hundred(district: District) -> None:
    left, right = pairs_of(district, {File.NOMINALS, File.PEOPLE, File.ATTENDANCES}).T
    column = district.typed.birthplace
    both = there(column[left]) & there(column[right])
    assert both.sum() > 300
    assert 0.04 < (column[left][both] != column[right][both]).mean() < 0.15


def test_no_other_value_of_any_mention_hangs_on_it(
    district: District, agencies: Agencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(people: Sequence[object], mentions: Sequence[object], *_: object) -> np.ndarray:
        return np.full(len(mentions), None, object)

    monkeypatch.setattr("concerted.synthetic.district.written", nowhere)
    without = district_of(0, SIZES["medium"], agencies, DAY, load(), 5)
    assert not there(without.typed.birthplace).any()
    for field in dataclasses.fields(without.typed):
        if field.name != "birthplace":
            assert getattr(without.typed, field.name).tolist() == getattr(district.typed, field.name).tolist()
    assert without.reference.tolist() == district.reference.tolist()


def test_extracts_hold_it_and_their_profiles_map_it(small: Region) -> None:
    columns = {
        "brackenmarch-constabulary/nominals.csv": "PLACE_OF_BIRTH",
        "marrowfleet-police/persons.csv": "place_of_birth",
        "brackenhithe-city-council/people.csv": "place_of_birth",
        "marrowfleet-borough-council/subjects.csv": "Place of birth",
        "brackenhithe-hospitals/attendances.csv": "birth_place",
    }
    for path, column in columns.items():
        rows = small.rows(f"extracts/{path}")
        assert 0.2 < np.mean([bool(row[column]) for row in rows]) < 0.7
        name = path.replace("/", "-").removesuffix(".csv")
        assert f"place_of_birth: {column}\n" in (small.folder / "profiles" / f"{name}.yaml").read_text("utf-8")
