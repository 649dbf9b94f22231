"""What agreeing on a value is worth: how common it is, as a release's tables have it.

A weight follows from the two records and the release alone, so nothing is counted here. A small file says little: what
it has counted is blended with BLENDED records in which a value is as common as the names that come with Concerted have
it, or as the release has it for any value. A value that is not named is taken to be held by as many records as that
says, and by the floor at most.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.linkage.coded import Coded
from concerted.linkage.tables import (
    BETWEEN,
    BOTH_NAMES,
    EMPTY,
    EXPECTED,
    Places,
    Table,
    Tables,
    as_pair,
    pairs_of_names,
)

Bits = NDArray[np.float64]
T = TypeVar("T", float, Bits)

BLENDED: Final = 1_000  # records
NEVER: Final = 1e-12  # a share that is as good as none
WHOLE: Final = 2e-5  # the share of a population that a full name is taken to have, where nothing says it is common
COMMON: Final = float(np.log2(WHOLE)) + 1e-9  # bits, above which something says that a full name is common


class Frequencies:
    """The shares of records that hold each value, in bits (log2), as a release's tables have them."""

    def __init__(self, coded: Coded, tables: Tables, names: Tables, *, slips_by_letters: bool = False) -> None:
        """tables: counted over the records that the release is bound to. names: what small files are blended with.
        slips_by_letters: whether a slip in a short name tells less."""
        self._coded, self._tables, self._names = coded, tables, names
        self.slips_by_letters = slips_by_letters
        self._known: dict[tuple[str, float], Bits] = {}
        self._letters: dict[str, NDArray[np.int64]] = {}
        self._whole: Bits | None = None

    def of(self, column: str, u: float) -> Bits:
        """For each number of a column's values the share of the records with a value that hold it. u: how often two
        strangers hold the same one."""
        if (column, u) not in self._known:
            texts = pa.array(self._coded[column].texts, pa.string())
            self._known[column, u] = self._bits(column, u, lambda table: _places(texts, _named(table)))
        return self._known[column, u]

    def beside(self, name: str, column: str) -> Bits:
        """For each number of a column's values the share of strangers that have it, or one like it, of those with whom
        its owners share another name, as the table of this name has it."""
        if (name, 0.0) not in self._known:
            texts = pa.array(self._coded[column].texts, pa.string())
            own, shipped = (tables.get(name, EMPTY) for tables in (self._tables, self._names))
            count, said = (table.shared(_places(texts, _named(table))) for table in (own, shipped))
            self._known[name, 0.0] = np.log2(in_company(count, said / max(shipped.records, 1), own.records))
        return self._known[name, 0.0]

    def chance(self, column: str) -> float:
        """How often two records that have a value hold the same one."""
        return self._tables.get(column, EMPTY).chance

    def of_both_names(self) -> Bits:
        """For each record the share of the records that have its given and family name, both: as counted, or as is
        expected of names that go together, whichever is more.

        Names go together as families and origins do, so that many full names are far commoner than chance would have
        them."""
        if self._whole is None:
            whole = self._bits(BOTH_NAMES, WHOLE, self._places_of_full_names)
            if EXPECTED in self._tables or EXPECTED in self._names:
                whole = np.maximum(whole, self._bits(EXPECTED, WHOLE, self._places_of_full_names))
            self._whole = whole  # only once it is whole: pairs are compared two chunks at a time
        return self._whole

    def letters(self, column: str) -> NDArray[np.int64]:
        """For each number of a column's values how many letters it has."""
        if column not in self._letters:
            found = pc.utf8_length(pa.array(self._coded[column].texts, pa.string())).fill_null(0)
            self._letters[column] = found.to_numpy(zero_copy_only=False).astype(np.int64)
        return self._letters[column]

    def of_common_full_names(self) -> Bits:
        """The same; nothing (-inf) of a full name that nothing says is common."""
        whole = self.of_both_names()
        return np.where(whole > COMMON, whole, -np.inf)

    def _bits(self, column: str, otherwise: float, places: Callable[[Table], Places]) -> Bits:
        """otherwise: the share of a value, unless `names` has it as commoner: what is rare in a region may be common in
        a town, so nothing is rarer for it. places: of the values among those that a table names."""
        own, shipped = (tables.get(column, EMPTY) for tables in (self._tables, self._names))
        counts, said = own.counts(places(own)), shipped.counts(places(shipped)) / max(shipped.records, 1)
        said = np.maximum(said, otherwise)
        counts = np.where(counts > 0, counts, np.minimum(own.floor, own.records * said))
        return np.log2((counts + BLENDED * said) / (own.records + BLENDED))

    def _places_of_full_names(self, table: Table) -> Places:
        """For each record the place of its full name among those that a table names."""
        given, family = zip(*(name.split(BETWEEN) for name in table.held), strict=True) if table.held else ((), ())
        one, other = (self._numbers(name, texts) for name, texts in (("given", given), ("family", family)))
        named = np.where((one > 0) & (other > 0), as_pair(one, other, self._coded), -1)
        return _places(pa.array(pairs_of_names(self._coded)), pa.array(named))

    def _numbers(self, column: str, texts: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of these texts among a column's values; -1 for those that it lacks."""
        return _places(pa.array(texts, pa.string()), pa.array(self._coded[column].texts, pa.string())).astype(np.int64)


def in_company(count: T, said: T, records: int) -> T:
    """A share among those who share another name, from as many as were counted and what is said elsewhere."""
    return (count + BLENDED * said) / (records + BLENDED) + NEVER


def _named(table: Table) -> pa.Array:
    return pa.array(list(table.held), pa.string())


def _places(values: pa.Array, among: pa.Array) -> Places:
    """Where these values stand among others; -1 where they do not."""
    found = pc.index_in(values, value_set=among).fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int32)
