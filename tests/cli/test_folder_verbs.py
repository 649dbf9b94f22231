"""`explain`, `evaluate` and `quarantine` on a result folder, as a person and a script meet them."""

import json
import re
from pathlib import Path

import pytest

from concerted.desk.resolve import Options
from tests.cli.commands import Command
from tests.desk.extracts import EXAMPLE, PEOPLE, content, decisions, small

TRUTH = EXAMPLE / "truth.csv"
FIGURES = [
    *("records", "missing", "pair_p", "pair_r", "pair_f1", "b3_p", "b3_r", "b3_f1"),
    *("exact", "mixed", "over3", "largest", "blocking_recall"),
]
WHO = ("--who", "Ann Example", "--why", "asked the agency")


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "{}", "force:1"],
        ["evaluate", "{}", "--truth", str(TRUTH)],
        ["quarantine", "list", "{}"],
        ["quarantine", "mend", "{}", "1", "--set", "a=b", *WHO],
        ["quarantine", "replay", "{}"],
    ],
)
def test_a_folder_that_is_no_result_is_one_line_and_2(concerted: Command, tmp_path: Path, words: list[str]) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        ran = concerted(*(word.replace("{}", str(folder)) for word in words))
        assert (ran.code, ran.out) == (2, "")
        assert "folder" in ran.err
        assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_evaluate_has_the_keys_of_the_contract(concerted: Command, result: Path) -> None:
    ran = concerted("evaluate", result, "--truth", TRUTH, "--json")
    figures = json.loads(ran.out)
    assert (ran.code, list(figures)) == (0, FIGURES)
    assert (figures["records"], figures["missing"]) == (222, 0)
    assert figures["blocking_recall"] >= figures["pair_r"]


def test_evaluate_in_words(concerted: Command, result: Path) -> None:
    ran = concerted("evaluate", result, "--truth", TRUTH)
    assert len(ran.out.splitlines()) == len(FIGURES)
    assert "Precision of pairs" in ran.out


def test_evaluate_counts_missing_and_leaves_out_what_has_no_truth(
    concerted: Command, result: Path, tmp_path: Path
) -> None:
    lines = TRUTH.read_text(encoding="utf-8").splitlines()[:11]
    few = tmp_path / "few.csv"
    few.write_text("\n".join([*lines, "gone,force,P01", "N0200311,nobody,P02"]) + "\n", encoding="utf-8")
    figures = json.loads(concerted("evaluate", result, "--truth", few, "--json").out)
    assert (figures["records"], figures["missing"]) == (10, 2)


@pytest.mark.parametrize("text", [None, "a,b\n1,2\n"])
def test_a_truth_that_is_none_is_used_wrongly(
    concerted: Command, result: Path, tmp_path: Path, text: str | None
) -> None:
    if text:
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    ran = concerted("evaluate", result, "--truth", tmp_path / "t.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "t.csv" in ran.err


def test_explain_a_pair_in_words(concerted: Command, result: Path) -> None:
    ran = concerted("explain", result, "force:N0200311", "charity:OD-120")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0] == "force:N0200311 and charity:OD-120: joined"
    assert "for it:" in lines
    assert "against it:" in lines
    numbers = [float(line.split()[0]) for line in lines if line.startswith("  ") and "in bits" not in line]
    [total] = [float(line.split()[0]) for line in lines if "together, in bits" in line]
    assert sum(numbers) == pytest.approx(total, abs=0.06)
    assert lines[-1] == "Both are in one entity, of 3 records."


def test_explain_a_pair_for_machines(concerted: Command, result: Path) -> None:
    said = json.loads(concerted("explain", result, "force:N0200311", "council:611211", "--json").out)
    assert said["start"] + sum(part["bits"] for part in said["parts"]) == pytest.approx(said["weight"])
    assert set(said["parts"][0]) == {"field", "words", "bits", "left_value", "right_value"}
    assert (said["band"], said["one_entity"]) == ("join", True)
    assert said["left"] == {"source": "force", "record_id": "N0200311"}


