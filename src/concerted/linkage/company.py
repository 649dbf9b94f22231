"""How often strangers who share one name share a middle name: names keep company.

People who share a given name are mostly of one sex and one generation, and often of one language, so that they share a
middle name four to a hundred times as often as any two people do. What is told is a share for each middle name, over
all with whom its owners share the other name; nothing tells which names those are. A middle name that too few hold to
be named has the share of all such.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded
from concerted.linkage.tables import EMPTY, FLOOR, Table, Tables, same

COMPANIES: Final = (("middle", "given", "family"), ("middle", "family", "given"))
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


def in_company(coded: Coded, tables: Tables) -> Iterator[tuple[str, Table]]:
    """For each table of middle names beside another name its name and what it says, where any two strangers meet."""
    for value, beside, third in COMPANIES:
        columns = (coded.numbers(value), coded.numbers(beside), coded.beginnings(third, 1), coded.numbers("year"))
        people = _strangers_met(*_people(*(column.astype(np.int64) for column in columns)))
        if len(people[0]) >= FLOOR:
            yield same(value, beside), _table(*people, coded[value].texts, tables.get(value, EMPTY))


def _people(*columns: Rows) -> tuple[Rows, ...]:
    """Records that have all of these, those that say the same once: somebody who is met often counts as one."""
    has = np.all([column > 0 for column in columns], axis=0)
    columns = tuple(column[has] for column in columns)
    first = np.unique(_together(*columns), return_index=True)[1]
    return tuple(column[first] for column in columns)


def _strangers_met(value: Rows, beside: Rows, third: Rows, year: Rows) -> tuple[Rows, Floats]:
    """The value of each who meets strangers of the same other name, and how large a share of these has it too."""
    met, alike = _strangers((beside,), third, year), _strangers((beside, value), third, year)
    meets = met > 0
    return value[meets], alike[meets] / met[meets]


def _table(value: Rows, share: Floats, texts: NDArray[np.object_], named: Table) -> Table:
    """The mean share of each value that is named, and of all that are not: of all values where these are too few. A
    named one counts as if FLOOR more of its owners had the share of the unnamed."""
    of_each, many = np.bincount(value, share, len(texts)), np.bincount(value, minlength=len(texts))
    told = [at for at in np.flatnonzero(many >= FLOOR).tolist() if texts[at] in named.held]
    rest = ~np.isin(np.arange(len(texts)), told)
    rest |= many[rest].sum() < FLOOR
    unnamed = of_each[rest].sum() / many[rest].sum()
    shares = ((of_each + FLOOR * unnamed) / (many + FLOOR) * len(value)).tolist()
    held = sorted((texts[at], round(shares[at], 2)) for at in told)
    return Table(len(value), float(f"{unnamed * len(value):.6g}"), dict(held))


def _strangers(columns: tuple[Rows, ...], third: Rows, year: Rows) -> Floats:
    """For each row how many others are alike in these columns and hardly the same person: the third name begins
    otherwise, and the year of birth is another."""
    found = _many(*columns) - _many(*columns, third) - _many(*columns, year) + _many(*columns, third, year)
    return found.astype(np.float64)


def _many(*columns: Rows) -> Rows:
    """For each row how many are alike in all of these columns."""
    return np.bincount(which := _together(*columns))[which]


def _together(*columns: Rows) -> Rows:
    """A number for each row, the same for rows that are alike in all of these columns."""
    number = columns[0]
    for column in columns[1:]:
        number = np.unique(number * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    return number.astype(np.int64)
