"""Streets and addresses of a district."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic import numbers
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.rates import between, rate

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Homes:
    """Addresses, side by side: `line` ("12 Quernmoss Road"), `town`, `postcode`."""

    line: Texts
    town: Texts
    postcode: Texts

    def __len__(self) -> int:
        return len(self.line)


def homes_of(council: int, part: int, count: int, lexicon: Lexicon, rng: np.random.Generator) -> Homes:
    """At least `count` addresses of a part of a council's area, so many of them to a postcode as in `rates`.

    council: 0 to 22. part: of the district in the council's area, so that no two share a postcode.
    """
    low, high = map(int, between("households_a_postcode"))
    sizes = rng.integers(low, high + 1, count // low + 2)
    codes = len(sizes)
    postcode_of = np.repeat(np.arange(codes), sizes)
    first = np.arange(codes) + part * _POSTCODES_A_PART
    postcodes = numbers.postcodes(np.full(codes, council), first)
    streets, towns = _streets(codes, council, lexicon, rng)
    number = _house_numbers(sizes, rng)
    line = np.array([f"{house} {street}" for house, street in zip(number, streets[postcode_of], strict=True)], object)
    return Homes(line, towns[postcode_of], postcodes[postcode_of])


_POSTCODES_A_PART = 4_000


def _streets(codes: int, council: int, lexicon: Lexicon, rng: np.random.Generator) -> tuple[Texts, Texts]:
    """The street and the town of each postcode: two postcodes in a row often share a street."""
    new = rng.random(codes) < rate("postcode_begins_a_street")
    new[0] = True
    street_of = np.cumsum(new) - 1
    many = int(street_of[-1]) + 1
    stems, types = rng.choice(lexicon.street_stems, many), rng.choice(lexicon.street_types, many)
    names = np.array([f"{stem} {kind}" for stem, kind in zip(stems, types, strict=True)], object)
    here = _towns_of(council, lexicon)
    towns = here[np.sort(rng.integers(0, len(here), many))]
    return names[street_of], towns[street_of]


def _towns_of(council: int, lexicon: Lexicon) -> Texts:
    """A few towns and villages, which no other council of the region has."""
    each = max(2, len(lexicon.towns) // 12)
    at = (council * each + np.arange(each)) % len(lexicon.towns)
    found: Texts = lexicon.towns[at]
    return found


def _house_numbers(sizes: Numbers, rng: np.random.Generator) -> list[str]:
    """Numbers along a street, on one side of it or both; a block of flats in one postcode of ten."""
    made: list[str] = []
    flats = rng.random(len(sizes)) < rate("block_of_flats")
    starts = rng.integers(0, 60, len(sizes))
    sides = rng.integers(0, 3, len(sizes))
    for size, flat, start, side in zip(sizes.tolist(), flats, starts.tolist(), sides.tolist(), strict=True):
        if flat:
            made += [f"Flat {number}, {start + 1}" for number in range(1, size + 1)]
        else:
            step = 1 if side == 2 else 2
            made += [str(2 * start + 1 + side % 2 + step * number) for number in range(size)]
    return made


def lines(homes: Homes, at: Any) -> tuple[Texts, Texts, Texts]:
    """Line, town and postcode of these addresses; None where the number is -1."""
    nowhere = np.asarray(at) < 0
    found = []
    for column in (homes.line, homes.town, homes.postcode):
        texts = column[at].copy()
        texts[nowhere] = None
        found.append(texts)
    return found[0], found[1], found[2]
