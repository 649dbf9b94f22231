"""What holds of all findings: they are a function of the scope's records, and say no more than these do."""

import random
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.extracts.fields import KIND_FIELDS, Kind, is_counted
from concerted.networks.findings import Finding, from_dict, rules, urgencies
from concerted.networks.findings.draft import world as whole
from concerted.networks.findings.found import ORDER, in_order
from concerted.networks.findings.rules import Rule
from tests.networks.findings.worlds import adult, child, crime, found, met, missing, report, scope
from tests.networks.worlds import Row, World, drawn, row

_NAMES = ("pat", "quin", "ros", "cleo", "dee", "eve")
_SOURCES = ("force-a", "force-b")
_HOW_OFTEN = ("suspect-across-forces", "missing-together", "children-missing-together")
"""Rules by which a record more can take a finding away: of both children by one force, of another missing episode."""


@st.composite
def worlds(draw: Callable[..., Any]) -> World:
    """Some crimes, reports, episodes and an order among three adults and three children, dense enough for rules."""
    people = [
        make(name, source) for source in _SOURCES for make, name in zip([adult] * 3 + [child] * 3, _NAMES, strict=True)
    ]
    told: list[list[tuple[str, Row]]] = []
    for number in range(draw(st.integers(4, 12))):
        day = f"2025-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}"
        source, record_id = draw(st.sampled_from(_SOURCES)), f"e{number}"
        old, young = draw(st.sampled_from(_NAMES[:3])), draw(st.sampled_from(_NAMES[3:]))
        kind = draw(st.sampled_from(["crime", "report", "report", "missing", "order", "placement"]))
        if kind == "crime":
            what = draw(st.sampled_from(["rape", "rape", "theft"]))
            told.append(
                crime(record_id, day, old, young, source, offence_category=what, address=draw(st.sampled_from("123")))
            )
        elif kind == "report":
            hour = draw(st.sampled_from(["23:30", "15:00"]))
            told.append(report(record_id, day, f"{old} {draw(st.sampled_from(_NAMES))}", source, from_time=hour))
        elif kind == "missing":
            told.append(missing(record_id, day, young, source))
        elif kind == "placement":
            told.append(met(record_id, day, {young: "child"}, source, event_type="placement"))
        else:
            on = {"order_type": "CAWN", "person": old, "protected_person": young, "from": day}
            told.append([("order", row(record_id, source, **on))])
    return scope(people, *told)


def seen(one: Finding) -> tuple[Any, ...]:
    """A finding without its own name."""
    return one.rule, one.to, one.facts, one.people, one.words, one.urgency, one.one_agency_alone


@settings(derandomize=True, deadline=None, max_examples=30)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_what_entities_are_called_change_nothing(world: World, shuffle: random.Random) -> None:
    renamed = dict(zip(_NAMES, shuffle.sample(range(100, 200), len(_NAMES)), strict=True))
    other = {kind: shuffle.sample(list(rows), len(rows)) for kind, rows in world.items()}
    other["person"] = [{**one, "entity": str(renamed[one["entity"]])} for one in other["person"]]
    assert found(other) == found(world)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(worlds(), st.randoms(use_true_random=False))
def test_ethnicity_and_names_change_nothing(world: World, shuffle: random.Random) -> None:
    counted = [name for name in KIND_FIELDS["person"] if is_counted(name)]
    others = [
        {
            **one,
            **{name: shuffle.choice("ABC") for name in counted},
            "family_name": shuffle.choice(["Other", "Testcase"]),
        }
        for one in world["person"]
    ]
    assert found({**world, "person": others}) == found(world)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(worlds(), st.data())
def test_a_record_less_never_strengthens_what_has_no_term_of_absence(world: World, data: st.DataObject) -> None:
    """Nor does an event less make or strengthen any of the others: only a record that gives an innocent reason can."""
    of_both: tuple[Kind, ...] = ("event", "order")
    kinds = [kind for kind in of_both if world.get(kind)]
    rows = world[data.draw(st.sampled_from(kinds))] if kinds else ()
    gone = data.draw(st.sampled_from([one["record_id"] for one in rows])) if rows else ""
    less = {name: [one for one in rows if one["record_id"] != gone] for name, rows in world.items()}
    before = {(told_as(one), one.to, fact.key) for one in found(world) for fact in one.facts}
    placed = any(one["record_id"] == gone and one.get("event_type") == "placement" for one in rows)
    for one in found(less):
        if not placed and one.rule not in _HOW_OFTEN:
            assert {(told_as(one), one.to, fact.key) for fact in one.facts} <= before


def told_as(one: Finding) -> str:
    """Its rule; without its second adult a circle is one of one adult, which is less."""
    return "circle" if one.rule in ("circle-of-adults-and-children", "one-adult-several-children") else one.rule


@settings(derandomize=True, deadline=None, max_examples=6)
@given(worlds())
def test_what_another_scope_holds_changes_nothing(world: World) -> None:
    """People and events of another year that share nobody, nothing and no place with these."""
    ours = ("record_id", "entity", "event", "person", "address", "protected_person")

    def other(name: str, value: str) -> str:
        return f"x{value}" if name in ours else value.replace("2025", "2022")

    both = {
        kind: [*rows, *({name: other(name, value) for name, value in one.items()} for one in rows)]
        for kind, rows in world.items()
    }
    of_both = [seen(one) for one in found(both)]
    assert all(seen(one) in of_both for one in found(world))


