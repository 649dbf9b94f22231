"""`concerted evaluate --networks`, as a person and a script meet it."""

import json
from pathlib import Path

import pytest

from concerted.synthetic import synthesise
from tests.cli.commands import Command
from tests.desk import networks_found as made


@pytest.fixture
def words(tmp_path: Path) -> list[object]:
    """The command on two findings, one of which is right."""
    out = made.result(tmp_path / "out", [("one", ["Ea1", "Ea2"]), ("two", ["Ed1", "Ed2"])])
    return ["evaluate", out, "--networks", made.truth(tmp_path / "truth")]


def test_json_has_every_figure(concerted: Command, words: list[object]) -> None:
    ran = concerted(*words, "--json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert (found["networks"], found["found"]) == (4, 1)
    assert (found["precision"]["share"], found["recall"]["share"]) == (0.5, 0.5)
    assert found["false_per_1000_innocent_groups"]["share"] == 250.0
    assert found["by_agency_alone"] is None
    assert found["with_perfect_linkage"] is None


def test_a_person_reads_it_in_words(concerted: Command, words: list[object]) -> None:
    lines = concerted(*words).out.splitlines()
    assert lines[0] == "1 of 4 networks found"
    assert lines[1].strip().startswith("0.50  of those with traces in two agencies or more (1 of 2; 95 in 100: ")
    assert "    0.50  share of a network's people named, on average, where it is found" in lines
    assert "  street: 1 of 2" in lines
    assert "  two: 0 of 1" in lines


def test_nothing_found_is_said_in_words_too(concerted: Command, tmp_path: Path) -> None:
    out = made.result(tmp_path / "out", [])
    printed = concerted("evaluate", out, "--networks", made.truth(tmp_path / "truth")).out
    assert "0 of 4 networks found" in printed
    assert "    none  of the findings find a network" in printed
    assert "    none  share of a network's people" in printed


def test_other_runs_are_given_as_folders(concerted: Command, words: list[object], tmp_path: Path) -> None:
    police = made.result(tmp_path / "police", [("one", ["Ea3", "Ec3"])])
    perfect = made.result(tmp_path / "perfect", [("one", ["Ea1", "Ec1"])])
    found = json.loads(concerted(*words, "--json", "--alone", police, "--perfect", perfect).out)
    assert found["by_agency_alone"]["police"]["recall"]["count"] == 1
    assert found["with_perfect_linkage"]["precision"]["share"] == 1.0


def test_it_leaves_a_folder_without_a_store_as_it_was(concerted: Command, words: list[object], tmp_path: Path) -> None:
    concerted(*words)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"entities.csv", "findings.json"}


def test_a_result_folder_keeps_who_asked(concerted: Command, copied: Path, tmp_path: Path) -> None:
    (copied / "findings.json").write_text("[]", encoding="utf-8")
    assert concerted("evaluate", copied, "--networks", made.truth(tmp_path / "truth")).code == 0
    assert "--networks" in (copied / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1]


def test_the_truth_of_a_region_is_taken_as_it_is(concerted: Command, tmp_path: Path) -> None:
    """A finding of two adults of a network, over the region's own truth."""
    synthesise(tmp_path / "region", "small", 1)
    truth = tmp_path / "region" / "truth"
    rows = (truth / "people.csv").read_text(encoding="utf-8").splitlines()[1:]
    records = [(record, source, person) for source, record, person in (row.split(",") for row in rows)]
    known = {person for _, _, person in records}
    members = [row.split(",") for row in (truth / "network_people.csv").read_text(encoding="utf-8").splitlines()[1:]]
    of_one = [one for network, one, _ in members if network == members[0][0] and one in known]
    out = made.result(tmp_path / "out", [("all", of_one)], records)
    found = json.loads(concerted("evaluate", out, "--networks", truth, "--json").out)
    assert (found["networks"], found["found"], found["precision"]["share"]) == (3, 1, 1.0)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--by", "groups.csv"], "--by, --page, --least and --each are for records"),
        (["--page"], "--by, --page, --least and --each are for records"),
        (["--truth", "truth.csv"], "not allowed with argument"),
        (["--alone", "nowhere"], "findings.json: nowhere has no findings to read"),
        (["--perfect", "nowhere"], "findings.json: nowhere has no findings to read"),
    ],
)
def test_what_does_not_go_together_is_refused(
    concerted: Command, words: list[object], more: list[str], said: str
) -> None:
    ran = concerted(*words, *more)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_two_folders_of_one_name_are_refused(concerted: Command, words: list[object], tmp_path: Path) -> None:
    twins = [made.result(tmp_path / place / "police", []) for place in ("x", "y")]
    ran = concerted(*words, "--alone", *twins)
    assert ran.code == 2
    assert "two folders of --alone have one name" in ran.err


def test_other_runs_are_for_networks(concerted: Command, words: list[object], tmp_path: Path) -> None:
    truth = tmp_path / "truth" / "people.csv"
    ran = concerted("evaluate", words[1], "--truth", truth, "--perfect", words[1])
    assert ran.code == 2
    assert "--alone and --perfect are for networks" in ran.err
