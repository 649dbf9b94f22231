"""Spoilt files of every kind: each is taken whole or refused in words, and nothing ends the program.

A thousand in `make test`, a million in `make deep`, which takes four hours or more on two cores. MUTATED=0:5000
takes other cases in the place of the million, to try it, or to go on where it was stopped.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.extracts import mutated
from tests.extracts.mutations import FORMS, Case, case_of
from tests.extracts.seeds import SEEDS

FEW, MANY, BATCH = range(1_000), range(1_000_000), 2_000


def faults(cases: range) -> list[str]:
    """What is wrong with how these cases are taken. One that ends its process is a fault, and the next follow."""
    found, at = list[str](), cases.start
    while at < cases.stop:
        command = [sys.executable, "-m", "tests.extracts.mutated", str(at), str(cases.stop)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        lines = ended.stdout.splitlines()
        last = max(int(line) for line in lines if line.isdecimal()) if lines else at
        found += [json.loads(line) for line in lines if not line.isdecimal()]
        if ended.returncode or ended.stderr:
            found.append(f"{case_of(last)} ended the process with {ended.returncode}: {ended.stderr[-3000:]}")
        at = last + 1
    return found


def batches(cases: range) -> Iterator[range]:
    """The cases in ranges that a process takes."""
    for start in range(cases.start, cases.stop, BATCH):
        yield range(start, min(start + BATCH, cases.stop))


def test_a_thousand_spoilt_files() -> None:
    assert faults(FEW) == []


@pytest.mark.deep
def test_a_million_spoilt_files(capsys: pytest.CaptureFixture[str]) -> None:
    first, _, stop = os.environ.get("MUTATED", "").partition(":")
    cases = range(int(first), int(stop)) if stop else MANY
    found: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for batch, some in zip(batches(cases), pool.map(faults, batches(cases)), strict=True):
            found += some
            with capsys.disabled():
                sys.stdout.write(f"\rspoilt files: {batch.stop:,} of {cases.stop:,}, {len(found):,} faults ")
                sys.stdout.flush()
    assert found == []


def test_a_case_is_the_same_file_whenever_it_is_made() -> None:
    for number in range(2 * len(FORMS)):
        assert case_of(number) == case_of(number)
    assert {case_of(number).name for number in range(len(FORMS))} >= {"packed.zip", "people.xlsx", "census.xml.gz"}


@pytest.mark.parametrize("name", SEEDS)
def test_what_is_spoilt_was_sound(tmp_path: Path, name: str) -> None:
    seed = SEEDS[name]
    case = Case(0, seed, "plain", seed.file, seed.content, ())
    assert mutated.fault_of(case, tmp_path) is None
