"""The records that count: of a record that was mended its latest row, in the place of its first."""

from collections.abc import Sequence, Set
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk import ended, withdrawals
from concerted.desk.deliveries import files_of
from concerted.desk.store import RECORDS, Store
from concerted.extracts.fields import KINDS, PERSON, Kind
from concerted.extracts.taken import beside

CURRENT: Final = "current.parquet"
_KEY: Final = ("source", "record_id")


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
    latest = _latest(table)
    if out or restricted:
        keys = map(RecordKey, *(latest[name].to_pylist() for name in _KEY))
        stays = [key not in out and not ended.is_restricted(key, restricted) for key in keys]
        latest = latest.filter(pa.array(stays, pa.bool_()))
    new = current.with_suffix(".new")  # a copy of the folder may share the bytes of the old one
    pq.write_table(table.take(latest["at_max"]), new, compression="zstd")
    new.replace(current)


def _latest(table: pa.Table) -> pa.Table:
    """The key of each record with the place of its last row, in the order of their first ones."""
    rows = table.select(_KEY).append_column("at", pa.array(np.arange(table.num_rows)))
    found = rows.group_by(list(_KEY), use_threads=False).aggregate([("at", "min"), ("at", "max")])
    return found.sort_by("at_min")


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
