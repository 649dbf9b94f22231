"""A record less never strengthens a finding of a rule that has no term of absence, whatever the record was of.

Each such rule is looked at in worlds that are made for it: people whose records agree on when they were born, who meet,
are related, placed, ordered and missing at random. That a closed case was touched goes by who was tied to whom, and two
of one family are not tied by what is no crime: no world has cases and relations both.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings import Finding, changes, rules
from tests.networks.findings.worlds import adult, child, crime, found, met, missing, report, scope
from tests.networks.worlds import Row, World, row

_OLD, _YOUNG = ("pat", "quin"), ("cleo", "dee")
_SOURCES: Final = ("force-a", "force-b")
_PLACES: Final = ("1 High Row", "2 Low Row")
PLAIN: Final = [rule.id for rule in rules().values() if not rule.absence]
_TOGETHER: Final = (
    ("harmed", "accused"),
    ("harmed", "harmed", "closed"),
    ("named", "named", "ordered", "ordered", "related"),
    ("missing", "named"),
    ("harmed", "accused", "named", "missing", "placed", "ordered", "closed"),
    ("harmed", "accused", "named", "missing", "placed", "ordered", "related"),
)
"""Kinds of things of which a world is made: a few that one rule takes, or all."""
Telling = list[tuple[str, Row]]


@st.composite
def worlds(draw: Callable[..., Any]) -> World:
    """Two adults and two children by both forces' records, and some ten things that befell them."""
    people = [
        make(name, source) for source in _SOURCES for make, names in ((adult, _OLD), (child, _YOUNG)) for name in names
    ]
    kinds = draw(st.sampled_from(_TOGETHER))
    told = [_told(draw, number, kinds) for number in range(draw(st.integers(4, 10)))]
    return scope(people, *told)


def _told(draw: Callable[..., Any], number: int, kinds: Sequence[str]) -> Telling:
    """One of the things that rules read, on a day of 2025, by either force."""
    day = f"2025-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}"
    old, young, source = (draw(st.sampled_from(some)) for some in (_OLD, _YOUNG, _SOURCES))
    record_id, where = f"e{number}", {"address": draw(st.sampled_from(_PLACES))}
    made: dict[str, Callable[[], Telling]] = {
        "harmed": lambda: crime(record_id, day, old, young, source, offence_category="rape", **where),
        "accused": lambda: crime(record_id, day, young, "", source),
        "named": lambda: report(record_id, day, f"{old} {young}", source),
        "missing": lambda: missing(record_id, day, young, source, found_with="a man called Bear", **where),
        "placed": lambda: met(record_id, day, {young: "child"}, source, event_type="placement"),
        "ordered": lambda: [("order", row(record_id, source, **_order(old, young)))],
        "related": lambda: [("relation", row(record_id, source, person=old, other_person=young, relation="parent"))],
        "closed": lambda: [("case", row(record_id, source, **_case(draw(st.integers(0, 5)))))],
    }
    return made[draw(st.sampled_from(kinds))]()


def _order(old: str, young: str) -> dict[str, str]:
    return {"order_type": "CAWN", "person": old, "protected_person": young, "from": "2025-01-01"}


def _case(event: int) -> dict[str, str]:
    return {"case_type": "closed case review", "event": f"e{event}", "from": "2025-01-09", "to": "2025-03-01"}


def keys_of(world: World) -> list[tuple[str, str, str]]:
    """Every record: kind, source and id."""
    return [(kind, one["source"], one["record_id"]) for kind, rows in sorted(world.items()) for one in rows]


def some_record(world: World) -> st.SearchStrategy[tuple[str, str, str]]:
    """Any of them; those that might explain a pattern away more often than others."""
    every = keys_of(world)
    return st.sampled_from(every + 9 * [key for key in every if key[0] == "relation"])


def less(world: World, gone: tuple[str, str, str]) -> World:
    """The world without that record."""
    return {
        kind: [one for one in rows if (kind, one["source"], one["record_id"]) != gone] for kind, rows in world.items()
    }


def plain(world: World) -> list[Finding]:
    """What rules without a term of absence find."""
    return [one for one in found(world) if one.rule in PLAIN]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(worlds(), st.data())
def test_a_record_less_makes_nothing_new_and_nothing_stronger(world: World, data: st.DataObject) -> None:
    gone = data.draw(some_record(world))
    told = changes(plain(world), plain(less(world, gone)))
    assert {one.state for one in told} <= {"weaker", "as before", "gone"}, (gone, told)


@settings(derandomize=True, deadline=None, max_examples=15)
@given(worlds(), st.data())
def test_what_is_left_names_nobody_and_nothing_that_was_not_named_before(world: World, data: st.DataObject) -> None:
    gone = data.draw(some_record(world))
    before = {(one.rule, one.to, fact.key) for one in plain(world) for fact in one.facts}
    after = {(one.rule, one.to, fact.key) for one in plain(less(world, gone)) for fact in one.facts}
    assert after <= before


def test_the_worlds_meet_each_of_these_rules() -> None:
    """Else the properties would hold of nothing."""
    met_by: set[str] = set()

    @settings(derandomize=True, deadline=None, max_examples=120, database=None)
    @given(worlds())
    def look(world: World) -> None:
        met_by.update(one.rule for one in plain(world))

    look()
    assert met_by == set(PLAIN)


@pytest.mark.parametrize("rule", rules().values(), ids=lambda one: one.id)
def test_a_term_of_absence_is_a_sentence_about_these_records(rule: Any) -> None:
    assert not rule.absence or "record" in rule.absence
