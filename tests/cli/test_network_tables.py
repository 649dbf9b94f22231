"""`co-missing` and `connectors`: what each says of a scope, of whom it says nothing, and how a script meets it."""

import json
import shutil
from pathlib import Path

import pytest

from concerted.cli import co_missing as co_missing_verb
from concerted.cli import connectors as connectors_verb
from concerted.cli.co_missing import INNOCENT, pairs_dict, pairs_lines
from concerted.cli.connectors import WHOM, connectors_dict, connectors_lines
from concerted.cli.main import main
from concerted.networks.co_missing import co_missing
from concerted.networks.connectors import connectors
from tests.cli.commands import Command, command
from tests.desk.circle import PEOPLE, laid_out
from tests.networks.findings.worlds import adult, child, crime, missing, scope
from tests.networks.worlds import World, drawn, row

PLACE = {"address": "9 Park Rd"}
TWICE = scope(
    [child("cleo"), child("dee"), child("eve")],
    *(missing(f"m{at}{name}", f"2025-0{at}-10", name) for at in (3, 4) for name in ("cleo", "dee")),
    missing("m6dee", "2025-06-01", "dee", **PLACE),
    missing("m6eve", "2025-06-01", "eve", to="2025-06-03", **PLACE),
)
BETWEEN = scope(
    [adult("ann"), adult("bob"), adult("cal"), child("dee")],
    crime("c1", "2025-03-01", "ann bob", "dee"),
    crime("c2", "2025-03-02", "bob cal", ""),
)
"""Bob alone stands between ann and cal; dee is a victim."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that no test changes: two suspects of one crime, and nobody missing."""
    folder = tmp_path_factory.mktemp("tables")
    extracts, profiles = laid_out(folder)
    words = ["picture", extracts, "--profiles", profiles, "--out", folder / "out", "--as-of", "2026-03-02"]
    assert main([str(word) for word in words]) == 0
    return folder / "out"


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


def lines_of(world: World) -> list[str]:
    of = drawn(world)
    return list(pairs_lines(of, co_missing(of)))


def holders(world: World) -> list[str]:
    of = drawn(world)
    return list(connectors_lines(of, connectors(of)))


def test_pairs_are_listed_with_how_often_how_surely_and_what_may_explain_it() -> None:
    assert lines_of(TWICE) == [
        "2 pairs of children whose missing episodes may overlap, twice or more, or at one place or in one record.",
        INNOCENT,
        "Testcase (force-a:dee) and Testcase (force-a:eve), 2025-06-01 to 2025-06-01:",
        "    1 time by what records allow, 1 of them surely; 1 at one place",
        "Testcase (force-a:cleo) and Testcase (force-a:dee), 2025-03-10 to 2025-04-10:",
        "    2 times by what records allow, 2 of them surely",
        "Made from records of force-a. Others may hold more.",
    ]


def test_a_vague_day_is_no_sure_one_and_one_record_of_both_is_told() -> None:
    vague = scope([child("cleo"), child("dee")], missing("m1", "2025-03", "cleo"), missing("m2", "2025-03", "dee"))
    both = [("person_in_event", row("m1/dee", event="m1", person="dee", role="missing child"))]
    [line] = [line for line in lines_of(scope([child("cleo"), child("dee")], *_told(vague), both)) if "by what" in line]
    assert line == "    2 times by what records allow, 0 of them surely; 1 in one record"


def _told(world: World) -> list[list[tuple[str, dict[str, str]]]]:
    return [[(kind, dict(one)) for one in rows] for kind, rows in world.items() if kind != "person"]


def test_no_pairs_is_an_answer_that_does_not_say_that_there_are_none() -> None:
    said = lines_of(scope([child("cleo")], missing("m1", "2025-03-01", "cleo")))
    assert said[0].startswith("0 pairs of children whose missing episodes may overlap")
    assert said[1:] == ["Made from records of force-a. Others may hold more."]


def test_more_pairs_than_are_shown_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(co_missing_verb, "MOST", 1)
    said = lines_of(TWICE)
    assert "and 1 more pair: --json has all" in said
    assert len([line for line in said if "by what records allow" in line]) == 1


