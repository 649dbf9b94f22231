"""Odd access: each rule picks what it is for, leaves alone what is ordinary, and tells how much it picks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from concerted.audit import odd, providers, services
from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.odd import Odd, Rate, Rule, Rules, odd_access
from concerted.common import clock
from tests.audit.conftest import ORGANISATION, PERSON
from tests.audit.test_selectors import unregistered

pytestmark = pytest.mark.django_db
__all__ = ["unregistered"]
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
ALL = (ORGANISATION, BEGIN, BEGIN + timedelta(days=200))
COLLEAGUE = UUID(int=7)


@pytest.fixture(autouse=True)
def nobody_else_registered(unregistered: None) -> None:
    """Rules are asked without what applications above registered."""


def opened(
    acting: Acting, monkeypatch: pytest.MonkeyPatch, at: datetime, subjects: int, act: Act = Act.PAGE_READ
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    services.record(acting, act, [Subject("person", str(number)) for number in range(subjects)])


def picked(rule: str) -> list[Odd]:
    return [one for one in odd_access(*ALL)[0] if one.rule == rule]


def test_many_people_in_a_day_are_picked_and_not_how_often_one(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for _ in range(300):
        services.record(acting, Act.RECORD_READ, [Subject("person", "1")])
    opened(acting, monkeypatch, noon, 200)
    assert picked("bulk") == []
    opened(replace(acting, person=COLLEAGUE), monkeypatch, noon, 201, Act.EXPORTED)
    [one] = picked("bulk")
    assert (one.person, one.day, one.times) == (COLLEAGUE, date(2026, 3, 2), 201)
    assert not hasattr(one, "subjects"), "a supervisor sees the access, not the record"


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 4, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), True),  # eleven at night in London, in summer
        (datetime(2026, 7, 1, 4, 30, tzinfo=UTC), False),
    ],
)
def test_nights_are_londons(acting: Acting, monkeypatch: pytest.MonkeyPatch, at: datetime, found: bool) -> None:
    for _ in range(4):
        opened(acting, monkeypatch, at, 1)
    assert picked("hours") == []
    opened(acting, monkeypatch, at, 1)
    assert bool(picked("hours")) == found


def test_whoever_opens_somebody_they_know_is_picked_where_people_were_asked(
    acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(acting, monkeypatch, BEGIN, 3)
    assert Rate("declared", 0, None) in odd_access(*ALL)[1], "nobody was asked whom they know"
    known = {PERSON: frozenset({Subject("person", "2"), Subject("person", "9")})}
    providers.register(declared=lambda _: known)
    providers.register(declared=lambda _: {PERSON: frozenset({Subject("person", "1")})})
    [one] = picked("declared")
    assert (one.person, one.times) == (PERSON, 2)


def test_each_rule_tells_what_share_of_days_it_picks(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in range(4):
        opened(acting, monkeypatch, BEGIN + timedelta(days=days, hours=12), 250 if days == 1 else 10)
    monkeypatch.setattr(clock, "now", lambda: BEGIN + timedelta(days=9))
    services.record(acting, Act.SIGNED_IN, [Subject("person", str(PERSON))])  # and opens nothing that day
    services.record(acting, Act.PAGE_READ, [Subject("help", "1")])
    rates = {rate.rule: rate for rate in odd_access(*ALL)[1]}
    assert (rates["bulk"].picked, rates["bulk"].of, rates["bulk"].share) == (1, 4, 0.25)
    assert rates["hours"].share == 0
    assert (rates["declared"].share, Rate("bulk", 0, 0).share) == (None, None)


def test_every_rule_that_is_shipped_has_a_test_here() -> None:
    assert set(odd.shipped().rules) == {"declared", "bulk", "hours"}
    assert "200" in odd.shipped().rules["bulk"].words
    assert odd.shipped().rules["bulk"].more_than == 200
    assert (odd.shipped().rules["hours"].begins, odd.shipped().rules["hours"].ends) == (23, 5)


def test_a_rule_is_data_and_another_is_asked_alike(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    lunch = Rule.model_validate({"kind": "hours", "words": "at lunch", "from": 12, "to": 13})
    opened(acting, monkeypatch, datetime(2026, 3, 2, 12, 30, tzinfo=UTC), 1)
    found, rates = odd_access(*ALL, Rules(rules={"lunch": lunch}, subjects=frozenset({"person"})))
    assert [(one.rule, one.times) for one in found] == [("lunch", 1)]
    assert rates == [Rate("lunch", 1, 1)]
    with pytest.raises(ValidationError):
        Rule.model_validate({"kind": "surname", "words": "a common name alone never"})
