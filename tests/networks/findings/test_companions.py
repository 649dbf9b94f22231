"""Children who are missing together again and again, or found at one place: the rule, and its near misses."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings import Finding, changes
from concerted.networks.findings.companions import CHANCE, apart, by_chance
from tests.networks.findings.worlds import (
    adult,
    child,
    crime,
    facts,
    found,
    met,
    missing,
    people,
    report,
    scope,
    without,
)
from tests.networks.worlds import Row, World, row

RULE = "children-missing-together"
THREE = [child("ann"), child("bea"), child("cat")]
DAYS = ("2025-03-01", "2025-04-01", "2025-05-01")
SEEN = [report("r1", DAYS[0], "ann bea"), report("r2", DAYS[2], "ann bea")]
HOUSE = {"found_where": "Nine House"}
PLACE = ("location", row("p1", address="Nine House, QQ1 1QQ"))
Telling = list[tuple[str, Row]]


def away(names: str, *days: str, **fields: str) -> list[Telling]:
    """Children missing on each of these days."""
    return [missing(f"m-{name}-{day}", day, name, **fields) for day in days for name in names.split()]


PAIR = away("ann bea", *DAYS)


def told(*things: Telling, group: list[Row] = THREE) -> list[Finding]:
    return found(scope(group, *things), RULE)


def test_two_who_were_missing_three_times_and_twice_told_of_as_together() -> None:
    [one] = told(*PAIR, *SEEN)
    assert people(one) == {("ann", "child"), ("bea", "child")}
    assert sorted(facts(one)) == sorted([f"m-{name}-{day}" for name in ("ann", "bea") for day in DAYS] + ["r1", "r2"])
    assert one.words.startswith("2 children of no one home, missing at the same times again and again")
    assert one.absence.startswith("no record here says that two such children are family, both family of one person")
    assert one.one_agency_alone


def test_twice_is_no_pattern_nor_are_three_times_that_nothing_bears_out() -> None:
    assert not told(*PAIR[:4], SEEN[0], report("r2", DAYS[1], "ann bea"))
    assert not told(*PAIR)
    assert not told(*PAIR, SEEN[0])


def test_an_absence_that_is_reported_day_by_day_is_one() -> None:
    days = ("2025-03-01", "2025-03-04", "2025-03-07", "2025-04-01")
    seen = [report(f"r{at}", day, "ann bea") for at, day in enumerate(days)]
    assert not told(*away("ann bea", *days), *seen)
    assert told(*away("ann bea", *days, "2025-05-01"), *seen)
    assert not told(*away("ann bea", *days[:3], "2025-04-01", "2025-05-01"), *seen[:3])  # told of in one week


def test_three_times_within_two_years() -> None:
    far = ("2023-02-01", *DAYS[1:])
    assert not told(*away("ann bea", *far), report("r1", far[0], "ann bea"), SEEN[1])
    [one] = told(*away("ann bea", *far, "2025-06-01"), report("r1", DAYS[1], "ann bea"), SEEN[1])
    assert "m-ann-2023-02-01" not in facts(one)


@pytest.mark.parametrize("day", ["2025-04-30", "2025-05-02", "2025-06-01"])
def test_a_record_of_another_day_says_nothing_of_who_was_together_then(day: str) -> None:
    assert not told(*PAIR, SEEN[0], report("r2", day, "ann bea"))


def test_who_is_back_is_not_missing() -> None:
    """Ann was away for a week, and bea came back on the second day. What has no end was over the next day."""
    ann = [missing(f"m-ann-{day}", day, "ann", to=day.replace("-01", "-08")[:8] + "08") for day in DAYS]
    for day, expected in (("2025-05-02", True), ("2025-05-04", False)):
        seen = report("r2", day, "ann bea")
        bea = [missing(f"m-bea-{one}", one, "bea", to=f"{one[:8]}02") for one in DAYS]
        assert bool(told(*ann, *bea, SEEN[0], seen)) is expected
        assert bool(told(*ann, *away("bea", *DAYS, to=""), SEEN[0], seen)) is expected


def test_a_message_and_a_crime_put_nobody_together() -> None:
    for kind in ("message", "crime", "contact"):
        seen = [met(f"x{day}", day, {"ann": "victim", "bea": "victim"}, event_type=kind) for day in DAYS]
        assert not told(*PAIR, *seen)


def test_one_report_of_both_and_who_was_found_with_a_child() -> None:
    for role in ("missing child", "found with"):
        both = {"ann": "missing child", "bea": role}
        reports = [met(f"b-{day}", day, both, event_type="missing episode", to=day) for day in DAYS]
        assert told(*reports, *away("bea", *DAYS))


def test_by_what_both_were_found_at_one_place() -> None:
    """That they were so twice; at a place that is a place, and is no home of theirs."""
    there = [*away("ann bea", *DAYS[:2], **HOUSE), *away("ann bea", DAYS[2])]
    assert told([PLACE], *there)
    assert not told(*there)


def test_family_and_one_home_explain_it() -> None:
    sisters = [("relation", row("rel", person="ann", other_person="bea", relation="sibling"))]
    assert not told(*PAIR, *SEEN, sisters)
    home = [child(name, address="The Home") for name in ("ann", "bea")]
    assert not told(*PAIR, *SEEN, group=home)


def test_cousins_are_family_of_one_person() -> None:
    aunts = [
        ("relation", row(f"rel-{name}", person=name, other_person="pat", relation="other family"))
        for name in ["ann", "bea"]
    ]
    for told_of in ([*PAIR, *SEEN], FOUND):
        assert not told([PLACE], *told_of, aunts, group=[*THREE, adult("pat")])
        assert told([PLACE], *told_of, aunts[:1], group=[*THREE, adult("pat")])


def test_who_is_often_missing_meets_others_by_chance() -> None:
    """Bea was missing three times, always when ann was, who was missing six times beside, or eighteen in a year."""
    others = [f"2025-{month:02}-{day}" for month in range(1, 11) for day in ("10", "20")]
    assert told(*PAIR, *SEEN, *away("ann", *others[:6]))
    assert by_chance(3, (3 + 18) * 3 * 3 / 426) > CHANCE
    assert not told(*PAIR, *SEEN, *away("ann", *others))


def test_many_times_together_are_no_chance_however_often_both_are_missing() -> None:
    days = [f"2025-{month:02}-{day}" for month in range(1, 11) for day in ("10", "20")]
    seen = [report(f"s{at}", day, "ann bea") for at, day in enumerate(days[:4])]
    assert told(*away("ann bea", *days), *seen)


def test_how_often_is_counted_around_these_times() -> None:
    """Not years before, when one of the two was missing often."""
    before = [f"2023-{month:02}-{day}" for month in range(1, 13) for day in ("10", "20")]
    early = [*away("bea", "2023-04-01"), *away("ann", *before)]
    assert told(*PAIR, *SEEN, *early)


def test_a_day_that_has_not_come_yet_is_a_day_like_others() -> None:
    days = ("2027-03-01", "2027-04-01", "2027-05-01")
    seen = [report(f"s{day}", day, "ann bea") for day in days]
    assert told(*away("ann bea", *days), *seen)


def test_those_who_share_a_child_are_one_pattern() -> None:
    more = [*away("cat", *DAYS), report("r3", DAYS[0], "bea cat"), report("r4", DAYS[1], "bea cat")]
    [one] = told(*PAIR, *SEEN, *more)
    assert people(one) == {(name, "child") for name in ("ann", "bea", "cat")}
    apart_from = [*away("dee eve", *DAYS), report("r3", DAYS[0], "dee eve"), report("r4", DAYS[1], "dee eve")]
    assert len(told(*PAIR, *SEEN, *apart_from, group=[*THREE, child("dee"), child("eve")])) == 2


def test_no_adult_is_named_though_one_was_there() -> None:
    group = [*THREE, adult("pat")]
    seen = [report("r1", DAYS[0], "pat ann bea", from_time="23:30"), report("r2", DAYS[2], "pat ann bea")]
    told_of = {one.rule: people(one) for one in found(scope(group, *PAIR, *seen))}
    assert told_of[RULE] == {("ann", "child"), ("bea", "child")}
    assert ("pat", "person of concern") in told_of["missing-together"]


def test_two_agencies_know_half_of_it_each() -> None:
    group = [child(name, source) for name in ("ann", "bea") for source in ("force-a", "council")]
    reports = [missing(f"m-bea-{day}", day, "bea", "council") for day in DAYS]
    [one] = told(*away("ann", *DAYS), *reports, *SEEN, group=group)
    assert one.agencies == ("council", "force-a")
    assert not one.one_agency_alone


def test_a_child_of_it_who_is_missing_now_comes_first() -> None:
    days = (*DAYS[:2], "2026-02-20")
    seen = [SEEN[0], report("r2", days[1], "ann bea")]
    [one] = told(*away("ann bea", *days, to=""), *seen)
    assert one.urgency == "missing now"


FOUND = [*away("ann", *DAYS[:2], **HOUSE), *away("bea", DAYS[2], **HOUSE)]


def test_children_of_two_homes_who_were_found_at_one_place() -> None:
    [one] = told([PLACE], *FOUND)
    assert people(one) == {("ann", "child"), ("bea", "child")}
    assert facts(one) == [f"m-ann-{DAYS[0]}", f"m-ann-{DAYS[1]}", f"m-bea-{DAYS[2]}"]
    assert {fact.says for fact in one.facts} == {"missing episode: 1 child; found at Nine House"}


def test_what_is_no_such_place() -> None:
    assert not told(*FOUND)  # words that are no place's
    assert not told([PLACE], *FOUND[:2], *away("bea", DAYS[2]))  # one child
    assert not told([PLACE], *FOUND[1:])  # two times
    one_day = away("ann bea cat", DAYS[0], **HOUSE)
    assert not told([PLACE], *one_day)
    assert told([PLACE], *one_day, *away("cat", DAYS[1], **HOUSE))
    long_ago = away("ann", "2022-03-01", **HOUSE)
    assert not told([PLACE], *long_ago, *FOUND[1:])


def test_a_child_who_is_found_at_home_came_home() -> None:
    home = {"address": "Nine House, QQ1 1QQ"}
    assert not told(*FOUND, group=[child("ann"), child("bea", **home)])
    placed = met("pl", "2020-01-01", {"bea": "child"}, event_type="placement", **home)
    assert not told(*FOUND, placed)
    assert told(*FOUND, group=[child("ann"), child("bea"), adult("pat", **home)])
    sisters = [("relation", row("rel", person="ann", other_person="bea", relation="sibling"))]
    assert not told([PLACE], *FOUND, sisters)


def test_a_place_that_many_share_says_nothing() -> None:
    for many, expected in ((10, True), (11, False)):
        others = [adult(f"o{at}") for at in range(many)]
        there = [report(f"r{at}", "2024-01-01", f"o{at}", address="Nine House, QQ1 1QQ") for at in range(many)]
        assert bool(told(*FOUND, *there, group=[*THREE, *others])) is expected


def test_both_patterns_of_one_child_are_one() -> None:
    [one] = told(
        [PLACE], *PAIR, *SEEN, *away("cat", "2025-06-01", **HOUSE), *away("bea", "2025-07-01", "2025-08-01", **HOUSE)
    )
    assert len(one.people) == 3


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(1, 9))
def test_days_apart_are_as_many_as_there_can_be(days: list[int], least: int) -> None:
    def most(first: int) -> int:
        return max((1 + most(day + least) for day in set(days) if day >= first), default=0)

    assert apart(days, least) == most(0)


@given(st.integers(1, 12), st.floats(0, 3))
def test_chance_is_nearly_that_of_many_rare_days(times: int, expected: float) -> None:
    """Of so many days on each of which it happens as rarely as gives that average."""
    many, rarely = 100_000, expected / 100_000
    fewer = sum(comb(many, at) * rarely**at * (1 - rarely) ** (many - at) for at in range(times))
    assert abs(by_chance(times, expected) - (1 - fewer)) < 1e-4


_SOME = settings(derandomize=True, deadline=None, max_examples=12)
_EPISODE = st.tuples(st.sampled_from(["ann", "bea", "cat"]), st.integers(1, 6), st.sampled_from(["", "Nine House"]))
_SEEN = st.tuples(st.sampled_from(["ann bea", "bea cat", "ann cat"]), st.integers(1, 6))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Months in which some of three children are missing, some are seen together, and some are found at one place."""
    episodes = draw(st.lists(_EPISODE, min_size=6, max_size=18, unique_by=lambda one: one[:2]))
    seen = draw(st.lists(_SEEN, min_size=2, max_size=6))
    rows = [
        missing(f"m{at}", f"2025-0{month}-01", who, found_where=where)
        for at, (who, month, where) in enumerate(episodes)
    ]
    rows += [report(f"r{at}", f"2025-0{month}-01", who) for at, (who, month) in enumerate(seen)]
    return scope(THREE, [PLACE], *rows)


