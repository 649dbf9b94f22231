"""Places, telephones, vehicles and accounts: what is one, what is nearly one with a second fact, and what is not."""

from collections import defaultdict
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.thing_keys import address_words
from concerted.linkage.things import Mention, ThingKind, join_things


def mention(kind: ThingKind, value: str, record: str = "1", **more: Any) -> Mention:
    return Mention(kind, "force-a", record, "person", "field", value, **more)


def phone(value: str, person: str | None = None) -> Mention:
    return mention("telephone", value, person=person)


def place(address: str, postcode: str | None = "QA1 1AA", town: str | None = "Thornavon", **more: Any) -> Mention:
    return mention("location", address, address=address, postcode=postcode, town=town, **more)


def car(mark: str, about: str | None = None, person: str | None = None) -> Mention:
    return mention("vehicle", mark, about=about, person=person)


def sets(mentions: list[Mention]) -> set[frozenset[int]]:
    """Which mentions are of one thing, by their places in the list."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    for at, thing in enumerate(join_things(mentions)):
        found[(thing.mention.kind, thing.first)].add(at)
    return set(map(frozenset, found.values()))


ONE, TWO = {frozenset({0, 1})}, {frozenset({0}), frozenset({1})}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (phone("+447700900001"), phone("+447700900001"), ONE),
        (phone("+447700900001", "a"), phone("+447700900007", "a"), ONE),
        (phone("+447700900001", "a"), phone("+447700900010", "a"), ONE),
        (phone("+447700900001", "a"), phone("+447700900007", "b"), TWO),
        (phone("+447700900001"), phone("+447700900007"), TWO),
        (phone("+447700900001", "a"), phone("+447700900077", "a"), TWO),
        (car("QA12ABC"), car("QA12ABC"), ONE),
        (car("QO12ABC", "Velmo Lark red"), car("Q012ABC", "velmo lark RED"), ONE),
        (car("QO12ABC", person="a"), car("Q012ABC", person="a"), ONE),
        (car("QO12ABC", "Velmo Lark red"), car("Q012ABC", "Velmo Lark blue"), TWO),
        (car("QO12ABC"), car("Q012ABC"), TWO),
        (car("QA12ABC", "Velmo Lark red"), car("QA12ABD", "Velmo Lark red"), TWO),
        (place("12 Quernmoss Rd"), place("12 Quernmoss Road"), ONE),
        (place("12 Quernmoss Road"), place("12 Quernmos Road"), ONE),
        (place("Flat 2, 12 Quernmoss Road"), place("12 Quernmoss Road, Flat 2"), ONE),
        (place("Flat 1, 12 Quernmoss Road"), place("Flat 2, 12 Quernmoss Road"), TWO),
        (place("12 Quernmoss Road"), place("14 Quernmoss Road"), TWO),
        (place("12 Quernmoss Road", "QA1 1AA"), place("12 Quernmoss Road", "QA1 1AB"), ONE),
        (place("12 Quernmoss Road", "QA1 1AA", "Thornavon"), place("12 Quernmoss Road", "QA1 1AB", "Velmarsh"), TWO),
        (place("12 Quernmoss Road", None), place("12 Quernmoss Road", None), ONE),
        (place("No fixed abode"), place("no fixed abode"), TWO),
        (place("Thornavon"), place("Thornavon"), TWO),
        (
            mention("location", "The Grill", name="The Grill", town="Thornavon"),
            mention("location", "Grill", name="Grill", town="thornavon"),
            ONE,
        ),
        (
            mention("location", "Grill", name="Grill", town="Thornavon"),
            mention("location", "Grill", name="Grill", town="Velmarsh"),
            TWO,
        ),
        (mention("location", "Grill", name="Grill"), mention("location", "Grill", name="Grill"), TWO),
        (mention("account", "bear_12", about="chat"), mention("account", "Bear_12", about="Chat"), ONE),
        (mention("account", "bear_12", about="chat"), mention("account", "bear_12", about="photos"), TWO),
        (mention("account", "bear_12", person="a"), mention("account", "bear.12", person="a"), ONE),
        (mention("account", "bear_12", person="a"), mention("account", "bear.12", person="b"), TWO),
    ],
)
def test_two_mentions(left: Mention, right: Mention, expected: set[frozenset[int]]) -> None:
    assert sets([left, right]) == expected
    assert sets([right, left]) == expected


def test_a_named_place_with_an_address_joins_what_has_either() -> None:
    both = mention("location", "x", name="Grill", address="1 High Row", town="Thornavon", postcode="QA1 1AA")
    named = mention("location", "y", name="Grill", town="Thornavon")

    assert sets([named, place("1 High Row"), both]) == {frozenset({0, 1, 2})}


def test_a_near_join_says_both_facts_and_what_it_is_near() -> None:
    often, slip = phone("+447700900001", "a"), phone("+447700900007", "a")
    things = join_things([slip, often, often])

    assert things[0].how == "near"
    assert things[0].reason == "one digit from +447700900001, and both are of the same person"
    assert [thing.how for thing in things[1:]] == ["exact", "exact"]


def test_two_slips_do_not_make_a_chain() -> None:
    """A is near B and B near C; A and C are not near. B is mentioned least, so it goes to one of them alone."""
    a, b, c = (phone(number, "p") for number in ("+447700900011", "+447700900012", "+447700900032"))
    for order in permutations([a, a, a, b, c, c]):
        groups = {frozenset(order[at].value for at in one) for one in sets(list(order))}
        assert groups == {frozenset({a.value, b.value}), frozenset({c.value})}


def test_a_value_that_nobody_else_mentions_stands_alone() -> None:
    [thing] = join_things([phone("+447700900001")])

    assert (thing.how, thing.reason) == ("alone", "no other telephone like it")


def test_words_of_an_address_are_spelled_out() -> None:
    assert address_words("Apt 2, 12 High St.") == ("flat", "2", "12", "high", "street")
    assert address_words("No fixed abode") == ()
    assert address_words(None) == ()


NUMBERS = st.sampled_from(["+447700900001", "+447700900007", "+447700900017", "+447700900055"])
LINES, CODES = st.sampled_from(["1 A Road", "1 A Rd", "1 B Road", "2 A Road"]), st.sampled_from(["QA1 1AA", "QA1 1AB"])
PHONES = st.builds(phone, NUMBERS, st.sampled_from([None, "a", "b"]))
PLACES = st.builds(place, LINES, CODES)
MENTIONS = st.lists(PHONES | PLACES, max_size=8)


@given(MENTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_mentions_changes_no_set(mentions: list[Mention], random: Any) -> None:
    shuffled = list(enumerate(mentions))
    random.shuffle(shuffled)
    back = {new: old for new, (old, _) in enumerate(shuffled)}
    again = {frozenset(back[at] for at in one) for one in sets([one for _, one in shuffled])}

    assert again == sets(mentions)


@given(MENTIONS, PHONES | PLACES)
def test_one_more_mention_parts_nothing_that_is_exactly_the_same(mentions: list[Mention], more: Mention) -> None:
    def same(one: list[Mention]) -> list[bool]:
        first = [thing.first for thing in join_things(one)]
        return [
            first[left] == first[right]
            for left in range(len(mentions))
            for right in range(left)
            if mentions[left].value == mentions[right].value and mentions[left].postcode == mentions[right].postcode
        ]

    assert all(same(mentions))
    assert all(same([*mentions, more]))


@given(MENTIONS)
def test_every_mention_has_a_reason_and_a_first_one(mentions: list[Mention]) -> None:
    things = join_things(mentions)

    assert [thing.mention for thing in things] == mentions
    assert all(thing.reason and thing.first <= at for at, thing in enumerate(things))
