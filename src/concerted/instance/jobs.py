"""How a job is written: in batches, each of which is in the store with how far the job is, or not at all (0059).

A kind of job is a function that takes a `Work`. It may be killed between any two of its lines: it is begun again with
what `at` said last. So whatever it writes it writes within `batch`, and what it made counts only once a last batch puts
it in force by one row.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import transaction

from concerted.audit.acting import Acting
from concerted.common import clock
from concerted.instance.models import Job

Item = TypeVar("Item")
HELD: Final = 0.2  # seconds: no batch holds the writer for longer
_AIM: Final = HELD / 2
_FIRST, _LARGEST = 8, 20_000
MEMORY: Final = 3 * 2**30


class StoppedError(Exception):
    """Somebody wants the job to stop; how far it is stands in the store."""


class EndedError(Exception):
    """The process is to end; the job goes on in another."""


class TakenOverError(Exception):
    """Another process works on the job; what this one wrote last is undone."""


@dataclass(frozen=True)
class Kind:
    """run: does the work. memory: bytes of address space that its process may have."""

    run: "Callable[[Work], None]"
    memory: int = MEMORY


KINDS: Final[dict[str, Kind]] = {}
"""By name; applications put theirs here."""


class Work:
    """A job as its kind sees it, in one process. acting: as whom it works. arguments: as they were given. at: how far
    it was when a batch was last saved."""

    ending = False  # this process was told to end

    def __init__(self, job: Job, run: UUID) -> None:
        self.id, self.run = job.id, run
        self.acting = Acting(job.person, job.organisation, job.role, job.purpose, job.where, job.system)
        self.arguments: dict[str, Any] = job.arguments
        self.at: dict[str, Any] = job.at

    def step(self, words: str, total: int | None = None) -> None:
        """Say what comes next, and of how many things it is."""
        self._save(step=words, total=total, done=0)

    @contextmanager
    def batch(self, done: int, at: dict[str, Any] | None = None) -> Iterator[None]:
        """Write within, in one transaction with how far the job then is. done: how many things, for people to see. at:
        what the job goes on from; without it, from where it was. StoppedError or EndedError after it, where the job is
        to stop."""
        at = self.at if at is None else at
        self.reached("batch")
        with transaction.atomic():
            yield
            self.reached("batch written")
            self._save(done=done, at=at)
            self.reached("batch saved")
        self.at = at
        self.reached("batch committed")
        self._check()

    def reached(self, point: str) -> None:
        """A point at which tests kill the process."""

    def _save(self, **fields: Any) -> None:
        mine = Job.objects.filter(pk=self.id, run=self.run, state=Job.RUNNING)
        if not mine.update(seen=clock.now(), **fields):
            raise TakenOverError

    def _check(self) -> None:
        if self.ending:
            raise EndedError
        if Job.objects.filter(pk=self.id, stop=True).exists():
            raise StoppedError


def in_batches(work: Work, read: Callable[[int], Iterator[Item]], write: Callable[[Sequence[Item]], object]) -> None:
    """Write many things without holding the writer: each batch as large as 100 ms were enough for. read: the things
    from that number on, in the same order each time. What is written must not be in force yet."""
    done, size = int(work.at.get("done", 0)), _FIRST
    items = read(done)
    while some := list(islice(items, size)):
        began = time.perf_counter()
        with work.batch(done + len(some), {**work.at, "done": done + len(some)}):
            write(some)
        done += len(some)
        size = _next(size, time.perf_counter() - began)


def _next(size: int, took: float) -> int:
    """How many the next batch takes: at most twice as many, so that one slow thing among quick ones does no harm."""
    return max(1, min(2 * size, int(size * _AIM / max(took, 1e-6)), _LARGEST))
