"""What ties two people, and what does not: innocent reasons, one place, messages, telephones, ages."""

import numpy as np

from concerted.networks.findings.draft import world as whole
from concerted.networks.findings.occasions import OF_ONE, occasions
from concerted.networks.findings.ties import MESSAGES, Ties
from concerted.networks.findings.ties import met as ties_of
from tests.networks.findings.worlds import (
    GROUP,
    NIGHT,
    NIGHTS,
    THREE,
    adult,
    child,
    crime,
    facts,
    found,
    met,
    report,
    scope,
)
from tests.networks.worlds import World, drawn, row

CIRCLE = "circle-of-adults-and-children"


def test_a_family_is_no_circle_unless_one_is_a_suspect_towards_the_other() -> None:
    for relation in ("parent", "other family"):
        kin = row("k1", person="pat", other_person="cleo", relation=relation)
        assert not found({**NIGHTS, "relation": [kin]}, CIRCLE)
        assert found({**THREE, "relation": [kin]}, CIRCLE)
    claimed = row("k1", person="pat", other_person="cleo", relation="claimed partner", recorded_on="2025-03-09")
    assert found({**NIGHTS, "relation": [claimed]}, CIRCLE)


def test_one_home_is_an_innocent_reason_unless_one_is_a_suspect_towards_the_other() -> None:
    at_home = [adult("pat", address="1 Any St"), adult("quin"), child("cleo", address="1 Any St")]
    assert not found({**NIGHTS, "person": at_home}, CIRCLE)
    assert found({**THREE, "person": at_home}, CIRCLE)
    elsewhere = [adult("pat", address="2 Any St"), adult("quin"), child("cleo", address="1 Any St")]
    assert found({**NIGHTS, "person": elsewhere}, CIRCLE)


def test_brothers_may_be_suspects_of_one_crime() -> None:
    housed = [adult("pat", address="1 Any St"), adult("quin", address="1 Any St"), child("cleo"), child("dee")]
    both = crime("c1", "2025-03-01", "pat quin", "cleo")
    assert found(scope(housed, both, report("r1", "2025-04-01", "pat cleo")), CIRCLE)
    assert not found({**THREE, "person": housed})  # that two of one home are named together says nothing


def test_who_has_a_duty_towards_a_child_is_of_no_concern() -> None:
    for duty in ("professional", "parent or carer", "reporter"):
        beside = met("m1", "2024-01-01", {"pat": duty, "cleo": "child"}, event_type="contact")
        told = [[(k, r)] for k in NIGHTS if k != "person" for r in NIGHTS[k]]
        assert not found(scope(GROUP, beside, *told), CIRCLE)


def test_however_often_at_one_place_is_one_occasion() -> None:
    """A takeaway: its people and its customers are named there again and again."""
    there = {"address": "9 High St", "place": "A takeaway"}
    grave = crime("c1", "2025-03-04", "pat", "cleo")
    reports = [report("r1", "2025-03-01", "pat quin", **there), report("r3", "2025-03-15", "quin cleo", **there)]
    assert not found(scope(GROUP, grave, *reports), CIRCLE)
    assert found(scope(GROUP, grave, reports[0], report("r3", "2025-03-15", "quin cleo", address="8 High St")), CIRCLE)


def test_a_crime_is_an_occasion_of_its_own_wherever_it_was() -> None:
    there = {"address": "9 High St"}
    thefts = [crime(f"c{n}", f"2025-03-0{n}", "pat quin", "", offence_category="theft", **there) for n in (1, 2)]
    reports = [report(f"r{n}", f"2025-03-0{n}", "pat quin", **there) for n in (1, 2)]
    assert len(set(_meetings(scope(GROUP, *thefts)).at.tolist())) == 2
    assert len(set(_meetings(scope(GROUP, *reports)).at.tolist())) == 1


def test_a_service_s_own_meetings_tie_nobody() -> None:
    names = {"pat": "named", "quin": "named", "cleo": "child"}
    for kind, expected in (("meeting", False), ("intelligence report", True)):
        late = [met(f"m{n}", f"2025-03-0{n}", names, event_type=kind, **NIGHT) for n in (1, 2)]
        assert bool(found(scope(GROUP, *late), CIRCLE)) is expected


def test_messages_of_two_people_are_one_occasion_and_never_grave() -> None:
    roles = ({"pat": "suspect", "cleo": "victim"}, {"pat": "named", "cleo": "named"})
    messages = [met(f"m{n}", f"2025-03-0{n}", one, event_type="message", **NIGHT) for n, one in enumerate(roles, 1)]
    told = _meetings(scope(GROUP, *messages, met("m3", "2025-03-03", {**roles[1], "dee": "named"}, **NIGHT)))
    assert not told.grave[np.isin(told.at, told.at[told.at >= MESSAGES])].any()
    assert len(set(told.at.tolist())) == 2
    assert [len(told.at[told.at == one]) for one in set(told.at[told.at >= MESSAGES].tolist())] == [2]


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
    sharing = [adult(f"p{n}", phone="+447700900001") for n in range(OF_ONE + 1)]
    seen = report("r1", "2025-03-05", "cleo", phone="+447700900001")
    assert len(occasions(drawn(scope([*sharing, child("cleo")], seen))).who) == 1
    assert len(occasions(drawn(scope([*sharing[1:], child("cleo")], seen))).who) == 1 + OF_ONE


def test_a_suspect_of_no_known_age_is_of_concern_and_who_is_named_is_not() -> None:
    unknown = [row("pat", "force-a", family_name="Testcase", entity="pat"), *GROUP[1:]]
    assert found({**THREE, "person": unknown}, CIRCLE)
    assert not found({**NIGHTS, "person": unknown})


def _meetings(world: World) -> Ties:
    """The ties of who met in it."""
    seen = whole(drawn(world))
    return ties_of(seen.events, seen.all_parts, seen.reasons, seen.context)
