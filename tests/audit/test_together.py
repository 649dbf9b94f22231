"""Writers that come at the same time: every event is written once, and the chains are whole."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection, transaction

from concerted.audit import append, services
from concerted.audit.acting import Acting
from concerted.audit.acts import Act
from concerted.audit.models import Chain
from concerted.audit.together import MOST, Together
from concerted.audit.whole import verify
from concerted.common.progress import Silent

WRITERS, EACH = 8, 12


def test_what_waits_is_written_together_and_each_gets_its_own_number() -> None:
    written: list[list[int]] = []
    begun, go = threading.Event(), threading.Event()

    def write(given: list[int]) -> list[int]:
        written.append(given)
        begun.set()
        assert go.wait(10)
        return [10 * one for one in given]

    together = Together(write)
    with ThreadPoolExecutor(MOST + 2) as pool:
        first = pool.submit(together.add, 0)
        assert begun.wait(10)
        others = [pool.submit(together.add, number) for number in range(1, MOST + 2)]
        while len(together._waiting) < MOST + 1:
            time.sleep(0.001)
        go.set()
        assert [first.result(), *(one.result() for one in others)] == [10 * number for number in range(MOST + 2)]
    assert [len(one) for one in written] == [1, MOST, 1]


def test_what_cannot_be_written_is_raised_where_it_was_given_and_the_next_is_written() -> None:
    def write(given: list[int]) -> list[int]:
        if 13 in given:
            raise OSError("the disk is full")
        return given

    together = Together(write)
    with pytest.raises(OSError, match="the disk is full"):
        together.add(13)
    assert together.add(14) == 14


def at_once(work: Callable[[int], None]) -> None:
    """Each number in a thread of its own, all begun together, each with a connection of its own."""
    ready = threading.Barrier(WRITERS)

    def run(number: int) -> None:
        ready.wait()
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(run, range(WRITERS)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("within", [False, True])
def test_writers_at_the_same_time_leave_whole_chains(acting: Acting, within: bool) -> None:
    def work(number: int) -> None:
        who = replace(acting, person=UUID(int=number), organisation=UUID(int=number % 3 + 1))
        for _ in range(EACH):
            if within:  # as a service that changes something
                with transaction.atomic():
                    services.record(who, Act.PERSON_CHANGED)
            else:
                services.record(who, Act.PAGE_READ)

    at_once(work)
    assert Counter(dict(Chain.objects.values_list("name", "number"))).total() == WRITERS * EACH
    whole = verify(Silent())
    assert (whole.chains, whole.events, whole.wrong) == (3, WRITERS * EACH, [])


@pytest.mark.django_db(transaction=True)
def test_what_fails_with_others_leaves_nothing(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    services.record(acting, Act.SEARCHED)
    monkeypatch.setattr(append, "_LINK", "insert into nowhere values (%s, %s, %s, %s, %s)")
    monkeypatch.setattr(append, "_IN_ONE", "select * from nowhere where 'x' = %(name)s")
    with pytest.raises(Exception, match="nowhere"):
        services.record(acting, Act.SEARCHED)
    monkeypatch.undo()
    services.record(acting, Act.SEARCHED)
    assert (Chain.objects.get().number, verify(Silent()).wrong) == (2, [])
