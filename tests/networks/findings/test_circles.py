"""The circle: people of concern and children, tied by occasions that do not depend on each other."""

import pytest

from tests.networks.findings.worlds import (
    GROUP,
    NIGHT,
    NIGHTS,
    THREE,
    TOLD,
    adult,
    child,
    crime,
    facts,
    found,
    missing,
    people,
    report,
    scope,
    without,
)
from tests.networks.worlds import World, row

CIRCLE = "circle-of-adults-and-children"
ONE = "one-adult-several-children"


def test_two_of_concern_and_a_child_who_are_tied_to_one_another() -> None:
    [one] = found(THREE, CIRCLE)
    assert people(one) == {("pat", "person of concern"), ("quin", "person of concern"), ("cleo", "child")}
    assert facts(one) == ["c1", "r1", "r2"]
    assert one.words == (
        "2 people of concern and 1 child, tied in a circle by 3 records that do not depend on each other"
    )
    assert one.innocent_explanations
    assert one.weakened_by
    assert (one.agencies, one.one_agency_alone, one.urgency) == (("force-a",), True, "when it comes up")
    assert "no record here says" in one.absence


@pytest.mark.parametrize(("world", "record"), [*((THREE, one) for one in ("c1", "r1", "r2")), (NIGHTS, "n1")])
def test_a_circle_that_does_not_close_is_none(world: World, record: str) -> None:
    assert found(world, CIRCLE)
    assert not found(without(world, record))
    assert found(without(NIGHTS, "r1"), CIRCLE)  # one child at night with two: that needs no third occasion


def test_four_people_by_four_occasions() -> None:
    ring = [crime("c1", "2025-03-01", "pat", "cleo"), report("r1", "2025-04-01", "quin cleo")]
    ring += [report("r2", "2025-05-01", "pat dee")]
    assert not found(scope(GROUP, *ring))
    [one] = found(scope(GROUP, *ring, report("r3", "2025-06-01", "quin dee")), CIRCLE)
    assert len(one.people) == 4


def test_crimes_alone_close_no_circle() -> None:
    """Of many crimes some close one by chance."""
    pairs = [("pat", "cleo"), ("quin", "cleo"), ("pat", "dee"), ("quin", "dee")]
    crimes = [crime(f"c{at}", f"2025-0{at}-01", *pair) for at, pair in enumerate(pairs, 1)]
    assert not found(scope(GROUP, *crimes))
    assert found(scope(GROUP, *crimes[:2], *(report(f"r{at}", "2025-07-01", " ".join(pairs[at])) for at in (2, 3))))
    assert not found(scope(GROUP, *crimes[:3], report("r3", "2025-07-01", "quin dee")))


def test_a_crime_of_another_kind_is_plain() -> None:
    for category, expected in (("rape", True), ("exploitation or trafficking", True), ("theft", False)):
        world = scope(GROUP, crime("c1", "2025-03-01", "pat", "cleo", offence_category=category), *TOLD)
        assert bool(found(world, CIRCLE)) is expected


def test_whom_one_crime_names_comes_in_once_it_is_part_of_a_pattern() -> None:
    alone = crime("c1", "2025-03-01", "pat quin", "cleo")
    again = report("r1", "2025-04-01", "pat cleo")
    assert not found(scope(GROUP, alone))
    [one] = found(scope(GROUP, alone, again))
    assert (one.rule, facts(one)) == (CIRCLE, ["c1", "r1"])
    assert ("quin", "person of concern") in people(one)
    assert not found(scope(GROUP, crime("c1", "2025-03-01", "pat", "cleo"), again))


def test_occasions_that_lie_far_apart_close_no_circle() -> None:
    assert not found(scope(GROUP, crime("c1", "2022-03-01", "pat", "cleo"), *TOLD))


def test_a_crime_that_was_told_years_later_counts_by_the_day_of_the_telling() -> None:
    def told(day: str) -> World:
        return scope(GROUP, crime("c1", "2022-03-01", "pat", "cleo", recorded_on=day), *TOLD)

    assert found(told("2025-04-01"), CIRCLE)
    assert not found(told("2022-04-01"))
    assert not found(told("2024-02-27"))  # less than two years after it
    assert found(told("2024-03-01"), CIRCLE)


def test_crimes_that_were_told_years_later_are_not_too_many() -> None:
    def told(day: str) -> World:
        crimes = [crime(f"c-{who}", "2022-03-01", who, "cleo", recorded_on=day) for who in ("pat", "quin")]
        return scope(GROUP, *crimes, report("r1", day, "pat quin"))

    assert found(told("2025-04-01"), CIRCLE)
    assert not found(told("2022-04-01"))


