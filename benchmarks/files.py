"""From a file of a million people to the files of a result folder: reading, linking and writing, as anyone runs it."""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from benchmarks.figures import Figure
from benchmarks.million import RECORDS, SEED
from benchmarks.yardstick import Say, folder, python, ran

MUST, AIM = 60.0, 40.0  # seconds
PROFILE: Final = """\
profile: million
version: 1
kind: person
record_id: unique_id
source: {column: source_dataset}
fields:
  given_name: first_name
  middle_names: middle_name
  family_name: surname
  date_of_birth: {column: dob, date: "%Y-%m-%d"}
  sex: gender
  postcode: postcode
  phone: phone
  email: email
  other: [vrm]
drop:
  cluster: the truth, which nobody has
  household: the same of its home
  name_origin: what the generator drew the name from
"""


def files(say: Say) -> list[Figure]:
    """Seconds of `concerted resolve` on a million records, and where they go."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        say(f"making {RECORDS:,} records")
        making = [str(scripts / "gen_synth.py"), str(RECORDS), str(place / "made.parquet"), "--seed", str(SEED)]
        ran([str(python(say)), *making], cwd=scripts)
        written(place)
        say("concerted resolve on them")
        seconds, parts = resolved(place)
    return [
        Figure("files", "1,000,000 records from file to files", seconds, None, MUST, AIM, "seconds", True, 1, parts)
    ]


def written(place: Path) -> None:
    """`made.parquet` as an extract, and its profile."""
    arrow_csv.write_csv(pq.read_table(place / "made.parquet"), place / "million.csv")
    (place / "million.yaml").write_text(PROFILE, encoding="utf-8")


def resolved(place: Path) -> tuple[float, str]:
    """How long the command took, and how much of it each step."""
    words = ["resolve", f"{place}/million.csv", "--profile", f"{place}/million.yaml", "--out", f"{place}/out", "--json"]
    began = time.perf_counter()
    printed = ran([sys.executable, "-m", "concerted", *words])
    seconds = time.perf_counter() - began
    steps: dict[str, Any] = json.loads(printed)["seconds"]
    return seconds, ", ".join(f"{step} {took:.1f} s" for step, took in steps.items())
