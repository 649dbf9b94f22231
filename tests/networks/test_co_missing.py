"""Children who were missing at overlapping times are told where that is more than chance."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.vague_dates import read
from concerted.networks.co_missing import LEAST, co_missing
from concerted.networks.spans import day_of
from tests.networks.worlds import Row, World, drawn, node, person, row

Episode = tuple[str, str | None, str | None]


def missing(*told: Episode, **fields: str) -> World:
    """Who was missing from when to when."""
    events: list[Row] = []
    parts: list[Row] = []
    for number, (who, begin, end) in enumerate(told):
        when = {name: day for name, day in (("from", begin), ("to", end)) if day}
        events.append(row(f"m{number}", event_type="missing episode", **when, **fields))
        parts.append(row(f"m{number}/who", event=f"m{number}", person=who, role="missing child"))
    return {
        "person": [person(who) for who in sorted({one[0] for one in told})],
        "event": events,
        "person_in_event": parts,
    }


TWICE = (
    ("ann", "2025-06-01", "2025-06-03"),
    ("bea", "2025-06-02", "2025-06-05"),
    ("ann", "2025-07-01", "2025-07-02"),
    ("bea", "2025-07-02", "2025-07-02"),
)


def test_two_who_were_missing_together_twice() -> None:
    of = drawn(missing(*TWICE))
    [found] = co_missing(of).to_pylist()
    assert (found["one"], found["other"]) == (node(of, "ann"), node(of, "bea"))
    assert (found["overlapping"], found["surely"], found["at_one_place"], found["in_one_event"]) == (2, 2, 0, 0)
    assert [str(day_of(found[name])) for name in ("first", "last")] == ["2025-06-02", "2025-07-02"]


def test_one_overlap_is_chance_unless_a_place_or_an_event_says_more() -> None:
    assert LEAST == 2
    assert not co_missing(drawn(missing(*TWICE[:2]))).num_rows
    [at_place] = co_missing(drawn(missing(*TWICE[:2], address="9 Park Rd"))).to_pylist()
    assert at_place["at_one_place"] == 1
    world = missing(TWICE[0])
    both = [*world["person_in_event"], row("m0/too", event="m0", person="bea", role="missing child")]
    [one_event] = co_missing(
        drawn({**world, "person": [person("ann"), person("bea")], "person_in_event": both})
    ).to_pylist()
    assert one_event["in_one_event"] == 1


@pytest.mark.parametrize(
    ("begin", "end", "overlapping", "surely"),
    [
        ("2025-06-03", "2025-06-04", 1, 1),
        ("2025-06-04", "2025-06-05", 0, 0),
        ("2025-06-02", None, 1, 1),
        ("2025-05-30", None, 0, 0),
        ("2025-06", None, 1, 0),
        ("2025-05-30", "2025-06", 1, 1),
        (None, "2025-06-02", 0, 0),
        (None, None, 0, 0),
    ],
)
def test_what_an_overlap_is(begin: str | None, end: str | None, overlapping: int, surely: int) -> None:
    """With an episode from 1 to 3 June. One without an end is taken to have gone on over the days on which it can have
    begun; one without a beginning is left out."""
    world = missing(("ann", "2025-06-01", "2025-06-03"), ("bea", begin, end), address="9 Park Rd")
    found = co_missing(drawn(world)).to_pylist()
    assert [(one["overlapping"], one["surely"]) for one in found] == [(1, surely)] * overlapping


def test_the_latest_come_first() -> None:
    earlier = [(f"a{who}", begin, end) for who, begin, end in TWICE]
    later = [
        (f"b{who}", (begin or "").replace("2025", "2026"), end.replace("2025", "2026"))
        for who, begin, end in TWICE
        if end
    ]
    of = drawn(missing(*earlier, *later))
    assert co_missing(of)["one"].to_pylist() == [node(of, "bann"), node(of, "aann")]


def test_nobody_is_missing_with_themselves_nor_with_who_was_only_named() -> None:
    world = missing(*(("ann", begin, end) for _, begin, end in TWICE))
    named = [row(f"n{number}", event=f"m{number}", person="bob", role="named") for number in range(4)]
    world = {**world, "person": [person("ann"), person("bob")], "person_in_event": [*world["person_in_event"], *named]}
    assert not co_missing(drawn(world)).num_rows


_EPISODES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 20), st.integers(0, 4)), unique=True, min_size=2, max_size=12
)


@pytest.mark.parametrize("block", [1, 3])
@settings(max_examples=settings().max_examples // 6)
@given(told=_EPISODES)
def test_every_pair_is_found_that_looking_at_each_finds(block: int, told: list[tuple[str, int, int]]) -> None:
    days = [(who, f"2025-06-{begin:02}", f"2025-06-{begin + lasts:02}") for who, begin, lasts in told]
    of = drawn(missing(*days))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.networks.co_missing._BLOCK", block)
        rows = co_missing(of).to_pylist()
    expected: dict[tuple[int, int], int] = {}
    for (one, begin, end), (other, its_begin, its_end) in combinations(days, 2):
        if one != other and begin <= its_end and its_begin <= end:
            pair = (node(of, min(one, other)), node(of, max(one, other)))
            expected[pair] = expected.get(pair, 0) + 1
    found = {(one["one"], one["other"]): one["overlapping"] for one in rows}
    assert found == {pair: count for pair, count in expected.items() if count >= LEAST}


_VAGUE = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(("2025-06-01", "2025-06-03", "2025-06", "2025-05-20/2025-06-02")),
        st.sampled_from((None, "2025-06-04", "2025-06", "2025")),
        st.sampled_from((None, "1 Any St", "2 Any St")),
    ),
    min_size=2,
    max_size=6,
)


def told_days(begin: str, end: str | None) -> tuple[tuple[date, date], tuple[date, date]]:
    """The days on which an episode can have been, and those on which it certainly was."""
    first, last = read(begin), read(end) if end else None
    assert first.earliest is not None
    assert first.latest is not None
    if last is None or last.latest is None or last.latest < first.earliest or last.earliest is None:
        return (first.earliest, first.latest), (first.latest, first.earliest)
    return (first.earliest, last.latest), (min(first.latest, last.latest), max(last.earliest, first.earliest))


def share(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


@settings(max_examples=settings().max_examples // 6)
@given(_VAGUE)
def test_counts_are_those_of_looking_at_each_pair(told: list[tuple[str, str, str | None, str | None]]) -> None:
    """A day is shared for certain only where both certainly were missing on it."""
    world = missing(*(one[:3] for one in told))
    placed = [
        {**event, **({"address": place} if place else {})}
        for event, (*_, place) in zip(world["event"], told, strict=True)
    ]
    of = drawn({**world, "event": placed})
    expected: dict[tuple[int, int], list[int]] = {}
    for one, other in combinations(told, 2):
        (can, sure), (its_can, its_sure) = told_days(*one[1:3]), told_days(*other[1:3])
        if one[0] != other[0] and share(can, its_can):
            pair = (node(of, min(one[0], other[0])), node(of, max(one[0], other[0])))
            counts = expected.setdefault(pair, [0, 0, 0])
            counts[0] += 1
            counts[1] += share(sure, its_sure)
            counts[2] += one[3] is not None and one[3] == other[3]
    found = {
        (one["one"], one["other"]): [one[name] for name in ("overlapping", "surely", "at_one_place")]
        for one in co_missing(of).to_pylist()
    }
    assert found == {pair: counts for pair, counts in expected.items() if counts[0] >= LEAST or counts[2]}
