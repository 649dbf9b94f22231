"""What an agency is told about its own records: each rule, and its near miss. The day is 2 March 2026."""

import pytest

from tests.networks.findings.worlds import adult, child, crime, facts, found, met, missing, people, report, scope
from tests.networks.worlds import Row, row

PAIR = [adult("pat"), child("cleo")]
SUBJECT, CHILD, CONCERNED = "subject of the order", "child", "person of concern"


def order(record_id: str = "o1", **fields: str) -> list[tuple[str, Row]]:
    """A warning notice on pat that protects cleo, from the beginning of 2025, if nothing else is said."""
    on = {"order_type": "CAWN", "person": "pat", "protected_person": "cleo", "from": "2025-01-01"}
    return [("order", row(record_id, **{**on, **fields}))]


def test_an_order_that_a_record_contradicts_comes_first() -> None:
    together = report("r1", "2025-06-01", "pat cleo")
    one, *_ = found(scope(PAIR, order(), together))
    assert (one.rule, one.urgency, one.to) == ("order-contradicted", "breach", "force-a")
    assert people(one) == {("pat", SUBJECT), ("cleo", CHILD)}
    assert facts(one) == ["o1", "r1"]
    assert one.absence == ""


@pytest.mark.parametrize(
    ("fields", "day"),
    [({}, "2024-12-01"), ({}, "2025-01-01"), ({"to": "2025-05-01"}, "2025-06-01"), ({"person": "quin"}, "2025-06-01")],
)
def test_an_order_that_was_not_in_force_is_not_contradicted(fields: dict[str, str], day: str) -> None:
    world = scope([*PAIR, adult("quin")], order(**fields), report("r1", day, "pat cleo"))
    assert not found(world, "order-contradicted")


def test_an_order_on_somebody_of_the_family_or_the_home_is_contradicted_too() -> None:
    """Nothing that explains a tie explains away what an order forbids."""
    kin = [("relation", row("k1", person="pat", relation="parent", other_person="cleo"))]
    duty = met("d1", "2024-05-01", {"pat": "parent or carer", "cleo": "child"}, event_type="assessment")
    home = [adult("pat", address="1 Any St"), child("cleo", address="1 Any St")]
    together = report("r1", "2025-06-01", "pat cleo")
    for some, reason in ((PAIR, kin), (PAIR, duty), (home, [])):
        [one] = found(scope(some, order(), together, reason), "order-contradicted")
        assert (facts(one), one.absence) == (["o1", "r1"], "")


def test_another_order_on_the_same_two_is_no_contradiction() -> None:
    """It is made anew, or another is made beside it; only the first stands when a record has both together."""
    later = order("o2", **{"from": "2025-06-01", "order_type": "SHPO"})
    assert not found(scope(PAIR, order(), later), "order-contradicted")
    both = found(scope(PAIR, order(), later, report("r1", "2025-07-01", "pat cleo")), "order-contradicted")
    assert sorted(map(facts, both)) == [["o1", "r1"], ["o2", "r1"]]


def test_a_service_s_meeting_is_no_contradiction_unless_it_has_somebody_of_concern() -> None:
    for role, contradicts in (("named", False), ("person of concern", True), ("professional", False)):
        meeting = met("m1", "2025-06-01", {"pat": role, "cleo": "child"}, event_type="assessment")
        assert bool(found(scope(PAIR, order(), meeting), "order-contradicted")) is contradicts


def test_two_whose_telephones_one_message_names_are_together_in_it() -> None:
    pair = [adult("pat", phone="+447700900001"), child("cleo", phone="+447700900002")]
    told = {"event_type": "message", "phone_from": "+447700900001", "phone_to": "+447700900002"}
    [one] = found(scope(pair, order(), met("m1", "2025-06-01", {}, **told)), "order-contradicted")
    assert facts(one) == ["o1", "m1"]


@pytest.mark.parametrize(
    ("born", "placed", "past"),
    [
        ("2010-02-01", False, True),  # 16
        ("2010-03-20", False, True),  # 16 within four weeks
        ("2010-05-01", False, False),
        ("2010-02-01", True, False),  # in care: protected until 18
        ("2008-02-01", True, True),
        ("2010", False, False),  # may be 15 still
    ],
)
def test_a_notice_whose_child_is_past_its_age(born: str, placed: bool, past: bool) -> None:
    care = met("p1", "2024-06-01", {"cleo": "child"}, event_type="placement") if placed else []
    told = found(scope([adult("pat"), child("cleo", date_of_birth=born)], order(), care), "order-past-its-age")
    assert [(one.urgency, one.to, facts(one)) for one in told] == ([("date near", "force-a", ["o1"])] if past else [])


