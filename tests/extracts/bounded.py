"""Takes files in a process of its own and tells what they came to: `python -m tests.extracts.bounded FILE ...`.

Printed as JSON, a line for each file: `said`, the words of the error or none; `rows`, `records`, `reasons` of the
quarantine; `peak`, the most memory that the process had at once so far, in MB.
"""

import faulthandler
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from concerted.common.errors import ConcertedError
from concerted.extracts import Quarantined, take
from tests.conftest import ROOT
from tests.extracts.files import AS_OF, profile

_TABLE: Final[dict[str, Any]] = {"fields": {"given_name": "first"}}


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a file. said: the error in words; empty when it was taken. peak: MB."""

    said: str
    rows: int
    records: int
    reasons: tuple[str, ...]
    peak: int


def taken_apart(*paths: Path) -> list[Came]:
    """The files, taken one after another in another process. Fails when that process is ended."""
    command = [sys.executable, "-m", "tests.extracts.bounded", *map(str, paths)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    return [Came(**{**one, "reasons": tuple(one["reasons"])}) for one in found]


def _peak() -> int:
    """VmHWM: unlike what getrusage tells, it begins anew with the process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def came_of(path: Path) -> Came:
    """Take the file into a folder beside it."""
    made = profile(record_id="row_id", fields={"sex": "Sex"}) if path.suffix == ".xml" else profile(**_TABLE)
    quarantined: list[Quarantined] = []
    place = path.parent / f"out-{path.name}" / "r.parquet"
    try:
        counts = take(path, made, place, quarantined.extend, as_of=AS_OF).counts
    except ConcertedError as error:
        return Came(str(error), 0, 0, (), _peak())
    return Came("", counts.rows, counts.records, tuple(one.reason for one in quarantined), _peak())


if __name__ == "__main__":
    faulthandler.enable()
    for file in sys.argv[1:]:
        sys.stdout.write(json.dumps(asdict(came_of(Path(file)))) + "\n")