def test_explain_records_that_are_apart(concerted: Command, result: Path) -> None:
    ran = concerted("explain", result, "force:N0200311", "force:N0200355")
    assert ran.out.splitlines()[0].endswith("not joined")
    assert ran.out.splitlines()[-1] == "Each is in an entity that has another NHS number and unique pupil number."
    assert "Both are in one entity" not in ran.out


def test_explain_a_pair_that_someone_decided_to_be_two_people(concerted: Command, tmp_path: Path) -> None:
    out = small(tmp_path, options=Options(decisions=decisions(tmp_path, ("1", "2", "different"))))
    lines = concerted("explain", out, "force:2", "force:1").out.splitlines()
    assert lines[0] == "force:2 and force:1: not joined"
    assert lines[1:3] == ["Ann decided on 2026-03-01: different. seen", "What follows is what the evidence alone says."]
    made = json.loads(concerted("explain", out, "force:1", "force:2", "--json").out)["decision"]
    assert made == {"decision": "different", "who": "Ann", "when": "2026-03-01", "why": "seen"}
    assert json.loads(concerted("explain", out, "force:1", "force:3", "--json").out)["decision"] is None


def test_explain_twins_that_their_numbers_keep_apart(concerted: Command, result: Path) -> None:
    lines = concerted("explain", result, "force:N0200486", "force:N0203975").out.splitlines()
    assert lines[0] == "force:N0200486 and force:N0203975: waiting for review"
    assert lines[-4].endswith("about 98 in 100 such pairs are one person, if the model is right")
    assert [line.split(":")[0] for line in lines[-3:-1]] == ["Mind household", "Mind twins"]
    said = json.loads(concerted("explain", result, "force:N0200486", "force:N0203975", "--json").out)
    assert [flag["name"] for flag in said["flags"]] == ["household", "twins"]
    held = "Each is in an entity that has another NHS number and unique pupil number: a person decides."
    assert lines[-1] == held


def test_explain_an_entity_in_words(concerted: Command, result: Path) -> None:
    ran = concerted("explain", result, "charity:OD-120")
    lines = ran.out.splitlines()
    assert lines[0].startswith("charity:OD-120 is in an entity of 3 records (")
    assert {"  force:N0200311", "  council:611211", "  charity:OD-120"} <= set(lines)
    assert any(line.startswith("The weakest that it needs: ") for line in lines)
    assert "No single link holds it together: without any one of them the others still do." in lines


def test_explain_an_entity_for_machines(concerted: Command, result: Path) -> None:
    said = json.loads(concerted("explain", result, "charity:OD-120", "--json").out)
    assert len(said["members"]) == 3
    assert len(said["entity_id"]) == 26
    assert said["weakest"]["weight"] == sorted(link["weight"] for link in said["links"])[1]
    assert said["bridges"] == []


def test_explain_a_record_alone_and_a_bridge(concerted: Command, tmp_path: Path) -> None:
    out = small(tmp_path)
    alone = concerted("explain", out, "force:6").out
    assert "an entity of 1 record (" in alone
    assert "Nothing is joined to it." in alone.splitlines()
    assert "1 record would come away from 1" in concerted("explain", out, "force:1").out
    [bridge] = json.loads(concerted("explain", out, "force:1", "--json").out)["bridges"]
    assert (bridge["smaller_side"], bridge["larger_side"]) == (1, 1)


def test_explain_an_entity_says_what_would_join_it_to_another(concerted: Command, result: Path) -> None:
    lines = concerted("explain", result, "force:N0203975").out.splitlines()
    told = lines[lines.index("What would join it to another, decided the same:") + 1]
    assert re.fullmatch(r" +\+\d+\.\d\d  .*: an entity of \d+ records?(; \d+ more pairs? between the two)?", told)
    first = json.loads(concerted("explain", result, "force:N0203975", "--json").out)["beside"][0]
    there = json.loads(concerted("explain", result, f"force:{first['left']['record_id']}", "--json").out)
    assert first["records"] >= 1
    assert first["what_it_would_change"].split()[0] == str(first["records"] + len(there["members"]))
    assert (
        "No pair that waits for review would join it to another." in concerted("explain", result, "force:N0200311").out
    )


