"""Grades and handling are never loosened on the way from a record to a link."""

from itertools import product

import pyarrow as pa
import pytest

from concerted.networks.held import stricter
from concerted.networks.records import MARKS
from concerted.reference.codes import code_list
from tests.networks.worlds import World, drawn, person, row

CODES = [None, "P", "C"]
CLASSES = [None, "OFFICIAL", "OFFICIAL-SENSITIVE"]


def of_two(mark: str, one: str | None, other: str | None) -> str | None:
    found = stricter(mark, pa.array([one], pa.string()), pa.array([other], pa.string()))
    return str(found[0]) if found[0].is_valid else None


@pytest.mark.parametrize(("mark", "order"), [("handling", CODES), ("classification", CLASSES)])
def test_of_two_the_stricter_counts_whichever_way_round(mark: str, order: list[str | None]) -> None:
    for one, other in product(order, repeat=2):
        assert of_two(mark, one, other) == max(one, other, key=order.index)


@pytest.mark.parametrize(("mark", "order"), [("handling", CODES), ("classification", CLASSES)])
def test_the_order_knows_every_code_on_the_list(mark: str, order: list[str | None]) -> None:
    assert set(code_list(mark).codes) == set(order) - {None}


@pytest.mark.parametrize("mark", ["source_evaluation", "information_assessment"])
def test_a_grade_is_the_own_one_or_else_the_others(mark: str) -> None:
    assert of_two(mark, "1", "3") == "1"
    assert of_two(mark, None, "3") == "3"
    assert of_two(mark, None, None) is None


def test_every_mark_of_a_record_stands_beside_the_links_that_it_says() -> None:
    marks = dict(zip(MARKS, ("1", "B", "C", "OFFICIAL"), strict=True))
    world: World = {
        "person": [person("ann", address="1 Any St", **marks), person("bob")],
        "event": [row("e1", address="9 Park Rd", **marks)],
        "relation": [row("r", person="ann", other_person="bob", relation="peer", **marks)],
        "order": [row("o", person="bob", **marks)],
        "case": [row("c", person="bob", event="e1", **marks)],
        "vehicle": [row("v", registration="QA51ABC", person="bob", **marks)],
    }
    of = drawn(world)
    rows = of.evidence(of.links).to_pylist()
    assert {one["record_id"] for one in rows} == {"ann", "e1", "r", "o", "c", "v"}
    assert all({name: one[name] for name in MARKS} == marks for one in rows)
