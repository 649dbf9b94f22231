"""How common a full name must be, as the other owners of its two names have it.

Names go together as families and origins do. A file of some ten thousand records holds most full names a few times at
most, so that counting them says little, while chance (the one name's share by the other's) can put a full name thirty
times too rare. What tells is whom else the two names meet: given names that are met with the same family names say how
often their owners bear this one. The pair's own owners have no part in it, so nothing here tells who bears a name.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded
from concerted.linkage.tables import BETWEEN, BOTH_NAMES, EMPTY, Table, Tables, births, once_within, pairs_of_names

MOST: Final = {"given": 500, "family": 1_000}  # names, the commonest: rarer ones make no full name common
TOGETHER: Final = 2.0  # times chance, from which names are said to go together
LEAST_MET: Final = 0.05  # of a name's meetings, that must be with other names than the one asked for
Floats = NDArray[np.float64]


def expected(coded: Coded, tables: Tables) -> Table:
    """Full names that no table names and that are commoner than chance has them, with how many records are expected to
    hold them, from one record on.

    tables: of these records. Only names that they name are looked at.
    """
    given, family = (_commonest(tables.get(name, EMPTY), most) for name, most in MOST.items())
    both, family_names = pairs_of_names(coded), len(coded["family"].texts)
    has = once_within(both[both > 0], births(coded)[both > 0])
    places = [_places(coded, name, texts) for name, texts in (("given", given), ("family", family))]
    one, other = (at[numbers] for at, numbers in zip(places, np.divmod(has, family_names), strict=True))
    of_one, of_other = (
        np.bincount(at + 1, minlength=len(names) + 1)[1:] for at, names in ((one, given), (other, family))
    )
    known = (one >= 0) & (other >= 0)
    counted = np.bincount(one[known] * len(family) + other[known], minlength=len(given) * len(family))
    met: Floats = counted.reshape(len(given), len(family)).astype(np.float64)
    found = np.sqrt(_by_others(met, of_one) * _by_others(met.T, of_other).T)
    records = np.rint(np.minimum(found, np.minimum.outer(of_one, of_other))).astype(int)
    together = (records > 0) & (found > TOGETHER * np.outer(of_one, of_other) / max(len(has), 1))
    named = tables.get(BOTH_NAMES, EMPTY).held
    texts = ((f"{given[at]}{BETWEEN}{family[of]}", int(records[at, of])) for at, of in np.argwhere(together))
    return Table(len(has), 0.0, {text: count for text, count in sorted(texts) if text not in named})


def _commonest(table: Table, most: int) -> list[str]:
    """The names that most records hold, in order of the alphabet."""
    return sorted(sorted(table.held, key=lambda name: (-table.held[name], name))[:most])


def _places(coded: Coded, name: str, texts: list[str]) -> NDArray[np.int64]:
    """For each number of a column's values its place among these texts, -1 where it has none."""
    place = {text: at for at, text in enumerate(texts)}
    return np.array([place.get(text, -1) for text in coded[name].texts], np.int64)


def _by_others(met: Floats, owners: NDArray[np.int64]) -> Floats:
    """How many of each row's owners are expected to bear each column's name.

    met: how many records hold both names. owners: of each row's name. Each other row says how large a share of its own
    owners bears the name; rows count by how often one comes to them over the other names of this row.
    """
    share = met / np.maximum(owners, 1)[:, None]
    here = met / np.maximum(met.sum(1, keepdims=True), 1)
    back = met / np.maximum(met.sum(0, keepdims=True), 1)
    ways = here @ back.T
    np.fill_diagonal(ways, 0.0)
    over_it = here * ((back * share).sum(0) - back * share)  # ways over the very name that is asked for
    others = ways.sum(1, keepdims=True) - here * (1 - back)
    shares = (ways @ share - over_it) / np.maximum(others, LEAST_MET)
    found: Floats = np.where(others >= LEAST_MET, np.maximum(shares, 0.0), 0.0) * owners[:, None]
    return found
