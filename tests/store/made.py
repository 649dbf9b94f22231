"""What the suite puts into a store: extracts as they are taken, and results as linking finds them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.extracts import Counts, Taken
from concerted.linkage import Decision, Linked
from concerted.linkage.release import shipped

ONE, TWO, THREE = (RecordKey("force", number) for number in "123")
FEED: Final = "small:force"


def taken(folder: Path, *names: tuple[RecordKey, str]) -> Taken:
    """An extract of these records, each with a given name."""
    place = folder / f"{hashlib.sha256(repr(names).encode()).hexdigest()[:8]}.parquet"
    columns = {
        "source": [key.source for key, _ in names],
        "record_id": [key.record_id for key, _ in names],
        "given_name": [name for _, name in names],
        "row": list(range(2, len(names) + 2)),
    }
    pq.write_table(pa.table(columns), place)
    count = len(names)
    sha256 = hashlib.sha256(place.read_bytes()).hexdigest()
    counts = Counts(count, count, 0, 0, 0, count, 0)
    return Taken(f"{place.stem}.csv", sha256, 1, "small", 1, counts, place, None, (), (), {"person": count})


def linked(keys: Sequence[RecordKey], entity: Sequence[int], *pairs: tuple[int, int, float, str]) -> Linked:
    """A result: of each record the number of its entity's first in this order, and links with weight and band."""
    left, right, weight, band = (list(column) for column in zip(*pairs, strict=True)) if pairs else ([], [], [], [])
    number, text, bits = pa.int32(), pa.string(), pa.float64()
    table = {
        "left": pa.array(left, number),
        "right": pa.array(right, number),
        "weight": pa.array(weight, bits),
        "probability": pa.array([0.9] * len(left), bits),
        "band": pa.array(band, text),
    }
    told = {
        "reasons": pa.array(["one name"] * len(left), text),
        "against": pa.array([""] * len(left), text),
        "splink_weight": pa.array(weight, bits),
    }
    candidate = {"candidate": pa.array([True] * len(left), pa.bool_())}
    release = shipped().bound(0.01, 0.001)
    return Linked(list(keys), list(entity), pa.table(table | candidate), pa.table(table | told), release, "as asked")


def decision(word: str, why: str = "seen") -> Decision:
    """A person's word on the first two."""
    return Decision(ONE, TWO, word, "Ann", "2026-03-01", why)
