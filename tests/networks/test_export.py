"""What is written for other programs holds every node and every row, with grades, handling and caveats, and runs
nothing."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from lxml import etree

from concerted.common.spreadsheets import read_rows
from concerted.extracts.fields import KIND_FIELDS
from concerted.networks import Graph
from concerted.networks.export import ENTITIES, LINKS, READ_ME, WRITERS, Format, as_graphml, as_json, as_lists
from concerted.networks.export_rows import LINK_COLUMNS, NODE_COLUMNS, link_rows, node_ids, node_rows
from concerted.networks.keys import Numbers
from concerted.networks.words import CAVEATS
from tests.networks.test_graph import MEETING
from tests.networks.test_graph_worlds import worlds
from tests.networks.worlds import World, drawn, node, person, row

XML = "{http://graphml.graphdrawing.org/xmlns}"
GRADED: World = {
    **MEETING,
    "event": [
        row("e1", address="9 Park Rd", source_evaluation="2", information_assessment="D", handling="C"),
        row("e2", handling="P"),
    ],
}


def every(of: Graph) -> Numbers:
    return np.arange(of.size, dtype=np.int32)


def test_lists_for_i2(tmp_path: Path) -> None:
    of = drawn(GRADED)
    written = as_lists(of, every(of), tmp_path)
    nodes, links = (list(read_rows(tmp_path / name)) for name in (ENTITIES, LINKS))
    assert (len(nodes), len(links)) == written == (of.size, of.links.num_rows)
    assert tuple(nodes[0]) == NODE_COLUMNS
    assert tuple(links[0]) == LINK_COLUMNS
    names = {one["id"] for one in nodes}
    assert len(names) == of.size
    assert {one[end] for one in links for end in ("from_id", "to_id")} <= names
    [graded] = [one for one in links if one["record_id"] == "e1"]
    assert (graded["source_evaluation"], graded["information_assessment"], graded["handling"]) == ("2", "D", "C")
    read_me = (tmp_path / READ_ME).read_text(encoding="utf-8")
    assert all(caveat in read_me for caveat in CAVEATS)
    assert "force-a" in read_me


def test_a_node_is_handled_as_strictly_as_any_record_of_it_says() -> None:
    of = drawn(GRADED)
    handling = {one["id"]: one["handling"] for one in node_rows(of, every(of))}
    assert handling == {
        "person:force-a:ann": "C",
        "person:force-a:bob": "C",
        "location:force-a:ann:1 Any St": None,
        "location:force-a:e1:9 Park Rd": "C",
        "telephone:force-a:bob:+447700900001": None,
        "event:force-a:e1": "C",
        "event:force-a:e2": "P",
    }


def test_no_cell_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    of = drawn({"person": [row("=1+1", family_name="=cmd()", address="+SUM(A1)")]})
    as_lists(of, every(of), tmp_path)
    with (tmp_path / ENTITIES).open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'=cmd()" in cells


def test_json(tmp_path: Path) -> None:
    of = drawn(GRADED)
    assert as_json(of, every(of), tmp_path / "g.json") == (of.size, of.links.num_rows)
    told = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert told["nodes"] == list(node_rows(of, every(of)))
    assert told["links"] == list(link_rows(of, every(of)))
    assert (told["as_of"], told["made_from"], told["caveats"]) == ("2026-03-02", ["force-a"], list(CAVEATS))


def test_graphml(tmp_path: Path) -> None:
    of = drawn({**GRADED, "person": [person("ann"), row("bob", family_name="<&\x01>")]})
    written = as_graphml(of, every(of), tmp_path / "g.graphml")
    root = etree.parse(tmp_path / "g.graphml").getroot()
    assert root.tag == f"{XML}graphml"
    keys = {one.get("id") for one in root.iter(f"{XML}key")}
    assert {one.get("key") for one in root.iter(f"{XML}data")} <= keys
    nodes, edges = (list(root.iter(f"{XML}{tag}")) for tag in ("node", "edge"))
    assert (len(nodes), len(edges)) == written == (of.size, of.links.num_rows)
    names = {one.get("id") for one in nodes}
    assert {one.get(end) for one in edges for end in ("source", "target")} <= names
    assert "<&>" in {one.text for one in root.iter(f"{XML}data")}


@pytest.mark.parametrize("form", WRITERS)
def test_of_nothing_something_whole_is_written(form: Format, tmp_path: Path) -> None:
    of = drawn({})
    assert WRITERS[form](of, every(of), tmp_path if form == "i2" else tmp_path / "out") == (0, 0)


def test_of_some_nodes_only_what_is_between_them_is_written(tmp_path: Path) -> None:
    of = drawn(GRADED)
    some = np.array([node(of, "ann"), node(of, "e1", "event")], np.int32)
    assert as_lists(of, some, tmp_path) == (2, 1)


def test_what_records_have_of_a_person_goes_with_them() -> None:
    world: World = {
        "person": [person("ann", date_of_birth="2010-05"), row("bear", aliases="Bear")],
        "event": [row("e1")],
        "person_in_event": [row(f"p{part}", event="e1", person="ann", role=part) for part in ("victim", "suspect")],
    }
    of = drawn(world)
    ann, bear, _ = node_rows(of, every(of))
    assert (ann["born"], ann["recorded_as"]) == ("2010-05", "suspect; victim")
    assert (bear["kind"], bear["label"], bear["born"]) == ("unidentified", "Bear", None)


def test_no_column_is_of_what_is_protected() -> None:
    counted = {name for fields in KIND_FIELDS.values() for name, rule in fields.items() if rule.counted}
    assert not counted & {*NODE_COLUMNS, *LINK_COLUMNS}


@settings(max_examples=settings().max_examples // 10)
@given(worlds())
def test_every_node_has_a_name_of_its_own(world: World) -> None:
    of = drawn(world)
    names = node_ids(of).to_pylist()
    assert None not in names
    assert len(set(names)) == of.size
    assert [one["id"] for one in node_rows(of, every(of))] == names