def test_a_circle_needs_two_grave_occasions_where_nobody_is_a_suspect() -> None:
    named = [
        report("r1", "2025-03-01", "pat quin"),
        report("r2", "2025-03-08", "pat cleo"),
        report("r3", "2025-03-15", "quin cleo"),
    ]
    assert not found(scope(GROUP, *named))
    assert not found(scope(GROUP, *named, missing("m1", "2025-03-07", "cleo", to="2025-03-09")))
    assert found(scope(GROUP, *named, missing("m1", "2025-03-07", "cleo", to="2025-03-16")), CIRCLE)
    assert not found(scope(GROUP, *named, missing("m1", "2025-03-09", "cleo", to="2025-03-16")))
    late = [report("r3", "2025-03-15", "quin cleo", from_time=time) for time in ("23:30", "15:30")]
    while_missing = missing("m1", "2025-03-07", "cleo", to="2025-03-09")
    assert found(scope(GROUP, *named[:2], late[0], while_missing), CIRCLE)
    assert not found(scope(GROUP, *named[:2], late[1], while_missing))


def test_two_grave_occasions_of_one_adult_with_two_children() -> None:
    night, other = report("n1", "2025-03-01", "pat cleo", **NIGHT), report("n2", "2025-06-01", "pat dee", **NIGHT)
    [one] = found(scope(GROUP, night, other))
    assert (one.rule, facts(one)) == (ONE, ["n1", "n2"])
    assert not found(scope(GROUP, night, report("n2", "2025-06-01", "pat dee", from_time="15:30")))
    assert not found(scope(GROUP, night, report("n2", "2025-06-01", "quin dee", **NIGHT)))
    assert not found(scope(GROUP, night, report("n2", "2022-06-01", "pat dee", **NIGHT)))


def test_one_of_the_two_is_no_crime_no_order_and_nobody_s_word() -> None:
    harmed = crime("c1", "2025-03-01", "pat", "cleo")
    protects = ("order", row("o1", order_type="CAWN", person="pat", protected_person="dee", **{"from": "2025-04-01"}))
    claims = (
        "relation",
        row("k1", person="pat", other_person="dee", relation="taxi or trade", recorded_on="2025-04-01"),
    )
    for told in (crime("c2", "2025-04-01", "pat", "dee"), [protects], [claims]):
        assert not found(scope(GROUP, harmed, told), ONE)
        assert found(scope(GROUP, report("n1", "2025-03-01", "pat cleo", **NIGHT), told), ONE)


def test_where_many_hang_together_grave_occasions_alone_hold_a_group() -> None:
    """Two groups at night, and plain occasions that tie one of each: of few people one pattern, of many two."""

    def pattern(children: int) -> int:
        young = [[child(f"{grown}-{n}") for n in range(children)] for grown in ("pat", "quin")]
        nights = [
            report(f"{grown}{n}", f"2025-0{1 + n}-01", f"{grown} {grown}-{n}", **NIGHT)
            for grown in ("pat", "quin")
            for n in range(children)
        ]
        plain = [report("r1", "2025-03-05", "pat quin"), report("r2", "2025-03-06", "pat-0 quin-0")]
        return len(found(scope([adult("pat"), adult("quin"), *young[0], *young[1]], *nights, *plain)))

    assert [pattern(children) for children in (2, 3, 4)] == [1, 1, 2]


def test_a_child_who_is_recorded_as_a_suspect_is_a_child_first() -> None:
    told = [
        crime("c1", "2025-03-01", "peer", "cleo"),
        report("n1", "2025-04-01", "quin cleo", **NIGHT),
        report("n2", "2025-05-01", "quin peer", **NIGHT),
    ]
    [one] = found(scope([child("peer"), adult("quin"), child("cleo")], *told))
    assert one.rule == ONE
    assert {role for name, role in people(one) if name == "peer"} == {"child"}
    [grown] = found(scope([adult("peer"), adult("quin"), child("cleo")], *told))
    assert grown.rule == CIRCLE
    assert {role for name, role in people(grown) if name == "peer"} == {"person of concern"}


def test_one_adult_with_children_of_two_homes() -> None:
    both = [crime("c1", "2025-03-01", "pat", "cleo"), report("r1", "2025-03-20", "pat dee")]
    tied = report("r2", "2025-03-25", "cleo dee")
    [one] = found(scope(GROUP, *both, tied), ONE)
    assert people(one) == {("pat", "person of concern"), ("cleo", "child"), ("dee", "child")}
    assert not found(scope(GROUP, *both))
    siblings = [adult("pat"), child("cleo", address="1 Any St"), child("dee", address="1 Any St")]
    assert not found(scope(siblings, *both, tied), ONE)


def test_who_might_have_been_of_age_is_no_child() -> None:
    unknown = [adult("pat"), adult("quin"), row("cleo", "force-a", family_name="Testcase", entity="cleo")]
    assert not found({**THREE, "person": unknown})
    known = [*unknown[:2], {**unknown[2], "role": "child"}]
    assert found({**THREE, "person": known}, CIRCLE)
