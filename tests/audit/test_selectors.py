"""Reading the audit: only one's own organisation's, the latest first, by text that means what it says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.audit import providers, selectors, services
from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.append import append
from concerted.audit.chains import compartment, content
from concerted.audit.models import Payload
from concerted.audit.selectors import Asked, Seen
from concerted.common import clock
from tests.audit.conftest import ORGANISATION, PERSON
from tests.emptying import without_triggers

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
ALL = Asked(BEGIN, BEGIN + timedelta(days=30))
CHILD, OTHER = Subject("person", "child-1"), Subject("person", "child-2")
COLLEAGUE = UUID(int=7)


@pytest.fixture
def ticking(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> Acting:
    """Each event is a minute after the one before."""
    moments = (datetime(2026, 3, 2, 9, 30, tzinfo=UTC) + timedelta(minutes=number) for number in range(10_000))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    return acting


@pytest.fixture
def filled(ticking: Acting) -> Acting:
    """Two people and another organisation."""
    colleague = replace(ticking, person=COLLEAGUE)
    services.record(ticking, Act.PAGE_READ, [CHILD, OTHER], page="people")
    services.record(colleague, Act.RECORD_READ, [CHILD])
    services.record(colleague, Act.PERSON_CHANGED, [CHILD])
    services.record(ticking, Act.SEARCHED, [], text='"person":"' + str(COLLEAGUE))
    services.record(replace(ticking, organisation=uuid4()), Act.RECORD_READ, [CHILD])
    services.record(replace(ticking, organisation=None), Act.SIGNED_IN, [])
    services.record(ticking, Act.EXPORTED, [CHILD])
    services.record(replace(ticking, person=None, system="worker"), Act.RECORD_READ, [CHILD])
    return ticking


def numbers(**asked: object) -> list[int]:
    return [event.number for event in selectors.events(ORGANISATION, replace(ALL, **asked))]  # type: ignore[arg-type]


def test_events_are_asked_for_by_who_when_what_and_about_whom(filled: Acting) -> None:
    assert numbers() == [6, 5, 4, 3, 2, 1]
    assert numbers(person=PERSON) == [5, 4, 1]
    assert numbers(person=COLLEAGUE) == [3, 2], "what somebody searched for is not who they are"
    assert numbers(subject=OTHER) == [1]
    assert numbers(acts=(Act.SEARCHED, Act.EXPORTED)) == [5, 4]
    assert numbers(person=PERSON, acts=(Act.EXPORTED,), subject=CHILD) == [5]
    morning = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert numbers(since=morning + timedelta(minutes=1), until=morning + timedelta(minutes=3)) == [3, 2]
    assert numbers(until=BEGIN) == []


def test_events_are_read_page_by_page(filled: Acting) -> None:
    first = selectors.events(ORGANISATION, ALL, most=4)
    second = selectors.events(ORGANISATION, ALL, before=first[-1].number, most=4)
    assert [event.number for event in (*first, *second)] == [6, 5, 4, 3, 2, 1]


def test_an_event_is_read_as_it_was_recorded(filled: Acting) -> None:
    event = selectors.events(ORGANISATION, ALL)[-1]
    assert event == selectors.Event(
        number=1,
        at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        person=PERSON,
        organisation=ORGANISATION,
        role="investigator",
        purpose="protecting",
        where="192.0.2.7",
        system="",
        act=Act.PAGE_READ,
        subjects=(CHILD, OTHER),
        details={"page": "people"},
    )


def test_an_act_that_is_no_more_is_read_by_its_name(filled: Acting) -> None:
    with without_triggers():
        payload = Payload.objects.order_by("place")[0]
        Payload.objects.filter(place=payload.place).update(content=payload.content.replace("page_read", "page_seen"))
    event = selectors.events(ORGANISATION, ALL)[-1]
    assert (event.act, event.opened) == ("page_seen", False)


def test_who_has_seen_somebody_is_told_of_ones_own_organisation(filled: Acting) -> None:
    found = selectors.who_has_seen(ORGANISATION, CHILD, ALL.since, ALL.until)
    assert [(seen.who, seen.times) for seen in found] == [("worker", 1), (PERSON, 2), (COLLEAGUE, 1)]
    assert (found[1].first, found[1].last) == (
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 36, tzinfo=UTC),
    )
    assert selectors.who_has_seen(uuid4(), CHILD, ALL.since, ALL.until) == []


def test_what_a_compartment_holds_is_told_to_nobody_outside(filled: Acting) -> None:
    before = selectors.who_has_seen(ORGANISATION, CHILD, ALL.since, ALL.until)

    said = content(ALL.since, filled, Act.RECORD_READ, [CHILD], {})
    append(compartment(ORGANISATION), datetime(2026, 3, 3, tzinfo=UTC), said)
    assert selectors.who_has_seen(ORGANISATION, CHILD, ALL.since, ALL.until) == before


@pytest.fixture
def unregistered() -> Iterator[None]:
    """What a test registers is gone after it."""
    kept = [*providers._reach], [*providers._declared]
    providers._reach.clear()
    providers._declared.clear()
    yield
    providers._reach[:], providers._declared[:] = kept


def test_an_account_is_told_whole(filled: Acting, unregistered: None) -> None:
    account = selectors.account(ORGANISATION, PERSON, ALL.since, ALL.until)
    assert account.reach is None, "no rules of access are here that know"
    assert [(subject, seen.times) for subject, seen in account.opened] == [(CHILD, 2), (OTHER, 1)]
    assert [event.act for event in account.signing_in] == [Act.SIGNED_IN]
    providers.register(reach=lambda *_: ["records of the force"])
    providers.register(reach=lambda *_: ["assigned children"])
    account = selectors.account(ORGANISATION, PERSON, ALL.since, ALL.until)
    assert account.reach == ("records of the force", "assigned children")


def test_that_somebody_read_the_audit_is_an_event(acting: Acting) -> None:
    services.looked_into(acting, "who has seen", [CHILD], since=ALL.since)
    [event] = selectors.events(ORGANISATION, ALL)
    assert (event.act, event.subjects, event.details["question"]) == (Act.AUDIT_READ, (CHILD,), "who has seen")
    assert selectors.who_has_seen(ORGANISATION, CHILD, ALL.since, ALL.until) == [], "reading the audit sees no record"


SUBJECTS = st.builds(Subject, st.sampled_from(["person", "record"]), st.sampled_from(["1", "11", 'a"b', "é", "[1]"]))
MADE = st.lists(st.tuples(st.integers(0, 2), st.sampled_from([*Act]), st.lists(SUBJECTS, max_size=3)), max_size=12)


@given(MADE, st.none() | st.integers(0, 2), st.lists(st.sampled_from([*Act]), max_size=2), st.none() | SUBJECTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
def test_what_is_found_is_what_a_reader_of_all_would_find(
    ticking: Acting,
    made: list[tuple[int, Act, list[Subject]]],
    person: int | None,
    acts: list[Act],
    subject: Subject | None,
) -> None:
    organisation = uuid4()
    for who, act, subjects in made:
        services.record(replace(ticking, organisation=organisation, person=UUID(int=who)), act, subjects)
    asked = Asked(ALL.since, ALL.until, None if person is None else UUID(int=person), tuple(acts), subject)
    expected = [
        number
        for number, (who, act, subjects) in enumerate(made, 1)
        if (person is None or who == person) and (not acts or act in acts) and (subject is None or subject in subjects)
    ]
    assert [event.number for event in selectors.events(organisation, asked)] == expected[::-1]


def test_seen_again_keeps_first_and_last() -> None:
    one, other = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
    assert selectors._again(selectors._again(None, PERSON, other), PERSON, one) == Seen(PERSON, 2, one, other)
