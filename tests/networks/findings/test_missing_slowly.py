"""Who is missing together, against going through the episodes of every two children one by one."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings.draft import world as whole
from concerted.networks.findings.missing import episode_rows, episodes, together
from concerted.networks.spans import day_of
from tests.networks.findings.worlds import adult, child, met, missing, scope
from tests.networks.worlds import World, drawn, node

FIRST = date(2025, 3, 1)
NAMES = ("cleo", "dee", "eve")
Away = list[tuple[str, int]]  # who went missing, and on which day after FIRST
_SOME = settings(max_examples=settings().max_examples // 3)


def away(told: Away) -> World:
    """Their episodes, of one night each."""
    days = [(who, (FIRST + timedelta(days=day)).isoformat()) for who, day in told]
    return scope([child(name) for name in NAMES], *(missing(f"m{at}", day, who) for at, (who, day) in enumerate(days)))


def own(told: Away, who: str) -> list[int]:
    """The days on which somebody's episodes began; a report of the day after the last is of the same one."""
    found: list[int] = []
    last = -9
    for day in sorted(day for name, day in told if name == who):
        if day - last > 1:
            found.append(day)
        last = day
    return found


def slowly(told: Away) -> Counter[frozenset[str]]:
    """How often every two children went missing within a day of each other, if that is more than chance."""
    found: Counter[frozenset[str]] = Counter()
    for one, other in combinations(NAMES, 2):
        mine, theirs = own(told, one), own(told, other)
        times = sum(abs(day - that) <= 1 for day in mine for that in theirs)
        if times > 1 and 2 * times >= min(len(mine), len(theirs)):
            found[frozenset((one, other))] = times
    return found


@_SOME
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 12)), max_size=12))
def test_who_went_missing_together_how_often(told: Away) -> None:
    graph = drawn(away(told))
    parts = whole(graph).all_parts
    left, right, pair = together(graph, parts)
    shown = {node(graph, name): name for name in NAMES}
    found = Counter(
        frozenset((shown[one], shown[other]))
        for one, other in zip(parts.who[left].tolist(), parts.who[right].tolist(), strict=True)
    )
    assert found == slowly(told)
    assert len(set(pair.tolist())) == len(found)


@_SOME
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=8))
def test_episodes_stand_by_child_and_day(told: Away) -> None:
    graph = drawn(away(told))
    who, begin, end = episodes(graph, whole(graph).all_parts)
    rows = list(zip(who.tolist(), begin.tolist(), strict=True))
    assert rows == sorted(rows)
    shown = {node(graph, name): name for name in NAMES}
    days = sorted((name, str(FIRST + timedelta(days=day))) for name, day in told)
    assert sorted((shown[one], str(day_of(day))) for one, day in rows) == days
    assert (end >= begin).all()


def test_an_adult_and_another_part_have_no_episode() -> None:
    """Who found the child, and a grown person who is looked for, are not missing children."""
    world = scope(
        [adult("pat"), child("cleo"), child("dee")],
        met(
            "m1",
            "2025-03-01",
            {"cleo": "missing child", "pat": "reporter", "dee": "named"},
            event_type="missing episode",
        ),
        met("m2", "2025-03-02", {"dee": "missing child"}, event_type="stop"),
    )
    graph = drawn(world)
    all_parts = whole(graph).all_parts
    assert all_parts.who[episode_rows(graph, all_parts)].tolist() == [node(graph, "cleo")]


def test_of_nobody_missing_there_is_no_episode() -> None:
    for world in (scope([child("cleo")]), scope([]), scope([child("cleo")], met("s", "2025-03-01", {"cleo": "named"}))):
        graph = drawn(world)
        parts = whole(graph).all_parts
        assert not len(episode_rows(graph, parts))
        assert [len(one) for one in episodes(graph, parts)] == [0, 0, 0]
        assert [len(one) for one in together(graph, parts)] == [0, 0, 0]


def test_what_has_no_end_goes_on_until_the_day_of_the_graph() -> None:
    graph = drawn(scope([child("cleo")], missing("m1", "2026-02-20", "cleo", to="")))
    _, begin, end = episodes(graph, whole(graph).all_parts)
    assert (str(day_of(int(begin[0]))), str(day_of(int(end[0])))) == ("2026-02-20", "2026-03-02")
