"""How well records are joined at the default threshold and without labels, beside Splink in the same run.

`historical`: real people of history, beside the model of Splink's tutorial, which the yardstick's own script runs.
`febrl3` and `fake1000`: made-up records, beside Splink as its documentation sets it up for them. Both sides are scored
over pairs of records (after closure) and over records (B-cubed).
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
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
FAKE1000: Final = ROOT / "tests" / "data" / "outside" / "fake_1000.csv"
FEBRL3: Final = ROOT / "tests" / "data" / "outside" / "febrl3" / "dataset3.csv"
PROFILES: Final = ROOT / "src" / "concerted" / "extracts" / "profiles" / "practice"
_DOCUMENTED: Final = Path(__file__).with_name("splink_documented.py")
THRESHOLD: Final = "w>=4.25"  # of Splink's tutorial: 95 in 100
Bounds = dict[str, tuple[float, float]]  # what must be reached, and what is aimed at
HISTORICAL_BOUNDS: Final[Bounds] = {"pair_f1": (0.90, 0.92), "b3_f1": (0.92, 0.935)}
FEBRL3_BOUNDS: Final[Bounds] = {"pair_f1": (0.997, 0.999), "b3_f1": (0.997, 0.999)}
FAKE1000_BOUNDS: Final[Bounds] = {
    "pair_f1": (0.0, 0.999),
    "b3_f1": (0.0, 0.999),
}  # the yardstick's own figure is the bound
MIXING_MUST, MIXING_AIM = 3.0, 0.0  # entities of the people of history that hold more than three people
_TIME: Final = "ours is the whole command, from reading to the page; Splink's is training, scoring and clustering alone"
MEASURES: Final = {"pair_f1": "pairs F1", "b3_f1": "B-cubed F1"}

PROFILE_OF: Final = {"febrl3": "febrl3.yaml", "fake1000": "fake_1000.yaml"}
Figures = dict[str, float]
Truth = dict[RecordKey, str]


def historical(say: Say) -> list[Figure]:
    """Pairs F1 and B-cubed F1 on the people of history; no less than Splink's tutorial model."""
    say("concerted resolve on historical_50k_dev")
    ours = resolved([HISTORICAL], [PROFILES / "historical_50k.yaml"], historical_truth())
    try:
        say("Splink's tutorial model on the same file")
        theirs, note = _tutorial(say), ""
    except NotRunError as why:
        theirs, note = None, f"{why}; nothing to compare with"
    over3 = Figure("historical", "entities of more than three people", ours["over3"], None, MIXING_MUST, MIXING_AIM)
    return [*_rows("historical", ours, theirs, note, HISTORICAL_BOUNDS), replace(over3, less=True, places=0)]


def febrl3(say: Say) -> list[Figure]:
    """Pairs F1 and B-cubed F1 on FEBRL 3."""
    return _beside_documented(say, "febrl3", FEBRL3, febrl3_truth(), FEBRL3_BOUNDS)


def fake1000(say: Say) -> list[Figure]:
    """Pairs F1 and B-cubed F1 on Splink's own thousand made-up records; no less than Splink's."""
    return _beside_documented(say, "fake1000", FAKE1000, _fake1000_truth(), FAKE1000_BOUNDS)


def _beside_documented(say: Say, name: str, data: Path, truth: Truth, bounds: Bounds) -> list[Figure]:
    say(f"concerted resolve on {name}")
    ours = resolved([data], [PROFILES / PROFILE_OF[name]], truth)
    try:
        say("Splink as its documentation sets it up, on the same file")
        theirs, note = _documented(say, name, data, truth), ""
    except NotRunError as why:
        theirs, note = None, f"{why}; Splink was not run"
    return _rows(name, ours, theirs, note, bounds)


def _rows(name: str, ours: Figures, theirs: Figures | None, note: str, bounds: Bounds) -> list[Figure]:
    """Beside its bounds, a figure must be no less than the yardstick's."""
    side = theirs or {}
    rows = [
        Figure(
            name, words, ours[key], side.get(key), max(bounds[key][0], side.get(key, 0.0)), bounds[key][1], note=note
        )
        for key, words in MEASURES.items()
    ]
    took = (ours["seconds"], side.get("seconds"))
    seconds = Figure(name, "time", *took, unit="seconds", less=True, places=1, note=_TIME)
    return [*rows, seconds]


def resolved(data: Sequence[Path], profiles: Sequence[Path], truth: Truth) -> Figures:
    """Run our command as anyone would, and score the entities that it wrote."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "result"
        began = time.perf_counter()
        resolve(data, profiles, out, "--truth")
        return {"seconds": time.perf_counter() - began, **scored(entities_in(out), truth)}


def resolve(data: Sequence[Path], profiles: Sequence[Path], out: Path, *more: str) -> None:
    """`concerted resolve` in a process of its own."""
    given = [*map(str, data), *(word for profile in profiles for word in ("--profile", str(profile)))]
    ran([sys.executable, "-m", "concerted", "resolve", *given, "--out", str(out), "--json", *more])


def entities_in(out: Path) -> dict[RecordKey, str]:
    """Record -> its entity, as a result folder says."""
    return _entities(out / "entities.csv")


def _entities(path: Path) -> dict[RecordKey, str]:
    return {RecordKey(row["source"], row["record_id"]): row["entity_id"] for row in read_rows(path)}


def scored(entity: dict[RecordKey, str], truth: Truth) -> Figures:
    """What `evaluate` finds of the records whose truth is given."""
    found = evaluate(entity, truth, ())
    if found["missing"]:
        raise NotRunError(f"{found['missing']} records of the truth are not in the result")
    return {key: float(found[key]) for key in (*MEASURES, "over3")}


def historical_truth() -> Truth:
    """Record -> person, of the people of history."""
    table = pq.read_table(HISTORICAL, columns=["unique_id", "cluster"])
    rows = zip(table["unique_id"].to_pylist(), table["cluster"].to_pylist(), strict=True)
    return {RecordKey("historical", record): person for record, person in rows}


def febrl3_truth() -> Truth:
    """Record -> person, of FEBRL 3, in the order of its file."""
    table = arrow_csv.read_csv(FEBRL3)
    found: Callable[[str], Any] = re.compile(r"rec-(\d+)-").match
    return {RecordKey("febrl", record): found(record)[1] for record in table["rec_id"].to_pylist()}


def _fake1000_truth() -> Truth:
    return {RecordKey("fake", row["unique_id"]): row["cluster"] for row in read_rows(FAKE1000)}


def _tutorial(say: Say) -> Figures:
    """The yardstick's script, unchanged, at the threshold of the tutorial."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        ran([str(python(say)), str(scripts / "splink_h50k.py"), str(HISTORICAL), name, "stock"], cwd=scripts)
        made = json.loads((Path(name) / "res_h50k_stock.json").read_text(encoding="utf-8"))
    at = made["clusters"][THRESHOLD]
    return {"pair_f1": at["pairs"]["F1"], "b3_f1": at["bcubed"]["F1"], "seconds": sum(made["wall_s"].values())}


def _documented(say: Say, model: str, data: Path, truth: Truth) -> Figures:
    """Splink's best figures over the thresholds that the script tries, each at its own."""
    with tempfile.TemporaryDirectory() as name:
        said = ran([str(python(say)), str(_DOCUMENTED), model, str(data), name])
        seconds = float(json.loads(said.strip().splitlines()[-1])["seconds"])
        tried = [scored(_entities(found), truth) for found in sorted(Path(name).glob("*.csv"))]
    return {"seconds": seconds, **{key: max(one[key] for one in tried) for key in MEASURES}}
