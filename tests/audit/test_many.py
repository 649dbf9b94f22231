"""More events than are read, or ended, at once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from concerted.audit import export, retention, rows, selectors, services
from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.models import Chain, Payload
from concerted.audit.selectors import Asked
from concerted.audit.verifier import verify
from concerted.audit.whole import verify as verify_store
from concerted.common import clock
from concerted.common.progress import Silent

EVENTS = 7


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "AT_ONCE", 2)


@pytest.mark.django_db
def test_pages_of_rows_leave_nothing_out(acting: Acting, few_at_once: None) -> None:
    for _ in range(EVENTS):
        services.record(acting, Act.SEARCHED)
    whole = verify_store(Silent())
    assert (whole.events, whole.wrong) == (EVENTS, [])
    assert verify(export.lines(clock.today(), Chain.objects.all())).events == EVENTS
    asked = Asked(clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    assert [one.number for one in selectors.events(None, asked)] == []
    chain = Chain.objects.get()
    found = [event.number for event in selectors._of(chain, asked, at_once=3)]
    assert found == list(range(EVENTS, 0, -1))
    assert services.erase(acting, 1, EVENTS) == EVENTS
    assert Payload.objects.count() == 1


class Watching(Silent):
    """Progress that remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[int, int | None]] = []

    def at(self, done: int, total: int | None = None) -> None:
        self.seen.append((done, total))


@pytest.mark.django_db
def test_verifying_tells_how_far_it_is(acting: Acting) -> None:
    for _ in range(EVENTS):
        services.record(acting, Act.SEARCHED, [Subject("person", "1")])
    watching = Watching()
    verify_store(watching, every=3)
    assert watching.seen == [(3, EVENTS), (6, EVENTS)]


@pytest.mark.django_db(transaction=True)
def test_the_triggers_go_and_come_with_their_migration(acting: Acting) -> None:
    services.record(acting, Act.SEARCHED)
    call_command("migrate", "audit", "0001", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("update audit_link set at = at")
    call_command("migrate", "audit", verbosity=0)
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("update audit_link set at = at")
