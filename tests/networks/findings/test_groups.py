"""Across forces, missing together, and what children and an adult of concern share: each rule, and its near miss."""

from tests.networks.findings.worlds import NIGHT, adult, child, crime, facts, found, met, missing, people, report, scope
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


PAIR = away("ann bea", "2025-03-01", "2025-04-01")
WITH_ANN = report("r1", "2025-05-10", "pat ann", **NIGHT)
WITH_BEA = report("r2", "2025-05-12", "pat bea")
ALL = [adult("pat"), *THREE]


def test_an_adult_who_was_with_two_who_go_missing_together() -> None:
    [one] = found(scope(ALL, *PAIR, WITH_ANN, WITH_BEA))
    assert one.rule == TOGETHER
    assert people(one) == {("pat", "person of concern"), ("ann", "child"), ("bea", "child")}
    assert len(one.facts) == 6
    assert not found(scope(ALL, *PAIR, WITH_ANN))
    assert not found(scope(ALL, *PAIR, WITH_BEA, report("r1", "2025-03-20", "pat ann")))  # nothing grave
    assert not found(scope(ALL, *PAIR[:2], WITH_ANN, WITH_BEA))  # missing together once
    assert not found(scope(ALL, *PAIR, report("r1", "2025-03-20", "pat ann bea", **NIGHT)), TOGETHER)  # one occasion


def test_the_grave_occasion_is_with_one_of_those_two() -> None:
    group, both = [*ALL, child("dee")], [*PAIR, *away("cat dee", "2025-07-01", "2025-08-01")]
    plain = [report("r1", "2025-05-10", "pat ann"), WITH_BEA, report("r3", "2025-05-14", "pat cat", **NIGHT)]
    assert not found(scope(group, *both, *plain), TOGETHER)
    assert found(scope(group, *both, *plain, report("r4", "2025-05-16", "pat dee")), TOGETHER)


def test_without_an_adult_children_who_go_missing_together_are_no_pattern() -> None:
    group = away("ann bea cat", "2025-03-01", "2025-04-01")
    assert not found(scope(ALL, *group))
    named = [report("r1", "2025-03-20", "ann bea", **NIGHT), report("r2", "2025-03-22", "bea cat")]
    assert not found(scope(ALL, *group, *named))


def test_each_adult_has_a_pattern_of_their_own() -> None:
    other = [report("r3", "2025-05-20", "quin ann", **NIGHT), report("r4", "2025-05-22", "quin bea")]
    told = found(scope([*ALL, adult("quin")], *PAIR, WITH_ANN, WITH_BEA, *other), TOGETHER)
    grown = {name: facts(one)[4:] for one in told for name, role in people(one) if role == "person of concern"}
    assert grown == {"pat": ["r1", "r2"], "quin": ["r3", "r4"]}


def test_two_of_a_chain_who_are_no_pair_do_not_count() -> None:
    chain = PAIR + away("bea cat", "2025-05-01", "2025-06-01")
    with_cat = report("r2", "2025-03-22", "pat cat")
    assert not found(scope(ALL, *chain, WITH_ANN, with_cat), TOGETHER)
    [one] = found(scope(ALL, *chain, WITH_ANN, with_cat, report("r3", "2025-03-24", "pat bea")), TOGETHER)
    assert len(one.people) == 4


def test_who_is_often_missing_meets_others_by_chance() -> None:
    days = [f"2025-{month:02}-10" for month in range(1, 11)]
    other = [f"2025-{month:02}-20" for month in range(1, 9)]
    chance = [*away("ann", *days), *away("bea", *days[:2]), *away("bea", *other)]
    assert found(scope(ALL, *chance[:12], WITH_ANN, WITH_BEA), TOGETHER)
    assert not found(scope(ALL, *chance, WITH_ANN, WITH_BEA), TOGETHER)


def test_children_of_one_home_go_missing_from_it() -> None:
    home = [adult("pat"), *(child(name, address="The Home") for name in ("ann", "bea", "cat"))]
    assert not found(scope(home, *PAIR, WITH_ANN, WITH_BEA))


def test_one_episode_recorded_by_two_agencies_is_one() -> None:
    twice = [child(name, source) for name in ("ann", "bea") for source in ("force-a", "council")]
    told = [missing(f"c-{name}", "2025-03-02", name, "council") for name in ("ann", "bea")]
    assert not found(scope([adult("pat"), *twice], *PAIR[:2], *told, WITH_ANN, WITH_BEA))


GRAVE = [crime("c1", "2025-05-01", "pat", "ann"), report("n1", "2025-05-03", "pat ann", **NIGHT)]


