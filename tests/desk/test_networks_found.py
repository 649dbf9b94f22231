"""Figures for found networks, worked out by hand and by a slow reading of the definitions."""

import ast
import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.desk import networks_found
from concerted.desk.networks_found import NetworkFigures, measured, read_run, read_truth
from concerted.linkage.intervals import wilson
from tests.desk import networks_found as made

FINDING = st.tuples(st.sampled_from(["one", "two"]), st.lists(st.sampled_from(made.PEOPLE), max_size=6))


def figures(folder: Path, findings: made.Findings, entities: Sequence[Sequence[str]] | None = None) -> NetworkFigures:
    """Those of a run."""
    truth = read_truth(made.truth(folder / "truth"))
    return measured(read_run(made.result(folder / "out", findings, entities), truth), truth)


def named(*people: str, rule: str = "one") -> tuple[str, list[str]]:
    """A finding that names the entities of these."""
    return rule, [f"E{one}" for one in people]


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (["a1", "a2"], True),  # two adults
        (["a1", "c2"], True),  # an adult and a child
        (["c1", "c2"], False),  # no adult
        (["a1"], False),  # one person
        (["a1", "a1", "a1"], False),  # the same thrice
        (["a1", "c1", "d1", "d2"], True),  # half are of it
        (["a1", "c1", "d1", "d2", "d4"], False),  # fewer
        (["a1", "a3"], False),  # of two networks
        (["a1", "c1", "a3", "c3"], True),  # finds both
        ([], False),
    ],
)
def test_a_finding_finds_a_network_when_it_should(tmp_path: Path, people: list[str], found: bool) -> None:
    figured = figures(tmp_path, [named(*people)])
    assert (figured.found > 0) == found
    assert figured.precision.count == int(found)


def test_nothing_found_is_nothing_and_no_share(tmp_path: Path) -> None:
    found = figures(tmp_path, []).to_dict()
    assert (found["networks"], found["found"], found["member_share"], found["by_rule"]) == (4, 0, None, {})
    assert found["precision"] == {"count": 0, "of": 0, "share": None, "low": 0.0, "high": 1.0}
    assert (found["recall"]["count"], found["recall"]["of"], found["recall"]["share"]) == (0, 2, 0.0)
    assert (found["by_agency_alone"], found["with_perfect_linkage"]) == (None, None)


def test_recall_is_over_networks_that_two_agencies_saw(tmp_path: Path) -> None:
    found = figures(tmp_path, [named("a3", "c3"), named("a4", "a5"), named("a6", "c6")])
    assert (found.found, found.networks) == (3, 4)
    assert (found.recall.count, found.recall.of) == (1, 2)
    assert (found.one_agency.count, found.one_agency.of) == (2, 2)
    assert found.to_dict()["in_one_agency"]["share"] == 1.0


def test_intervals_are_wilsons(tmp_path: Path) -> None:
    found = figures(tmp_path, [named("a3", "c3"), named("d1", "d2"), named("d1", "d2")]).to_dict()
    low, high = wilson(1 / 3, 3)
    assert found["precision"] == {"count": 1, "of": 3, "share": 1 / 3, "low": low, "high": high}
    low, high = wilson(1 / 4, 4)
    told = {"count": 1, "of": 4, "share": 250.0, "low": 1000 * low, "high": 1000 * high}
    assert found["false_per_1000_innocent_groups"] == told


def test_the_share_of_members_is_of_all_findings_that_find_it(tmp_path: Path) -> None:
    found = figures(tmp_path, [named("a1", "a2"), named("a1", "c1"), named("c2", "d1"), named("a3", "c3", "c4")])
    assert found.member_share == pytest.approx((3 / 4 + 3 / 3) / 2)


@pytest.mark.parametrize(
    ("findings", "falsely"),
    [
        ([named("d1", "d2")], 1),
        ([named("d1"), named("d2")], 0),  # one in each
        ([named("d1", "d3", "d4")], 2),  # in two groups at once
        ([named("d1", "d2"), named("d2", "d3")], 1),  # once each
        ([named("a1", "c1", "d5")], 0),  # it finds a network
        ([named("c1", "d5")], 1),  # somebody of a network is in a group too, and nothing is found
        ([named("d6")], 0),
    ],
)
def test_an_innocent_group_is_falsely_found_by_two_of_it(tmp_path: Path, findings: made.Findings, falsely: int) -> None:
    assert figures(tmp_path, findings).falsely.count == falsely


