"""The worker: a process that takes jobs out of the store, one after another, until it is told to end."""

import sys
from typing import Final

EACH: Final = 1.0  # seconds between one look for jobs and the next


def work() -> int:
    """Work until a signal ends it."""
    import logging
    import threading

    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    from concerted.web import mailing

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # that it was told to end is no news
    worker = Worker(
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
    stopped = threading.Event()
    mailing.begin(stopped)
    worker.run()
    stopped.set()
    return 0


def main() -> int:
    """As `python -m concerted.web.working`."""
    from concerted.web.beginning import begin

    begin()
    return work()


if __name__ == "__main__":
    sys.exit(main())
