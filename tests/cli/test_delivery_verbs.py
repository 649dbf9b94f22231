"""`resolve --into` and `picture --into`, week after week, as a person and a script meet them."""

import json
from pathlib import Path

import pytest

from concerted.desk import decisions
from concerted.desk.store import Store
from tests.cli.commands import Command
from tests.cli.weekly import HUNDRED, Weekly, summed
from tests.desk import extracts, picture
from tests.desk.extracts import content
from tests.desk.weeks import row

SAME = "weekly.csv: delivered already, and nothing of it has changed\n"
OLDER = (
    "concerted: weekly.csv: this very file was delivered on 2026-03-02, and a later one since: is it the right one? "
    "Nothing was changed. Name the newest file; if this is meant, add --again.\n"
)
NEXT = [*HUNDRED[:99], row(200, "Bea")]
"""The second week: number 199 is missing, number 200 is new."""


def minds(out: str) -> list[str]:
    """What a person is to mind."""
    return [line for line in out.splitlines() if line.startswith("Mind: ")]


def test_the_first_delivery_makes_the_folder(weekly: Weekly) -> None:
    ran = weekly(HUNDRED)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "weekly.csv: 100 rows, 100 read, 0 in quarantine; 0 values in quarantine",
        "100 records, 100 entities: 0 links join records, 0 pairs wait for review",
        "Model: the shipped release, as asked.",
        f"Open {weekly.out / 'report.html'}",
    ]


def test_the_same_file_again_changes_nothing_but_the_record_of_who_ran_it(weekly: Weekly) -> None:
    weekly(HUNDRED)
    before = content(weekly.out)
    ran = weekly(HUNDRED)
    after = content(weekly.out)

    assert (ran.code, ran.out, ran.err) == (0, SAME, "")
    old, new = before.pop("log.jsonl"), after.pop("log.jsonl")
    assert after == before
    assert new.startswith(old)
    assert new.count(b"\n") == old.count(b"\n") + 1


def test_what_the_second_week_brings_is_said(weekly: Weekly) -> None:
    weekly(HUNDRED)
    ran = weekly([row(100, "Bea", mother="Mo"), *NEXT[1:]])

    assert (ran.code, ran.err) == (0, "")
    assert minds(ran.out) == [
        "Mind: force: 2 records are new, 1 changed; 98 rows as they stood.",
        "Mind: force: given_name (person): 1 changed.",
        f"Mind: force: 1 missing, and kept until somebody approves: `concerted withdrawals list {weekly.out}`.",
    ]
    assert "102 records, 102 entities" in ran.out
    assert "Model: the shipped release, as asked (when the folder was made; it keeps its model)." in ran.out


def test_an_older_file_by_mistake_is_a_question(weekly: Weekly) -> None:
    weekly(HUNDRED)
    weekly(NEXT)
    before = content(weekly.out)
    ran = weekly(HUNDRED)

    assert (ran.code, ran.out, ran.err) == (1, "", OLDER)
    assert content(weekly.out) == before


def test_an_older_file_that_is_meant_is_let_in(weekly: Weekly) -> None:
    weekly(HUNDRED)
    weekly(NEXT)
    ran = weekly(HUNDRED, "--again")

    assert (ran.code, ran.err) == (0, "")
    assert minds(ran.out)[0] == "Mind: force: 0 records are new, 0 changed; 100 rows as they stood."
    listed = json.loads(weekly.run("withdrawals list", "--all", "--json").out)
    assert [(one["record_id"], one["state"]) for one in listed] == [("199/child", "waiting"), ("200/child", "waiting")]


@pytest.mark.parametrize("options", [[], ["--missing", "8"], ["--missing", "10"], ["--again"]])
def test_a_file_that_lacks_too_much_is_a_question(weekly: Weekly, options: list[str]) -> None:
    weekly(HUNDRED)
    before = content(weekly.out)
    ran = weekly(HUNDRED[:91], *options)

    said = (
        "concerted: weekly.csv: 9 rows of 100 that stood are not in this snapshot (9 in 100, and up to 2 are put on "
        "the withdrawal list): is the file whole? Nothing was changed. Fetch it again; if so many are meant to go, add "
        "--missing 9, and each still waits for approval.\n"
    )
    assert (ran.code, ran.out, ran.err) == (1, "", said)
    assert content(weekly.out) == before


def test_so_many_as_are_meant_to_be_missing_are_let_in_and_wait(weekly: Weekly) -> None:
    weekly(HUNDRED)
    ran = weekly(HUNDRED[:91], "--missing", "9")

    assert (ran.code, ran.err) == (0, "")
    assert minds(ran.out)[-1].startswith("Mind: force: 9 missing, and kept until somebody approves")
    assert "100 records" in ran.out
    assert len(json.loads(weekly.run("withdrawals list", "--json").out)) == 9


@pytest.mark.parametrize("options", [["--model", "default"], ["--without", "town"], ["--truth"], ["--replace"]])
def test_what_is_for_a_new_folder_is_refused_for_one_that_stands(weekly: Weekly, options: list[str]) -> None:
    weekly(HUNDRED)
    before = content(weekly.out)
    ran = weekly(NEXT, *options)

    said = (
        "concerted: --model, --without, --truth and --replace are for a new folder. "
        "A folder that stands keeps its model. Leave them out, give --out, or try another model with "
        "`concerted release try`.\n"
    )
    assert (ran.code, ran.out, ran.err) == (2, "", said)
    assert content(weekly.out) == before


def test_a_new_folder_may_be_told_its_model(weekly: Weekly) -> None:
    assert weekly(HUNDRED, "--model", "default", "--replace").code == 0


