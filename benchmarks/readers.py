"""Those who ask beside somebody who writes: eight readers in processes of their own, and one who decides.

Each reader keeps the picture of the folder open, and opens the new one when the folder was replaced; what that takes is
part of that question's answer. Questions come at fixed times, whether or not the one before is answered, and an answer
is timed from when its question came: nobody waits unseen.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, NotRunError, Say, ran

SIZE: Final = "medium"  # of the invented region
SEED: Final = 3
READERS: Final = 8
A_SECOND: Final = 25  # questions of each
SECONDS: Final = 30.0
_OURS: Final = (sys.executable, "-m", "benchmarks.readers_ours")


def readers(say: Say, size: str = SIZE) -> list[Figure]:
    """How soon questions are answered while the folder changes, and how long a change takes while they are asked."""
    with tempfile.TemporaryDirectory() as name:
        region, out = f"{name}/region", f"{name}/out"
        say(f"picturing a {size} region")
        command = [sys.executable, "-m", "concerted"]
        ran([*command, "synthesise", "--size", size, "--seed", str(SEED), "--out", region])
        ran([*command, "picture", f"{region}/extracts", "--profiles", f"{region}/profiles", "--out", out])
        alone = json.loads(ran([*_OURS, "decide", out, "0"], cwd=ROOT))
        say(f"{READERS} readers and one who decides, for {SECONDS:.0f} s")
        found = _together(Path(out))
    return figures(found["readers"], found["writer"], alone)


def _together(out: Path) -> dict[str, Any]:
    asking = [_begun("ask", str(out), str(SECONDS), str(A_SECOND), str(seed)) for seed in range(READERS)]
    for one in asking:  # ready when it has opened the picture
        assert one.stdout
        one.stdout.readline()
    for one in asking:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    writer = _begun("decide", str(out), str(SECONDS))
    return {"readers": [_said(one) for one in asking], "writer": _said(writer)}


def _begun(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([*_OURS, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def _said(process: "subprocess.Popen[str]") -> Any:
    printed, _ = process.communicate()
    if process.returncode:
        raise NotRunError(f"a process beside the others ended with {process.returncode}")
    return json.loads(printed)


def figures(asked: list[dict[str, Any]], wrote: dict[str, Any], alone: dict[str, Any]) -> list[Figure]:
    """As the table has them. asked: of each reader. wrote: of who decided beside them. alone: of one before."""
    seconds = np.concatenate([one["seconds"] for one in asked])
    first, last = min(one["began"] for one in asked), max(one["ended"] for one in asked)
    opened = sum(one["opened"] for one in asked)
    note = (
        f"{READERS} processes, {len(seconds) / (last - first):.0f} questions a second, {len(wrote['seconds'])} changes "
        f"meanwhile, {opened} times a new picture opened"
    )
    p50, p95 = np.percentile(seconds * 1000, [50, 95]).tolist()
    used = np.percentile(np.concatenate([one["processor"] for one in asked]) * 1000, 95).item()
    beside, before = (float(np.median(one["seconds"])) for one in (wrote, alone))
    return [
        Figure("match", "beside a writer, the middle question", p50, unit="ms", less=True, places=2),
        Figure("match", "beside a writer, 95 in 100 are quicker", p95, None, 10, 3, "ms", True, 2, note),
        Figure("match", "the same of a processor, 95 in 100", used, unit="ms", less=True, places=2),
        Figure("match", "a decision, nobody asking", before, unit="seconds", less=True, places=2),
        Figure("match", "a decision beside those readers", beside, unit="seconds", less=True, places=2),
    ]
