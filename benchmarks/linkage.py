"""How well records are joined at the default threshold and without labels, beside Splink in the same run.

`historical`: real people of history, beside the model of Splink's tutorial, which the yardstick's own script runs.
`febrl3`: made-up Australian records, beside Splink as its documentation sets it up for them. Both sides are scored over
pairs of records (after closure) and over records (B-cubed).
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, NotRunError, Say, folder, python, ran
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows
from concerted.linkage import evaluate

HISTORICAL: Final = ROOT / "tests" / "data" / "outside" / "historical_50k_dev.parquet"
FEBRL3: Final = ROOT / "tests" / "data" / "outside" / "febrl3" / "dataset3.csv"
PROFILES: Final = ROOT / "src" / "concerted" / "extracts" / "profiles" / "practice"
THRESHOLD: Final = "w>=4.25"  # of Splink's tutorial: 95 in 100
Bounds = dict[str, tuple[float, float]]  # what must be reached, and what is aimed at
HISTORICAL_BOUNDS: Final[Bounds] = {"pair_f1": (0.90, 0.92), "b3_f1": (0.92, 0.935)}
FEBRL3_BOUNDS: Final[Bounds] = {"pair_f1": (0.997, 0.999), "b3_f1": (0.997, 0.999)}
MIXING_MUST, MIXING_AIM = 3.0, 0.0  # entities of the people of history that hold more than three people
_TIME: Final = "ours is the whole command, from reading to the page; Splink's is training, scoring and clustering alone"
_MEASURES: Final = {"pair_f1": "pairs F1", "b3_f1": "B-cubed F1"}

Figures = dict[str, float]
Truth = dict[RecordKey, str]


def historical(say: Say) -> list[Figure]:
    """Pairs F1 and B-cubed F1 on the people of history; no less than Splink's tutorial model."""
    say("concerted resolve on historical_50k_dev")
    ours = _resolved(HISTORICAL, PROFILES / "historical_50k.yaml", _historical_truth())
    try:
        say("Splink's tutorial model on the same file")
        theirs, note = _tutorial(say), ""
    except NotRunError as why:
        theirs, note = None, f"{why}; nothing to compare with"
    over3 = Figure("historical", "entities of more than three people", ours["over3"], None, MIXING_MUST, MIXING_AIM)
    return [*_rows("historical", ours, theirs, note, HISTORICAL_BOUNDS), replace(over3, less=True, places=0)]


def febrl3(say: Say) -> list[Figure]:
    """Pairs F1 and B-cubed F1 on FEBRL 3."""
    say("concerted resolve on FEBRL 3")
    truth = _febrl3_truth()
    ours = _resolved(FEBRL3, PROFILES / "febrl3.yaml", truth)
    try:
        say("Splink as its documentation sets it up, on the same file")
        theirs, note = _documented(say, truth), ""
    except NotRunError as why:
        theirs, note = None, f"{why}; Splink was not run"
    return _rows("febrl3", ours, theirs, note, FEBRL3_BOUNDS)


def _rows(name: str, ours: Figures, theirs: Figures | None, note: str, bounds: Bounds) -> list[Figure]:
    """Beside its bounds, a figure must be no less than the yardstick's."""
    side = theirs or {}
    rows = [
        Figure(
            name, words, ours[key], side.get(key), max(bounds[key][0], side.get(key, 0.0)), bounds[key][1], note=note
        )
        for key, words in _MEASURES.items()
    ]
    took = (ours["seconds"], side.get("seconds"))
    seconds = Figure(name, "time", *took, unit="seconds", less=True, places=1, note=_TIME)
    return [*rows, seconds]


def _resolved(data: Path, profile: Path, truth: Truth) -> Figures:
    """Run our command as anyone would, and score the entities that it wrote."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "result"
        files = [data, "--profile", profile, "--out", out]
        began = time.perf_counter()
        ran([sys.executable, "-m", "concerted", "resolve", *map(str, files), "--truth", "--json"])
        return {"seconds": time.perf_counter() - began, **_scored(out / "entities.csv", truth)}


def _scored(entities: Path, truth: Truth) -> Figures:
    entity = {RecordKey(row["source"], row["record_id"]): row["entity_id"] for row in read_rows(entities)}
    found = evaluate(entity, truth, ())
    if found["missing"]:
        raise NotRunError(f"{found['missing']} records of the truth are not in the result")
    return {key: float(found[key]) for key in (*_MEASURES, "over3")}


def _historical_truth() -> Truth:
    table = pq.read_table(HISTORICAL, columns=["unique_id", "cluster"])
    rows = zip(table["unique_id"].to_pylist(), table["cluster"].to_pylist(), strict=True)
    return {RecordKey("historical", record): person for record, person in rows}


def _febrl3_truth() -> Truth:
    table = arrow_csv.read_csv(FEBRL3)
    found: Callable[[str], Any] = re.compile(r"rec-(\d+)-").match
    return {RecordKey("febrl", record): found(record)[1] for record in table["rec_id"].to_pylist()}


def _tutorial(say: Say) -> Figures:
    """The yardstick's script, unchanged, at the threshold of the tutorial."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        ran([str(python(say)), str(scripts / "splink_h50k.py"), str(HISTORICAL), name, "stock"], cwd=scripts)
        made = json.loads((Path(name) / "res_h50k_stock.json").read_text(encoding="utf-8"))
    at = made["clusters"][THRESHOLD]
    return {"pair_f1": at["pairs"]["F1"], "b3_f1": at["bcubed"]["F1"], "seconds": sum(made["wall_s"].values())}


def _documented(say: Say, truth: Truth) -> Figures:
    script = Path(__file__).with_name("splink_febrl3.py")
    with tempfile.TemporaryDirectory() as name:
        entities = Path(name) / "entities.csv"
        said = ran([str(python(say)), str(script), str(FEBRL3), str(entities)])
        seconds = float(json.loads(said.strip().splitlines()[-1])["seconds"])
        return {"seconds": seconds, **_scored(entities, truth)}
