"""The groups of a district that have nothing to hide, as circles: they live, meet and are noticed like any other."""

from collections.abc import Iterator

import numpy as np

from concerted.synthetic.circles.circle import Circle, Phase, Spot
from concerted.synthetic.circles.sides import Side
from concerted.synthetic.district import District
from concerted.synthetic.groups import Group
from concerted.synthetic.rates import all_rates, between, rate


def innocent(district: District, beyond: Side, rng: np.random.Generator) -> Iterator[Circle]:
    """A circle for each group of the truth. beyond: the next district, where some meet now and then."""
    age = district.people.families.age(district.as_of)
    for number, group in enumerate(district.gatherings.groups):
        children = age[group.members] < 18
        yield Circle(
            name=f"D{district.number:02d}{number:05d}",
            kind=group.kind,
            adults=tuple(group.members[~children].tolist()),
            children=tuple(group.members[children].tolist()),
            near=tuple(group.members[~children].tolist()),
            phases=(_phase(group, district.as_of, len(beyond.homes), rng),),
            evenings=int(rng.integers(*all_rates()[_evenings(rng)].value)),
        )


def _evenings(rng: np.random.Generator) -> str:
    """Of some groups agencies hardly hear anything."""
    return "evenings_of_a_quiet_decoy" if rng.random() < rate("decoy_is_quiet") else "evenings_of_a_decoy"


def _phase(group: Group, as_of: int, beyond: int, rng: np.random.Generator) -> Phase:
    """Its place, and sometimes another beyond the border, with a telephone and a vehicle where it has them."""
    low, high = between("years_of_a_decoy")
    first = as_of - int(rng.uniform(low, high) * 365)
    has_mark = rng.random() < rate("decoy_has_a_vehicle")
    kind = "other dwelling" if group.location == "home" else group.location
    spots = [Spot(group.name, kind, group.address)]
    if rng.random() < rate("decoy_meets_beyond"):
        spots.append(Spot(None, kind, int(rng.integers(0, beyond)), beyond=True))
    return Phase(first, as_of - 2, tuple(spots), group.phone, group.registration if has_mark else None)
