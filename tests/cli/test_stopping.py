"""Ctrl-C while `resolve` works: one line, exit 130, and nothing half-done left behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
Moment = Callable[[Path], bool]


def _begun(folder: Path) -> bool:
    return any(folder.glob(".out.building-*"))


def _read(folder: Path) -> bool:
    return any(folder.glob(".out.building-*/records/*.parquet"))


def _comparing(folder: Path) -> bool:
    """Some while after the records are there: the engine is at work, and its libraries wrap what interrupts them."""
    if _read(folder):
        time.sleep(1.5)
        return True
    return False


@pytest.mark.parametrize("moment", [_begun, _read, _comparing])
def test_a_stop_leaves_nothing_half_done(tmp_path: Path, moment: Moment) -> None:
    files = [DATA / "outside" / "historical_50k_dev.parquet", "--profile", "practice/historical_50k"]
    line = [sys.executable, "-m", "concerted", "resolve", *map(str, files), "--out", str(tmp_path / "out")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        while running.poll() is None and not moment(tmp_path):
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        printed, said = running.communicate()
    assert running.returncode in {130, -signal.SIGINT}  # to a shell both are 130: Python may end by the signal itself
    assert (printed, said) == ("", "concerted: stopped; nothing was written\n")
    assert list(tmp_path.iterdir()) == []