@pytest.mark.parametrize("fields", [{"order_type": "SHPO"}, {"to": "2026-01-01"}, {"status": "Revoked"}])
def test_another_order_or_one_that_ended_has_no_such_age(fields: dict[str, str]) -> None:
    grown = child("cleo", date_of_birth="2009-01-01")
    assert found(scope([adult("pat"), grown], order()), "order-past-its-age")
    assert not found(scope([adult("pat"), grown], order(**fields)), "order-past-its-age")


def test_a_victim_who_was_recorded_as_a_suspect_meanwhile() -> None:
    harmed = crime("c1", "2025-03-01", "", "cleo", offence_category="exploitation or trafficking")
    accused = crime("c2", "2025-04-01", "cleo", "", "force-b")
    told = [*PAIR, child("cleo", "force-b")]
    [one] = found(scope(told, harmed, accused))
    assert (one.rule, one.to, people(one)) == ("victim-recorded-as-suspect", "force-b", {("cleo", CHILD)})
    assert facts(one) == ["c1", "c2"]
    later = crime("c2", "2025-07-01", "cleo", "", "force-b")
    assert not found(scope(told, harmed, later))
    other = crime("c1", "2025-03-01", "", "cleo", offence_category="other")
    assert not found(scope(told, other, accused))


def test_a_victim_of_age_is_another_matter() -> None:
    harmed = crime("c1", "2025-03-01", "", "pat", offence_category="rape")
    assert not found(scope(PAIR, harmed, crime("c2", "2025-03-02", "pat", "")))


def closed(**fields: str) -> list[tuple[str, Row]]:
    """A case of the crime c1, closed in June 2024, if nothing else is said."""
    told = {"case_type": "closed case review", "event": "c1", "from": "2024-01-09", "to": "2024-06-01"}
    return [("case", row("k1", **{**told, **fields}))]


def test_a_closed_case_whose_suspect_is_of_concern_again() -> None:
    before, after = crime("c1", "2023-12-01", "pat", "dee"), crime("c2", "2025-02-01", "pat", "cleo")
    group = [*PAIR, child("dee")]
    [one] = found(scope(group, before, closed(), after))
    assert (one.rule, one.to) == ("closed-case-touched", "force-a")
    assert facts(one) == ["k1", "c2"]
    assert one.facts[0].date == "2024-01-09"
    assert people(one) == {("pat", CONCERNED), ("cleo", CHILD)}
    for near in (closed(to=""), closed(status="open"), closed(event="c2")):
        assert not found(scope(group, before, near, after), "closed-case-touched")
    named = report("r1", "2025-02-01", "pat cleo")
    assert not found(scope(group, before, closed(), named), "closed-case-touched")
    old = [crime("c1", "2013-12-01", "pat", "dee"), crime("c2", "2023-02-01", "pat", "cleo")]
    assert not found(scope(group, *old, closed(to="2014-06-01")), "closed-case-touched")


def test_an_adult_who_is_with_a_child_again_after_a_move() -> None:
    council = [adult("pat"), child("cleo"), child("cleo", "council")]
    move = met("p1", "2025-05-01", {"cleo": "child"}, "council", event_type="placement")
    seen = [report("r1", "2025-03-01", "pat cleo"), report("r2", "2025-08-01", "pat cleo")]
    [one] = found(scope(council, move, *seen))
    assert (one.rule, one.to) == ("adult-after-a-move", "council")
    assert facts(one) == ["r1", "p1", "r2"]
    assert not found(scope(council, move, seen[0]))
    assert not found(scope(council, move, seen[1], report("r1", "2025-07-01", "pat cleo")))