def test_pairs_for_machines() -> None:
    of = drawn(TWICE)
    told = pairs_dict(of, co_missing(of))
    first, second = told["pairs"]
    assert ({first["one"]["record_id"], first["other"]["record_id"]}) == {"dee", "eve"}
    assert (second["overlapping"], second["surely"], second["at_one_place"], second["in_one_event"]) == (2, 2, 0, 0)
    assert (second["first"], second["last"]) == ("2025-03-10", "2025-04-10")
    assert told["made_from"] == ["force-a"]
    assert INNOCENT in told["caveats"]
    assert json.loads(json.dumps(told)) == told


def test_who_holds_others_together_is_told_of_adult_suspects_alone() -> None:
    assert holders(BETWEEN) == [
        "Adult suspects through whom alone others hang together: 1 of 3.",
        WHOM,
        "Testcase (force-a:bob): linked with 2 other adult suspects; 1 pair hangs together through them alone.",
        "Made from records of force-a. Others may hold more.",
    ]


@pytest.mark.parametrize("born", ["2011-05-05", "", "2008"])
def test_a_child_and_one_of_unknown_age_are_in_no_line(born: str) -> None:
    """Though they stand between two others, and a record has them as a suspect."""
    people = [{**one, **({"date_of_birth": born} if one["record_id"] == "bob" else {})} for one in BETWEEN["person"]]
    world = {**BETWEEN, "person": people}
    of = drawn(world)
    told = connectors_dict(of, connectors(of))
    assert {one["record_id"] for one in told["adult_suspects"]} == {"ann", "cal"}
    assert [one["parted"] for one in told["adult_suspects"]] == [0, 0]
    assert not [line for line in holders(world) if "bob" in line]


def test_whoever_was_ever_a_victim_is_in_no_line() -> None:
    once = crime("c0", "1995-03-01", "", "bob")
    people = list(BETWEEN["person"])
    world = scope(people, *_told(BETWEEN), once)
    assert not [line for line in holders(world) if "bob" in line or "dee" in line]


def test_more_people_than_are_shown_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connectors_verb, "MOST", 1)
    chain = [crime(f"c{at}", "2025-03-01", f"{'abcd'[at]} {'abcd'[at + 1]}", "") for at in range(3)]
    said = holders(scope([adult(name) for name in "abcd"], *chain))
    assert said[0].endswith(": 2 of 4.")
    assert "and 1 more person: --json has all" in said


def test_on_a_folder_both_answer_people_and_machines_and_stand_in_its_log(
    made: Path, tmp_path: Path, concerted: Command
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "out"))
    ran = concerted("co-missing", folder)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Made from records of force-a. Others may hold more.")
    assert json.loads(concerted("co-missing", folder, "--json").out)["pairs"] == []
    ran = concerted("connectors", folder)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Adult suspects through whom alone others hang together: 0 of 2.")
    told = json.loads(concerted("connectors", folder, "--json").out)
    assert [(one["label"], one["linked"], one["parted"]) for one in told["adult_suspects"]] == [
        ("Bryony Penhale", 1, 0),
        ("Callum Tregear", 1, 0),
    ]
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["command"][1] for line in lines][-4:] == ["co-missing"] * 2 + ["connectors"] * 2


@pytest.mark.parametrize("verb", ["co-missing", "connectors"])
def test_a_folder_that_is_no_result_is_refused(verb: str, tmp_path: Path, concerted: Command) -> None:
    ran = concerted(verb, tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_control_characters_of_records_do_not_reach_a_terminal(tmp_path: Path, concerted: Command) -> None:
    extracts, profiles = laid_out(tmp_path, people=PEOPLE.replace("Bryony", "Bry\x1b[2Jony"))
    out = tmp_path / "out"
    assert concerted("picture", extracts, "--profiles", profiles, "--out", out, "--as-of", "2026-03-02").code == 0
    assert "\x1b" not in concerted("connectors", out).out
