"""Who is recorded where, how often and when: in lists that agencies keep, and in what they write anew each time."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.people import People, cap_of_mentions
from concerted.synthetic.rates import rate, shares

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
YEARS_BACK = 6


class File(IntEnum):
    """A kind of file that holds people. The first four are lists that should hold a person once."""

    NOMINALS = 0
    NOMINALS_ELSEWHERE = 1
    PEOPLE = 2
    PEOPLE_ELSEWHERE = 3
    MISSING = 4
    INTELLIGENCE = 5
    CONTACTS = 6
    ATTENDANCES = 7
    SESSIONS = 8
    SESSIONS_ELSEWHERE = 9


LISTS = 4  # kinds of file below this are lists


@dataclass(frozen=True)
class Mentions:
    """Each time that somebody is recorded, side by side, by person and then by day. file: a `File`. day: since 1970."""

    person: Numbers
    file: Numbers
    day: Numbers

    def __len__(self) -> int:
        return len(self.person)

    def of(self, *files: File) -> Numbers:
        """The places of the mentions in these kinds of file."""
        found: Numbers = np.flatnonzero(np.isin(self.file, files))
        return found


def mentions_of(people: People, as_of: int, records: int, region: int, rng: np.random.Generator) -> Mentions:
    """As many mentions as `records`. region: records of the whole region, which bound the longest tail."""
    child = people.families.age(as_of) < 18
    person = np.repeat(np.arange(len(people)), _how_often(people, region, rng))
    file = _where(child[person], rng)
    file = _once_a_list(person, file, child[person], rng)
    twice = np.flatnonzero((file < LISTS) & (rng.random(len(file)) < rate("recorded_twice_in_a_list")))
    person, file = np.r_[person, person[twice]], np.r_[file, file[twice]]
    kept = np.sort(rng.permutation(len(person))[:records])
    person, file = person[kept], file[kept]
    back = rng.exponential(rate("days_since_recorded"), len(person)) % (YEARS_BACK * 365)
    day = as_of - 1 - back.astype(np.int64)
    born = people.families.born[person]
    day = np.where(day < born, born + ((as_of - born) * rng.random(len(day))).astype(np.int64), day)
    order = np.lexsort((day, person))
    return Mentions(person[order], file[order], day[order])


def _how_often(people: People, region: int, rng: np.random.Generator) -> Numbers:
    worth = people.worth
    least = np.array([1, 2, 4, 0])[worth]
    more = np.array([rate("more_mentions_seldom"), rate("more_mentions_sometimes"), rate("more_mentions_often"), 0])
    often = least + rng.poisson(more[worth])
    low, high = cap_of_mentions(region)
    again = np.flatnonzero(worth == 3)
    often[again] = np.exp(rng.uniform(np.log(low), np.log(high), len(again))).astype(np.int64)
    made: Numbers = often
    return made


def _where(child: Flags, rng: np.random.Generator) -> Numbers:
    file = np.empty(len(child), np.int64)
    for is_child, name in ((True, "where_children_are_recorded"), (False, "where_adults_are_recorded")):
        here = np.flatnonzero(child == is_child)
        file[here] = _drawn(name, len(here), rng)
    return file


def _drawn(name: str, count: int, rng: np.random.Generator, but: int = -1) -> Numbers:
    kinds, weights = shares(name)
    files = np.array([File[kind.upper()] for kind in kinds])
    chance = np.where(files > but, weights, 0.0)
    return rng.choice(files, count, p=chance / chance.sum()).astype(np.int64)


def _once_a_list(person: Numbers, file: Numbers, child: Flags, rng: np.random.Generator) -> Numbers:
    """A second mention in a list becomes one on another occasion."""
    file = file.copy()
    key = person * len(File) + file
    first = np.zeros(len(key), bool)
    first[np.unique(key, return_index=True)[1]] = True
    for is_child, name in ((True, "where_children_are_recorded"), (False, "where_adults_are_recorded")):
        again = np.flatnonzero((file < LISTS) & ~first & (child == is_child))
        file[again] = _drawn(name, len(again), rng, but=LISTS - 1)
    return file
