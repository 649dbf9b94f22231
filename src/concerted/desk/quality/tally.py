"""Counting what the records of one file hold in a field, column by column: no record is ever made a Python object."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.desk.quality.figures import REASON_FIELD
from concerted.desk.quality.missing import none_codes, why

AS_GIVEN: Final = "{}_as_given"
Flags = NDArray[np.bool_]


@dataclass(slots=True)
class Tally:
    """Records of one agency by what a field of them holds. missing: by reason and the words that say so."""

    records: int = 0
    recorded: int = 0
    unread: int = 0
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take in what another file holds."""
        self.records += other.records
        self.recorded += other.recorded
        self.unread += other.unread
        self.missing.update(other.missing)


class RecordsFile:
    """One Parquet file of records, of which a few columns are read at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names = frozenset(pq.read_schema(path).names)

    @cached_property
    def sources(self) -> list[str]:
        """The agencies whose records it holds."""
        return [str(name) for name in self._source.dictionary.to_pylist()]

    @cached_property
    def records(self) -> dict[str, int]:
        """How many records of each."""
        return self._by_source(np.ones(len(self._source), dtype=bool))

    def tally(self, name: str, waiting: Mapping[str, Collection[str]]) -> dict[str, Tally]:
        """What each agency's records hold in a field. waiting: the ids of records, by agency, of which a value of it
        is in quarantine."""
        given_as = AS_GIVEN.format(name)
        if not {name, given_as} <= self._names:
            return {}
        table = self._read([name, given_as])
        value, given = table[name], table[given_as]
        asked = _flags(pc.is_valid(given))  # a record whose extract does not have the field has no text at all
        empty = _flags(pc.is_null(value))
        recorded = asked & ~empty & ~_flags(pc.is_in(value, value_set=pa.array(none_codes(name), pa.string())))
        unread = asked & empty & self._among(waiting)
        found = {source: Tally(records=count) for source, count in self._by_source(asked).items()}
        for source, tally in found.items():
            tally.recorded, tally.unread = self._by_source(recorded)[source], self._by_source(unread)[source]
        for source, reason, count in self._missing(name, table, asked & ~recorded & ~unread):
            found[source].missing[reason] += count
        return {source: tally for source, tally in found.items() if tally.records}

    @cached_property
    def _source(self) -> Any:
        return self._read(["source"])["source"].combine_chunks().dictionary_encode()

    @cached_property
    def _places(self) -> NDArray[np.int32]:
        places: NDArray[np.int32] = self._source.indices.to_numpy()
        return places

    def _read(self, columns: list[str]) -> Any:
        return pq.read_table(self._path, columns=columns)

    def _by_source(self, flags: Flags) -> dict[str, int]:
        counts = np.bincount(self._places[flags], minlength=len(self.sources))
        return dict(zip(self.sources, counts.tolist(), strict=True))

    def _among(self, waiting: Mapping[str, Collection[str]]) -> Flags:
        """Which records are among these."""
        found = np.zeros(len(self._source), dtype=bool)
        here = {place: ids for place, source in enumerate(self.sources) if (ids := waiting.get(source))}
        if not here:
            return found
        record_id = self._read(["record_id"])["record_id"]
        for place, ids in here.items():
            known = pc.is_in(record_id, value_set=pa.array(list(ids), pa.string()))
            found |= _flags(known) & (self._places == place)
        return found

    def _missing(self, name: str, table: Any, lacking: Flags) -> Iterator[tuple[str, tuple[str, str], int]]:
        """Each agency, reason and count among these records."""
        if not lacking.any():
            return
        keep = pa.array(lacking)
        columns = {
            "place": pa.array(self._places[lacking]),
            "told": self._told(name, keep),
            "code": table[name].filter(keep),
            "text": pc.utf8_trim_whitespace(table[AS_GIVEN.format(name)].filter(keep)),
        }
        counts = pa.table(columns).group_by(list(columns)).aggregate([([], "count_all")])
        for row in counts.to_pylist():
            yield self.sources[row["place"]], why(name, row["told"], row["code"], row["text"]), row["count_all"]

    def _told(self, name: str, keep: Any) -> Any:
        """What the extract's own column of reasons says, where there is one."""
        column = REASON_FIELD.format(name)
        if column in self._names:
            return self._read([column])[column].filter(keep)
        return pa.nulls(keep.true_count, pa.string())


def _flags(found: Any) -> Flags:
    flags: Flags = found.to_numpy(zero_copy_only=False) if isinstance(found, pa.Array) else found.to_numpy()
    return flags
