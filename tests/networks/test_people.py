"""Who is an adult, who ever was a child or a victim, and of whom too little is known to say who they are."""

from datetime import date

import numpy as np
import pytest

from concerted.networks import Graph, adult_suspects, adults, may_be_measured
from tests.networks.worlds import World, drawn, node, person, row, said


def suspect(**fields: str) -> Graph:
    """The graph of one suspect."""
    return drawn(
        {
            "person": [person("bob", **fields)],
            "event": [row("e1")],
            "person_in_event": [row("p", event="e1", person="bob", role="suspect")],
        }
    )


@pytest.mark.parametrize(
    ("born", "day", "adult"),
    [
        ("2000-05-01", date(2018, 4, 30), False),
        ("2000-05-01", date(2018, 5, 1), True),
        ("2000", date(2018, 12, 30), False),
        ("2000", date(2018, 12, 31), True),
        ("2004-02-29", date(2022, 2, 28), False),
        ("2004-02-29", date(2022, 3, 1), True),
        ("1980-01-01/..", date(2026, 1, 1), False),
        ("../1980-01-01", date(2026, 1, 1), True),
    ],
)
def test_an_adult_is_one_by_every_day_on_which_they_can_have_been_born(born: str, day: date, adult: bool) -> None:
    assert adults(suspect(date_of_birth=born), day).tolist() == [adult]


def test_a_year_of_birth_will_do() -> None:
    assert adults(suspect(year_of_birth="1980")).tolist() == [True]


def test_whose_age_is_not_known_is_no_adult() -> None:
    assert adults(suspect()).tolist() == [False]


def test_where_records_disagree_the_youngest_age_counts() -> None:
    world: World = {
        "person": [
            person("a", entity="x", date_of_birth="1990-01-01"),
            person("b", entity="x", date_of_birth="2010-01-01"),
            person("c", entity="x"),
        ]
    }
    assert adults(drawn(world)).tolist() == [False]


@pytest.mark.parametrize(
    ("more", "measured"),
    [
        ({}, True),
        ({"person": [person("bob2", entity="x", role="victim")]}, False),
        ({"order": [row("o", protected_person="bob")]}, False),
        ({"person_in_event": [row("q", event="e2", person="bob", role="victim")]}, False),
        ({"person_in_event": [row("q", event="gone", person="bob", role="victim")]}, True),
    ],
)
def test_who_was_ever_a_victim_is_never_measured(more: World, measured: bool) -> None:
    world: World = {
        "person": [person("bob", entity="x", date_of_birth="1980-01-01")],
        "event": [row("e1"), row("e2")],
        "person_in_event": [row("p", event="e1", person="bob", role="suspect")],
    }
    of = drawn({**world, **{kind: [*world.get(kind, ()), *rows] for kind, rows in more.items()}})
    assert may_be_measured(of).tolist() == [measured]
    assert adult_suspects(of).tolist() == [0] * measured


def test_a_child_who_is_a_suspect_is_never_measured() -> None:
    of = suspect(date_of_birth="2010-01-01")
    assert of.tables["person"]["suspect"].to_pylist() == [True]
    assert not adult_suspects(of).tolist()


@pytest.mark.parametrize(
    ("fields", "child"),
    [
        ({"care_status": "residential"}, True),
        ({"care_status": "care leaver"}, False),
        ({"care_status": "unknown"}, False),
        ({"legal_status": "s20"}, True),
        ({"upn": "A999000000001"}, True),
        ({"role": "missing child"}, True),
        ({"role": "parent or carer"}, False),
        ({}, False),
    ],
)
def test_who_is_a_child_by_a_record(fields: dict[str, str], child: bool) -> None:
    assert drawn({"person": [person("ann", **fields)]}).tables["person"]["ever_child"].to_pylist() == [child]


def test_who_is_a_child_by_a_part_in_an_event() -> None:
    world: World = {
        "person": [person("ann")],
        "event": [row("e1", event_type="missing episode")],
        "person_in_event": [row("p", event="e1", person="ann", role="missing child")],
    }
    assert drawn(world).tables["person"]["ever_child"].to_pylist() == [True]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"aliases": "Bear"}, "unidentified"),
        ({"given_name": "Sam"}, "unidentified"),
        ({"full_name": "Bear"}, "unidentified"),
        ({"given_name": "Sam", "date_of_birth": "1985/1990"}, "unidentified"),
        ({"given_name": "Sam", "date_of_birth": "1985-03-02"}, "person"),
        ({"full_name": "Sam Testcase"}, "person"),
        ({"family_name": "Testcase"}, "person"),
        ({"nhs_number": "9990000018"}, "person"),
        ({"upn": "A999000000001"}, "person"),
    ],
)
def test_what_names_a_person(fields: dict[str, str], kind: str) -> None:
    assert drawn({"person": [row("x", **fields)]}).kind(0) == kind


def test_a_nickname_becomes_a_person_when_it_is_joined_with_one() -> None:
    of = drawn({"person": [row("bear", aliases="Bear", entity="x"), person("bob", entity="x")]})
    assert (of.size, of.kind(0)) == (1, "person")


def test_those_whom_no_record_is_of_are_nodes_of_their_own() -> None:
    world: World = {
        "person": [person("ann"), row("bear", aliases="Bear")],
        "event": [
            row("e1", found_with="a man in a silver car"),
            row("e2", found_with="alone"),
            row("e3", found_with="a man in a silver car"),
        ],
        "person_in_event": [
            row("p1", event="e1", person="ann", role="missing child"),
            row("p2", event="e1", role="suspect"),
            row("p3", event="gone", role="suspect"),
            row("p4", event="e1", person="gone", role="suspect"),
        ],
    }
    of = drawn(world)
    rows = of.tables["unidentified"].to_pylist()
    assert [(one["label"], one["record_id"]) for one in rows] == [
        ("Bear", "bear"),
        ("suspect", "p2"),
        ("a man in a silver car", "e1"),
        ("a man in a silver car", "e3"),
    ]
    assert said(of) == {
        ("in event", "missing child", "ann", "e1", "p1"),
        ("in event", "suspect", "p2", "e1", "p2"),
        ("found with", "found_with", "e1", "e1", "e1"),
        ("found with", "found_with", "e3", "e3", "e3"),
    }
    assert node(of, "e1", "event") in of.neighbours(node(of, "p2", "unidentified"))


def test_nobody_unidentified_is_measured() -> None:
    of = drawn({"event": [row("e1")], "person_in_event": [row("p", event="e1", role="suspect")]})
    assert of.tables["unidentified"]["suspect"].to_pylist() == [True]
    assert np.array_equal(adult_suspects(of), [])
