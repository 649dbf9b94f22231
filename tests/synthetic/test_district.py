"""A district against what it should be: errors as they are, families, groups, and what must not depend on what."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from concerted.synthetic.agencies import Agencies
from concerted.synthetic.columns import there
from concerted.synthetic.district import District, district_of
from concerted.synthetic.events import crimes
from concerted.synthetic.lexicon import load
from concerted.synthetic.mentions import File
from concerted.synthetic.rates import all_rates
from concerted.synthetic.sizes import SIZES
from tests.synthetic.conftest import DAY

TYPICAL = 10  # records of one person; those met again and again would drown the others


def pairs_of(district: District, files: set[File] | None = None) -> np.ndarray:
    """Two mentions of one person, for people with few of them."""
    person = district.mentions.person
    at = np.arange(len(person)) if files is None else np.flatnonzero(np.isin(district.mentions.file, list(files)))
    found = []
    for rows in np.split(at, np.flatnonzero(np.diff(person[at])) + 1):
        if 1 < len(rows) <= TYPICAL:
            found += list(combinations(rows.tolist(), 2))
    return np.array(found)


def differ(district: District, field: str, files: set[File] | None = None) -> float:
    """In how many of the true pairs that have both values they differ."""
    column = getattr(district.typed, field)
    left, right = pairs_of(district, files).T
    both = there(column[left]) & there(column[right])
    return float(np.mean(column[left][both] != column[right][both]))


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [("family", 0.15, 0.20), ("given", 0.10, 0.15), ("postcode", 0.45, 0.56), ("sex", 0.008, 0.02)],
)
def test_true_pairs_differ_as_often_as_studies_find(district: District, field: str, low: float, high: float) -> None:
    assert low <= differ(district, field) <= high


def test_dates_of_birth_differ_little_in_health_and_more_in_charities(district: District) -> None:
    assert differ(district, "born", {File.ATTENDANCES}) <= 0.05  # 1 in 100 over a large region
    assert 0.03 <= differ(district, "born", {File.SESSIONS, File.SESSIONS_ELSEWHERE}) <= 0.30  # months and years too


def test_lists_hold_three_to_eight_of_a_hundred_twice(district: District) -> None:
    for file in (File.NOMINALS, File.PEOPLE):
        people = district.mentions.person[district.mentions.of(file)]
        assert 0.03 <= 1 - len(np.unique(people)) / len(people) <= 0.08


def test_some_are_met_again_and_again(district: District) -> None:
    counts = Counter(district.mentions.person.tolist())

    assert max(counts.values()) >= 20
    assert np.median(list(counts.values())) <= 2


def test_thirteen_to_eighteen_addresses_share_a_postcode(district: District) -> None:
    counts = Counter(district.homes.postcode.tolist())

    assert set(counts.values()) <= set(range(13, 19))


def test_errors_are_an_agencys_habit(district: District) -> None:
    """Two records of a person at one agency have the same name oftener than two of two agencies."""
    left, right = pairs_of(district).T
    family, file = district.typed.family, district.mentions.file
    both = there(family[left]) & there(family[right])
    same_agency = file[left] == file[right]
    apart = family[left] != family[right]

    assert apart[both & same_agency].mean() < apart[both & ~same_agency].mean()


def test_some_records_carry_anothers_errors(district: District) -> None:
    """A family name that is nobody's stands in records of two agencies."""
    person, family = district.mentions.person, district.typed.family
    proper = {district.people.families.family[at] for at in range(len(district.people))}
    agencies: dict[tuple[int, str], set[int]] = {}
    for at, name in enumerate(family.tolist()):
        if name and name not in proper:
            agencies.setdefault((person[at], name), set()).add(int(district.mentions.file[at]))

    assert sum(len(files) > 1 for files in agencies.values()) > 100


def test_twins_fathers_and_sons_and_cousins_are_there(district: District) -> None:
    families = district.people.families
    house = families.household
    twins = (house[1:] == house[:-1]) & (families.born[1:] == families.born[:-1]) & ~families.adult[1:]
    assert twins.sum() > 20
    names = Counter(zip(house.tolist(), families.given.tolist(), families.family.tolist(), strict=True))
    assert sum(count > 1 for count in names.values()) > 5
    assert len(families.near_cousins) > 20


def dependent(one: np.ndarray, other: np.ndarray) -> float:
    """Cramér's V with its bias taken out: 0 when the two say nothing of each other, 1 when they tell all."""
    _, left = np.unique(one.astype(str), return_inverse=True)
    _, right = np.unique(other.astype(str), return_inverse=True)
    table = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(table, (left, right), 1)
    total = table.sum()
    expected = np.outer(table.sum(1), table.sum(0)) / total
    phi = ((table - expected) ** 2 / expected).sum() / total
    rows, columns = table.shape
    unbiased = max(0.0, phi - (rows - 1) * (columns - 1) / (total - 1))
    return float(np.sqrt(unbiased / min(rows - 1, columns - 1)))


def test_ethnicity_says_nothing_of_name_role_family_or_how_often_one_is_met(district: District) -> None:
    people = district.people
    assert dependent(people.ethnicity, people.families.origin) < 0.05
    assert dependent(people.ethnicity, people.worth > 0) < 0.05
    assert dependent(people.ethnicity, people.care) < 0.05
    assert dependent(people.families.origin, people.worth > 0) < 0.05
    assert dependent(people.families.origin, people.families.origin) == pytest.approx(1.0, abs=0.01)


def test_the_part_that_somebody_has_in_a_crime_says_nothing_of_ethnicity_or_name(district: District) -> None:
    _, parts = crimes(district, np.random.default_rng(1))
    rows = district.mentions.of(File.NOMINALS)
    references = district.reference[rows].astype(str).tolist()
    person = dict(zip(references, district.mentions.person[rows].tolist(), strict=True))
    pairs = zip(parts["role"].tolist(), parts["person"].tolist(), strict=True)
    told = sorted({(role, person[reference]) for role, reference in pairs})  # somebody counts once in each role
    roles, who = np.array([role for role, _ in told]), np.array([one for _, one in told])

    assert set(roles.tolist()) == {"suspect", "victim", "witness"}
    assert dependent(roles, district.people.ethnicity[who]) < 0.08
    assert dependent(roles, district.people.families.origin[who]) < 0.08


def test_decoys_are_many_and_their_members_are_people(district: District) -> None:
    groups = district.gatherings.groups
    assert len(groups) == pytest.approx(0.016 * len(district.mentions), rel=0.1)
    assert {group.kind for group in groups} == set(all_rates()["kinds_of_decoy"].value)
    assert all(group.members.max(initial=0) < len(district.people) for group in groups)
    assert np.mean([len(group.members) for group in groups]) > 3
    assert (district.gatherings.group >= 0).sum() > 200


def test_a_district_is_the_same_whatever_stands_beside_it(district: District, agencies: Agencies) -> None:
    again = district_of(0, SIZES["medium"], agencies, DAY, load(), 5)

    assert again.typed.family.tolist() == district.typed.family.tolist()
    assert again.reference.tolist() == district.reference.tolist()


def test_every_rate_has_a_source() -> None:
    assert [name for name, rate in all_rates().items() if len(rate.source) < 7] == []
