"""Records that come into a result folder by the command, from their file to the folder that has them.

Nothing is measured in process here: it is `concerted resolve --into`, as anyone runs it. What it writes for people
after the records are joined (the order of questions, the CSV files, the report) is told apart.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from benchmarks.figures import Figure
from benchmarks.files import PROFILE
from benchmarks.yardstick import Say, processor_seconds, ran

WRITTEN: Final = ("whole", "things", "write")  # the steps after which nothing is joined any more


def by_command(say: Say, place: Path, coming: int) -> list[Figure]:
    """Seconds for so many records of `made.parquet` and for one, into a folder of all the others."""
    every = pq.read_table(place / "made.parquet")
    stands = every.num_rows - coming - 1
    (place / "team.yaml").write_text(PROFILE.replace("version: 1", "version: 1\ndelivers: changes"), encoding="utf-8")
    say(f"a folder of {stands:,} records")
    delivered(place, every.slice(0, stands))
    say(f"{coming:,} records into it, and one")
    many, one = delivered(place, every.slice(stands, coming)), delivered(place, every.slice(stands + coming))
    what = f"{coming:,} records into a folder of {stands:,} by the command, views apart"
    return [
        _seconds(what, many),
        _seconds("one record into it", one),
    ]


def delivered(place: Path, records: pa.Table) -> tuple[float, float, str]:
    """Deliver these. Gives the seconds of the command, those of them for views, and where they went."""
    arrow_csv.write_csv(records, place / "coming.csv")
    words = ["resolve", f"{place}/coming.csv", "--profile", f"{place}/team.yaml", "--into", f"{place}/out", "--json"]
    began, used = time.perf_counter(), processor_seconds()
    printed = ran([sys.executable, "-m", "concerted", *words])
    seconds, used = time.perf_counter() - began, processor_seconds() - used
    told: dict[str, Any] = json.loads(printed)
    steps: dict[str, float] = (told.get("summary") or told)["seconds"]
    views = sum(steps.get(step, 0.0) for step in WRITTEN)
    parts = ", ".join(f"{step} {took:.1f} s" for step, took in steps.items())
    return seconds, views, f"{parts}; {used:.1f} s of a processor in all"


def _seconds(what: str, took: tuple[float, float, str]) -> Figure:
    seconds, views, parts = took
    return Figure(
        "joining", what, seconds - views, None, None, None, "seconds", True, 1, f"of {seconds:.1f} s: {parts}"
    )