def test_explain_records_that_others_hold_together(concerted: Command, tmp_path: Path) -> None:
    """A chain of decisions: no link between its ends."""
    given = decisions(tmp_path, ("1", "5", "same"), ("5", "6", "same"))
    out = small(tmp_path, options=Options(decisions=given))
    said_first = concerted("explain", out, "force:5", "force:6").out.splitlines()[1]
    assert said_first == "Ann decided on 2026-03-01: same. seen"
    lines = concerted("explain", out, "force:1", "force:6").out.splitlines()
    assert lines[0].endswith("not joined")
    said = [line for line in lines if line.startswith("Both are in one entity")]
    assert said == ["Both are in one entity, of 4 records, by these links:"]
    assert len(lines) - lines.index(said[0]) - 1 == 2
    assert "against it: " in concerted("explain", out, "force:5").out


@pytest.mark.parametrize("words", [["force"], [":1"], ["force:"], ["force:absent"], ["force:N0200311", "x:1"]])
def test_explain_what_is_not_there(concerted: Command, result: Path, words: list[str]) -> None:
    ran = concerted("explain", result, *words)
    assert (ran.code, ran.out) == (2, "")


def test_nothing_that_steers_a_terminal_is_printed(concerted: Command, tmp_path: Path, quick: None) -> None:
    out = small(tmp_path, [("\x1b[2J1", "Amara", "Okonjo", "\x1b[2J\u202ebad", "", "a")])
    printed = concerted("quarantine", "list", out).out
    with_entity = concerted("explain", out, "force:\x1b[2J1").out
    assert not {"\x1b", "\u202e"} & set(printed + with_entity)


def test_quarantine_list(concerted: Command, result: Path) -> None:
    ran = concerted("quarantine", "list", result)
    assert ran.code == 0
    assert "4  value  force.csv, row 55, column DOB" in ran.out.splitlines()
    assert "    it stands there: 81/01/2008" in ran.out
    assert "To mend it: " in ran.out


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 15),
        (["--kind", "row"], 6),
        (["--kind", "value"], 9),
        (["--reason", "RECORD ID"], 4),
        (["--reason", "%"], 0),
    ],
)
def test_quarantine_list_for_machines(concerted: Command, result: Path, options: list[str], count: int) -> None:
    found = json.loads(concerted("quarantine", "list", result, "--json", *options).out)
    assert len(found) == count
    assert all(item["id"] and item["reason"] and item["state"] == "waiting" for item in found)


def test_an_empty_quarantine(concerted: Command, tmp_path: Path, quick: None) -> None:
    assert concerted("quarantine", "list", small(tmp_path)).out == "Nothing is in quarantine.\n"


def test_a_quarantine_without_what_was_asked_for(concerted: Command, result: Path) -> None:
    for words in (["--kind", "row", "--reason", "telephone"], ["--reason", "%"]):
        assert concerted("quarantine", "list", result, *words).out == "Nothing in quarantine is of that kind.\n"


def test_what_is_dismissed_is_listed_only_when_all_is(concerted: Command, tmp_path: Path, quick: None) -> None:
    out = small(tmp_path, [("7", "Efosa", "Umeh", "2009-13-45", "", "e")])
    ran = concerted("quarantine", "dismiss", out, 1, *WHO)
    said = "Number 1 is dismissed: `list` shows it only with --all, and it is still counted.\n"
    assert (ran.code, ran.out, ran.err) == (0, said, "")
    said = "Nothing waits in quarantine. 1 item was dismissed: see --all.\n"
    assert concerted("quarantine", "list", out).out == said
    listed = concerted("quarantine", "list", out, "--all").out.splitlines()
    assert listed[0].endswith("column dob [dismissed]")
    assert listed[-1].startswith("    Ann Example dismissed it on 20")
    assert listed[-1].endswith(": asked the agency")


