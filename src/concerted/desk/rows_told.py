"""The rows that each delivery told, by key and keyed digest: with them one can be taken out as if it had never come.

Of a row that arrives as it stands nothing is read again, so its records are in the file of an earlier delivery. When
that one is withdrawn they are handed to the next that told the same.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.desk.store import RECORDS
from concerted.extracts.chunks import KIND_MARK

RowKey = tuple[str, str]
_COLUMNS: Final = ("row", "source", "record_id", "digest")


def place(folder: Path, number: int) -> Path:
    """Where those of a delivery are."""
    return folder / RECORDS / f"told-{number:03}.parquet"


def keep(folder: Path, number: int, keys: Path) -> None:
    """Keep those of a delivery. keys: as the file was read, which is gone then."""
    table = pq.read_table(keys, columns=list(_COLUMNS))
    ids = pc.replace_substring_regex(table["record_id"], pattern=f"^[^{KIND_MARK}]*{KIND_MARK}", replacement="")
    pq.write_table(table.set_column(2, "record_id", ids), place(folder, number), compression="zstd")
    keys.unlink()


def of(folder: Path, number: int) -> dict[RowKey, tuple[int, bytes]]:
    """The rows of a delivery by source and id: the number of each in its file, and its digest."""
    path = place(folder, number)
    if not path.exists():
        return {}
    table = pq.read_table(path)
    rows, sources, ids, digests = (table[name].to_pylist() for name in _COLUMNS)
    keys = zip(sources, ids, strict=True)
    return dict(zip(keys, zip(rows, digests, strict=True), strict=True))


def forget(folder: Path, rows: Sequence[RowKey]) -> None:
    """Take these rows out of those of every delivery."""
    gone = set(rows)
    drop(folder, lambda source, record_id: (source, record_id) in gone)


def drop(folder: Path, of_it: Callable[[str, str], bool]) -> None:
    """Take rows out of those of every delivery. of_it: whether a row, by source and id, goes."""
    for path in sorted((folder / RECORDS).glob("told-*.parquet")):
        table = pq.read_table(path)
        pairs = zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)
        stays = [not of_it(*pair) for pair in pairs]
        if not all(stays):
            new = path.with_suffix(".new")
            pq.write_table(table.filter(pa.array(stays, pa.bool_())), new, compression="zstd")
            new.replace(path)
