"""Across forces, missing together, and what children and an adult of concern share: each rule, and its near miss."""

from tests.networks.findings.worlds import adult, child, crime, facts, found, met, missing, people, report, scope
from tests.networks.worlds import Row

ACROSS, TOGETHER, SHARED = "suspect-across-forces", "missing-together", "shared-thing"
TWO = [adult("pat"), {**adult("pat", "force-b")}, child("cleo"), child("dee", "force-b")]
THREE = [child("ann"), child("bea"), child("cat")]
AT = {"address": "9 High St"}


def border(day: str = "2025-06-01") -> list[list[tuple[str, Row]]]:
    """One suspect, a child in one force's records and another in another's."""
    return [crime("c1", "2025-03-01", "pat", "cleo"), crime("c2", day, "pat", "dee", "force-b")]


def test_one_suspect_with_children_of_two_forces() -> None:
    [one] = found(scope(TWO, *border()))
    assert one.rule == ACROSS
    assert people(one) == {("pat", "person of concern"), ("cleo", "child"), ("dee", "child")}
    assert one.agencies == ("force-a", "force-b")
    assert not one.one_agency_alone
    assert one.absence.startswith("among these records none from one force names both")


def test_a_force_that_has_both_children_has_nothing_to_be_told() -> None:
    both = [*TWO, child("dee", "force-a")]
    assert not found(scope(both, *border(), crime("c3", "2025-06-02", "pat", "dee")), ACROSS)
    assert not found(scope(TWO, *border("2027-06-01")), ACROSS)  # more than a year between


def test_a_council_is_no_force_and_a_name_in_a_report_no_suspect() -> None:
    council = [crime("c1", "2025-03-01", "pat", "cleo")]
    referral = met("c2", "2025-06-01", {"pat": "suspect", "dee": "child"}, "council", event_type="referral")
    told = [adult("pat"), adult("pat", "council"), child("cleo"), child("dee", "council")]
    assert not found(scope(told, *council, referral), ACROSS)
    named = met("c2", "2025-06-01", {"pat": "named", "dee": "victim"}, "force-b")
    assert not found(scope(TWO, border()[0], named), ACROSS)


def away(names: str, *days: str) -> list[list[tuple[str, Row]]]:
    """Children missing on each of these days, from it to it."""
    return [missing(f"m-{name}-{day}", day, name) for day in days for name in names.split()]


def test_three_children_missing_together_again_and_again() -> None:
    [one] = found(scope(THREE, *away("ann bea cat", "2025-03-01", "2025-04-01")), TOGETHER)
    assert people(one) == {("ann", "child"), ("bea", "child"), ("cat", "child")}
    assert len(one.facts) == 6
    assert not found(scope(THREE, *away("ann bea cat", "2025-03-01")))
    assert not found(scope(THREE, *away("ann bea", "2025-03-01", "2025-04-01")))


def test_a_chain_of_pairs_is_no_group() -> None:
    chain = away("ann bea", "2025-03-01", "2025-04-01") + away("bea cat", "2025-05-01", "2025-06-01")
    assert not found(scope(THREE, *chain))


def test_two_missing_together_and_found_at_one_place() -> None:
    pair = away("ann bea", "2025-03-01", "2025-04-01")
    there = [met(f"s-{name}", "2025-04-02", {name: "child"}, event_type="contact", **AT) for name in ("ann", "bea")]
    [one] = found(scope(THREE, *pair, *there), TOGETHER)
    assert people(one) == {("ann", "child"), ("bea", "child")}
    assert not found(scope(THREE, *pair, there[0]))


def test_who_is_often_missing_meets_others_by_chance() -> None:
    days = [f"2025-{month:02}-10" for month in range(1, 11)]
    other = [f"2025-{month:02}-20" for month in range(1, 9)]
    chance = [*away("ann", *days), *away("bea cat", *days[:2]), *away("bea", *other), *away("cat", *other)]
    often = found(scope(THREE, *chance), TOGETHER)
    assert not [one for one in often if ("ann", "child") in people(one)]


def test_children_of_one_home_go_missing_from_it() -> None:
    home = [child(name, address="The Home") for name in ("ann", "bea", "cat")]
    assert not found(scope(home, *away("ann bea cat", "2025-03-01", "2025-04-01")))