def test_out_and_into_are_not_given_together(weekly: Weekly) -> None:
    ran = weekly(HUNDRED, "--out", weekly.folder / "other")
    said = "concerted: argument --out: not allowed with argument --into. See concerted resolve --help.\n"
    assert (ran.code, ran.out, ran.err) == (2, "", said)


def test_too_many_faults_in_a_delivery_leave_the_folder(weekly: Weekly) -> None:
    weekly(HUNDRED)
    before = content(weekly.out)
    ran = weekly([*HUNDRED, ("", "Nobody", "Known", "", "")], "--max-quarantine", "0")

    assert ran.code == 1
    assert "1 of 101 rows would go to quarantine and --max-quarantine allows 0" in ran.err
    assert content(weekly.out) == before


def test_a_second_delivery_must_say_what_it_holds(tmp_path: Path, concerted: Command, quick: None) -> None:
    words = ["--profile", extracts.profile(tmp_path), "--into", tmp_path / "out"]
    assert concerted("resolve", extracts.extract(tmp_path), *words).code == 0
    ran = concerted("resolve", extracts.extract(tmp_path, extracts.PEOPLE[:5]), *words)

    said = (
        "concerted: small.csv: the profile small does not say what its files deliver, and this is not the first. Write "
        "delivers: snapshot (all that there is), changes (new and changed records) or additions (new ones alone) in "
        "it.\n"
    )
    assert (ran.code, ran.out, ran.err) == (2, "", said)


def test_json_of_a_first_a_second_and_the_same_delivery(weekly: Weekly) -> None:
    first = json.loads(weekly(HUNDRED, "--json").out)
    second = json.loads(weekly([row(100, "Bea"), *NEXT[1:]], "--json").out)
    summary = json.loads((weekly.out / "summary.json").read_text(encoding="utf-8"))
    same = json.loads(weekly([row(100, "Bea"), *NEXT[1:]], "--json").out)

    assert (first["same"], first["told"], first["summary"]["records"]) == ([], [], 100)
    moved = {"person": {"given_name": [0, 0, 1]}}
    told = {"new": 1, "changed": 1, "unchanged": 98, "missing": 1, "moved": moved, "profile_before": None}
    assert second == {"same": [], "told": [{"feed": "weekly:force", "numbers": [2], **told}], "summary": summary}
    assert [file["told"] for file in summary["files"]][1] == told
    assert same == {"same": ["weekly.csv"], "told": [], "summary": None}


def test_json_into_a_new_folder_is_the_summary_when_it_is_given_with_out(tmp_path: Path, concerted: Command) -> None:
    words = ["resolve", extracts.extract(tmp_path), "--profile", extracts.profile(tmp_path), "--json"]
    plain = json.loads(concerted(*words, "--out", tmp_path / "one").out)
    into = json.loads(concerted(*words, "--into", tmp_path / "other").out)
    assert plain.keys() == into["summary"].keys()


@pytest.mark.parametrize("rows", [HUNDRED, NEXT])
def test_decisions_that_come_with_a_delivery_are_kept(weekly: Weekly, rows: list[tuple[str, ...]]) -> None:
    """Also when the file that they come with has changed in nothing."""
    weekly(HUNDRED)
    given = extracts.decisions(weekly.folder, ("101/child", "102/child", "same"))
    ran = weekly(rows, "--decisions", given)

    assert (ran.code, ran.err) == (0, "")
    with Store.open(weekly.out) as store:
        assert [one.decision for one in decisions.all_of(store)] == ["same"]


def test_a_picture_takes_the_files_that_have_changed(tmp_path: Path, concerted: Command, quick: None) -> None:
    found, profiles = picture.laid_out(tmp_path)
    for profile in profiles.iterdir():
        profile.write_text(profile.read_text(encoding="utf-8") + "delivers: changes\n", encoding="utf-8")
    words = ["picture", found, "--profiles", profiles, "--into", tmp_path / "out"]
    first = concerted(*words)
    before = summed(tmp_path / "out")
    same = concerted(*words)

    assert (first.code, first.err) == (0, "")
    assert first.out.splitlines()[:2] == [
        "council-b: 1 file, 2 rows, 2 read, 0 in quarantine; 0 values in quarantine",
        "force-a: 2 files, 4 rows, 4 read, 0 in quarantine; 0 values in quarantine",
    ]
    says = "{}: delivered already, and nothing of it has changed"
    assert same.out.splitlines() == [says.format(name) for name in sorted(picture.FILES)]
    assert summed(tmp_path / "out") == before

    council = found / picture.COUNCIL
    council.write_text(council.read_text(encoding="utf-8").replace("Callum", "Calum"), encoding="utf-8")
    ran = concerted(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == [
        *(says.format(name) for name in (picture.CARS, picture.FORCE)),
        "council-b: 1 file, 2 rows, 2 read, 0 in quarantine; 0 values in quarantine",
    ]
    assert minds(ran.out)[:2] == [
        "Mind: council-b: 0 records are new, 1 changed; 1 row as it stood.",
        "Mind: council-b: given_name (person): 1 changed.",
    ]


def test_what_is_added_goes_into_a_folder_that_is_there(weekly: Weekly) -> None:
    refused = weekly(HUNDRED, "--add")
    assert (refused.code, weekly.out.exists()) == (2, False)
    assert refused.err.startswith("concerted: out: there is no such folder. ")
    weekly(HUNDRED)
    added = weekly([*HUNDRED, row(300)], "--add", "--json")
    assert (added.code, json.loads(added.out)["summary"]["records"]) == (0, 101)
