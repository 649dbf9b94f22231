"""How a finding is written: what its facts say and when, when it is to be checked, and what it is called."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings import Fact, from_dict
from concerted.networks.findings.draft import world as whole
from concerted.networks.findings.writing import STILL, id_of, missing_now
from tests.networks.findings.worlds import adult, child, crime, found, met, missing, report, scope
from tests.networks.worlds import TODAY, World, drawn, node, row

GROUP = [adult("pat"), adult("quin"), child("cleo")]
CIRCLE = "circle-of-adults-and-children"


def circle(**fields: str) -> World:
    """Two suspects of one child, and a report of both. fields: of the first crime."""
    told = [crime("c1", "2025-03-01", "pat", "cleo", **fields), report("r1", "2025-05-01", "pat quin")]
    return scope(GROUP, *told, report("c2", "2025-06-01", "quin cleo"))


def first(world: World) -> Fact:
    """The first fact of the circle."""
    [one] = found(world, CIRCLE)
    return one.facts[0]


@pytest.mark.parametrize(
    ("fields", "grade"),
    [
        ({}, ""),
        ({"source_evaluation": "2", "information_assessment": "B"}, "2B"),
        ({"source_evaluation": "2"}, "2"),
        ({"information_assessment": "E"}, "E"),
    ],
)
def test_a_fact_has_the_grade_of_its_record(fields: dict[str, str], grade: str) -> None:
    assert first(circle(**fields)) == Fact(
        "force-a", "c1", grade, "2025-03-01", "crime: 1 person of concern and 1 child"
    )


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ({"from": "2025-03-01"}, "2025-03-01"),
        ({"from": "2025-03"}, "2025-03-01"),  # some day of it: the first possible one
        ({"from": "2025-03-04", "to": "2025-03-09"}, "2025-03-04"),
        ({"from": "", "to": "2025-03-09"}, "2025-03-09"),
    ],
)
def test_the_day_of_a_fact_is_one_for_which_it_stands(when: dict[str, str], day: str) -> None:
    assert first(circle(**when)).date == day


def test_a_crime_that_was_told_years_later_says_when() -> None:
    """It counts by that day, so that a reader sees why it stands beside what is recent."""
    assert first(circle(**{"from": "2022-03-01"}, recorded_on="2025-04-01")).says.endswith(
        "1 child; told on 2025-04-01"
    )
    assert "told" not in first(circle(recorded_on="2025-04-01")).says


def test_a_fact_counts_who_had_which_part_and_names_nobody() -> None:
    parts = {"pat": "suspect", "cleo": "victim", "ann": "named", "bob": "witness", "eve": "child"}
    people = [*GROUP, adult("ann"), adult("bob"), child("eve")]
    told = [
        met("c1", "2025-03-01", parts),
        report("r1", "2025-05-01", "pat quin"),
        report("c2", "2025-06-01", "quin cleo"),
    ]
    [one] = found(scope(people, *told), CIRCLE)
    assert one.facts[0].says == "crime: 1 person of concern, 2 children, 1 person named and 1 other"
    assert "Testcase" not in str(one)


def test_who_is_in_a_record_by_a_telephone_is_told_so() -> None:
    phones = {"phone_from": "+447700900001", "phone_to": "+447700900002"}
    people = [adult("pat", phone="+447700900001"), adult("quin", phone="+447700900002"), child("cleo")]
    told = [crime("c1", "2025-03-01", "pat", "cleo"), report("c2", "2025-06-01", "quin cleo")]
    [one] = found(scope(people, *told, met("m1", "2025-05-01", {}, event_type="message", **phones)), CIRCLE)
    assert one.facts[1].says == "message: 2 people by a telephone, vehicle or account"


def test_a_relation_an_order_and_a_case_say_what_they_are() -> None:
    claimed = {"person": "pat", "relation": "claimed partner", "other_person": "cleo", "from": "2025-02-01"}
    order = {"order_type": "CAWN", "person": "pat", "protected_person": "cleo", "from": "2025-01-01"}
    world = scope(GROUP, [("relation", row("k1", **claimed))], [("order", row("o1", **order))])
    [one] = found(world, "order-contradicted")
    assert [(fact.record_id, fact.date, fact.says) for fact in one.facts] == [
        ("o1", "2025-01-01", "CAWN: 1 person of concern and 1 child"),
        ("k1", "2025-02-01", "relation: 1 person of concern and 1 person named"),
    ]


@settings(max_examples=15)
@given(st.integers(0, 2 * STILL), st.booleans())
def test_who_is_missing_now_is_so_for_a_while_after_the_last_report(days: int, ended: bool) -> None:
    began = (TODAY - timedelta(days=days)).isoformat()
    graph = drawn(scope(GROUP, missing("m1", began, "cleo", to=began if ended else "")))
    wanted = {node(graph, "cleo")} if days <= STILL and not ended else set()
    assert missing_now(whole(graph)) == wanted


def test_only_a_child_of_the_pattern_makes_it_urgent() -> None:
    recent = (TODAY - timedelta(days=3)).isoformat()
    for who, urgency in (("cleo", "missing now"), ("dee", "when it comes up"), ("quin", "when it comes up")):
        away = missing("m1", recent, who, to="")
        told = [crime("c1", "2025-03-01", "pat", "cleo"), report("r1", "2025-05-01", "pat quin")]
        world = scope([*GROUP, child("dee")], *told, report("c2", "2025-06-01", "quin cleo"), away)
        assert [one.urgency for one in found(world, CIRCLE)] == [urgency]


def test_a_name_is_of_the_rule_of_whom_it_is_told_to_and_of_the_two_earliest_records() -> None:
    facts = [Fact("force-a", name, "", "", "") for name in "abc"]
    own = id_of("shared-thing", facts)
    assert own.startswith("shared-thing-")
    assert id_of("shared-thing", [*facts[:2], facts[2], facts[2]]) == own
    others = [
        id_of("missing-together", facts),
        id_of("shared-thing", facts, "force-a"),
        id_of("shared-thing", facts, "force-b"),
        id_of("shared-thing", facts[1:]),
        id_of("shared-thing", facts[1::-1]),
        id_of("shared-thing", [Fact("force-b", "a", "", "", ""), *facts[1:]]),
    ]
    assert len({own, *others}) == 1 + len(others)


def test_facts_stand_by_day_and_people_by_their_records() -> None:
    [one] = found(circle(), CIRCLE)
    assert list(one.facts) == sorted(one.facts, key=lambda fact: (fact.date, fact.source, fact.record_id))
    assert list(one.people) == sorted(one.people)
    assert one.agencies == one.searched == ("force-a",)


def test_one_person_may_have_two_roles() -> None:
    """Somebody who was found with an adult at night at 17, and at 18 with a child."""
    older = child("dee", date_of_birth="2007-04-05")
    told = [
        report("n1", "2025-03-01", "pat dee", from_time="23:30"),
        report("n2", "2025-05-01", "dee cleo", from_time="23:30"),
    ]
    roles = {(key.record_id, role) for one in found(scope([*GROUP, older], *told)) for key, role in one.people}
    assert {("dee", "child"), ("dee", "person of concern")} <= roles


def test_a_finding_is_read_back_as_it_was_written() -> None:
    [one] = found(circle(source_evaluation="1"))
    assert from_dict(one.to_dict()) == one


def test_as_of_another_day_nobody_is_missing_yet() -> None:
    world = scope(GROUP, missing("m1", "2026-02-20", "cleo", to=""))
    assert missing_now(whole(drawn(world)))
    assert not missing_now(whole(drawn(world, date(2026, 6, 1))))
