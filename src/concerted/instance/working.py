"""One job, worked on in the process that it has for itself: `python -m concerted.instance.job ID` runs this."""

import logging
import signal
import threading
import uuid
from typing import Final
from uuid import UUID

from django.db import connections, transaction
from django.db.models import F

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common import clock
from concerted.common.errors import ConcertedError
from concerted.instance.jobs import KINDS, EndedError, StoppedError, TakenOverError, Work
from concerted.instance.models import Job

LIVES: Final = 15.0  # seconds between one sign of life and the next
_LOG: Final = logging.getLogger("concerted.jobs")


def work_on(job: UUID) -> str:
    """Work on it until it is done, fails or is to stop; its state then. One that is done, or that another process works
    on, is left alone."""
    run = uuid.uuid4()
    taken = {"state": Job.RUNNING, "run": run, "seen": clock.now(), "tries": F("tries") + 1}
    if not Job.objects.filter(pk=job, state=Job.WAITING).update(**taken):
        return Job.objects.get(pk=job).state
    work = Work(Job.objects.get(pk=job), run)
    with _lives(work):
        state, why = _tried(work)
    return _ended(work, state, why) if state else Job.objects.get(pk=job).state


def told_to_end(*_: object) -> None:
    """The signal to end: the batch that is being written is the last of this process."""
    Work.ending = True


def _tried(work: Work) -> tuple[str, str]:
    """The state that it comes to, and why it failed. No state: it is another's now."""
    kind = KINDS[Job.objects.get(pk=work.id).kind]
    try:
        work.reached("begun")
        kind.run(work)
        work.reached("done")
    except StoppedError:
        return Job.STOPPED, ""
    except EndedError:
        return Job.WAITING, ""
    except TakenOverError:
        return "", ""
    except ConcertedError as error:
        return Job.FAILED, str(error)
    except MemoryError:
        return Job.FAILED, f"It needed more memory than the {kind.memory // 2**20:,} MB that it may have."
    except Exception as error:  # whatever it is, the job says so
        reference = uuid.uuid4().hex[:8]
        _LOG.error("job %s failed, reference %s: %s", work.id, reference, type(error).__name__)
        return Job.FAILED, f"It went wrong inside. Whoever runs this instance finds more under {reference}."
    return Job.DONE, ""


@transaction.atomic
def _ended(work: Work, state: str, why: str) -> str:
    mine = Job.objects.filter(pk=work.id, run=work.run, state=Job.RUNNING)
    ended = None if state == Job.WAITING else clock.now()
    if mine.update(state=state, why=why[:300], run=None, seen=None, ended=ended) and ended:
        closed(work.acting, work.id, state)
    return state


def closed(acting: Acting, job: UUID, state: str) -> None:
    """The event of a job that ended."""
    record(acting, Act.JOB_ENDED, [Subject("job", str(job))], state=state)


class _lives:  # noqa: N801 -- read as a sentence where it is used
    """Says beside the work that its process lives, also where the work itself says nothing for long."""

    def __init__(self, work: Work) -> None:
        self._work, self._done = work, threading.Event()
        self._thread = threading.Thread(target=self._say, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _say(self) -> None:
        while not self._done.wait(LIVES):
            Job.objects.filter(pk=self._work.id, run=self._work.run).update(seen=clock.now())
        connections.close_all()


def listen() -> None:
    """End at a batch's end when told to."""
    signal.signal(signal.SIGTERM, told_to_end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C reaches the worker, which tells us
