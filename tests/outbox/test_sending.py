"""One way out: what is put there, what goes, what is tried again, what never goes to a member of the public."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from concerted.audit.acting import Acting
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.outbox import rules, selectors, services
from concerted.outbox.delivery import deliver
from concerted.outbox.models import Audience, Item, State, Way
from concerted.outbox.notices import notices
from concerted.outbox.rules import Asked, Refused
from tests.outbox.conftest import ORGANISATION, PERSON

pytestmark = pytest.mark.django_db
ADDRESS = "https://concerted.example"


class Server:
    """Takes mail, or refuses it as many times as it is told to."""

    def __init__(self, refuses: int = 0) -> None:
        self.refuses, self.took = refuses, list[tuple[str, str, str]]()

    def __call__(self, to: str, subject: str, words: str) -> None:
        if self.refuses:
            self.refuses -= 1
            raise ConnectionRefusedError("no")
        self.took.append((to, subject, words))


def put(acting: Acting, **given: object) -> Item:
    more: dict[str, object] = {"recipient": PERSON, **given}
    return services.send(acting, "something_waits", "officer@force.example", **more)  # type: ignore[arg-type]


def test_mail_to_staff_goes_once_with_words_that_tell_nothing(acting: Acting) -> None:
    item, server = put(acting, link="/outbox/"), Server()
    assert deliver(server, ADDRESS + "/") == (1, 0)
    assert deliver(server, ADDRESS) == (0, 0)
    [(to, subject, words)] = server.took
    assert (to, subject) == ("officer@force.example", notices()["something_waits"].subject)
    assert words == "Something waits for you. Sign in to see it.\n\nhttps://concerted.example/outbox/\n"
    item.refresh_from_db()
    assert (item.state, item.ended, item.link) == (State.SENT, clock.now(), "")


def test_what_the_server_refuses_is_tried_again_later_and_given_up(
    acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, server, now = put(acting), Server(refuses=99), clock.now()
    waits = list[timedelta]()
    while item.state == State.WAITING:
        assert deliver(server, ADDRESS) == (0, 1)
        assert deliver(server, ADDRESS) == (0, 0), "it is not tried again at once"
        item.refresh_from_db()
        waits.append(item.not_before - now)
        now = item.not_before
        monkeypatch.setattr(clock, "now", lambda at=now: at)
    assert (item.state, item.tries, item.why) == (State.FAILED, services.MOST_TRIES, "ConnectionRefusedError")
    assert waits == [services.WAITS * 2**n for n in range(services.MOST_TRIES)]


def test_one_that_comes_late_finds_nothing_to_do(acting: Acting) -> None:
    item = put(acting)
    assert services.call_back(acting, item.pk, "sent in error")
    assert not services.sent(acting, item.pk)
    services.not_sent(acting, item.pk, "no")
    assert not services.call_back(acting, item.pk, "again")
    assert deliver(Server(), ADDRESS) == (0, 0)
    item.refresh_from_db()
    assert (item.state, item.why, item.ended_by, item.tries) == (State.CANCELLED, "sent in error", PERSON, 0)


def test_a_call_waits_for_a_person_of_that_organisation(acting: Acting) -> None:
    item = put(acting, way=Way.CALL)
    later = put(acting, way=Way.CALL, not_before=clock.now() + timedelta(days=1))
    assert deliver(Server(), ADDRESS) == (0, 0)
    assert [*selectors.calls_to_make(ORGANISATION, clock.now())] == [item]
    assert [*selectors.calls_to_make(UUID(int=1), clock.now())] == []
    assert not services.sent(acting, item.pk), "a call is made, not sent"
    assert services.call_made(acting, item.pk, "answered")
    assert not services.call_made(acting, item.pk, "answered twice")
    assert [*selectors.calls_to_make(ORGANISATION, clock.now())] == []
    assert {*selectors.of_organisation(ORGANISATION)} == {item, later}


def test_nothing_goes_to_the_public_until_there_are_contact_rules(acting: Acting) -> None:
    item = put(acting, recipient=None)
    assert (item.audience, item.state, item.why) == (Audience.PUBLIC, State.REFUSED, rules.NONE_YET.why)
    assert deliver(Server(), ADDRESS) == (0, 0)
    assert put(acting).state == State.WAITING


class Put:
    """Rules that answer with a function."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def decide(self, asked: Asked) -> Asked | Refused:
        return self.answer(asked)  # type: ignore[operator, no-any-return]


@pytest.fixture
def registered() -> Iterator[list[object]]:
    undo = list[object]()
    yield undo
    for one in undo:
        one()  # type: ignore[operator]


def test_rules_may_refuse_put_off_and_reshape_and_the_first_refusal_counts(
    acting: Acting, registered: list[object]
) -> None:
    evening = clock.now() + timedelta(hours=9)
    registered.append(rules.register(Put(lambda asked: replace(asked, not_before=evening, way=Way.CALL))))
    registered.append(rules.register(Put(lambda asked: replace(asked, not_before=clock.now()))))
    item = put(acting, recipient=None)
    assert (item.way, item.not_before, item.state) == (Way.CALL, evening, State.WAITING)
    registered.append(rules.register(Put(lambda asked: Refused("not by telephone"))))
    registered.append(rules.register(Put(lambda asked: pytest.fail("a refusal is the end of it"))))
    assert put(acting, recipient=None).why == "not by telephone"


@pytest.mark.parametrize(
    ("notice", "address", "more", "says"),
    [
        ("the_child_was_found", "a@b.example", {}, "no notice that may go out"),
        ("something_waits", "not an address", {}, "no e-mail address"),
        ("something_waits", "a@b.example\nBcc: c@d.example", {}, "no e-mail address"),
        ("something_waits", " ", {"way": Way.CALL}, "needs a telephone number"),
        ("something_waits", "a@b.example", {"link": "https://elsewhere.example"}, "a page of ours alone"),
        ("something_waits", "a@b.example", {"link": "//elsewhere.example"}, "a page of ours alone"),
    ],
)
def test_what_may_not_go_out_is_refused(
    acting: Acting, notice: str, address: str, more: dict[str, object], says: str
) -> None:
    with pytest.raises(UsedWronglyError, match=says):
        services.send(acting, notice, address, recipient=uuid4(), **more)  # type: ignore[arg-type]
    assert not Item.objects.exists()


def test_times_are_aware(acting: Acting, frozen_clock: datetime) -> None:
    item = put(acting)
    item.refresh_from_db()
    assert item.created == frozen_clock
    assert timezone.is_aware(item.not_before)
    assert str(item) == "something_waits, waiting to go out"
