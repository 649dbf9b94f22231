"""The groups of a district that have nothing to hide, as circles: they live, meet and are noticed like any other."""

from collections.abc import Iterator

import numpy as np

from concerted.synthetic.circles.circle import Circle, Phase, Spot
from concerted.synthetic.district import District
from concerted.synthetic.groups import Group
from concerted.synthetic.rates import all_rates, between, rate


def innocent(district: District, rng: np.random.Generator) -> Iterator[Circle]:
    """A circle for each group of the truth."""
    age = district.people.families.age(district.as_of)
    for number, group in enumerate(district.gatherings.groups):
        children = age[group.members] < 18
        yield Circle(
            name=f"D{district.number:02d}{number:05d}",
            kind=group.kind,
            adults=tuple(group.members[~children].tolist()),
            children=tuple(group.members[children].tolist()),
            phases=(_phase(group, district.as_of, rng),),
            evenings=int(rng.integers(*all_rates()["evenings_of_a_decoy"].value)),
        )


def _phase(group: Group, as_of: int, rng: np.random.Generator) -> Phase:
    """Its one place, with a telephone and a vehicle where it has them."""
    low, high = between("years_of_a_decoy")
    first = as_of - int(rng.uniform(low, high) * 365)
    has_mark = rng.random() < rate("decoy_has_a_vehicle")
    spot = Spot(group.name, "other dwelling" if group.location == "home" else group.location, group.address)
    return Phase(first, as_of - 2, (spot,), group.phone, group.registration if has_mark else None)
