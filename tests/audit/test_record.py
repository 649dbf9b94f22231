"""An event is added to the chain of whoever acts."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.models import Chain, Link, Payload
from concerted.audit.services import record
from tests.emptying import without_triggers

pytestmark = pytest.mark.django_db


def test_an_event_says_who_when_where_what_for_and_about_whom(acting: Acting, frozen_clock: datetime) -> None:
    child = uuid4()
    assert record(acting, Act.RECORD_READ, [Subject("person", str(child))], page="summary") == 1
    [payload] = Payload.objects.all()
    assert json.loads(payload.content) == {
        "at": "2026-03-02T09:30:00.000000+00:00",
        "person": str(acting.person),
        "organisation": str(acting.organisation),
        "role": "investigator",
        "purpose": "protecting",
        "where": "192.0.2.7",
        "system": "",
        "act": "record_read",
        "subjects": [["person", str(child)]],
        "details": {"page": "summary"},
    }
    assert (payload.person, payload.act, payload.at) == (acting.person, "record_read", frozen_clock)


def test_events_of_an_organisation_are_numbered_in_its_own_chain(acting: Acting) -> None:
    other = replace(acting, organisation=uuid4())
    nobody = replace(acting, organisation=None)
    assert [record(who, Act.SEARCHED) for who in (acting, other, acting, nobody)] == [1, 1, 2, 1]
    assert set(Chain.objects.values_list("name", "number")) == {
        (f"organisation:{acting.organisation}", 2),
        (f"organisation:{other.organisation}", 1),
        ("instance", 1),
    }


def test_each_link_follows_the_one_before_and_the_first_a_beginning_of_its_own(acting: Acting) -> None:
    for _ in range(3):
        record(acting, Act.SEARCHED)
    chain, links = Chain.objects.get(), list(Link.objects.order_by("number"))
    assert [bytes(link.previous) for link in links] == [bytes(chain.start), *(bytes(link.hash) for link in links[:2])]
    assert bytes(chain.head) == bytes(links[2].hash)
    assert len({bytes(link.digest) for link in links}) == 3, "the same words have another digest each time"


def test_an_event_goes_with_the_change_that_it_is_about(acting: Acting) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(acting, Act.SEARCHED)
        raise RuntimeError
    assert not Payload.objects.exists()
    assert record(acting, Act.SEARCHED) == 1


def test_a_page_of_fifty_is_one_event(acting: Acting, django_assert_max_num_queries: object) -> None:
    record(acting, Act.SEARCHED)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        record(acting, Act.PAGE_READ, [Subject("person", str(UUID(int=number))) for number in range(50)])
    assert len(json.loads(Payload.objects.get(number=2).content)["subjects"]) == 50


@pytest.mark.parametrize(
    ("given", "act", "subjects", "says"),
    [
        ({"purpose": "vetting"}, Act.SEARCHED, [], "'vetting' is no purpose; the closed list is protecting, "),
        ({"system": "robot"}, Act.SEARCHED, [], "'robot' is no system that acts; the closed list is set-up, "),
        ({"person": None}, Act.SEARCHED, [], "searched has nobody who does it"),
        ({}, Act.SEARCHED, [Subject("person", "")], "names nothing"),
        ({}, Act.SEARCHED, [Subject("per:son", "1")], "names nothing"),
        ({}, Act.SEARCHED, [Subject("person", "1\n2")], "names nothing"),
    ],
)
def test_what_names_nobody_or_nothing_is_a_fault_of_the_program(
    acting: Acting, given: dict[str, object], act: Act, subjects: list[Subject], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        record(replace(acting, **given), act, subjects)  # type: ignore[arg-type]
    assert not Chain.objects.exists()


def test_a_refused_sign_in_may_be_nobodys(acting: Acting) -> None:
    assert record(replace(acting, person=None, purpose=""), Act.SIGN_IN_REFUSED) == 1
    assert record(replace(acting, person=None, system="worker"), Act.JOB_BEGUN) == 2


CHANGES = [
    "update audit_link set number = 7",
    "delete from audit_link",
    "update audit_payload set content = ''",
    "delete from audit_payload",
    "update audit_chain set name = 'other'",
    "update audit_chain set number = number + 1",
    "update audit_chain set number = 0",
    "delete from audit_chain",
    "update audit_removal set last = 9",
    "delete from audit_removal",
    "update audit_tie set content = ''",
    "delete from audit_tie",
]


@pytest.fixture
def filled(acting: Acting) -> None:
    """A row in each table."""
    record(acting, Act.SEARCHED)
    with connection.cursor() as cursor:
        cursor.execute("insert into audit_removal (chain_id, first, last, event) select id, 5, 6, 7 from audit_chain")
        cursor.execute(
            "insert into audit_tie (number, at, content, hash, signature, key)"
            " values (1, '2026-03-02 09:30:00+00:00', '{}', 'x', '', '')"
        )


@pytest.mark.parametrize("statement", CHANGES)
def test_the_store_itself_refuses_a_change(filled: None, statement: str) -> None:
    with pytest.raises(IntegrityError, match="is added to and never changed"), transaction.atomic():
        _run(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["audit_link", "audit_payload", "audit_chain", "audit_removal", "audit_tie"])
def test_the_larger_store_refuses_to_empty_a_table(filled: None, table: str) -> None:
    if connection.vendor != "postgresql":
        return  # the embedded store knows no truncate: it deletes
    with pytest.raises(IntegrityError, match="is added to and never changed"), transaction.atomic():
        _run(f"truncate {table} cascade")


@pytest.mark.parametrize("statement", [one for one in CHANGES if "audit_payload" in one])
def test_whoever_owns_the_tables_can_put_the_triggers_aside(filled: None, statement: str) -> None:
    with without_triggers():
        _run(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        record(Acting(uuid4(), None, "", "", ""), Act.SEARCHED)
        _run("delete from audit_payload")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