@pytest.mark.parametrize(
    ("number", "said"), [("9" * 30, f"no number {'9' * 30}"), ("-1", "'-1' is no number"), ("x", "'x' is no number")]
)
def test_dismissing_what_is_not_there(concerted: Command, result: Path, number: str, said: str) -> None:
    ran = concerted("quarantine", "dismiss", result, number, *WHO)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_listing_changes_nothing_but_the_record_of_who_looked(concerted: Command, copied: Path) -> None:
    before = content(copied)
    concerted("quarantine", "list", copied)
    concerted("explain", copied, "force:N0200311")
    after = content(copied)
    assert after.pop("log.jsonl").startswith(before.pop("log.jsonl"))
    assert after == before


def test_mend_and_replay(concerted: Command, copied: Path, quick: None) -> None:
    ran = concerted("quarantine", "mend", copied, 4, "--set", "DOB=18/01/2008", *WHO)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Number 4 is mended. ")
    listed = concerted("quarantine", "list", copied).out
    assert "column DOB [mended]" in listed
    assert 'Ann Example wrote: {"DOB": "18/01/2008"} (asked the agency)' in listed
    ran = concerted("quarantine", "replay", copied)
    assert ran.out.splitlines()[0] == "1 read again, 0 faulty still."
    assert "force.csv, mended: 1 row, 1 read" in ran.out
    assert len(json.loads(concerted("quarantine", "list", copied, "--json").out)) == 14
    assert len(json.loads(concerted("quarantine", "list", copied, "--all", "--json").out)) == 15


def test_replay_for_machines(concerted: Command, copied: Path, quick: None) -> None:
    concerted("quarantine", "mend", copied, 4, "--set", "DOB=99/99/9999", *WHO)
    said = json.loads(concerted("quarantine", "replay", copied, "--json").out)
    assert (said["read"], said["still_in_quarantine"], said["summary"]["values_quarantined"]) == (0, 1, 9)


def test_mend_in_a_spreadsheet(concerted: Command, copied: Path, tmp_path: Path, quick: None) -> None:
    path = tmp_path / "mend.csv"
    assert concerted("quarantine", "list", copied, "--csv", path).code == 0
    text = path.read_text(encoding="utf-8").replace("DOB,81/01/2008", "DOB,18/01/2008")
    path.write_text(text.replace("date_of_birth,2008-04-31", "date_of_birth,2008-04-30"), encoding="utf-8")
    assert "2 items are mended" in concerted("quarantine", "mend", copied, "--from", path, *WHO).out
    assert concerted("quarantine", "replay", copied).out.startswith("2 read again")


def test_mend_a_line(concerted: Command, copied: Path, quick: None) -> None:
    line = 'OD-134,Kim (no surname),,,,,,Ostlewick,"Ostlewick","SK, said she will ring back"'
    assert concerted("quarantine", "mend", copied, 9, "--line", line, *WHO).code == 0
    assert concerted("quarantine", "replay", copied).out.startswith("1 read again")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["4"], "said in one way"),
        ([], "said in one way"),
        (["4", "--set", "DOB=1", "--line", "x"], "said in one way"),
        (["4", "--set", "DOB=1", "--from", "x"], "said in one way"),
        (["4", "--set", "DOB"], "COLUMN=VALUE"),
        (["4", "--set", "BORN=1"], "Its columns are DOB"),
        (["99", "--set", "DOB=1"], "no number 99"),
    ],
)
def test_mending_that_makes_no_sense(concerted: Command, copied: Path, words: list[str], said: str) -> None:
    before = content(copied)
    ran = concerted("quarantine", "mend", copied, *words, *WHO)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert content(copied) == before


def test_a_long_raw_line_is_shortened(concerted: Command, tmp_path: Path, quick: None) -> None:
    out = small(tmp_path, [*PEOPLE, ("", "x" * 500, "y", "", "", "")])
    assert " characters)" in concerted("quarantine", "list", out).out
