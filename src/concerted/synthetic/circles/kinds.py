"""How networks are dealt out over a region: how many, of what kinds, and which leave scattered traces alone."""

from dataclasses import dataclass

import numpy as np

from concerted.synthetic.rates import all_rates, rate


@dataclass(frozen=True, slots=True)
class Deal:
    """One network to be. number: in the region. scattered: whether what is noticed is noticed of one person alone."""

    number: int
    kind: str
    scattered: bool


def dealt(records: int, districts: int, seed: int) -> list[list[Deal]]:
    """The networks of each district, in a region of so many records: kinds in turn, and every third is scattered."""
    kinds: list[str] = all_rates()["kinds_of_network"].value
    rng = np.random.default_rng([seed, *b"networks"])
    order = rng.permutation(len(kinds)).tolist()
    every = int(rate("scattered_is_every"))
    count = max(int(rate("fewest_networks")), round(rate("networks_a_record") * records))
    deals = [
        Deal(number, kinds[order[(number + number // len(kinds)) % len(kinds)]], number % every == 0)
        for number in range(count)
    ]
    where = rng.permutation(count) % districts
    return [[deals[at] for at in np.flatnonzero(where == district).tolist()] for district in range(districts)]
