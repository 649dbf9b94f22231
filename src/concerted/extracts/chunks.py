"""A chunk of rows into records: Arrow tables to be written, and what is put aside."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, replace
from typing import Final, TypeVar, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.extracts.aside import Aside, MadeRows
from concerted.extracts.before import DIGEST, Before, kept
from concerted.extracts.cells import Made
from concerted.extracts.erasures import Erasures
from concerted.extracts.fields import PERSON, REFERENCES, Kind
from concerted.extracts.keys import Keys, keys_of, part_id
from concerted.extracts.mapping import Mapping, Subject
from concerted.extracts.quarantine import Quarantined
from concerted.extracts.readers import Chunk
from concerted.extracts.readers.shape import Column
from concerted.extracts.references import referred, standing

_TEXT, _NUMBER = pa.string(), pa.int64()
KEYS: Final = pa.schema(
    [
        *(("file", pa.int32()), ("row", _NUMBER), ("source", _TEXT), ("record_id", _TEXT), ("content", _NUMBER)),
        ("digest", pa.binary(DIGEST)),
    ]
)
"""One row for each row of a file that was read. content: a hash of the cells, the same only within one process. digest:
a keyed one that stays the same, of a file that is delivered to what stands."""

Row = tuple[str, ...]
_Value = TypeVar("_Value")

TRUTH: Final = pa.schema([("source", _TEXT), ("record_id", _TEXT), ("truth_id", _TEXT), ("row", _NUMBER)])

KIND_MARK: Final = "\x1f"  # stands between the kinds of a row's records and its record id, in KEYS
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
_Keep = NDArray[np.bool_] | None  # which rows are read; None for all


@dataclass(frozen=True, slots=True)
class Batch:
    """What a chunk gave. records: of each kind that the profile has. read: rows that were not put aside. nobody: those
    of them that gave no record. rounded: record ids that look as if a spreadsheet had rounded them. unchanged: of the
    rows read, those that stand already as they are. erased: rows that were not looked at, as their keys were erased.
    """

    records: dict[Kind, pa.Table]
    keys: pa.Table
    truth: pa.Table | None
    quarantined: list[Quarantined]
    read: int
    nobody: int
    rounded: int
    unchanged: int = 0
    erased: int = 0


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
    """Turns the chunks of one file into records. number: of the file among those of one command. before: what came
    before it, when it is delivered to what stands."""

    def __init__(self, mapping: Mapping, *, number: int = 0, truth: bool = False, before: Before | None = None) -> None:
        self._mapping, self._number, self._before = mapping, number, before
        self._erasures = Erasures(mapping, before) if before else None
        self._truth = mapping.truth if truth else None
        self._aside = Aside(mapping)
        self._schemas = {kind: records_schema(mapping, kind) for kind in mapping.profile.kinds}
        self._refers = any(reader.spec.part for reader in mapping.fields())
        self._kinds = "+".join(f"{subject.part or ''}:{subject.kind}" for subject in mapping.subjects)
        self._names = hash(tuple(mapping.columns[at] for at in mapping.content))

    def read(self, chunk: Chunk) -> Batch:
        """The records of these rows, and what of them could not be read."""
        if self._before is None or self._erasures is None:
            return self._read(chunk, self._contents(chunk), None)
        chunk, gone = self._erasures.apply(chunk)
        contents = self._contents(chunk)
        digests = self._before.digests(contents)
        stands = self._before.stand(digests)
        same = kept(chunk, stands)
        batch = self._read(kept(chunk, ~stands), _those(contents, ~stands), _those(digests, ~stands))
        keys = self._key_table(same, keys_of(same, self._mapping), _those(contents, stands), _those(digests, stands))
        return replace(
            batch,
            keys=pa.concat_tables([batch.keys, keys]),
            read=batch.read + len(same.rows),
            unchanged=len(same.rows),
            erased=gone,
        )

    def _read(self, chunk: Chunk, contents: Sequence[Row], digests: Sequence[bytes] | None) -> Batch:
        """The same of rows none of which stands already."""
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
            keys=_filtered(self._key_table(chunk, keys, contents, digests), keep),
            truth=self._truths(chunk, keys, keep) if self._truth else None,
            quarantined=self._aside.quarantined(chunk, keys, made, refused),
            read=read,
            nobody=read - _rows_of(records),
            rounded=sum("E+" in one and bool(_ROUNDED.fullmatch(one)) for one in keys.ids),
        )

    def _contents(self, chunk: Chunk) -> list[Row]:
        """Of each row the cells by which it is the same as another, or not."""
        cells = [chunk.columns[place] for place in self._mapping.content]
        return list(zip(*map(_trimmed, cells), strict=True))

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
            values, given = self._but_erased(reader.name, keys.sources, made)
            columns[reader.name] = values
            if reader.standard:
                columns[f"{reader.name}_as_given"] = given
        for name, place in self._mapping.evidence:
            columns[f"evidence_{name}"] = chunk.columns[place]
        if subject.part is not None:
            keep = _both(keep, standing(subject, fields, len(chunk.rows)))
        keep = self._not_erased(keys.sources, ids, keep)
        nothing = [None] * len(chunk.rows)
        arrays = [pa.array(columns.get(field.name, nothing), field.type) for field in schema]
        return _filtered(pa.Table.from_arrays(arrays, schema=schema), keep)

    def _but_erased(
        self, name: str, sources: Sequence[str], made: Made
    ) -> tuple[Sequence[str | None], Sequence[str | None]]:
        """A field's values and the texts that they were given as, without references to erased records."""
        if self._before is None or name not in REFERENCES:
            return made.values, made.given
        gone = self._before.erased_or_part_of_it(sources, [value or "" for value in made.values])
        if gone is None:
            return made.values, made.given
        pairs = zip(made.values, made.given, gone.tolist(), strict=True)
        left = [(None, "") if is_gone else (value, text) for value, text, is_gone in pairs]
        return [value for value, _ in left], [text for _, text in left]

    def _not_erased(self, sources: Sequence[str], ids: Sequence[str], keep: _Keep) -> _Keep:
        gone = self._before.erased(sources, ids) if self._before else None
        return keep if gone is None else _both(keep, ~gone)

    def _key_table(
        self, chunk: Chunk, keys: Keys, contents: Sequence[Row], digests: Sequence[bytes] | None
    ) -> pa.Table:
        numbers = [self._number] * len(chunk.rows)
        ids = [f"{self._kinds}{KIND_MARK}{one}" for one in keys.ids]  # a person and an event may have one number
        content = [hash(row) ^ self._names for row in contents]
        marks: Sequence[bytes | None] = [None] * len(chunk.rows) if digests is None else digests
        columns = (numbers, keys.rows, keys.sources, ids, content, marks)
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
            there = self._not_erased(keys.sources, ids, keep)
            tables.append(_filtered(pa.table([keys.sources, ids, told, keys.rows], schema=TRUTH), there))
        return pa.concat_tables(tables)


def _those(values: Sequence[_Value], keep: NDArray[np.bool_]) -> list[_Value]:
    return [value for value, wanted in zip(values, keep.tolist(), strict=True) if wanted]


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


def _trimmed(column: Column) -> list[str]:
    if None in column:
        return [text.strip() if text else "" for text in column]
    return list(map(str.strip, cast("Sequence[str]", column)))
