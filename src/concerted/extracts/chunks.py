"""A chunk of rows into records: Arrow tables to be written, and what is put aside."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.extracts.aside import Aside, MadeRows
from concerted.extracts.cells import Made
from concerted.extracts.fields import PERSON, Kind
from concerted.extracts.keys import Keys, keys_of, part_id
from concerted.extracts.mapping import Mapping, Subject
from concerted.extracts.quarantine import Quarantined
from concerted.extracts.readers import Chunk
from concerted.extracts.references import referred, standing

_TEXT, _NUMBER = pa.string(), pa.int64()
KEYS: Final = pa.schema(
    [("file", pa.int32()), ("row", _NUMBER), ("source", _TEXT), ("record_id", _TEXT), ("content", _NUMBER)]
)
"""One row for each row of a file that was read. content: a hash of the cells, the same only within one process."""

TRUTH: Final = pa.schema([("source", _TEXT), ("record_id", _TEXT), ("truth_id", _TEXT), ("row", _NUMBER)])

KIND_MARK: Final = "\x1f"  # stands between the kinds of a row's records and its record id, in KEYS
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
_Keep = NDArray[np.bool_] | None  # which rows are read; None for all


@dataclass(frozen=True, slots=True)
class Batch:
    """What a chunk gave. records: of each kind that the profile has. read: rows that were not put aside. nobody: those
    of them that gave no record. rounded: record ids that look as if a spreadsheet had rounded them.
    """

    records: dict[Kind, pa.Table]
    keys: pa.Table
    truth: pa.Table | None
    quarantined: list[Quarantined]
    read: int
    nobody: int
    rounded: int


def records_schema(mapping: Mapping, kind: Kind) -> pa.Schema:
    """Columns of a kind's file of records: source, record_id, row; each field and the text it was given; evidence."""
    names: dict[str, None] = {}
    for reader in (reader for subject in mapping.of_kind(kind) for reader in subject.fields):
        names[reader.name] = None
        if reader.standard:
            names[f"{reader.name}_as_given"] = None
    names.update((f"evidence_{name}", None) for name, _ in mapping.evidence)
    keys = [("source", _TEXT), ("record_id", _TEXT), ("row", _NUMBER)]
    return pa.schema([*keys, *((name, _TEXT) for name in names)])


