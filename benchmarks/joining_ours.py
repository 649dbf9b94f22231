"""Our side of `joining`, in a process of its own: `python -m benchmarks.joining_ours DIR COMING`. Prints JSON."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from concerted.linkage.candidates import as_one, propose
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Comparer
from concerted.linkage.release import shipped
from concerted.linkage.standard import other_columns, standardise
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.joining import join
from concerted.linkage.standing.layers import families
from concerted.linkage.weigh import weigh

ONE_BY_ONE: Final = 200
WARMING: Final = 3


def measured(folder: Path, coming: int) -> dict[str, Any]:
    """Stand all records but the last, then let those come: so many at once, and some one by one. p50, p95: by the clock
    and by the processor."""
    every = pq.read_table(folder / "records.parquet")
    stands = every.num_rows - coming - ONE_BY_ONE - WARMING
    table = _standardised(folder, every.slice(0, stands))
    coded = Coded(table)
    others = other_columns([folder / "records.parquet"])
    found = propose(coded, families(tuple(others)))
    release = shipped(others).counted(coded)
    comparer = Comparer(coded, release.comparisons, release.shares(coded))
    _, release = weigh(comparer, release, as_one(found.left, found.right), ())
    began = time.perf_counter()
    picture = Growing.begin(table, release)
    begin = time.perf_counter() - began
    singles = [_standardised(folder, every.slice(stands + at, 1)) for at in range(ONE_BY_ONE + WARMING)]
    seconds = []
    for one in singles:
        began, used = time.perf_counter(), time.process_time()
        picture, _ = join(picture, one)
        seconds.append((time.perf_counter() - began, time.process_time() - used))
    began, used = time.perf_counter(), time.process_time()
    batch = _standardised(folder, every.slice(every.num_rows - coming))
    standard = time.perf_counter() - began
    picture, change = join(picture, batch)
    at_once, processor = time.perf_counter() - began, time.process_time() - used
    p50, p95 = np.percentile(np.array(seconds[WARMING:]) * 1000, [50, 95], axis=0).tolist()
    return {
        "begin": begin,
        "at_once": at_once,
        "processor": processor,
        "standard": standard,
        "p50": p50,
        "p95": p95,
        "touched": len(change.touched),
    }


def _standardised(folder: Path, records: pa.Table) -> pa.Table:
    place = folder / "some.parquet"
    pq.write_table(records, place)
    return standardise([place])


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]))))