@settings(derandomize=True, deadline=None, max_examples=6)
@given(worlds())
def test_a_finding_says_no_more_than_the_records(world: World) -> None:
    records = {(one["source"], one["record_id"]) for rows in world.values() for one in rows}
    for one in found(world):
        assert {(fact.source, fact.record_id) for fact in one.facts} <= records
        assert {(key.source, key.record_id) for key, _ in one.people} <= records
        assert one.agencies == tuple(sorted({fact.source for fact in one.facts}))
        assert one.searched == _SOURCES
        assert from_dict(one.to_dict()) == one


@settings(derandomize=True, deadline=None, max_examples=6)
@given(worlds())
def test_ids_are_of_one_finding_each_and_the_order_is_as_it_says(world: World) -> None:
    told = found(world)
    assert len({one.id for one in told}) == len(told)
    urgency = [list(urgencies()).index(one.urgency) for one in told]
    assert urgency == sorted(urgency)
    assert in_order(reversed(told)) == told


def test_two_findings_of_the_same_records_have_two_ids() -> None:
    both = [child("cleo"), child("dee")]
    harmed = crime("c1", "2025-03-01", "", "cleo dee", offence_category="rape")
    one, other = found(scope(both, harmed, crime("c2", "2025-03-09", "cleo dee", "")))
    assert one.facts == other.facts
    assert other.id == f"{one.id}-2"
    assert (one.people[0][0].record_id, other.people[0][0].record_id) == ("cleo", "dee")


def test_an_id_stays_when_later_records_come() -> None:
    group = [adult("pat"), adult("quin"), child("cleo")]
    circle = [crime("c1", "2025-03-01", "pat", "cleo"), report("r1", "2025-05-01", "pat quin")]
    circle += [report("r2", "2025-06-01", "quin cleo")]
    [one] = found(scope(group, *circle))
    [more] = found(scope([*group, adult("new")], *circle, crime("c3", "2025-07-01", "pat", "cleo")))
    assert (more.id, len(more.facts)) == (one.id, 4)


def test_whether_one_agency_alone_would_have_made_it() -> None:
    group = [
        make(name, source) for source in _SOURCES for make, name in ((adult, "pat"), (adult, "quin"), (child, "cleo"))
    ]
    mine = [crime("c1", "2025-03-01", "pat", "cleo"), report("r1", "2025-05-01", "pat quin")]
    [own] = found(scope(group, *mine, report("r2", "2025-06-01", "quin cleo")), "circle-of-adults-and-children")
    [joint] = found(
        scope(group, *mine, report("r2", "2025-06-01", "quin cleo", "force-b")), "circle-of-adults-and-children"
    )
    assert (own.one_agency_alone, joint.one_agency_alone) == (True, False)


def test_another_pattern_of_the_same_people_is_not_what_one_agency_alone_would_have_made() -> None:
    """All of what happened at one place is in one agency's records, and half of what happened at the other."""
    who = ((adult, "pat"), (child, "cleo"), (child, "dee"))
    told = [crime("c1", "2025-05-01", "pat", "cleo"), crime("c2", "2025-05-02", "pat", "dee")]
    for place, others in (("1 High Row", "force-a"), ("2 Low Row", "force-b")):
        seen = [("pat", "force-a"), ("cleo", others), ("dee", others)]
        told += [report(f"{place}/{name}", "2025-04-01", name, source, address=place) for name, source in seen]
    people = [make(name, source) for source in _SOURCES for make, name in who]
    by_place = {one.facts[0].record_id.partition("/")[0]: one for one in found(scope(people, *told), "shared-thing")}
    assert {place: one.one_agency_alone for place, one in by_place.items()} == {"1 High Row": True, "2 Low Row": False}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda one: one.id)
def test_every_rule_can_be_read(rule: Rule) -> None:
    assert rule.version >= 1
    assert rule.about in ("network", "own")
    assert all((rule.title, rule.words, rule.triggers, rule.needs, rule.weakened_by, rule.innocent_explanations))
    said = " ".join([rule.title, rule.words, rule.absence, *rule.weakened_by, *rule.innocent_explanations])
    assert not re.search(
        r"offender|guilt|perpetrator|gang|abuser|risk|score|promiscuous|absconded", said, re.IGNORECASE
    )
    fields = dict.fromkeys(("grown", "children", "facts", "innocent"), "1")
    assert "{" not in rule.words.format(**fields)


def test_the_order_is_told_and_ranks_nobody() -> None:
    assert "Never by child, and by no figure of a person." in ORDER


def test_nothing_is_found_in_nothing() -> None:
    assert found({}) == []
    assert found(scope([adult("pat"), child("cleo")])) == []
    assert len(whole(drawn({})).parts.at) == 0
    assert np.array_equal(whole(drawn({})).reasons, [])
