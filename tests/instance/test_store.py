"""What a store is for is said once."""

from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from concerted.audit.acting import Acting
from concerted.audit.models import Payload
from concerted.common.errors import UsedWronglyError
from concerted.instance import selectors, services
from concerted.instance.models import DEMONSTRATION, WORKING, Store

ACTING = Acting(None, None, "", "", "a terminal", system="set-up")
pytestmark = pytest.mark.django_db


def test_it_is_said_once_and_leaves_an_event(frozen_clock: datetime) -> None:
    made = services.set_up(ACTING, WORKING)
    assert (made.kind, made.since, str(made)) == (WORKING, frozen_clock, WORKING)
    assert '"act":"store_set_up"' in Payload.objects.get().content
    with pytest.raises(UsedWronglyError, match="set up already"):
        services.set_up(ACTING, DEMONSTRATION)
    assert selectors.store() == made


@pytest.mark.parametrize(("kind", "says"), [(DEMONSTRATION, True), (WORKING, False)])
def test_whether_it_is_a_demonstration(kind: str, says: bool) -> None:
    assert not selectors.demonstration()
    services.set_up(ACTING, kind)
    assert selectors.demonstration() is says


def test_a_server_asks_once(django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "_REMEMBERED", [])
    selectors.remember()
    with django_assert_num_queries(1):
        assert not selectors.demonstration()
    services.set_up(ACTING, DEMONSTRATION)
    selectors.remember()
    with django_assert_num_queries(0):
        assert selectors.demonstration()


def test_a_store_that_does_not_answer_is_no_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> None:
        raise DatabaseError

    monkeypatch.setattr(selectors, "store", breaks)
    assert not selectors.demonstration()


def test_it_never_changes() -> None:
    services.set_up(ACTING, DEMONSTRATION)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Store.objects.update(kind=WORKING)
    assert selectors.demonstration()


def test_there_is_one_row_of_a_kind_of_the_list() -> None:
    for wrong in (Store(id=2, kind=WORKING), Store(kind="other")):
        wrong.since = datetime.fromisoformat("2026-03-02T09:30+00:00")
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save(force_insert=True)
