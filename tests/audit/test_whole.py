"""Whatever is changed, removed, re-ordered or inserted in the store is found; what is removed by right is not."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.audit import services, signing
from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.models import Chain, Payload, Removal, Tie
from concerted.audit.whole import Whole, verify
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from tests.audit.tampering import Stored, tampered, undone

pytestmark = pytest.mark.django_db
EVENTS = 8
SECRET, OTHER_SECRET = "5e" * 32, "0d" * 32
numbers = st.integers(1, EVENTS)


@pytest.fixture
def chain(acting: Acting) -> Chain:
    """A chain of eight events, beside another of one."""
    for number in range(EVENTS):
        services.record(acting, Act.PAGE_READ, [Subject("person", str(UUID(int=number)))])
    services.record(replace(acting, organisation=None), Act.SEARCHED)
    return Chain.objects.get(name=f"organisation:{acting.organisation}")


def checked(key: str = "") -> Whole:
    return verify(Silent(), key)


def found(chain: Chain, how: Callable[[Stored], int]) -> list[tuple[int, str]]:
    """What is told of a chain that somebody tampered with. The store is as before afterwards."""
    with transaction.atomic():
        tampered(chain, how)
        wrong = checked().wrong
        transaction.set_rollback(True)
    assert {one.chain for one in wrong} <= {chain.name}
    return [(one.number, one.what) for one in wrong]


HOW = st.one_of(
    st.builds(
        lambda at, field: lambda on: on.changed_field(at, field),
        numbers,
        st.sampled_from(["digest", "previous", "hash"]),
    ),
    numbers.map(lambda at: lambda on: on.changed_words(at)),
    numbers.map(lambda at: lambda on: on.changed_with_its_hash(at)),
    numbers.map(lambda at: lambda on: on.removed(at)),
    numbers.map(lambda at: lambda on: on.removed_and_renumbered(at)),
    numbers.map(lambda at: lambda on: on.payload_removed(at)),
    numbers.map(lambda at: lambda on: on.inserted(at)),
    st.just(lambda on: on.added()),
    st.sets(numbers, min_size=2, max_size=2).map(lambda two: lambda on: on.swapped(*two)),
)


@given(how=HOW)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_done_to_a_chain_is_found(chain: Chain, how: Callable[[Stored], int]) -> None:
    at: list[int] = []

    def done(on: Stored) -> int:
        at.append(how(on))
        return at[0]

    wrong = found(chain, done)
    assert wrong, "it was not found"
    assert min(number for number, _ in wrong) in {at[0] - 1, at[0], at[0] + 1}
    assert not checked().wrong, "what is whole is told to be whole"


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (lambda on: on.changed_words(3), [(3, "changed")]),
        (lambda on: on.changed_field(3, "digest"), [(3, "changed"), (3, "changed")]),
        (lambda on: on.changed_with_its_hash(3), [(3, "changed"), (3, "removed")]),
        (lambda on: on.removed(3), [(3, "removed")]),
        (lambda on: on.removed(8), [(8, "removed")]),
        (lambda on: on.removed_and_renumbered(3), [(3, "removed"), (8, "removed")]),
        (lambda on: on.payload_removed(3), [(3, "removed")]),
        (lambda on: on.swapped(3, 6), [(3, "re-ordered"), (6, "re-ordered")]),
        (lambda on: on.inserted(3), [(3, "inserted"), (8, "changed"), (9, "inserted")]),
        (lambda on: on.added(), [(9, "inserted")]),
    ],
)
def test_what_was_done_is_told_by_its_name(
    chain: Chain, how: Callable[[Stored], int], told: list[tuple[int, str]]
) -> None:
    assert sorted(set(found(chain, how))) == sorted(set(told))


def test_retention_ends_what_was_said_and_the_chain_holds(
    chain: Chain, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = clock.now()
    monkeypatch.setattr(clock, "now", lambda: old + timedelta(days=400))
    services.record(acting, Act.SEARCHED)
    assert services.retire(acting, old + timedelta(days=1)) == EVENTS
    whole = checked()
    assert (whole.wrong, whole.without, whole.events) == ([], EVENTS, EVENTS + 3)
    assert services.retire(acting, old + timedelta(days=1)) == 0, "and there is nothing more to do"
    monkeypatch.setattr(clock, "now", lambda: old + timedelta(days=900))
    assert services.retire(acting, clock.now()) == 1, "what says that payloads were removed stays"
    assert not checked().wrong


def test_retention_of_an_organisation_without_events_does_nothing(acting: Acting) -> None:
    assert services.retire(acting, clock.now()) == 0
    assert not Chain.objects.exists()


def test_an_erasure_ends_what_some_events_said(chain: Chain, acting: Acting) -> None:
    assert services.erase(acting, 2, 3) == 2
    whole = checked()
    assert (whole.wrong, whole.without) == ([], 2)
    assert not Payload.objects.filter(content__contains=str(UUID(int=1))).exists()
    assert Payload.objects.filter(content__contains=str(UUID(int=0))).exists()
    for first, last in ((0, 1), (3, 2), (9, 10)):
        with pytest.raises(UsedWronglyError, match="the chain has no events"):
            services.erase(acting, first, last)


@given(st.lists(st.tuples(numbers, numbers), max_size=4), HOW)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
def test_retention_breaks_nothing_and_hides_nothing(
    chain: Chain, acting: Acting, ranges: list[tuple[int, int]], how: Callable[[Stored], int]
) -> None:
    with transaction.atomic():
        for first, last in ranges:
            services.erase(acting, min(first, last), max(first, last))
        assert not checked().wrong
        transaction.set_rollback(True)


def test_a_mark_that_no_event_stands_behind_hides_nothing(chain: Chain) -> None:
    base = Stored(chain).base
    Removal.objects.create(first=base + 3, last=base + 4, event=base + 8)
    Payload.objects.filter(place__in=(base + 3, base + 4)).delete()  # the store lets it, as there is a mark
    assert [(one.number, one.what) for one in checked().wrong] == [(3, "removed")]


def test_a_payload_without_a_link_is_found(chain: Chain) -> None:
    Payload.objects.create(place=Stored(chain).base + 99, salt=b"1", content="{}")
    Payload.objects.create(place=7, salt=b"1", content="{}")
    wrong = [(one.chain, one.number, one.what) for one in checked().wrong]
    assert wrong == [("", 7, "inserted"), (chain.name, 99, "inserted")]


def test_a_chain_made_anew_is_shown_by_the_heads_that_were_tied(chain: Chain, acting: Acting) -> None:
    services.tie(acting)
    assert not checked().wrong
    with transaction.atomic():
        tampered(chain, lambda on: on.made_anew(5))
        wrong = [one for one in checked().wrong if "tie 1" in one.words]
        assert [(one.chain, one.number, one.what) for one in wrong] == [(chain.name, EVENTS, "changed")]
        transaction.set_rollback(True)
    with undone():
        Chain.objects.filter(id=chain.id).delete()
        assert any("tie 1" in one.words for one in checked().wrong), "a chain that is gone is shown too"


def test_ties_are_a_chain_of_their_own(chain: Chain, acting: Acting) -> None:
    for _ in range(3):
        services.tie(acting)
    assert (checked().ties, checked().wrong) == (3, [])
    for change, number, what in (
        (lambda: Tie.objects.filter(number=2).update(content='{"previous":"","chains":[]}'), 2, "changed"),
        (lambda: Tie.objects.filter(number=2).update(hash="0" * 64), 2, "changed"),
        (lambda: Tie.objects.filter(number=3).delete(), 3, "removed"),
        (lambda: Tie.objects.filter(number=2).delete(), 2, "removed"),
    ):
        with undone():
            change()
            wrong = [(one.chain, one.number, one.what) for one in checked().wrong]
            assert ("ties", number, what) in wrong


def test_ties_are_signed_where_there_is_a_key(chain: Chain, acting: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    services.tie(acting)
    monkeypatch.setitem(os.environ, signing.NAME, SECRET)
    services.tie(acting)
    assert checked().signed == 0, "without a key from outside nothing is said of signatures"
    ours, theirs = signing.public(), signing.public({signing.NAME: OTHER_SECRET})
    assert [(one.number, one.what) for one in checked(ours).wrong] == [(1, "not signed by the key")]
    assert checked(ours).signed == 1
    assert [one.number for one in checked(theirs).wrong] == [1, 2]
