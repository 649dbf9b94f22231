"""The records that count: of a record that was mended its latest row, in the place of its first."""

from collections.abc import Sequence, Set
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk import ended, withdrawals
from concerted.desk.deliveries import files_of
from concerted.desk.store import RECORDS, Store
from concerted.extracts.fields import KINDS, PERSON, Kind
from concerted.extracts.taken import beside

CURRENT: Final = "current.parquet"


def record_files(store: Store, kind: Kind = PERSON) -> list[Path]:
    """The files that hold the records of a kind that count, in the order in which the records came."""
    current = beside(store.folder / RECORDS / CURRENT, kind)
    return [current] if current.exists() else files_of(store, kind)


def gather(store: Store) -> None:
    """Write anew which records count, after something came, was mended, or went: of each record the latest row, but for
    what was let go and what is restricted."""
    withdrawn, restricted = withdrawals.gone(store), ended.restricted(store)
    for kind in KINDS:
        files = files_of(store, kind)
        if files:
            out = withdrawn.get(kind, set())
            _gather(files, beside(store.folder / RECORDS / CURRENT, kind), out, restricted)


def clear(store: Store) -> None:
    """Forget which records count of kinds of which no delivery holds any, after deliveries went."""
    for kind in KINDS:
        if not files_of(store, kind):
            beside(store.folder / RECORDS / CURRENT, kind).unlink(missing_ok=True)


def _gather(files: Sequence[Path], current: Path, out: Set[RecordKey], restricted: Set[RecordKey]) -> None:
    table = pa.concat_tables([pq.read_table(path) for path in files], promote_options="default")
    keys = map(RecordKey, table["source"].to_pylist(), table["record_id"].to_pylist())
    latest = {key: at for at, key in enumerate(keys)}  # a key keeps the place of its first row, with its last number
    if out or restricted:
        latest = {key: at for key, at in latest.items() if key not in out and not ended.is_restricted(key, restricted)}
    kept = table.take(pa.array(latest.values(), pa.int64()))
    new = current.with_suffix(".new")  # a copy of the folder may share the bytes of the old one
    pq.write_table(kept, new, compression="zstd")
    new.replace(current)


def look_up(files: Sequence[Path], keys: Sequence[RecordKey]) -> dict[RecordKey, dict[str, str | None]]:
    """These records with all their columns, by key."""
    wanted = set(keys)
    found: dict[RecordKey, dict[str, str | None]] = {}
    for path in files:
        near = pq.read_table(path, filters=[("record_id", "in", {key.record_id for key in wanted})]) if wanted else None
        for row in near.to_pylist() if near else ():
            key = RecordKey(row["source"], row["record_id"])
            if key in wanted:
                found[key] = row
    return found
