"""Groups that look alike on paper and have nothing to hide: clubs, teams, classes, care homes, families, firms, a
worker's telephone. A person of one is often recorded together with others of it, at its place, on one of its days."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic import numbers
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import File, Mentions
from concerted.synthetic.people import People
from concerted.synthetic.rates import all_rates, rate, shares

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]
AT_A_GROUP: Final = (File.MISSING, File.INTELLIGENCE, File.CONTACTS, File.SESSIONS, File.SESSIONS_ELSEWHERE)


@dataclass(frozen=True)
class Group:
    """kind: as in the truth. name: of its place. address: of it in the district. members: people of the district."""

    kind: str
    name: str | None
    location: str
    address: int
    phone: str
    registration: str
    members: Numbers
    days: Numbers


@dataclass(frozen=True)
class Gatherings:
    """group: of each mention, -1 for none."""

    groups: list[Group]
    group: Numbers


# What kind of place a group meets at.
_PLACE: Final = {
    "youth club": "community building", "team": "sports ground", "school class": "school", "care home": "care setting",
    "extended family": "home", "taxi firm": "taxi office", "takeaway": "takeaway", "worker's telephone": "office",
}  # fmt: skip


def gatherings_of(
    people: People, mentions: Mentions, first: int, as_of: int, homes: int, lexicon: Lexicon, rng: np.random.Generator
) -> Gatherings:
    """The groups of a district, and which mentions come of one. first: the number of its first telephone."""
    recorded = np.zeros(len(people), bool)
    recorded[mentions.person[np.isin(mentions.file, AT_A_GROUP)]] = True
    kinds, weights = shares("kinds_of_decoy")
    count = max(8, round(rate("decoys_a_record") * len(mentions)))
    chosen = rng.choice(len(kinds), count, p=weights)
    turn = rng.permutation(10_000)
    age = people.families.age(as_of)
    makers: dict[str, Callable[[], Numbers]] = {"extended family": lambda: _family(people, rng)}
    groups = []
    for number, at in enumerate(chosen.tolist()):
        kind = kinds[at]
        members = makers.get(kind, lambda kind=kind: _members(kind, age, recorded, rng))()
        days = as_of - 1 - rng.integers(5, 900, rng.integers(3, 9))
        groups.append(
            Group(
                kind=kind,
                name=_name(kind, int(turn[number % len(turn)]), lexicon),
                location=_PLACE[kind],
                address=int(rng.integers(0, homes)),
                phone=numbers.mobiles(np.array([first + number]))[0],
                registration=numbers.registrations(np.array([first + number]))[0],
                members=np.unique(members),
                days=np.sort(days),
            )
        )
    return Gatherings(groups, _gathered(groups, people, mentions, rng))


_NAMED: Final = {
    "youth club": "youth_club", "team": "sports_team", "school class": "school", "care home": "care_home",
    "taxi firm": "taxi_firm", "takeaway": "takeaway",
}  # fmt: skip


def _name(kind: str, turn: int, lexicon: Lexicon) -> str | None:
    """The name of the group's place; a family's home and a worker's office have none."""
    if kind not in _NAMED:
        return None
    names = lexicon.organisations[_NAMED[kind]]
    return str(names[turn % len(names)])


def _members(kind: str, age: Numbers, recorded: Flags, rng: np.random.Generator) -> Numbers:
    """People who live near each other in the numbering of the district, so that groups are local."""
    chosen = []
    centre = int(rng.integers(0, len(age)))
    reach = max(200, len(age) // 6)
    near = (np.arange(centre, centre + reach)) % len(age)
    for low, high, least, most in all_rates()["people_of_a_decoy"].value[kind]:
        fit = near[(age[near] >= low) & (age[near] <= high) & recorded[near]]
        wanted = min(int(rng.integers(least, most + 1)), len(fit))
        chosen.append(rng.choice(fit, wanted, replace=False) if wanted else np.empty(0, np.int64))
    return np.concatenate(chosen)


def _family(people: People, rng: np.random.Generator) -> Numbers:
    """The household of somebody and the one before it, which is often of the same family."""
    household = people.families.household[int(rng.integers(0, len(people)))]
    found: Numbers = np.flatnonzero(np.isin(people.families.household, [household, household - 1]))
    return found


def _gathered(groups: list[Group], people: People, mentions: Mentions, rng: np.random.Generator) -> Numbers:
    """Of the mentions of members some come of the group. Somebody in two groups is counted to the later one."""
    of_person = np.full(len(people), -1)
    for number, group in enumerate(groups):
        of_person[group.members] = number
    may = np.isin(mentions.file, AT_A_GROUP) & (rng.random(len(mentions)) < rate("recorded_with_the_group"))
    found: Numbers = np.where(may, of_person[mentions.person], -1)
    return found


def on_its_day(mentions: Mentions, gatherings: Gatherings, rng: np.random.Generator) -> Mentions:
    """The same mentions, those that come of a group on one of its days."""
    day = mentions.day.copy()
    pick = rng.random(len(day))
    for at in np.flatnonzero(gatherings.group >= 0).tolist():
        days = gatherings.groups[gatherings.group[at]].days
        day[at] = days[int(pick[at] * len(days))]
    return Mentions(mentions.person, mentions.file, day)
