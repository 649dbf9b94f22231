"""The circle: people of concern and children, tied by occasions that do not depend on each other."""

import pytest

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
from tests.networks.worlds import row

CIRCLE = "circle-of-adults-and-children"
ONE = "one-adult-several-children"
GROUP = [adult("pat"), adult("quin"), child("cleo"), child("dee")]
THREE = scope(
    GROUP,
    crime("c1", "2025-03-01", "pat", "cleo"),
    crime("c2", "2025-06-01", "quin", "cleo"),
    report("r1", "2025-05-01", "pat quin"),
)


def test_two_suspects_of_one_child_who_are_tied_to_one_another() -> None:
    [one] = found(THREE, CIRCLE)
    assert people(one) == {("pat", "person of concern"), ("quin", "person of concern"), ("cleo", "child")}
    assert facts(one) == ["c1", "r1", "c2"]
    assert one.words == (
        "2 people of concern and 1 child, tied in a circle by 3 records that do not depend on each other"
    )
    assert one.innocent_explanations
    assert one.weakened_by
    assert (one.agencies, one.one_agency_alone, one.urgency) == (("force-a",), True, "when it comes up")
    assert "no record here says" in one.absence


@pytest.mark.parametrize("record", ["c1", "c2", "r1"])
def test_a_circle_that_does_not_close_is_none(record: str) -> None:
    assert not found(without(THREE, record))


def test_four_people_by_four_occasions() -> None:
    ring = [crime("c1", "2025-03-01", "pat", "cleo"), crime("c2", "2025-04-01", "quin", "cleo")]
    ring += [crime("c3", "2025-05-01", "pat", "dee")]
    assert not found(scope(GROUP, *ring))
    [one] = found(scope(GROUP, *ring, crime("c4", "2025-06-01", "quin", "dee")), CIRCLE)
    assert len(one.people) == 4


def test_one_crime_with_two_suspects_is_known_to_who_recorded_it() -> None:
    alone = scope(GROUP, crime("c1", "2025-03-01", "pat quin", "cleo"))
    assert not found(alone, CIRCLE)
    again = scope(GROUP, crime("c1", "2025-03-01", "pat quin", "cleo"), report("r1", "2025-04-01", "pat cleo"))
    assert [facts(one) for one in found(again, ONE, CIRCLE)] == []
    twice = scope(
        GROUP,
        crime("c1", "2025-03-01", "pat quin", "cleo"),
        report("r1", "2025-04-01", "pat cleo"),
        report("r2", "2025-04-09", "quin cleo"),
    )
    assert [facts(one) for one in found(twice, CIRCLE)] == [["c1", "r1", "r2"]]


def test_occasions_that_lie_far_apart_close_no_circle() -> None:
    late = scope(
        GROUP,
        crime("c1", "2022-03-01", "pat", "cleo"),
        crime("c2", "2025-06-01", "quin", "cleo"),
        report("r1", "2025-05-01", "pat quin"),
    )
    assert not found(late)


def test_a_family_is_no_circle() -> None:
    for relation in ("parent", "other family"):
        kin = row("k1", person="pat", other_person="cleo", relation=relation)
        assert not found({**THREE, "relation": [kin]}, CIRCLE)
    claimed = row("k1", person="pat", other_person="cleo", relation="claimed partner", recorded_on="2025-03-09")
    assert found({**THREE, "relation": [claimed]}, CIRCLE)


def test_one_home_is_an_innocent_reason_for_an_adult_with_a_child() -> None:
    at_home = [adult("pat", address="1 Any St"), adult("quin"), child("cleo", address="1 Any St")]
    assert not found({**THREE, "person": at_home}, CIRCLE)
    elsewhere = [adult("pat", address="2 Any St"), adult("quin"), child("cleo", address="1 Any St")]
    assert found({**THREE, "person": elsewhere}, CIRCLE)


def test_brothers_may_be_suspects_of_one_crime() -> None:
    housed = [adult("pat", address="1 Any St"), adult("quin", address="1 Any St"), child("cleo"), child("dee")]
    world = scope(
        housed,
        crime("c1", "2025-03-01", "pat quin", "cleo"),
        report("r1", "2025-04-01", "pat cleo"),
        report("r2", "2025-04-09", "quin cleo"),
    )
    assert found(world, CIRCLE)
    named = scope(
        housed,
        crime("c1", "2025-03-01", "pat", "cleo"),
        crime("c2", "2025-04-09", "quin", "cleo"),
        report("r1", "2025-04-01", "pat quin"),
    )
    assert not found(named, CIRCLE)  # that two of one home are named together says nothing


