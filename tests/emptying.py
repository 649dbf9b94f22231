"""Emptying a store between tests that commit. The audit's triggers refuse it, as they should, so they step aside."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.testcases import TransactionTestCase

from concerted.audit import triggers


def let_tests_empty_the_store() -> None:
    """From now on, in this process, the store of the tests can be emptied."""
    emptied = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(test: TransactionTestCase) -> None:
        with without_triggers():
            emptied(test)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]


@contextmanager
def without_triggers() -> Iterator[None]:
    """The triggers step aside, as whoever owns the tables could make them."""
    run(triggers.dropped(connection.vendor))
    try:
        yield
    finally:
        run(triggers.made(connection.vendor))


def run(statements: list[str]) -> None:
    """Each of them."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
