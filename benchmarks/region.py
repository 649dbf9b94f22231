"""The invented region: how long it takes to make, what it takes to picture, and whether it is as hard as it should be.

`calibration` runs the yardstick's model, unchanged, on the large region: on what Concerted's own reading makes of its
extracts. A region outside of the bounds has its rates mended, never the bounds.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.figures import Figure
from benchmarks.yardstick import Say, folder, python, ran
from concerted.common.spreadsheets import read_rows
from concerted.desk.given import found_in
from concerted.extracts import take_many
from concerted.linkage.standard import standardise

SEED: Final = 3
LARGE_MUST, LARGE_AIM, LARGE_MB = 180.0, 60.0, 2_000.0
PICTURE: Final = (60.0, 25.0)  # seconds: must, aim
BLOCKING: Final = (0.80, 0.88)
B_CUBED: Final = (0.93, 0.97)
_MEASURED: Final = (
    "import resource, sys; from concerted.cli.main import main; code = main(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024); sys.exit(code)"
)


def region(say: Say) -> list[Figure]:
    """Seconds and memory of making the large region, and seconds of picturing a medium one."""
    with tempfile.TemporaryDirectory() as name:
        say("concerted synthesise --size large")
        began = time.perf_counter()
        most = _peak("synthesise", "--size", "large", "--seed", str(SEED), "--out", f"{name}/large")
        large = time.perf_counter() - began
        _peak("synthesise", "--size", "medium", "--seed", str(SEED), "--out", f"{name}/medium")
        say("concerted picture on the medium region")
        began = time.perf_counter()
        folders = (f"{name}/medium/extracts", "--profiles", f"{name}/medium/profiles", "--out", f"{name}/out")
        used = _peak("picture", *folders)
        pictured = time.perf_counter() - began
    return [
        Figure("region", "synthesise large", large, None, LARGE_MUST, LARGE_AIM, "seconds", less=True, places=1),
        Figure("region", "synthesise large, most memory", most, None, LARGE_MB, None, "MB", less=True, places=0),
        Figure("region", "picture on medium", pictured, None, *PICTURE, "seconds", less=True, places=1),
        Figure("region", "picture on medium, most memory", used, unit="MB", less=True, places=0),
    ]


def _peak(*words: str) -> float:
    """Run the command in a process of its own; the most memory that it held, in MB."""
    printed = ran([sys.executable, "-c", _MEASURED, *words, "--json"])
    return float(printed.strip().splitlines()[-1])


def calibration(say: Say) -> list[Figure]:
    """Blocking recall and the best B-cubed F1 of the yardstick's model on the large region."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        say("making the large region, and reading it")
        _peak("synthesise", "--size", "large", "--seed", str(SEED), "--out", f"{name}/large")
        pq.write_table(as_yardstick(place / "large", place), place / "region.parquet")
        say("the yardstick's model on it")
        ran([str(python(say)), str(scripts / "splink_synth.py"), f"{name}/region.parquet", name, "region"], cwd=scripts)
        made = json.loads((place / "res_region.json").read_text(encoding="utf-8"))
    blocking = made["edges"]["blocking_recall"]
    best = max(found["bcubed"]["F1"] for found in made["clusters"].values())
    return [
        Figure("calibration", "blocking recall of the yardstick's model", blocking, must=BLOCKING[0]),
        Figure("calibration", "the same, not too easy", blocking, must=BLOCKING[1], less=True),
        Figure("calibration", "best B-cubed F1 of the yardstick's model", best, must=B_CUBED[0]),
        Figure("calibration", "the same, not too easy", best, must=B_CUBED[1], less=True),
    ]


def as_yardstick(made: Path, work: Path) -> pa.Table:
    """The people of a region's extracts in the columns that the yardstick's model compares."""
    extracts = [one for one in found_in(made / "extracts", made / "profiles") if "person" in one.profile.kinds]
    pairs = [(one.path, one.profile) for one in extracts]
    taken = take_many(pairs, work / "records", lambda _: None, names=[one.name for one in extracts])
    records = standardise([one.records for one in taken if one.counts.records])
    truth = {(row["source"], row["record_id"]): row["truth_id"] for row in read_rows(made / "truth" / "people.csv")}
    persons = {row["truth_id"]: row for row in read_rows(made / "truth" / "persons.csv")}
    keys = list(zip(records["source"].to_pylist(), records["record_id"].to_pylist(), strict=True))
    people = [persons[truth[key]] for key in keys]
    named = {"female": "f", "male": "m"}
    columns: dict[str, Any] = {
        "unique_id": [f"{source}:{record}" for source, record in keys],
        "cluster": [row["truth_id"] for row in people],
        "household": [row["household"] for row in people],
        "source_dataset": records["source"],
        "name_origin": [row["name_origin"] for row in people],
        "first_name": records["given"],
        "middle_name": pa.nulls(len(keys), pa.string()),
        "surname": records["family"],
        "dob": records["dob"],
        "gender": [named.get(sex or "") for sex in records["sex"].to_pylist()],
        "postcode": pc.replace_substring_regex(records["postcode"], r"^(.*)(...)$", r"\1 \2"),
        "phone": _first(records["phones"]),
        "email": _first(records["emails"]),
        "vrm": pa.nulls(len(keys), pa.string()),
    }
    return pa.table(columns)


def _first(column: pa.ChunkedArray) -> list[str | None]:
    return [values[0] if values else None for values in column.to_pylist()]
