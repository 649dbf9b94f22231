"""Rules that join columns find what going through every tie and every part one by one would find."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings.circles import all_ties
from concerted.networks.findings.draft import World, world
from concerted.networks.findings.found import findings
from concerted.networks.findings.occasions import CHILD, CONCERN
from concerted.networks.findings.own_cases import closed_cases, victims_as_suspects
from concerted.networks.findings.own_orders import placements
from concerted.networks.findings.own_people import after_a_move
from concerted.networks.findings.ties import Ties
from concerted.networks.graph import Graph
from tests.networks.findings.worlds import adult, child, crime, met, report, scope
from tests.networks.worlds import Row, drawn, row

_GROWN, _YOUNG, _SOURCES = ("pat", "quin"), ("cleo", "dee"), ("force-a", "force-b")


@st.composite
def graphs(draw: Callable[..., Any]) -> Graph:
    """Crimes, reports, placements, orders and cases of two adults and two children, within two years."""
    people = [make(name, source) for source in _SOURCES for make, names in _MADE for name in names]
    told: list[list[tuple[str, Row]]] = []
    for number in range(draw(st.integers(2, 9))):
        day = f"{draw(st.sampled_from(['2024', '2025']))}-{draw(st.integers(1, 12)):02}-15"
        source, old, young = (draw(st.sampled_from(some)) for some in (_SOURCES, _GROWN, _YOUNG))
        name, kind = f"e{number}", draw(st.sampled_from(["crime", "report", "placement", "order", "accused"]))
        if kind == "crime":
            told.append(crime(name, day, old, young, source, offence_category="rape"))
        elif kind == "accused":
            told.append(crime(name, day, young, "", source, offence_category="theft"))
        elif kind == "report":
            told.append(report(name, day, f"{old} {young}", source))
        elif kind == "placement":
            told.append(met(name, day, {young: "child"}, source, event_type="placement"))
        else:
            on = {"order_type": "CAWN", "person": old, "protected_person": young, "from": day}
            told.append([("order", row(name, source, **on))])
        if kind in ("crime", "accused") and draw(st.booleans()):
            status = draw(st.sampled_from(["Closed", "open", ""]))
            told.append([("case", row(f"c{number}", source, event=name, to=day, status=status))])
    return drawn(scope(people, *told))


_MADE = ((adult, _GROWN), (child, _YOUNG))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(graphs())
def test_rules_of_an_agency(of: Graph) -> None:
    whole = world(of)
    ties = all_ties(whole)
    joined: dict[str, set[Any]] = {
        "moved": {(one.people, one.events) for one in after_a_move(whole, ties)},
        "touched": {(one.people, one.events, one.to) for one in closed_cases(whole, ties)},
        "accused": {(one.events, one.to) for one in victims_as_suspects(whole, ties)},
    }
    assert joined == {
        "moved": set(_moved(whole, ties)),
        "touched": set(_touched(whole, ties)),
        "accused": set(_accused(whole)),
    }
    assert len(findings(of)) >= sum(len(some) for some in joined.values())


def _rows(ties: Ties) -> list[dict[str, int]]:
    lists = {name: getattr(ties, name).tolist() for name in Ties.__slots__}
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]


def _moved(of: World, ties: Ties) -> Iterator[tuple[frozenset[tuple[int, str]], frozenset[int]]]:
    for part in placements(of).tolist():
        who, day, at = (int(getattr(of.all_parts, name)[part]) for name in ("who", "day", "at"))
        near = [
            tie for tie in _rows(ties) if tie["with_child"] and tie["other"] == who and abs(tie["day"] - day) <= 365
        ]
        before, after = ({tie["one"] for tie in near if (tie["day"] - day) * way > 0} for way in (-1, 1))
        told = [tie for tie in near if tie["one"] in before & after]
        if told:
            people = {(tie["one"], "person of concern") for tie in told} | {(who, "child")}
            yield frozenset(people), frozenset({at} | {tie[name] for tie in told for name in ("event", "beside")})


def _touched(of: World, ties: Ties) -> Iterator[tuple[frozenset[tuple[int, str]], frozenset[int], str]]:
    concern = {(at, who) for at, who, part in _parts(of) if part == CONCERN}
    told = of.graph.of_kind("in case").to_pylist()
    for event, case in [(one["left"], one["right"]) for one in told]:
        known: dict[str, Any] = of.graph.row(case)
        if (known["status"] or "closed").casefold() != "closed":
            continue
        later = [
            tie
            for tie in _rows(ties)
            if tie["with_child"]
            and {(tie["event"], tie["one"]), (event, tie["one"])} <= concern
            and tie["day"] > max(known["latest"], of.graph.today - 731)
            and tie["event"] != event
        ]
        if later:
            people = {(tie["one"], "person of concern") for tie in later} | {(tie["other"], "child") for tie in later}
            events = {case} | {tie[name] for tie in later for name in ("event", "beside")}
            yield frozenset(people), frozenset(events), str(known["source"])


def _parts(of: World) -> list[tuple[int, int, int]]:
    parts = of.all_parts
    return list(zip(parts.at.tolist(), parts.who.tolist(), parts.part.tolist(), strict=True))


def _accused(of: World) -> Iterator[tuple[frozenset[int], str]]:
    parts, sources = of.all_parts, of.graph.records["source"].to_pylist()
    category = {of.graph.first[6] + row: one for row, one in enumerate(of.graph.tables["event"]["offence_category"])}
    rows = np.arange(len(parts.at)).tolist()
    harmed = [
        row
        for row in rows
        if parts.part[row] == CHILD and parts.child[row] and str(category.get(parts.at[row])) == "rape"
    ]
    accused = [row for row in rows if parts.part[row] == CONCERN and parts.at[row] in category]
    near = [
        (one, other)
        for one in accused
        for other in harmed
        if parts.who[one] == parts.who[other]
        and abs(int(parts.day[one]) - int(parts.day[other])) <= 90
        and parts.at[one] != parts.at[other]
    ]
    for who, source in {(int(parts.who[one]), sources[parts.record[one]]) for one, _ in near}:
        mine = [pair for pair in near if parts.who[pair[0]] == who and sources[parts.record[pair[0]]] == source]
        yield frozenset(int(parts.at[row]) for pair in mine for row in pair), source
