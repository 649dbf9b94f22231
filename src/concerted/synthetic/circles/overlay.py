"""What circles add to a district: rows for its agencies' files, and the truth of the networks among them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from concerted.synthetic.agencies import Agency
from concerted.synthetic.circles.circle import Circle
from concerted.synthetic.circles.desk import Desk
from concerted.synthetic.circles.evenings import evenings_of
from concerted.synthetic.circles.innocent import innocent
from concerted.synthetic.circles.kinds import Deal
from concerted.synthetic.circles.networks import Planter
from concerted.synthetic.circles.notices import Notice, notices_of
from concerted.synthetic.circles.paper import Paper, Row
from concerted.synthetic.circles.sides import sides
from concerted.synthetic.circles.write import write
from concerted.synthetic.circles.written import Key, tables
from concerted.synthetic.district import District
from concerted.synthetic.homes import Homes
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.recorded import Table, Truth

_FIRST_OF_NETWORKS: Final = 2_005_000  # numbers of telephones and vehicles, beyond those of people and of groups
_DISTRICT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Planted:
    """A network. traces: the agency, the file and the number of every row in which one of its evenings was noticed."""

    circle: Circle
    traces: list[tuple[Agency, str, int]]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is added to a district. tables: as a district's own."""

    tables: list[tuple[Agency, str, Table, Truth]]
    planted: list[Planted]


def overlay_of(
    district: District, beyond: Homes, deals: list[Deal], last: Mapping[Key, int], lexicon: Lexicon, seed: int
) -> Overlay:
    """The lives of a district's networks and groups, as agencies noticed them.

    beyond: the addresses of the next district. last: the last number of each of the district's files so far. Each part
    draws from a stream of its own.
    """
    streams = [np.random.default_rng([seed, district.number, 200 + part]) for part in range(4)]
    paper = Paper(district)
    near, far = sides(district.homes, beyond, district.agencies)
    first = _FIRST_OF_NETWORKS + district.number * _DISTRICT
    networks = list(Planter(district, far, lexicon, first, streams[0]).networks(deals))
    groups = list(innocent(district, far, streams[1]))
    for circles, rng in ((networks, streams[2]), (groups, streams[1])):
        for circle in circles:
            for notice in _noticed(circle, district, rng):
                write(Desk(paper, circle, notice, far if notice.beyond else near, rng))
    made = list(tables(paper, last, lexicon, streams[3]))
    return Overlay(made, _planted(networks, paper.rows))


def _noticed(circle: Circle, district: District, rng: np.random.Generator) -> Iterator[Notice]:
    """What agencies notice of a circle's evenings."""
    people = district.people
    evenings = list(evenings_of(circle, people, district.number * len(people), rng))
    yield from notices_of(circle, evenings, people, district.as_of, rng)


def _planted(networks: list[Circle], rows: list[Row]) -> list[Planted]:
    traces = defaultdict(list)
    for row in rows:
        if row.circle is not None:
            traces[row.circle].append((row.agency, row.key, row.ref))
    return [Planted(circle, traces[circle.name]) for circle in networks]
