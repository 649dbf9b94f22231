"""Records that come to a picture of a million invented ones, beside Splink's whole pipeline on the same in one run."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import Figure
from benchmarks.joining_folder import by_command
from benchmarks.joining_ours import ONE_BY_ONE, WARMING
from benchmarks.million import SEED, write_records
from benchmarks.yardstick import ROOT, Say, folder, processor_seconds, python, ran

STANDING: Final = 1_000_000
COMING: Final = 10_000


def joining(say: Say) -> list[Figure]:
    """How long so many records take to come, and one."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        records = STANDING + COMING + ONE_BY_ONE + WARMING
        say(f"making {records:,} records")
        made = place / "made.parquet"
        ran(
            [str(python(say)), str(scripts / "gen_synth.py"), str(records), str(made), "--seed", str(SEED)], cwd=scripts
        )
        write_records(made, place)
        say("ours")
        ours = json.loads(ran([sys.executable, "-m", "benchmarks.joining_ours", name, str(COMING)], cwd=ROOT))
        say("Splink on the same records")
        used = processor_seconds()
        ran([str(python(say)), str(scripts / "splink_synth.py"), str(made), name, "million"], cwd=scripts)
        theirs = json.loads((place / "res_million.json").read_text(encoding="utf-8"))
        used = processor_seconds() - used
        commands = by_command(say, place, COMING)
    return [*figures(ours, theirs["wall_s"]["total_train_predict_cluster"], used), *commands]


def figures(ours: dict[str, Any], splink: float, splink_processor: float) -> list[Figure]:
    """As the table has them. splink: seconds of its whole pipeline; splink_processor: of its process."""
    p50, p95 = (dict(zip(("clock", "processor"), ours[name], strict=True)) for name in ("p50", "p95"))
    used = ours["processor"]
    what = f"{COMING:,} records into a standing million, from their file to the change"
    return [
        Figure("joining", what, ours["at_once"], splink, None, None, "seconds", True, 2),
        Figure("joining", "the same, by Splink's whole pipeline", ours["at_once"] / splink, 1.0, 0.12, 0.05, "", True),
        Figure("joining", "the same, of a processor", used, splink_processor, unit="seconds", less=True, places=2),
        Figure("joining", "the same, of a processor, by Splink's process", used / splink_processor, 1.0, less=True),
        _less("one record, standardised, the middle one", p50["clock"], None, None, "ms"),
        _less("one record, 95 in 100 are quicker", p95["clock"], 10, 2, "ms"),
        _less("the same, of a processor, the middle one", p50["processor"], None, None, "ms"),
        _less("the same, of a processor, 95 in 100", p95["processor"], None, None, "ms"),
        _less("weighing a million for the first time", ours["begin"], None, None, "seconds"),
    ]


def _less(what: str, ours: float, must: float | None, aim: float | None, unit: str) -> Figure:
    return Figure("joining", what, ours, None, must, aim, unit, less=True, places=1)