def test_by_rule_kind_and_number_of_traces(tmp_path: Path) -> None:
    findings = [named("a1", "a2"), named("a1", "c1"), named("d1", "d2"), named("a3", "c3", rule="two")]
    found = figures(tmp_path, findings).to_dict()
    assert list(found["by_rule"]) == ["one", "two"]
    one = found["by_rule"]["one"]
    assert (one["findings"], one["networks"], one["precision"]["share"]) == (3, 1, pytest.approx(2 / 3))
    kinds = {kind: (of["count"], of["of"]) for kind, of in found["by_kind"].items()}
    assert kinds == {"familial": (0, 1), "online": (1, 1), "street": (1, 2)}
    traces = {band: (of["count"], of["of"]) for band, of in found["by_traces"].items()}
    assert traces == {"0 to 3": (0, 2), "10 and over": (1, 1), "4 to 9": (1, 1)}


def test_an_entity_is_whom_most_of_its_records_are_of(tmp_path: Path) -> None:
    entities = [
        ("a1-police", "police", "X"), ("a1-council", "council", "X"), ("d1-police", "police", "X"),
        ("c1-police", "police", "Y"), ("unknown", "police", "Z"),
    ]  # fmt: skip
    assert figures(tmp_path, [("one", ["X", "Y"])], entities).found == 1
    alone = figures(tmp_path, [("one", ["X", "Z"])], entities)
    assert (alone.found, alone.falsely.count) == (0, 0)


def test_two_entities_of_one_person_are_one_person(tmp_path: Path) -> None:
    entities = [("a1-police", "police", "X"), ("a1-council", "council", "Y"), ("c1-police", "police", "Z")]
    assert figures(tmp_path, [("one", ["X", "Y"])], entities).found == 0
    assert figures(tmp_path, [("one", ["X", "Y", "Z"])], entities).found == 1


def test_other_runs_stand_beside_it(tmp_path: Path) -> None:
    truth = read_truth(made.truth(tmp_path / "truth"))
    run = read_run(made.result(tmp_path / "out", []), truth)
    police = read_run(made.result(tmp_path / "police", [named("a1", "a2"), named("d1", "d2")]), truth)
    perfect = read_run(made.result(tmp_path / "perfect", [named("a1", "a2"), named("a3", "c4")]), truth)
    found = measured(run, truth, {"police": police}, perfect).to_dict()
    assert found["found"] == 0
    told = found["by_agency_alone"]["police"]
    assert (told["findings"], told["precision"]["share"], told["recall"]["share"]) == (2, 0.5, 0.5)
    assert found["with_perfect_linkage"]["recall"]["share"] == 1.0


def slow(findings: list[tuple[str, list[str]]]) -> tuple[int, int, int, set[str]]:
    """Networks found, findings that find any, innocent groups falsely found, by the words of the definitions."""
    found: set[str] = set()
    right, falsely = 0, set()
    for _, people in findings:
        who = set(people)
        finds = set()
        for name, roles in made.ROLES.items():
            pairs = combinations(sorted(who), 2)
            two = any({roles.get(one), roles.get(other)} in ({"adult"}, {"adult", "child"}) for one, other in pairs)
            if two and sum(one in roles for one in who) * 2 >= len(who):
                finds.add(name)
        found |= finds
        right += bool(finds)
        if not finds:
            falsely |= {name for name, group in made.GROUPS.items() if len(who & set(group)) >= 2}
    return len(found), right, len(falsely), found


@given(findings=st.lists(FINDING, max_size=8))
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_agrees_with_a_slow_reading_of_the_definitions(
    tmp_path: Path, findings: list[tuple[str, list[str]]]
) -> None:
    told = figures(tmp_path, [named(*people, rule=rule) for rule, people in findings])
    found, right, falsely, which = slow(findings)
    assert (told.found, told.precision.count, told.precision.of) == (found, right, len(findings))
    assert told.falsely.count == falsely
    assert told.recall.count == len(which & {"N1", "N2"})


def test_what_measures_knows_nothing_of_what_is_measured() -> None:
    """Nor of the region: it may import errors, keys, CSV files, the reading of a truth and an interval."""
    may = (
        "concerted.common.", "concerted.desk.networks_found", "concerted.linkage",
    )  # fmt: skip
    files = list(Path(networks_found.__file__).parent.glob("*.py"))
    assert len(files) == 5
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
        ours = [name for name in names if name.startswith("concerted")]
        assert [name for name in ours if not name.startswith(may)] == []
        of_linkage = {
            one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("concerted.linkage") for one in node.names
        }  # fmt: skip
        assert of_linkage <= {"read_truth", "wilson"}


def test_it_is_plain_enough_for_machines(tmp_path: Path) -> None:
    found: dict[str, Any] = figures(tmp_path, [named("a1", "a2")]).to_dict()
    assert json.loads(json.dumps(found)) == found
    assert set(found) == {
        *("networks", "found", "precision", "recall", "in_one_agency", "member_share"),
        *("false_per_1000_innocent_groups", "by_rule", "by_kind", "by_traces", "by_agency_alone"),
        "with_perfect_linkage",
    }
