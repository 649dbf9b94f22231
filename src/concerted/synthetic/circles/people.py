"""Who is in a network: drawn by age and by who lives with whom, and by nothing else that is known of anybody.

Neither sex, name, ethnicity, nor place of birth has a part. Children in care are drawn more often, as inquiries found,
and so are people whom others know from a class, a club or a firm.
"""

import numpy as np

from concerted.synthetic.columns import Flags, Numbers
from concerted.synthetic.district import District
from concerted.synthetic.families import YEAR
from concerted.synthetic.groups import Group
from concerted.synthetic.rates import all_rates, between, rate

Members = tuple[tuple[int, ...], tuple[int, ...]]
"""Adults and children."""


class Draw:
    """Draws members, nobody twice in one district."""

    def __init__(self, district: District, rng: np.random.Generator) -> None:
        self._rng, self._groups = rng, district.gatherings.groups
        self._families = district.people.families
        self._often = np.ones(len(district.people))
        for group in self._groups:
            self._often[group.members] = rate("in_a_group_as_often")
        self._care = np.where(district.people.care, rate("in_care_as_often"), 1.0)
        self._years = (district.as_of - self._families.born) / YEAR
        self._free: Flags = np.ones(len(district.people), bool)

    def members(self, kind: str) -> tuple[Members, Group | None]:
        """Of a network of that kind; and the group that they were met in, for the kind that is."""
        spans = all_rates()["people_of_a_network"].value[kind]
        if kind == "familial":
            return self._kin(spans), None
        if kind == "institutional":
            return self._in_a_group(spans)
        if kind == "non-recent":
            return self._grown_up(spans), None
        adults, children = spans
        return (self._of_age(*adults), self._of_age(*children, children=True)), None

    def _of_age(self, low: float, high: float, least: int, most: int, *, children: bool = False) -> tuple[int, ...]:
        """People who live apart from each other, and of whom many know the first from a class, a club or a firm."""
        pool = np.flatnonzero(self._free & (self._years >= low) & (self._years < high + 1))
        if not len(pool):
            return ()
        weight = self._often[pool] * (self._care[pool] if children else 1.0)
        keys = self._rng.exponential(1.0, len(pool)) / weight
        first = pool[np.argmin(keys)]
        keys[np.isin(pool, self._acquainted(int(first)))] /= rate("acquainted_as_often")
        keys[pool == first] = 0
        pool = pool[np.argsort(keys, kind="stable")]
        _, apart = np.unique(self._families.household[pool], return_index=True)
        return self._taken(pool[np.sort(apart)][: self._many(least, most)])

    def _acquainted(self, person: int) -> Numbers:
        """Those who are in a harmless group with somebody."""
        groups = [group.members for group in self._groups if person in group.members]
        return np.concatenate(groups) if groups else np.empty(0, np.int64)

    def _many(self, least: int, most: int) -> int:
        return int(self._rng.integers(least, most + 1))

    def _taken(self, chosen: Numbers) -> tuple[int, ...]:
        self._free[chosen] = False
        return tuple(chosen.tolist())

    def _kin(self, spans: list[list[int]]) -> Members:
        """Two households beside each other, often of one family, with children in them; and one or two from outside."""
        (low, high, least, most), (young, old, fewest, many) = spans
        house = self._families.household
        child = self._free & (self._years >= young) & (self._years < old + 1)
        adult = self._free & (self._years >= low) & (self._years < high + 1)
        of_house = [np.bincount(house[who], minlength=self._families.households) for who in (child, adult)]
        children, adults = (count[1:] + count[:-1] for count in of_house)
        fits = 1 + np.flatnonzero((children >= fewest) & (adults >= least))
        if not len(fits):
            return self._of_age(low, high, least, most), self._of_age(young, old, fewest, many, children=True)
        here = np.isin(house, (int(self._rng.choice(fits)) - np.arange(2)))
        grown = self._taken(np.flatnonzero(here & adult)[: self._many(least, most)])
        return grown + self._of_age(low, high, 1, 2), self._taken(np.flatnonzero(here & child)[:many])

    def _in_a_group(self, spans: list[list[int]]) -> tuple[Members, Group | None]:
        """One of the adults of a club, a team or a care home, some of its children, and adults from outside."""
        (low, high, least, most), (young, old, fewest, many) = spans
        for at in self._rng.permutation(len(self._groups)).tolist():
            group = self._groups[at]
            free = group.members[self._free[group.members]]
            years = self._years[free]
            children, adults = free[(years >= young) & (years < old + 1)], free[years >= low]
            if len(children) >= fewest and len(adults) and group.location != "home":
                inside = self._taken(adults[:1]) + self._of_age(low, high, least - 1, most - 1)
                return (inside, self._taken(self._rng.permutation(children)[: self._many(fewest, many)])), group
        return (self._of_age(low, high, least, most), self._of_age(young, old, fewest, many, children=True)), None

    def _grown_up(self, spans: list[list[int]]) -> Members:
        """Those who were children years ago, of about one age, and adults who were grown up already."""
        (low, high, least, most), (_, _, fewest, many) = spans
        begin, end = between("years_of_those_grown_up")
        middle = self._rng.uniform(begin, end)
        children = self._of_age(middle - 2, middle + 1, fewest, many)
        return self._of_age(max(low, middle + 6), high, least, most), children