class ChunkReader:
    """Turns the chunks of one file into records. number: of the file among those of one command."""

    def __init__(self, mapping: Mapping, *, number: int = 0, truth: bool = False) -> None:
        self._mapping, self._number = mapping, number
        self._truth = mapping.truth if truth else None
        self._aside = Aside(mapping)
        self._schemas = {kind: records_schema(mapping, kind) for kind in mapping.profile.kinds}
        self._refers = any(reader.spec.part for reader in mapping.fields())
        self._kinds = "+".join(f"{subject.part or ''}:{subject.kind}" for subject in mapping.subjects)
        self._names = hash(tuple(mapping.columns[at] for at in mapping.content))

    def read(self, chunk: Chunk) -> Batch:
        """The records of these rows, and what of them could not be read."""
        keys = keys_of(chunk, self._mapping)
        made = [[reader.read(chunk.columns) for reader in subject.fields] for subject in self._mapping.subjects]
        if self._refers:
            made = referred(self._mapping, keys, made)
        refused = self._aside.refused(keys, made)
        keep = _kept(len(chunk.rows), refused)
        read = len(chunk.rows) - len(refused)
        records = self._records(chunk, keys, made, keep)
        return Batch(
            records=records,
            keys=_filtered(self._key_table(chunk, keys), keep),
            truth=self._truths(chunk, keys, keep) if self._truth else None,
            quarantined=self._aside.quarantined(chunk, keys, made, refused),
            read=read,
            nobody=read - _rows_of(records),
            rounded=sum("E+" in one and bool(_ROUNDED.fullmatch(one)) for one in keys.ids),
        )

    def _records(self, chunk: Chunk, keys: Keys, made: MadeRows, keep: _Keep) -> dict[Kind, pa.Table]:
        """In the order of the rows; those of one row in the order of the profile."""
        found: dict[Kind, list[pa.Table]] = {kind: [] for kind in self._schemas}
        for subject, fields in zip(self._mapping.subjects, made, strict=True):
            found[subject.kind].append(self._subject(chunk, keys, subject, fields, keep))
        return {kind: _in_order(tables, self._schemas[kind]) for kind, tables in found.items()}

    def _subject(self, chunk: Chunk, keys: Keys, subject: Subject, fields: Sequence[Made], keep: _Keep) -> pa.Table:
        """One of the records that a row gives. A part of which nothing is told gives none."""
        schema = self._schemas[subject.kind]
        ids = keys.ids if subject.part is None else [part_id(one, subject.part) for one in keys.ids]
        columns: dict[str, Sequence[object]] = {"source": keys.sources, "record_id": ids, "row": keys.rows}
        for reader, made in zip(subject.fields, fields, strict=True):
            columns[reader.name] = made.values
            if reader.standard:
                columns[f"{reader.name}_as_given"] = made.given
        for name, place in self._mapping.evidence:
            columns[f"evidence_{name}"] = chunk.columns[place]
        if subject.part is not None:
            keep = _both(keep, standing(subject, fields, len(chunk.rows)))
        nothing = [None] * len(chunk.rows)
        arrays = [pa.array(columns.get(field.name, nothing), field.type) for field in schema]
        return _filtered(pa.Table.from_arrays(arrays, schema=schema), keep)

    def _key_table(self, chunk: Chunk, keys: Keys) -> pa.Table:
        cells = [chunk.columns[place] for place in self._mapping.content]
        trimmed = [[text.strip() if text else "" for text in column] for column in cells]
        content = [hash(row) ^ self._names for row in zip(*trimmed, strict=True)]
        numbers = [self._number] * len(chunk.rows)
        ids = [f"{self._kinds}{KIND_MARK}{one}" for one in keys.ids]  # a person and an event may have one number
        columns = (numbers, keys.rows, keys.sources, ids, content)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, KEYS, strict=True)]
        return pa.Table.from_arrays(arrays, schema=KEYS)

    def _truths(self, chunk: Chunk, keys: Keys, keep: _Keep) -> pa.Table:
        """The truth of each row that has one. When a row holds several people, it is told of each part apart."""
        values = self._truth.read(chunk.columns).values if self._truth else []
        keep = _both(keep, [value is not None for value in values])
        tables = []
        for person in self._mapping.of_kind(PERSON):
            ids = [part_id(one, person.part) for one in keys.ids]
            told = [part_id(value or "", person.part) for value in values]
            tables.append(_filtered(pa.table([keys.sources, ids, told, keys.rows], schema=TRUTH), keep))
        return pa.concat_tables(tables)


def _kept(count: int, refused: Iterable[int]) -> _Keep:
    positions = list(refused)
    if not positions:
        return None
    keep = np.ones(count, dtype=bool)
    keep[positions] = False
    return keep


def _in_order(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    if len(tables) == 1:
        return tables[0]
    records = pa.concat_tables([schema.empty_table(), *tables])
    return records.take(np.argsort(records["row"].to_numpy(), kind="stable"))


def _rows_of(records: Mapping_[Kind, pa.Table]) -> int:
    """How many rows gave any record."""
    return len(np.unique(np.concatenate([table["row"].to_numpy() for table in records.values()])))


def _both(keep: _Keep, there: Sequence[bool] | NDArray[np.bool_]) -> NDArray[np.bool_]:
    also = np.array(there, dtype=bool)
    return also if keep is None else keep & also


def _filtered(table: pa.Table, keep: _Keep) -> pa.Table:
    return table if keep is None else table.filter(pa.array(keep))
