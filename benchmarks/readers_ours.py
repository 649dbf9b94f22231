"""One process of `readers`: `python -m benchmarks.readers_ours ask|decide FOLDER SECONDS ...`. Prints JSON."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq

from concerted.common.progress import Silent
from concerted.desk.current import record_files
from concerted.desk.decide import Said, decide
from concerted.desk.match import standing
from concerted.desk.store import Store
from concerted.linkage import match, says_anything

QUESTIONS: Final = 500  # that are drawn, and asked again when they are through
PAUSE: Final = 1.0  # seconds between two changes
_KEY: Final = ("source", "record_id")


def asks(folder: Path, seconds: float, a_second: float, seed: int) -> dict[str, Any]:
    """Ask at fixed times, of records of the folder. Says when it is ready, and begins when it is told."""
    questions = _questions(folder, seed)
    open_now, of = standing(folder), folder.stat().st_ino
    for one in questions[:20]:
        match(open_now, one)  # the first questions read the tables of names
    print("ready", flush=True)
    sys.stdin.readline()
    took, used, opened, began = list[float](), list[float](), 0, time.perf_counter() + seed / a_second / 8
    for at in range(int(seconds * a_second)):
        due = began + at / a_second
        time.sleep(max(0.0, due - time.perf_counter()))
        before = time.process_time()
        if (now := _inode(folder)) not in (of, 0):
            open_now, of, opened = standing(folder), now, opened + 1
        match(open_now, questions[at % len(questions)])
        took.append(time.perf_counter() - due)
        used.append(time.process_time() - before)
    return {"seconds": took, "processor": used, "opened": opened, "began": began, "ended": time.perf_counter()}


def _inode(folder: Path) -> int:
    """Of the folder that stands in its place now; 0 while another takes it."""
    try:
        return folder.stat().st_ino
    except FileNotFoundError:
        return 0


def _questions(folder: Path, seed: int) -> list[dict[str, str]]:
    with Store.open(folder, to_read=True) as store:
        [first, *_] = record_files(store)
    rows = pq.read_table(first)
    some = np.random.default_rng(seed).choice(rows.num_rows, min(2 * QUESTIONS, rows.num_rows), replace=False)
    here = standing(folder)
    said = [
        {name: str(value) for name, value in row.items() if value and name not in _KEY}
        for row in rows.take(some).to_pylist()
    ]
    return [one for one in said if says_anything(here, one)][:QUESTIONS]


def decides(folder: Path, seconds: float) -> dict[str, Any]:
    """Decide on one pair of records after another until the time is over, once at least."""
    with Store.open(folder, to_read=True) as store:
        keys = store.run("select source, record_id from member order by number limit 400").fetchall()
    names = [":".join(key) for key in keys]
    took, ends = list[float](), time.perf_counter() + seconds
    for one, other in zip(names[::2], names[1::2], strict=True):
        began = time.perf_counter()
        decide(folder, Said(one, other, "different", "benchmark", "measured"), Silent(), ("concerted", "decide"))
        took.append(time.perf_counter() - began)
        if time.perf_counter() + PAUSE >= ends:
            break
        time.sleep(PAUSE)
    return {"seconds": took}


if __name__ == "__main__":
    what, where, seconds, *rest = sys.argv[1:]
    if what == "ask":
        print(json.dumps(asks(Path(where), float(seconds), float(rest[0]), int(rest[1]))))
    else:
        print(json.dumps(decides(Path(where), float(seconds))))
