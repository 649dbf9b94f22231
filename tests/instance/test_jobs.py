"""A job goes on from where it was killed, does everything once, and stops when it is asked to."""

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from concerted.audit.acting import Acting
from concerted.audit.acts import Act
from concerted.audit.models import Payload
from concerted.audit.services import record
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.instance import job, jobs, services, tasks, working
from concerted.instance.jobs import KINDS, Work, in_batches
from concerted.instance.models import Job
from tests.instance import kinds

ACTING = Acting(uuid4(), uuid4(), "analyst", "protecting", "192.0.2.7")
COUNT = 300
POINTS = ("begun", "batch", "batch written", "batch saved", "batch committed", "done")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds_here(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Iterator[None]:
    """The kinds, their tables, and no worker that was told to end."""
    monkeypatch.setattr(jobs.Work, "ending", False)
    before = dict(KINDS)
    kinds.register()
    with connection.cursor() as cursor:
        for table in kinds.TABLES:
            cursor.execute(table)
    yield
    with connection.cursor() as cursor:
        for table in ("imported", "in_force"):
            cursor.execute(f"drop table {table}")
    KINDS.clear()
    KINDS.update(before)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Jobs run in processes of their own on this store. What is in the list: where, and at which time, they die."""
    given = connection.settings_dict
    store = str(given["NAME"])
    if connection.vendor == "postgresql":
        store = f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}/{store}"
    monkeypatch.setenv("CONCERTED_STORE", store)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "concerted.web.settings")
    dies: list[str] = []
    monkeypatch.setattr(
        tasks,
        "command",
        lambda one, kind: [sys.executable, "-m", "tests.instance.kinds", str(one), str(KINDS[kind].memory), *dies],
    )
    return dies


def numbers(of: UUID) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select number from imported where job = %s order by number", [str(of)])
        return [one for (one,) in cursor.fetchall()]


def in_force(of: UUID) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select many from in_force where job = %s", [str(of)])
        return [one for (one,) in cursor.fetchall()]


def events(act: Act) -> int:
    return Payload.objects.filter(content__contains=f'"act":"{act}"').count()


def test_a_job_works_as_whoever_asked_for_it_and_once() -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)
    assert DBTaskResult.objects.count() == 1
    assert str(made) == "copying, waiting"
    assert working.work_on(made.id) == Job.DONE
    found = Job.objects.get()
    assert (found.person, found.organisation, found.purpose) == (ACTING.person, ACTING.organisation, "protecting")
    assert (found.step, found.done, found.total, found.tries) == ("copying numbers", COUNT, COUNT, 1)
    assert (numbers(made.id), in_force(made.id)) == (list(range(COUNT)), [COUNT])
    assert (events(Act.JOB_BEGUN), events(Act.JOB_ENDED)) == (1, 1)
    assert working.work_on(made.id) == Job.DONE  # again: nothing more
    assert (numbers(made.id), events(Act.JOB_ENDED)) == (list(range(COUNT)), 1)


def test_only_a_kind_of_the_list_is_begun() -> None:
    with pytest.raises(ValueError, match="no kind of job"):
        services.begin_job(ACTING, "whatever")


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_it_goes_on(processes: list[str], point: str) -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)
    processes += [point, "1" if point in {"begun", "done"} else "3"]
    tasks.run.func(str(made.id))
    assert Job.objects.get().state == Job.WAITING
    assert in_force(made.id) == ([COUNT] if point == "done" else [])
    assert DBTaskResult.objects.count() == 2  # it was put where the worker looks
    processes.clear()
    tasks.run.func(str(made.id))
    assert Job.objects.get().state == Job.DONE
    assert (numbers(made.id), in_force(made.id)) == (list(range(COUNT)), [COUNT])
    tasks.run.func(str(made.id))  # what the worker finds twice is done once
    assert events(Act.JOB_ENDED) == 1


def test_one_that_is_killed_each_time_fails_in_words(processes: list[str]) -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)
    processes += ["begun", "1"]
    for _ in range(tasks.MOST):
        tasks.run.func(str(made.id))
    found = Job.objects.get()
    assert (found.state, found.ended is not None) == (Job.FAILED, True)
    assert "ended 3 times without a word, last with -9" in found.why
    services.resume_job(ACTING, made.id)
    processes.clear()
    tasks.run.func(str(made.id))
    assert numbers(made.id) == list(range(COUNT))


def test_the_limit_of_memory_holds(processes: list[str]) -> None:
    made = services.begin_job(ACTING, "greedy")
    tasks.run.func(str(made.id))
    assert "more memory than the 3,072 MB that it may have" in Job.objects.get().why


def test_a_process_that_is_told_to_end_leaves_the_job_to_the_next(
    processes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = services.begin_job(ACTING, "copying", count=3_000_000)

    def runs() -> None:
        tasks.run.func(str(made.id))
        connection.close()

    thread = threading.Thread(target=runs)
    thread.start()
    while thread.is_alive() and not Job.objects.filter(done__gt=0).exists():
        time.sleep(0.05)
    tasks.end()
    thread.join()
    found = Job.objects.get()
    assert (found.state, found.run) == (Job.WAITING, None)
    assert found.at == {"done": found.done}
    assert len(numbers(made.id)) == found.done
    assert tasks.resume_waiting() == 1


def test_stopped_it_stays_as_it_is_until_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)

    def reached(work: Work, point: str) -> None:
        if point == "batch committed":
            services.stop_job(ACTING, work.id)

    with monkeypatch.context() as patched:
        patched.setattr(Work, "reached", reached)
        assert working.work_on(made.id) == Job.STOPPED
    stopped = numbers(made.id)
    assert 0 < len(stopped) < COUNT
    services.resume_job(ACTING, made.id)
    assert working.work_on(made.id) == Job.DONE
    assert numbers(made.id) == list(range(COUNT))


def test_one_that_waits_stops_at_once_and_is_nobody_elses() -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)
    other = Acting(uuid4(), uuid4(), "analyst", "", "")
    for change in (services.stop_job, services.resume_job):
        with pytest.raises(UsedWronglyError, match="no such job"):
            change(other, made.id)
    services.stop_job(ACTING, made.id)
    assert working.work_on(made.id) == Job.STOPPED
    assert numbers(made.id) == []


@pytest.mark.parametrize(
    ("kind", "says"),
    [("refused", "It cannot be meant. Mend it."), ("wrong", "It went wrong inside."), ("greedy", "more memory")],
)
def test_what_goes_wrong_is_said_without_what_it_was_about(
    kind: str, says: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = services.begin_job(ACTING, kind)
    assert working.work_on(made.id) == Job.FAILED
    assert says.lower() in Job.objects.get().why.lower()
    assert "Asha" not in Job.objects.get().why + caplog.text


def test_what_another_process_works_on_is_not_written_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)

    def reached(work: Work, point: str) -> None:
        if point == "batch written":
            Job.objects.filter(pk=work.id).update(run=uuid4())

    monkeypatch.setattr(Work, "reached", reached)
    working.work_on(made.id)
    assert numbers(made.id) == []
    assert Job.objects.get().state == Job.RUNNING
    assert events(Act.JOB_ENDED) == 0


def test_one_whose_process_is_lost_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made = services.begin_job(ACTING, "copying", count=COUNT)
    Job.objects.filter(pk=made.id).update(state=Job.RUNNING, run=uuid4(), seen=clock.now(), tries=1)
    assert tasks.resume_abandoned() == 0
    Job.objects.filter(pk=made.id).update(seen=clock.now() - timedelta(minutes=5))
    assert tasks.resume_abandoned() == 1
    assert working.work_on(made.id) == Job.DONE


def test_a_process_says_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "LIVES", 0.01)
    long_ago = clock.now() - timedelta(minutes=5)

    def waits(work: Work) -> None:
        Job.objects.filter(pk=work.id).update(seen=long_ago)
        while Job.objects.get(pk=work.id).seen == long_ago:
            time.sleep(0.01)

    monkeypatch.setitem(KINDS, "waits", jobs.Kind(waits))
    made = services.begin_job(ACTING, "waits")
    assert working.work_on(made.id) == Job.DONE


def test_a_second_writer_comes_between_the_batches_and_sees_nothing_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes while a long import runs; how long it waits is not asserted, but that its turn comes."""
    made = services.begin_job(ACTING, "copying", count=COUNT)
    written, seen, stop = [0], set(), threading.Event()

    def second() -> None:
        while not stop.is_set():
            seen.add(len(in_force(made.id)))
            record(ACTING, Act.PAGE_READ)
            written[0] += 1
        connection.close()

    def reached(work: Work, point: str) -> None:
        if point == "batch committed" and len(numbers(work.id)) < COUNT:
            now = written[0]
            while thread.is_alive() and written[0] == now:
                time.sleep(0.001)

    monkeypatch.setattr(Work, "reached", reached)
    thread = threading.Thread(target=second)
    thread.start()
    try:
        assert working.work_on(made.id) == Job.DONE
    finally:
        stop.set()
        thread.join()
    assert written[0] >= 3
    assert seen <= {0, 1}
    assert in_force(made.id) == [COUNT]


@pytest.mark.parametrize(
    ("size", "took", "following"),
    [(8, 0.0, 16), (8, 0.05, 16), (100, 0.1, 100), (100, 0.2, 50), (100, 100.0, 1), (20_000, 0.0, 20_000)],
)
def test_batches_are_as_large_as_their_time(size: int, took: float, following: int) -> None:
    assert jobs._next(size, took) == pytest.approx(following, abs=1)


def test_slow_things_are_written_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, sizes = [0.0], []
    monkeypatch.setattr(jobs, "time", SimpleNamespace(perf_counter=lambda: now[0]))

    def write(some: Sequence[int]) -> None:
        sizes.append(len(some))
        now[0] += 0.02 * len(some)

    made = services.begin_job(ACTING, "copying", count=COUNT)
    Job.objects.filter(pk=made.id).update(state=Job.RUNNING, run=made.id)
    in_batches(Work(Job.objects.get(), made.id), lambda begin: iter(range(begin, 50)), write)
    assert sum(sizes) == 50
    assert max(sizes) * 0.02 <= jobs.HELD


def test_the_process_of_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, both: limits.append((which, both)))
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    made = services.begin_job(ACTING, "copying", count=3)
    try:
        assert job.main([str(made.id), "1000"]) == 0
        os.kill(os.getpid(), signal.SIGTERM)
        assert Work.ending
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert limits == [(resource.RLIMIT_AS, (1000, 1000))]
    assert numbers(made.id) == [0, 1, 2]
    assert tasks.command(made.id, "copying")[1:] == ["-m", "concerted.instance.job", str(made.id), str(jobs.MEMORY)]
