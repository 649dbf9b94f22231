"""Which planted networks are found: over five medium regions, joined beside each agency alone and perfect linkage.

The seeds are derived from the commit, so that nobody can set a rule by them. Joined figures are worked out from the
folder that `concerted picture` writes; an agency alone is taken to know which of its records are of one person as the
joined picture has it, so that it would have found this much at most.
"""

import hashlib
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, Say
from concerted.common.ids import RecordKey
from concerted.desk import deliveries
from concerted.desk.graph import records
from concerted.desk.networks_found import Run, Truth, read_run, read_truth
from concerted.desk.networks_found.measure import Part, falsely
from concerted.desk.networks_found.named import Named, networks_named
from concerted.desk.picture import picture
from concerted.desk.store import Store
from concerted.networks import Records, graph
from concerted.networks.findings import Finding, findings
from concerted.synthetic import synthesise

SEEDS: Final = 5
PRECISION, RECALL, FALSELY = (0.85, 0.95), (0.80, 0.90), (5.0, 1.0)


@dataclass
class _Sum:
    """Counts over all seeds of one way to look."""

    right: int = 0
    findings: int = 0
    found: int = 0
    networks: int = 0
    falsely: int = 0
    innocent: int = 0

    def add(self, run: Run, truth: Truth) -> None:
        joined = {name for name, network in truth.networks.items() if len(network.agencies) > 1}
        self.right += sum(bool(one.finds) for one in run.findings)
        self.findings += len(run.findings)
        self.found += len(run.found() & joined)
        self.networks += len(joined)
        self.falsely += len(falsely(run, truth))
        self.innocent += len(truth.innocent)


@dataclass
class _Sums:
    joined: _Sum = field(default_factory=_Sum)
    perfect: _Sum = field(default_factory=_Sum)
    alone: dict[str, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    by_kind: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def seeds() -> list[int]:
    """Five numbers that the commit gives."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
    return [int.from_bytes(hashlib.sha256(commit + bytes([at])).digest()[:4]) for at in range(SEEDS)]
