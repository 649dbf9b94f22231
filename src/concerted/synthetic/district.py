"""One district: its people, its groups, what is recorded of them, and by whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.agencies import Agencies, Agency
from concerted.synthetic.birthplaces import birthplaces, written
from concerted.synthetic.groups import Gatherings, gatherings_of, on_its_day
from concerted.synthetic.homes import Homes, homes_of
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import File, Mentions, mentions_of
from concerted.synthetic.people import People, people_of
from concerted.synthetic.rates import all_rates
from concerted.synthetic.sizes import Size
from concerted.synthetic.typed import Desk, Typed, habits, typed_of

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
PEOPLE_A_RECORD = 0.62  # people that must be made for each record wanted, a few more than are recorded
ROOM = 100_000  # numbers that each district has for the records of a file
_HOMES_A_PERSON = 0.62
_FIRST_OF_GROUPS, _GROUPS = 2_000_000, 10_000  # numbers of telephones and vehicles beyond those of people


@dataclass(frozen=True)
class District:
    """A district. number: from 0. agencies: which keeps each kind of file. reference: a number of each mention, its own
    in its file. birthplaces: of each person."""

    number: int
    as_of: int
    people: People
    homes: Homes
    mentions: Mentions
    typed: Typed
    gatherings: Gatherings
    agencies: dict[File, Agency]
    reference: Numbers
    birthplaces: Texts

    def truth_ids(self, person: Numbers) -> Texts:
        """Each person's name in the truth."""
        first = self.number * ROOM
        made = np.empty(len(person), object)
        made[:] = [f"P{first + one:07d}" for one in person.tolist()]
        return made


def district_of(number: int, size: Size, agencies: Agencies, as_of: int, lexicon: Lexicon, seed: int) -> District:
    """The district of that number. Each part draws from a stream of its own, so that one more part changes no other."""
    streams = [np.random.default_rng([seed, number, part]) for part in range(7)]
    wanted = size.records // size.districts
    count = _people_of(size)
    homes = homes_in(number, size, lexicon, seed)
    people = people_of(count, number * count, as_of, len(homes), lexicon, streams[1])
    mentions = mentions_of(people, as_of, wanted, size.records, streams[2])
    gatherings = gatherings_of(
        people, mentions, _FIRST_OF_GROUPS + number * _GROUPS, as_of, len(homes), lexicon, streams[3]
    )
    mentions = on_its_day(mentions, gatherings, streams[3])
    here = agencies.of_district(number)
    by_file = [here[file] for file in File]
    agency = np.array([one.number for one in by_file])[mentions.file]
    of_agency = np.array([carelessness(one) for one in by_file])[mentions.file]
    desk = Desk(agency, people.careless[mentions.person] * of_agency, habits(mentions, agency, streams[4]))
    born_in = birthplaces(people.families, homes, lexicon, streams[6])
    said = written(born_in, mentions, homes, desk, streams[6])
    typed = typed_of(people, mentions, homes, desk, said, lexicon, streams[4])
    reference = _references(mentions, number, streams[5])
    return District(number, as_of, people, homes, mentions, typed, gatherings, here, reference, born_in)


def _people_of(size: Size) -> int:
    return int(size.records // size.districts * PEOPLE_A_RECORD) + 20


def homes_in(number: int, size: Size, lexicon: Lexicon, seed: int) -> Homes:
    """The addresses of the district of that number, the same whenever they are asked for."""
    many, stream = int(_people_of(size) * _HOMES_A_PERSON), np.random.default_rng([seed, number, 0])
    return homes_of(number % size.councils, number // size.councils, many, lexicon, stream)


def carelessness(agency: Agency) -> float:
    """How often what an agency writes is wrong, 1 for the police."""
    careless: dict[str, float] = all_rates()["carelessness_of_agencies"].value
    return float(careless[agency.kind])


def _references(mentions: Mentions, district: int, rng: np.random.Generator) -> Numbers:
    """In lists in no order of persons, elsewhere in the order of days."""
    made = np.zeros(len(mentions), np.int64)
    for file in File:
        here = mentions.of(file)
        turn = rng.permutation(len(here)) if file < File.MISSING else np.argsort(mentions.day[here], kind="stable")
        made[here[turn]] = district * ROOM + 1 + np.arange(len(here))
    return made
