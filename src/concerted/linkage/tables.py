"""How many records hold a value, as far as that may be told: the tables that a release carries.

A table names the values that FLOOR records or more hold, of OWNERS owners or more, or of all where there are fewer. So
nothing that is kept or published rests on a few records, or tells one owner what another holds. Every other value is
taken to be held by FLOOR records, or by as many as unnamed values are on the mean, where that is more. Full names are
counted by people, as far as dates of birth tell them apart: somebody who is met often makes no name common.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.candidates import each_once
from concerted.linkage.coded import Coded, Numbers

FLOOR: Final = 20  # records
OWNERS: Final = 3  # that hold a value which is named; all of them where there are fewer
BETWEEN: Final = "+"  # a given and a family name that stand as one
BOTH_NAMES: Final = "given+family"  # the table of full names
EXPECTED: Final = "given+family, expected"  # the table of full names that must be common, though nobody counted them


def same(value: str, beside: str) -> str:
    """The table of how often those who share one name share another."""
    return f"{value}, of one {beside}"


IN_COMPANY: Final = (same("middle", "given"), same("middle", "family"))
# Tables that say something of other places, too.
NAMES: Final = ("given", "family", "middle", BOTH_NAMES, EXPECTED, *IN_COMPANY)

_SEPARATOR: Final = "|"  # no value holds it: they are folded

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """One column. records: that have a value. unnamed: how many hold a value that is not named, on the mean over the
    records that hold one. held: named value -> records that hold it."""

    records: int = 0
    unnamed: float = 0.0
    held: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Table":
        """What `written` made. Raises KeyError, TypeError or ValueError for what is none."""
        values, counts = (row[name].split(_SEPARATOR) if row[name] else [] for name in ("values", "counts"))
        return cls(int(row["records"]), float(row["unnamed"]), dict(zip(values, map(_number, counts), strict=True)))

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
    def expects(self) -> bool:
        """Whether so many records can be expected to hold these values."""
        return all(0 <= count <= self.records for count in (self.unnamed, *self.held.values()))

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

    def shared(self, places: Places) -> NDArray[np.float64]:
        """The same of a table of names in company, where the unnamed have the mean of all such."""
        return np.array([*self.held.values(), self.unnamed], float)[places]


Tables = Mapping[str, Table]
EMPTY: Final = Table()


def counted(coded: Coded, columns: Iterable[str]) -> Tables:
    """The tables of these columns, and of full names, over these records; of those in which any record has a value."""
    tables = {name: _of_column(coded, name) for name in sorted({*columns})}
    tables[BOTH_NAMES] = _of_full_names(coded)
    return {name: table for name, table in tables.items() if table.records}


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _of_column(coded: Coded, name: str) -> Table:
    texts = coded[name].texts
    return _table(coded.numbers(name), coded.numbers("source"), lambda numbers: [str(text) for text in texts[numbers]])


def _of_full_names(coded: Coded) -> Table:
    given, family = (coded[name].texts for name in ("given", "family"))

    def texts(pairs: NDArray[np.int64]) -> list[str]:
        return [
            BETWEEN.join((given[one], family[other])) for one, other in zip(*np.divmod(pairs, len(family)), strict=True)
        ]

    return _table(pairs_of_names(coded), coded.numbers("source"), texts, births(coded))


def births(coded: Coded) -> NDArray[np.int64]:
    """For each record a number of its date of birth, or of the record itself where no record has one: two records of
    one full name and one number are taken for one person's, so that nobody's name is common for being met often."""
    return coded.numbers("dob").astype(np.int64) if coded.has("dob") else np.arange(coded.records)


def pairs_of_names(coded: Coded) -> NDArray[np.int64]:
    """Of each record a number for its given and family name, both; 0 where it lacks one."""
    given, family = (coded.numbers(name).astype(np.int64) for name in ("given", "family"))
    return np.where((given > 0) & (family > 0), as_pair(given, family, coded), 0)


def as_pair(given: NDArray[np.int64], family: NDArray[np.int64], coded: Coded) -> NDArray[np.int64]:
    """The number of both names from that of each."""
    return np.asarray(given * len(coded["family"].texts) + family)


def _table(
    values: NDArray[Any],
    sources: Numbers,
    texts: Callable[[NDArray[np.int64]], list[str]],
    people: NDArray[np.int64] | None = None,
) -> Table:
    """values: a number for each record's value, 0 where it has none. texts: of some of these numbers. people: for each
    record a number: those that have one value and one of these count once; each for itself where there are none."""
    has = values > 0
    held, counts = _times(values[has], None if people is None else people[has])
    by = _times(values[has], sources[has])[1]
    named = (counts >= FLOOR) & (by >= min(OWNERS, int(np.count_nonzero(np.bincount(sources)))))
    rest = counts[~named].astype(float)
    unnamed = float((rest**2).sum() / max(rest.sum(), 1))
    pairs = sorted(zip(texts(held[named]), counts[named].tolist(), strict=True))
    return Table(int(counts.sum()), float(f"{unnamed:.6g}"), dict(pairs))


def _times(values: NDArray[Any], within: NDArray[Any] | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each value, and with how many different numbers it stands; where there are none, how often."""
    values = values.astype(np.int64)
    if within is not None:
        values = once_within(values, within)
    held, counts = np.unique(values, return_counts=True)
    return held, counts.astype(np.int64)


def once_within(values: NDArray[np.int64], within: NDArray[Any]) -> NDArray[np.int64]:
    """The values in order, those that stand with one number once."""
    many = int(within.max(initial=0)) + 1
    return each_once(values * many + within) // many