@_SOME
@given(worlds(), st.data())
def test_a_record_less_names_nobody_and_nothing_that_was_not_named(world: World, data: st.DataObject) -> None:
    """Whatever it is but an episode of one of them on a day of its own, which shows how often they are missing."""
    before = found(world, RULE)
    own = {fact.record_id for one in before for fact in one.facts}
    every = [one["record_id"] for one in world["event"]]
    gone = data.draw(st.sampled_from([name for name in every if name in own or name.startswith("r")]))
    less = found(without(world, gone), RULE)
    assert {fact.key for one in less for fact in one.facts} <= {fact.key for one in before for fact in one.facts}
    assert {who for one in less for who in people(one)} <= {who for one in before for who in people(one)}
    assert len(before) >= bool(less)
    assert {one.state for one in changes(before, less)} <= {"weaker", "as before", "gone"}


def test_these_worlds_meet_the_rule() -> None:
    """Else the properties would hold of nothing."""
    met_by: list[int] = []

    @settings(derandomize=True, deadline=None, max_examples=25, database=None)
    @given(worlds())
    def look(world: World) -> None:
        met_by.append(len(found(world, RULE)))

    look()
    assert sum(met_by) > 10


@_SOME
@given(worlds(), st.permutations(["ann", "bea", "cat"]))
def test_who_has_which_name_and_ethnicity_changes_nothing(world: World, other: list[str]) -> None:
    called = dict(zip(("ann", "bea", "cat"), other, strict=True))
    counted = {"ethnicity_self_defined": "W1", "nationality": "British", "family_name": "Other"}
    named = [{**one, "given_name": called[one["record_id"]], **counted} for one in world["person"]]
    assert found({**world, "person": named}, RULE) == found(world, RULE)
    swapped = [{**one, "person": called[one["person"]]} for one in world["person_in_event"]]
    renamed = found({**world, "person_in_event": swapped}, RULE)
    assert [fact.key for one in renamed for fact in one.facts] == [
        fact.key for one in found(world, RULE) for fact in one.facts
    ]


@_SOME
@given(worlds())
def test_what_others_hold_changes_nothing(world: World) -> None:
    """Who were missing at the very same times, elsewhere, and seen with each other."""
    ours = ("record_id", "entity", "event", "person", "address", "found_where")
    more = {
        kind: [
            *rows,
            *({name: f"x{value}" if name in ours and value else value for name, value in one.items()} for one in rows),
        ]
        for kind, rows in world.items()
    }
    both = found(more, RULE)
    own = [one for one in both if not one.facts[0].record_id.startswith("x")]
    assert [(one.facts, one.people) for one in own] == [(one.facts, one.people) for one in found(world, RULE)]
    assert len(both) == 2 * len(own)


def test_nothing_is_told_of_who_was_harmed_together() -> None:
    assert not told(crime("c1", DAYS[0], "", "ann bea"), *PAIR[:2])