def test_an_agency_is_told_of_people_under_its_own_records() -> None:
    """Others' come before its own in the alphabet; of whom it has none it is told under the first there is."""
    council = [
        adult("pat"),
        child("cleo"),
        child("cleo-2", "council", entity="cleo"),
        child("cleo-1", "council", entity="cleo"),
    ]
    move = met("p1", "2025-05-01", {"cleo-2": "child"}, "council", event_type="placement")
    seen = [report("r1", "2025-03-01", "pat cleo"), report("r2", "2025-08-01", "pat cleo")]
    [one] = found(scope(council, move, *seen), "adult-after-a-move")
    assert one.to == "council"
    assert people(one) == {("pat", CONCERNED), ("cleo-1", CHILD)}
    force = [
        adult("pat", "a-force"),
        child("cleo", "a-force"),
        adult("pat-b", entity="pat"),
        child("cleo-b", entity="cleo"),
    ]
    [told] = found(
        scope(force, order(person="pat-b", protected_person="cleo-b"), report("r1", "2025-06-01", "pat-b cleo-b")),
        "order-contradicted",
    )
    assert (told.to, people(told)) == ("force-a", {("pat-b", SUBJECT), ("cleo-b", CHILD)})


def test_what_all_are_told_names_people_under_the_first_record_there_is() -> None:
    both = [adult("pat", "a-force"), adult("pat-b", entity="pat"), adult("quin"), child("cleo")]
    circle = [crime("c1", "2025-03-01", "pat-b", "cleo"), report("r1", "2025-05-01", "pat-b quin")]
    [one] = found(scope(both, *circle, report("c2", "2025-06-01", "quin cleo")), "circle-of-adults-and-children")
    assert (one.to, people(one)) == ("", {("pat", CONCERNED), ("quin", CONCERNED), ("cleo", CHILD)})


def test_one_nickname_at_one_place() -> None:
    def seen(record_id: str, words: str, place: str) -> list[tuple[str, Row]]:
        return missing(record_id, "2025-03-01", "cleo", found_with=words, address=place)

    both = [seen("m1", "A man called Bear", "9 High St"), seen("m2", "a man called bear ", "9 High St")]
    [one] = found(scope(PAIR, *both), "one-nickname")
    assert facts(one) == ["m1", "m2"]
    assert {role for _, role in people(one)} == {CONCERNED}
    assert one.to == "force-a"
    assert not found(scope(PAIR, both[0], seen("m2", "A man called Bear", "8 High St")), "one-nickname")
    assert not found(scope(PAIR, both[0], seen("m2", "A man called Wolf", "9 High St")), "one-nickname")


def test_a_part_without_a_name_is_no_nickname() -> None:
    unnamed = [met(f"c{n}", "2025-03-01", {"cleo": "victim"}, address="9 High St") for n in (1, 2)]
    parts = [[("person_in_event", row(f"c{n}/x", event=f"c{n}", role="suspect"))] for n in (1, 2)]
    assert not found(scope(PAIR, *unnamed, *parts), "one-nickname")


def home(source: str, *names: str) -> list[Row]:
    """Records of people of one home."""
    return [child(name, source, address="1 Any St") for name in names]


def test_a_child_of_a_home_that_children_s_services_know_and_others_name() -> None:
    away = [missing("m1", "2025-09-01", "cleo"), missing("m2", "2025-10-01", "cleo")]
    know = met("f1", "2024-01-01", {"kim": "child"}, "council", event_type="referral")
    [one] = found(scope([*home("force-a", "cleo"), *home("council", "kim")], know, *away))
    assert (one.rule, one.to, facts(one)) == ("known-to-others", "council", ["m1", "m2"])
    assert one.absence.startswith("among this agency's own records")
    for world in (
        scope([*home("force-a", "cleo"), *home("council", "kim", "cleo")], know, *away),  # it holds the child
        scope([*home("force-a", "cleo"), *home("council", "kim")], know, away[0]),  # once
        scope([*home("force-a", "cleo"), *home("council", "kim")], *away),  # no children's service
        scope([*home("force-a", "cleo"), child("kim", "council")], know, *away),  # another home
        scope([*home("force-a", "cleo"), *home("council", "kim")], know, away[0], missing("m2", "2024-10-01", "cleo")),
    ):
        assert not found(world, "known-to-others")


def test_a_child_who_is_missing_now_comes_before_others() -> None:
    circle = [crime("c1", "2025-03-01", "pat", "cleo"), crime("c2", "2025-03-09", "pat", "cleo")]
    circle += [report("r1", "2025-05-01", "pat quin"), report("r2", "2025-06-01", "quin cleo")]
    group = [*PAIR, adult("quin")]
    open_one = missing("m1", "2026-02-20", "cleo", to="")
    assert [one.urgency for one in found(scope(group, *circle, open_one))] == ["missing now"]
    for none in (missing("m1", "2025-12-01", "cleo", to=""), missing("m1", "2026-02-20", "cleo")):
        assert {one.urgency for one in found(scope(group, *circle, none))} == {"when it comes up"}