def shared(*extra: list[tuple[str, Row]]) -> list[list[tuple[str, Row]]]:
    """Two children and an adult, each by a record of their own at one place."""
    named = [report("r1", "2025-03-01", "pat", **AT), *extra]
    contacts = [
        met(f"n-{name}", day, {name: "child"}, event_type="contact", **AT)
        for name, day in (("ann", "2025-03-20"), ("bea", "2025-04-01"))
    ]
    return [*named, *contacts]


def test_a_place_that_children_and_somebody_of_concern_share() -> None:
    assert not found(scope(ALL, *shared()))
    [one] = found(scope(ALL, *shared(), *GRAVE), SHARED)
    assert people(one) == {("pat", "person of concern"), ("ann", "child"), ("bea", "child")}
    assert facts(one) == ["r1", "n-ann", "n-bea", "c1", "n1"]
    assert "beside 0 others of whom nothing of concern" in one.words


def test_two_grave_occasions_make_somebody_of_concern_there() -> None:
    for one in GRAVE:
        assert not found(scope(ALL, *shared(), one), SHARED)
    with_each = [GRAVE[0], report("n1", "2025-05-03", "pat bea", **NIGHT)]
    assert found(scope(ALL, *shared(), *with_each), SHARED)
    same_day = [GRAVE[0], report("n1", GRAVE[0][0][1]["from"], "pat bea", **NIGHT)]  # one evening, told twice
    assert not found(scope(ALL, *shared(), *same_day), SHARED)
    with_another = [GRAVE[0], report("n1", "2025-05-03", "pat cat", **NIGHT)]  # who was never there
    assert not found(scope(ALL, *shared(), *with_another), SHARED)


def test_crimes_at_one_place_bring_nobody_together() -> None:
    victims = [crime(f"v-{name}", "2025-03-20", "", name, **AT) for name in ("ann", "bea")]
    named = report("r1", "2025-03-01", "pat", **AT)
    assert not found(scope(ALL, named, *victims, *GRAVE), SHARED)


def test_others_who_share_it_are_counted_and_a_crowd_says_nothing() -> None:
    for many, expected in ((3, True), (12, False)):
        others = [adult(f"o{n}") for n in range(many)]
        there = [report(f"o{n}/r", "2025-03-02", f"o{n}", **AT) for n in range(many)]
        told = found(scope([adult("pat"), *THREE, *others], *shared(*there), *GRAVE), SHARED)
        assert bool(told) is expected
        assert not told or f"beside {many} others" in told[0].words


def test_a_worker_s_telephone_is_told_of_no_concern() -> None:
    line = {"phone": "+447700900001"}
    calls = [
        met(f"n{name}", "2025-03-20", {name: "child"}, event_type="contact", **line) for name in ("ann", "bea", "cat")
    ]
    worker = met("w1", "2025-03-01", {"pat": "named"}, event_type="meeting", **line)
    group = [adult("pat"), child("dee"), *THREE]
    elsewhere = [crime(f"c{n}", f"2025-05-0{n}", "pat", "dee") for n in (1, 2)]  # towards a child who never called
    assert not found(scope(group, worker, *calls, *elsewhere))


def test_the_place_and_the_telephone_of_one_office_are_one_context() -> None:
    office = {"address": "9 High St", "phone": "+447700900001"}
    seen = [report(f"r{name}", "2025-03-20", f"pat {name}", **office) for name in ("ann", "bea")]
    only = [report(f"q{name}", "2025-03-25", f"pat {name}", phone="+447700900001") for name in ("ann", "bea")]
    assert not found(scope(ALL, *seen, *only))


def test_where_a_child_was_found_is_a_place_that_others_name() -> None:
    """By the words in which one place is called; words that are of none, or of two, say nothing."""
    seen = report("r1", "2025-03-01", "pat", address="Nine House, QA1 1AA")
    away_there = [
        missing(f"m-{name}", f"2025-03-1{n}", name, found_where=" nine house")
        for n, name in enumerate(("ann", "bea"), 3)
    ]
    [one] = found(scope(ALL, seen, *GRAVE, *away_there), SHARED)
    assert facts(one) == ["r1", "m-ann", "m-bea", "c1", "n1"]
    elsewhere = [missing(f"m-{name}", "2025-03-13", name, found_where="town centre") for name in ("ann", "bea")]
    assert not found(scope(ALL, seen, *GRAVE, *elsewhere), SHARED)
    other = report("r2", "2021-03-01", "pat", address="Nine House, QA9 9ZZ")
    assert not found(scope(ALL, seen, other, *GRAVE, *away_there), SHARED)
