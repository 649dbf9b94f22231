"""The records that count: of a record that was mended its latest row, in the place of its first."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk.deliveries import all_of, records_file
from concerted.desk.store import RECORDS, Store

CURRENT: Final = "current.parquet"


def record_files(store: Store) -> list[Path]:
    """The files that hold the records that count, in the order in which the records came."""
    current = store.folder / RECORDS / CURRENT
    if current.exists():
        return [current]
    return [records_file(store.folder, delivery.number) for delivery in all_of(store)]


def gather(store: Store) -> None:
    """Write anew which records count, after something was mended."""
    files = [records_file(store.folder, delivery.number) for delivery in all_of(store)]
    table = pa.concat_tables([pq.read_table(path) for path in files], promote_options="default")
    keys = zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)
    latest = {key: at for at, key in enumerate(keys)}  # a key keeps the place of its first row, with its last number
    kept = table.take(pa.array(latest.values(), pa.int64()))
    pq.write_table(kept, store.folder / RECORDS / CURRENT, compression="zstd")


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
