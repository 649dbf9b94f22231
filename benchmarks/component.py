"""How long it takes to recompute one component of 100 records, every pair weighed and one decided different.

The records are of four people; most links inside a person are strong, most between them weak, so that every merge has
to be judged. The median of many runs.
"""

import time
from itertools import combinations
from statistics import median
from typing import Final

import numpy as np

from benchmarks.figures import Figure
from benchmarks.yardstick import Say
from concerted.linkage.partition import Links, partition
from concerted.linkage.release import shipped

RECORDS: Final = 100
PEOPLE: Final = 4
MUST, AIM = 2.0, 0.5  # milliseconds
_RUNS: Final = 501


def component(say: Say) -> list[Figure]:
    """Milliseconds of the partition of one component."""
    say(f"{_RUNS} partitions of {RECORDS} records")
    links, release, times = whole(), shipped({}), []
    for _ in range(_RUNS):
        began = time.perf_counter()
        partition(RECORDS, links, join=release.join, set_mean=release.set_mean, apart=[(0, 1)])
        times.append(1000 * (time.perf_counter() - began))
    return [Figure("component", "100 records recomputed", median(times), None, MUST, AIM, "ms", less=True, places=2)]


def whole() -> Links:
    """A link between every two records."""
    left, right = np.array(list(combinations(range(RECORDS), 2)), np.int32).T
    one_person = left % PEOPLE == right % PEOPLE
    bits = np.random.default_rng(1).normal(np.where(one_person, 14.0, 2.0), 4.0)
    return Links(left, right, bits)
