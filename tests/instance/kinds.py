"""Kinds of jobs that the tests begin, and their process: `python -m tests.instance.kinds ID BYTES [POINT TIMES]`.

It is killed when it comes to that point for that time.
"""

import os
import signal
import sys
from collections.abc import Sequence

from concerted.common.errors import UsedWronglyError

TABLES = (
    "create table imported (job varchar(40), number integer, primary key (job, number))",
    "create table in_force (job varchar(40) primary key, many integer)",
)


def copying(work: object) -> None:
    """Writes so many numbers, and puts them in force."""
    from django.db import connection

    from concerted.instance.jobs import Work, in_batches

    assert isinstance(work, Work)
    count = work.arguments["count"]

    def write(some: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("insert into imported values (%s, %s)", [(str(work.id), one) for one in some])

    work.step("copying numbers", count)
    in_batches(work, lambda begin: iter(range(begin, count)), write)
    with work.batch(count), connection.cursor() as cursor:
        cursor.execute("select count(*) from in_force where job = %s", [str(work.id)])
        if not cursor.fetchone()[0]:
            cursor.execute("insert into in_force values (%s, %s)", [str(work.id), count])


def refused(work: object) -> None:
    raise UsedWronglyError("it cannot be meant", mend="mend it")


def wrong(work: object) -> None:
    raise ZeroDivisionError("Asha Example")


def greedy(work: object) -> None:
    bytearray(2**42)


def register() -> None:
    """For this process."""
    from concerted.instance.jobs import KINDS, Kind

    KINDS.update({one.__name__: Kind(one) for one in (copying, refused, wrong, greedy)})


def main(words: list[str]) -> int:
    import django

    django.setup()
    register()
    from concerted.instance import job
    from concerted.instance.jobs import Work

    job_words, (last, times) = words[:2], words[2:] or ("", "0")
    left = [int(times)]

    def reached(self: Work, point: str) -> None:
        left[0] -= point == last
        if point == last and left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    Work.reached = reached  # type: ignore[method-assign]
    return job.main(job_words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
