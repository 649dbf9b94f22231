"""What a delivery told and others told too: its records are handed to the first of them before it is taken out."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk import rows_told
from concerted.desk.deliveries import Delivery, keys_in, records_file
from concerted.desk.feeds import rows_of
from concerted.desk.rows_told import RowKey
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS, PERSON, Kind


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of every delivery, read once each."""

    folder: Path
    _read: dict[int, dict[RowKey, tuple[int, bytes]]] = field(default_factory=dict)
    _records: dict[int, set[RecordKey]] = field(default_factory=dict)

    def of(self, number: int) -> dict[RowKey, tuple[int, bytes]]:
        """Of one delivery: the number of each row in its file, and its digest."""
        if number not in self._read:
            self._read[number] = rows_told.of(self.folder, number)
        return self._read[number]

    def records(self, number: int) -> set[RecordKey]:
        """The records of every kind that stand in the files of one delivery, once it was given what it told too."""
        if number not in self._records:
            files = (records_file(self.folder, number, kind) for kind in KINDS)
            self._records[number] = keys_in([path for path in files if path.exists()])
        return self._records[number]


Heirs = dict[RowKey, tuple[int, int]]
"""By row the delivery that it goes to, and the row's number there."""


def heirs_of(out: Delivery, others: Sequence[Delivery], told: Told) -> Heirs:
    """Who else told the rows of a delivery that is taken out: a file of the same command, which tells what it repeats
    alike or could not have come, or a later delivery of the feed that holds the same cells and was read alike."""
    here, found = told.of(out.number), Heirs()
    for other in others:
        later = other.number > out.number and other.feed == out.feed and other.profile_text == out.profile_text
        if not later and other.batch != out.batch:
            continue
        there = told.of(other.number)
        for key, (_, digest) in here.items():
            if key not in found and key in there and (other.batch == out.batch or there[key][1] == digest):
                found[key] = (other.number, there[key][0])
    return found


def hand_over(store: Store, out: Delivery, mends: Sequence[Delivery], heirs: Heirs) -> dict[int, int]:
    """Put the records of these rows, as a person mended them last, into the files of the deliveries that told them too.
    Gives how many people each was given. mends: what was mended of `out`."""
    people: dict[int, int] = {}
    for kind in KINDS:
        paths = [records_file(store.folder, one.number, kind) for one in (out, *mends)]
        tables = [pq.read_table(path) for path in paths if path.exists()]
        if not tables:
            continue
        table = _latest(pa.concat_tables(tables, promote_options="default"))
        for heir, rows in _by_heir(table, heirs).items():
            given = _given(records_file(store.folder, heir, kind), table, rows)
            if kind == PERSON:
                people[heir] = given
    return people


def row_of(key: RecordKey, rows: Container[RowKey]) -> RowKey | None:
    """The row among these that a record is of."""
    return next((row for row in rows_of(key) if row in rows), None)


def _latest(table: pa.Table) -> pa.Table:
    keys = zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)
    return table.take(pa.array({key: at for at, key in enumerate(keys)}.values(), pa.int64()))


def _by_heir(table: pa.Table, heirs: Heirs) -> dict[int, dict[int, int]]:
    """For each heir the places of its records in the table, with the number of the row of each there."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    keys = map(RecordKey, table["source"].to_pylist(), table["record_id"].to_pylist())
    for at, key in enumerate(keys):
        row = row_of(key, heirs)
        if row is not None:
            heir, number = heirs[row]
            found[heir][at] = number
    return found


def _given(path: Path, table: pa.Table, rows: Mapping[int, int]) -> int:
    """Add these records to a file, as if it had been read with them. What it holds already it keeps."""
    old = pq.read_table(path) if path.exists() else table.slice(0, 0)
    there = set(zip(old["source"].to_pylist(), old["record_id"].to_pylist(), strict=True))
    sources, ids = table["source"].to_pylist(), table["record_id"].to_pylist()
    places = [at for at in rows if (sources[at], ids[at]) not in there]
    new = table.take(pa.array(places, pa.int64()))
    numbers = pa.array([rows[at] for at in places], new.schema.field("row").type)
    new = new.set_column(new.column_names.index("row"), "row", numbers)
    both = pa.concat_tables([old, new], promote_options="default")
    write(path, both.take(pc.sort_indices(both["row"])))
    return len(places)


def write(path: Path, table: pa.Table) -> None:
    """Write a file of records in the place of the old one, whose bytes a copy of the folder may share."""
    new = path.with_suffix(".new")
    pq.write_table(table, new, compression="zstd")
    new.replace(path)


def without(path: Path, gone: Sequence[bool]) -> int:
    """Write a file of records again without some. Gives how many went."""
    if any(gone):
        write(path, pq.read_table(path).filter(pa.array([not one for one in gone], pa.bool_())))
    return sum(gone)


def kinds_of(store: Store, number: int) -> dict[Kind, Path]:
    """The files of records of a delivery."""
    files = {kind: records_file(store.folder, number, kind) for kind in KINDS}
    return {kind: path for kind, path in files.items() if path.exists()}