def test_who_has_a_duty_towards_a_child_is_of_no_concern() -> None:
    for duty in ("professional", "parent or carer", "reporter"):
        beside = met("m1", "2024-01-01", {"pat": duty, "cleo": "child"}, event_type="contact")
        assert not found(scope(GROUP, beside, *[[(k, r)] for k in THREE if k != "person" for r in THREE[k]]), CIRCLE)


def test_however_often_at_one_place_is_one_occasion() -> None:
    """A takeaway: its people and its customers are named there again and again."""
    there = {"address": "9 High St", "place": "A takeaway"}
    reports = [
        report("r1", "2025-03-01", "pat quin", **there),
        report("r2", "2025-03-08", "pat cleo", **there),
        report("r3", "2025-03-15", "quin cleo", **there),
        report("r4", "2025-03-22", "pat dee", **there),
    ]
    assert not found(scope(GROUP, *reports))
    elsewhere = [
        report(f"r{n}", f"2025-03-0{n}", who, address=f"{n} High St")
        for n, who in enumerate(("pat quin", "pat cleo", "quin cleo"), 1)
    ]
    assert not found(scope(GROUP, *elsewhere), CIRCLE)  # nothing grave in it
    assert found(scope(GROUP, *elsewhere, missing("m1", "2025-03-02", "cleo")), CIRCLE)


def test_named_with_an_adult_while_missing_or_at_night_is_grave() -> None:
    named = [
        report("r1", "2025-03-01", "pat quin"),
        report("r2", "2025-03-08", "pat cleo"),
        report("r3", "2025-03-15", "quin cleo"),
    ]
    assert not found(scope(GROUP, *named))
    assert found(scope(GROUP, *named, missing("m1", "2025-03-07", "cleo", to="2025-03-09")), CIRCLE)
    assert not found(scope(GROUP, *named, missing("m1", "2025-03-10", "cleo", to="2025-03-12")))
    late = report("r3", "2025-03-15", "quin cleo", from_time="23:30")
    assert found(scope(GROUP, *named[:2], late), CIRCLE)
    assert not found(scope(GROUP, *named[:2], report("r3", "2025-03-15", "quin cleo", from_time="15:30")))


def test_a_service_s_own_meetings_tie_nobody() -> None:
    names = {"pat": "named", "quin": "named", "cleo": "child"}
    meetings = [met(f"m{n}", f"2025-03-0{n}", names, event_type="meeting", from_time="23:00") for n in (1, 2)]
    calm = [met(f"m{n}", f"2025-03-0{n}", names, event_type="meeting") for n in (1, 2)]
    assert not found(scope(GROUP, *calm))
    assert found(scope(GROUP, *meetings), CIRCLE)


def test_telephones_and_vehicles_bring_their_own_people_in() -> None:
    people_ = [adult("pat", phone="+447700900001"), adult("quin"), child("cleo", phone="+447700900002")]
    messages = [
        (
            "event",
            row(
                f"m{n}",
                event_type="message",
                phone_from="+447700900001",
                phone_to="+447700900002",
                **{"from": f"2025-03-0{n}"},
            ),
        )
        for n in (1, 2)
    ]
    car = [("vehicle", row("v1", registration="QA51ABC", person="quin"))]
    seen = report("r1", "2025-03-05", "cleo", registration="QA51ABC")
    world = scope(
        people_, messages, car, seen, crime("c1", "2025-03-09", "quin", "cleo"), report("r2", "2025-03-12", "pat quin")
    )
    [one] = found(world, CIRCLE)
    assert facts(one) == ["m1", "m2", "r1", "c1", "r2"]
    assert "2 people by a telephone, vehicle or account" in one.facts[0].says


def test_a_telephone_that_five_use_is_nobody_s() -> None:
    from concerted.networks.findings.occasions import OF_ONE, occasions
    from tests.networks.worlds import drawn

    sharing = [adult(f"p{n}", phone="+447700900001") for n in range(OF_ONE + 1)]
    seen = report("r1", "2025-03-05", "cleo", phone="+447700900001")
    assert len(occasions(drawn(scope([*sharing, child("cleo")], seen))).who) == 1
    assert len(occasions(drawn(scope([*sharing[1:], child("cleo")], seen))).who) == 1 + OF_ONE


def test_older_children_may_be_of_concern_and_be_harmed() -> None:
    world = scope(
        [child("peer"), adult("quin"), child("cleo")],
        crime("c1", "2025-03-01", "peer", "cleo"),
        crime("c2", "2025-04-01", "quin", "cleo"),
        crime("c3", "2025-05-01", "quin", "peer"),
    )
    [one] = found(world, CIRCLE)
    assert {role for name, role in people(one) if name == "peer"} == {"person of concern", "child"}


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
