"""Whether it holds at five times the size: five million invented records beside one million in the same run.

From the standardised Parquet to the partition, training included, each in a process of its own. Standardising is left
out: it goes record by record.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import Figure
from benchmarks.million import RECORDS, SEED, write_records
from benchmarks.yardstick import ROOT, Say, folder, python, ran

TIMES: Final = 5
RATIO: Final = (6.5, 5.5)  # of the time: must, aim
MEGABYTES: Final = 8_192.0


def five_million(say: Say) -> list[Figure]:
    """The time by that of one million, and the most memory."""
    one, five = (_timed(say, RECORDS * times) for times in (1, TIMES))
    note = f"{five['seconds']:.0f} s by {one['seconds']:.0f} s"
    ratio = five["seconds"] / one["seconds"]
    most = five["megabytes"]
    return [
        Figure("fivemillion", "by a million", ratio, None, *RATIO, "times", less=True, places=2, note=note),
        Figure("fivemillion", "most memory", most, one["megabytes"], MEGABYTES, None, "MB", less=True, places=0),
    ]


def _timed(say: Say, records: int) -> dict[str, Any]:
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "made.parquet"
        say(f"making {records:,} records")
        making = [str(scripts / "gen_synth.py"), str(records), str(made), "--seed", str(SEED)]
        ran([str(python(say)), *making], cwd=scripts)
        write_records(made, Path(name))
        made.unlink()
        found: dict[str, Any] = {}
        for what in ("standardise", "timed"):
            say(f"{what}, {records:,} records")
            found = json.loads(ran([sys.executable, "-m", "benchmarks.million_ours", what, name], cwd=ROOT))
    return found
