"""The networks of a district: who is in each, over which years, and where they meet as time goes on."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from concerted.synthetic.circles.circle import Circle, Phase, Spot
from concerted.synthetic.circles.kinds import Deal
from concerted.synthetic.circles.people import Draw
from concerted.synthetic.circles.sides import Side
from concerted.synthetic.district import District
from concerted.synthetic.families import YEAR
from concerted.synthetic.groups import Group
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.numbers import mobiles, registrations
from concerted.synthetic.rates import all_rates, drawn, drawn_of, rate

_NAMED: Final = {"takeaway": "takeaway", "hotel": "hotel", "park": "park", "transport": "station"}
BY_ONE: Final = ("intelligence", "contact", "session", "attendance")  # notices of which another agency hears nothing
_CHILDHOOD: Final = (11, 17)  # years: when those who are grown up were met


class Planter:
    """Plants the networks of one district. first: a number for its telephones and vehicles, which nothing else has."""

    def __init__(
        self, district: District, beyond: Side, lexicon: Lexicon, first: int, rng: np.random.Generator
    ) -> None:
        self._district, self._beyond, self._lexicon, self._first, self._rng = district, beyond, lexicon, first, rng
        self._draw = Draw(district, rng)

    def networks(self, deals: list[Deal]) -> Iterator[Circle]:
        """One for each deal."""
        for turn, deal in enumerate(deals):
            yield self._network(deal, self._first + _NUMBERS * turn)

    def _network(self, deal: Deal, number: int) -> Circle:
        (adults, children), group = self._draw.members(deal.kind)
        first, last = self._years(deal.kind, children)
        low, high = all_rates()["evenings_of_a_network"].value[deal.kind]
        told = self._district.as_of - int(rate("days_of_telling")) if deal.kind == "non-recent" else None
        return Circle(
            name=f"N{deal.number:04d}",
            kind=deal.kind,
            adults=adults,
            children=children,
            phases=tuple(self._phases(deal.kind, first, last, number, group)),
            evenings=int(self._rng.integers(low, high + 1)),
            network=True,
            scattered=deal.scattered,
            told=told,
            near=self._near(deal.kind, adults, children),
            only=self._only(deal),
        )

    def _near(self, kind: str, adults: tuple[int, ...], children: tuple[int, ...]) -> tuple[int, ...]:
        """Who has a part in the children's lives: the one of a club or a home, and those who live with a child."""
        if kind == "institutional":
            return adults[:1]
        house = self._district.people.families.household
        homes = {int(house[child]) + step for child in children for step in (-1, 0, 1)}
        return tuple(adult for adult in adults if kind == "familial" and int(house[adult]) in homes)

    def _only(self, deal: Deal) -> str | None:
        """What one agency alone notices of a network that leaves scattered traces, mostly."""
        if not deal.scattered or self._rng.random() >= rate("scattered_known_to_one"):
            return None
        weights: dict[str, float] = all_rates()["noticed_as"].value[deal.kind]
        return str(drawn_of({what: weight for what, weight in weights.items() if what in BY_ONE}, self._rng))

    def _years(self, kind: str, children: tuple[int, ...]) -> tuple[int, int]:
        """The first and the last day of its life."""
        if kind == "non-recent":
            born = int(np.median(self._district.people.families.born[list(children)]))
            begin, end = _CHILDHOOD
            return born + int(begin * YEAR), born + int(end * YEAR)
        since, lasted = (self._rng.uniform(*all_rates()[name].value[kind]) for name in (
            "years_since_a_network_ended", "years_of_a_network"))  # fmt: skip
        last = self._district.as_of - 2 - int(since * YEAR)
        return last - int(lasted * YEAR), last

    def _phases(self, kind: str, first: int, last: int, number: int, group: Group | None) -> Iterator[Phase]:
        """As the years go by, places, telephones and vehicles change; one that was disrupted goes on elsewhere."""
        many = int(all_rates()["phases_of_a_network"].value[kind])
        ends = np.linspace(first, last, many + 1).astype(int).tolist()
        for turn in range(many):
            away = kind == "moved after disruption" and turn > 0
            numbered = np.array([number + turn])
            spots = tuple(self._spot(kind, away, group) for _ in range(int(self._rng.integers(1, 4))))
            yield Phase(ends[turn], ends[turn + 1], spots, str(mobiles(numbered)[0]), str(registrations(numbered)[0]))

    def _spot(self, kind: str, away: bool, group: Group | None) -> Spot:
        if group is not None and self._rng.random() < rate("met_where_they_were_found"):
            return Spot(group.name, group.location, group.address)
        beyond = away or self._rng.random() < float(all_rates()["ways_of_circles"].value[kind]["beyond"])
        if not beyond and self._rng.random() < rate("meets_at_a_firm"):
            return self._firm()
        place = str(drawn("places_of_a_network", 1, self._rng)[0])
        homes = self._beyond.homes if beyond else self._district.homes
        return Spot(self._named(place), place, int(self._rng.integers(0, len(homes))), beyond)

    def _firm(self) -> Spot:
        """A takeaway or a taxi office whose people have nothing to do with it."""
        firms = [group for group in self._district.gatherings.groups if group.kind in ("takeaway", "taxi firm")]
        if not firms:
            return Spot(None, "street", int(self._rng.integers(0, len(self._district.homes))))
        firm = firms[int(self._rng.integers(0, len(firms)))]
        return Spot(firm.name, firm.location, firm.address)

    def _named(self, place: str) -> str | None:
        if place not in _NAMED:
            return None
        names = self._lexicon.organisations[_NAMED[place]]
        return str(names[int(self._rng.integers(0, len(names)))])


_NUMBERS: Final = 10  # that each network may use
