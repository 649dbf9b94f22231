"""The worker: a process that takes jobs out of the store, one after another, until it is told to end."""

import logging
import sys
import threading
from types import FrameType
from typing import Final

EACH: Final = 1.0  # seconds between one look for jobs and the next
CHORES_EACH: Final = 30.0  # seconds between one round of chores and the next
_LOG: Final = logging.getLogger("concerted.worker")


def work() -> int:
    """Work until a signal ends it."""
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    from concerted.instance import tasks

    class Ours(Worker):
        """Tells the job's own process too."""

        def shutdown(self, signum: int, frame: FrameType | None) -> None:
            tasks.end()
            super().shutdown(signum, frame)

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # that it was told to end is no news
    worker = Ours(
        queue_names=["default"],
        interval=EACH,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    tasks.resume_waiting()
    threading.Thread(target=keep_house, daemon=True).start()
    worker.run()
    return 0


def keep_house(done: threading.Event | None = None) -> None:
    """Do the chores again and again, until done."""
    from django.db import connections

    done = done or threading.Event()
    while True:
        chores()
        connections.close_all()
        if done.wait(CHORES_EACH):
            return


def chores() -> None:
    """What is to be done now and then: mail that waits, endings that are not in the journal, jobs that were lost. One
    that fails keeps none of the others from being done; it comes again."""
    from concerted.instance.endings import carry
    from concerted.instance.tasks import resume_abandoned

    for one in (_mail, carry, resume_abandoned):
        try:
            one()
        except Exception as error:  # the kind alone: its words may hold an address
            _LOG.error("%s: %s", one.__name__, type(error).__name__)


def _mail() -> None:
    """Hand over what waits, where there is a mail server."""
    from functools import partial

    from concerted.outbox.delivery import deliver
    from concerted.outbox.smtp import hand_over, mail_server
    from concerted.web.environment import environment

    given = environment()
    if given.mail and given.hosts:
        deliver(partial(hand_over, mail_server(given.mail)), f"https://{given.hosts[0]}")


def main() -> int:
    """As `python -m concerted.web.working`."""
    from concerted.web.beginning import begin

    begin()
    return work()


if __name__ == "__main__":
    sys.exit(main())
