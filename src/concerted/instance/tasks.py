"""Jobs on the worker: each in a process of its own, begun again where it was killed."""

import signal
import subprocess
import sys
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django_tasks import task

from concerted.common import clock
from concerted.instance.jobs import KINDS, Work
from concerted.instance.models import Job
from concerted.instance.working import closed

MOST: Final = 3  # times that a job is begun which is killed each time
LEASE: Final = timedelta(minutes=1)  # without a sign of life for so long its process is gone
_RUNNING: "list[subprocess.Popen[bytes]]" = []


@task()
def run(job: str) -> None:
    """Work on it in a process of its own, and wait for that."""
    found = Job.objects.filter(pk=job, state=Job.WAITING).first()
    if found is None:
        return
    process = subprocess.Popen(command(found.id, found.kind), start_new_session=True)  # noqa: S603 -- our own
    _RUNNING.append(process)
    try:
        code = process.wait()
    finally:
        _RUNNING.remove(process)
    if code:
        killed(found.id, code)


def command(job: UUID, kind: str) -> list[str]:
    """The command line of a job's process."""
    return [sys.executable, "-m", "concerted.instance.job", str(job), str(KINDS[kind].memory)]


def end() -> None:
    """Tell the process that works now to end at its batch's end."""
    for process in _RUNNING:
        process.send_signal(signal.SIGTERM)


def enqueue(job: UUID) -> None:
    """Put it where the worker looks, once this transaction is done."""
    transaction.on_commit(lambda: run.enqueue(str(job)))


@transaction.atomic
def killed(job: UUID, code: int) -> None:
    """Its process is gone without a word. It goes on from where it was, unless that happened too often."""
    mine = Job.objects.select_for_update().filter(pk=job, state=Job.RUNNING).first()
    if mine is None:
        return
    if mine.tries < MOST:
        Job.objects.filter(pk=job).update(state=Job.WAITING, run=None, seen=None)
        enqueue(job)
        return
    why = f"Its process ended {MOST} times without a word, last with {code}. Perhaps the machine has too little memory."
    Job.objects.filter(pk=job).update(state=Job.FAILED, why=why, run=None, seen=None, ended=clock.now())
    closed(Work(mine, job).acting, job, Job.FAILED)


def resume_abandoned() -> int:
    """Jobs whose process gave no sign of life for long go on; how many. For when a machine or a worker was lost."""
    lost = Job.objects.filter(state=Job.RUNNING, seen__lt=clock.now() - LEASE).values_list("id", flat=True)
    found = [*lost]
    for job in found:
        killed(job, 0)
    return len(found)


def resume_waiting() -> int:
    """When a worker begins: jobs that wait are put where it looks, for what was put there may be gone. How many."""
    found = [*Job.objects.filter(state=Job.WAITING).values_list("id", flat=True)]
    for job in found:
        enqueue(job)
    return len(found)