def test_one_episode_recorded_by_two_agencies_is_one() -> None:
    twice = [child(name, source) for name in ("ann", "bea", "cat") for source in ("force-a", "council")]
    told = [missing(f"c-{name}", "2025-03-02", name, "council") for name in ("ann", "bea", "cat")]
    assert not found(scope(twice, *away("ann bea cat", "2025-03-01"), *told))


def shared(*extra: list[tuple[str, Row]]) -> list[list[tuple[str, Row]]]:
    """Two children and an adult, each by a record of their own at one place; the adult a suspect towards one."""
    named = [report("r1", "2025-03-01", "pat", **AT), *extra]
    contacts = [
        met(f"n-{name}", day, {name: "child"}, event_type="contact", **AT)
        for name, day in (("ann", "2025-03-20"), ("bea", "2025-04-01"))
    ]
    return [*named, *contacts]


def test_a_place_that_children_and_somebody_of_concern_share() -> None:
    group = [adult("pat"), *THREE]
    assert not found(scope(group, *shared()))
    [one] = found(scope(group, *shared(), crime("c1", "2025-05-01", "pat", "ann")), SHARED)
    assert people(one) == {("pat", "person of concern"), ("ann", "child"), ("bea", "child")}
    assert facts(one) == ["r1", "n-ann", "n-bea", "c1"]
    assert "beside 0 others of whom nothing of concern" in one.words


def test_others_who_share_it_are_counted_and_a_crowd_says_nothing() -> None:
    grave = crime("c1", "2025-05-01", "pat", "ann")
    for many, expected in ((3, True), (12, False)):
        others = [adult(f"o{n}") for n in range(many)]
        there = [report(f"o{n}/r", "2025-03-02", f"o{n}", **AT) for n in range(many)]
        told = found(scope([adult("pat"), *THREE, *others], *shared(*there), grave), SHARED)
        assert bool(told) is expected
        assert not told or f"beside {many} others" in told[0].words


def test_a_worker_s_telephone_is_told_of_no_concern() -> None:
    line = {"phone": "+447700900001"}
    calls = [
        met(f"n{name}", "2025-03-20", {name: "child"}, event_type="contact", **line) for name in ("ann", "bea", "cat")
    ]
    worker = met("w1", "2025-03-01", {"pat": "named"}, event_type="meeting", **line)
    elsewhere = crime("c1", "2025-05-01", "pat", "dee")  # of concern towards a child who never called
    assert not found(scope([adult("pat"), child("dee"), *THREE], worker, *calls, elsewhere))


def test_the_place_and_the_telephone_of_one_office_are_one_context() -> None:
    office = {"address": "9 High St", "phone": "+447700900001"}
    seen = [report(f"r{name}", "2025-03-20", f"pat {name}", **office) for name in ("ann", "bea")]
    only = [report(f"q{name}", "2025-03-25", f"pat {name}", phone="+447700900001") for name in ("ann", "bea")]
    assert not found(scope([adult("pat"), *THREE], *seen, *only))


def test_where_a_child_was_found_is_a_place_that_others_name() -> None:
    """By the words in which one place is called; words that are of none, or of two, say nothing."""
    seen = report("r1", "2025-03-01", "pat", address="Nine House, QA1 1AA")
    grave = crime("c1", "2025-05-01", "pat", "ann")
    away_there = [
        missing(f"m-{name}", f"2025-03-1{n}", name, found_where=" nine house")
        for n, name in enumerate(("ann", "bea"), 3)
    ]
    group = [adult("pat"), *THREE]
    [one] = found(scope(group, seen, grave, *away_there), SHARED)
    assert facts(one) == ["r1", "m-ann", "m-bea", "c1"]
    elsewhere = [missing(f"m-{name}", "2025-03-13", name, found_where="town centre") for name in ("ann", "bea")]
    assert not found(scope(group, seen, grave, *elsewhere), SHARED)
    other = report("r2", "2021-03-01", "pat", address="Nine House, QA9 9ZZ")
    assert not found(scope(group, seen, other, grave, *away_there), SHARED)
