"""How many records hold a value, as far as that may be told: the tables that a release carries.

A table names the values that FLOOR records or more hold, of OWNERS owners or more, or of all where there are fewer. So
nothing that is kept or published rests on a few records, or tells one owner what another holds. Every other value is
taken to be held by FLOOR records, or by as many as unnamed values are on the mean, where that is more.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Numbers, Texts

FLOOR: Final = 20  # records
OWNERS: Final = 3  # that hold a value which is named; all of them where there are fewer
BETWEEN: Final = "+"  # a given and a family name that stand as one
BOTH_NAMES: Final = "given+family"  # the table of full names
NAMES: Final = ("given", "family", "middle", BOTH_NAMES)  # tables that say something of other places, too

_SEPARATOR: Final = "|"  # no value holds it: they are folded

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """One column. records: that have a value. unnamed: how many hold a value that is not named, on the mean over the
    records that hold one. held: named value -> records that hold it."""

    records: int = 0
    unnamed: float = 0.0
    held: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Table":
        """What `written` made. Raises KeyError, TypeError or ValueError for what is none."""
        values, counts = (row[name].split(_SEPARATOR) if row[name] else [] for name in ("values", "counts"))
        return cls(int(row["records"]), float(row["unnamed"]), dict(zip(values, map(int, counts), strict=True)))

    def written(self) -> dict[str, Any]:
        """The values and their counts as two texts: a line for each of them would be most of a release."""
        values, counts = (_SEPARATOR.join(map(str, each)) for each in (self.held.keys(), self.held.values()))
        return {"records": self.records, "unnamed": self.unnamed, "values": values, "counts": counts}

    @property
    def holds(self) -> bool:
        """Whether so many records can hold these values."""
        rest = self.records - sum(self.held.values())
        return all(count >= FLOOR for count in self.held.values()) and rest >= 0 and 0 <= self.unnamed <= rest

    @property
    def floor(self) -> float:
        """How many records an unnamed value is taken to be held by."""
        return max(FLOOR, self.unnamed)

    @property
    def chance(self) -> float:
        """How often two records that have a value hold the same one: the sum of the squared shares."""
        counts = np.array(list(self.held.values()), float)
        same = float((counts**2).sum()) + (self.records - float(counts.sum())) * self.unnamed
        return same / max(self.records, 1) ** 2

    def counts(self, places: Places) -> NDArray[np.float64]:
        """How many records hold each of these, given by their places among the named values; 0 for -1, the unnamed."""
        return np.array([*self.held.values(), 0], float)[places]


Tables = Mapping[str, Table]
EMPTY: Final = Table()


def counted(coded: Coded, columns: Iterable[str]) -> Tables:
    """The tables of these columns, and of full names, over these records; of those in which any record has a value."""
    owners = _Owners(coded.numbers("source"))
    tables = {}
    for name in sorted({*columns}):
        tables[name] = _table(coded.numbers(name), owners, partial(_taken, coded[name].texts))
    tables[BOTH_NAMES] = _of_full_names(coded, owners)
    return {name: table for name, table in tables.items() if table.records}


def _taken(texts: Texts, numbers: NDArray[np.intp]) -> list[str]:
    return [str(text) for text in texts[numbers]]


class _Owners:
    """Who holds each record. enough: owners that a value needs to be named."""

    def __init__(self, sources: Numbers) -> None:
        present, self._of = np.unique(sources, return_inverse=True)
        self._number = len(present)
        self.enough = min(OWNERS, self._number)

    def of_each(self, values: NDArray[np.intp], numbers: NDArray[Any]) -> NDArray[np.intp]:
        """By how many owners each of these values is held. numbers: of each record's value."""
        place = np.full(int(numbers.max(initial=0)) + 1, len(values))
        place[values] = np.arange(len(values))
        holds = np.zeros((len(values) + 1, self._number), bool)
        holds[place[numbers], self._of] = True
        return np.asarray(holds[:-1].sum(axis=1))


def _table(numbers: NDArray[Any], owners: _Owners, texts: Callable[[NDArray[np.intp]], list[str]]) -> Table:
    """numbers: of each record's value, 0 where it has none. texts: of some numbers."""
    held = np.bincount(numbers, minlength=1)
    held[0] = 0
    named = np.flatnonzero(held >= FLOOR)
    if owners.enough > 1:
        named = named[owners.of_each(named, numbers) >= owners.enough]
    rest = held.astype(float)
    rest[named] = 0
    unnamed = float((rest**2).sum() / max(rest.sum(), 1))
    values = sorted(zip(texts(named), held[named].tolist(), strict=True))
    return Table(int(held.sum()), float(f"{unnamed:.6g}"), dict(values))


def _of_full_names(coded: Coded, owners: _Owners) -> Table:
    full, numbers = np.unique(np.append(0, pairs_of_names(coded)), return_inverse=True)
    given, family = (coded[name].texts for name in ("given", "family"))

    def texts(named: NDArray[np.intp]) -> list[str]:
        return [f"{given[pair >> 32]}{BETWEEN}{family[pair & 0xFFFFFFFF]}" for pair in full[named].tolist()]

    return _table(numbers[1:], owners, texts)


def pairs_of_names(coded: Coded) -> NDArray[np.int64]:
    """Of each record a number for its given and family name, both; 0 where it lacks one."""
    given, family = (coded.numbers(name).astype(np.int64) for name in ("given", "family"))
    return np.where((given > 0) & (family > 0), given << 32 | family, 0)
