"""`release`, as a person and a script meet it."""

import json
from pathlib import Path
from typing import Final

import pytest

from concerted.cli.release import SAMPLE
from concerted.cli.release_words import found_lines
from concerted.desk import release_try
from concerted.linkage.decisions import COLUMNS
from tests.cli.commands import Command, Ran
from tests.desk import models
from tests.desk.extracts import content, rows_of, small, table
from tests.desk.models import NINE, STRICT, sets

WHO: Final = ("--who", "A Analyst", "--why", "judged a sample")


class Folder:
    """Nine records of four people, with the command on them. strict: a file with a release that joins less."""

    def __init__(self, folder: Path, concerted: Command) -> None:
        self.folder, self.out, self.concerted = folder, small(folder, NINE), concerted
        self.strict = models.strict(folder, 16.0)

    def __call__(self, part: str, *words: object) -> Ran:
        return self.concerted("release", part, *words, "--into", self.out)

    def refused(self, said: str, part: str, *words: object) -> None:
        """Exit code 2, these words, and nothing changed."""
        before = content(self.folder)
        assert self(part, *words) == (2, "", f"concerted: {said}\n")
        assert content(self.folder) == before


@pytest.fixture
def folder(tmp_path: Path, concerted: Command, frozen_clock: object) -> Folder:
    return Folder(tmp_path, concerted)


def test_the_sample_is_as_large_as_the_desk_draws() -> None:
    assert SAMPLE == release_try.SAMPLE


def test_trying_says_what_it_is_what_it_would_do_and_what_to_do_next(folder: Folder) -> None:
    ran = folder("try", folder.strict)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0].startswith("Tried: strict (")
    assert lines[0].endswith("): the release strict that was given.")
    assert lines[1].startswith("In force: shipped-3 (")
    assert lines[2].startswith("  Links begin to join from +16 bits on; in force: +")
    at = lines.index("Nothing is changed yet. If it is adopted:")
    assert lines[at + 1 : at + 4] == [
        "  2 sets split: 5 records of 9; 4 entities become 7",
        "    split: force:3 alone and force:4 alone",
        "    split: force:5 alone, force:7 alone and force:8 alone",
    ]
    came_in = "4 would come in, 4 of them since the one in force holds them together"
    assert lines[at + 4] == f"  review: 4 pairs, now 0: {came_in}; 0 would leave"
    assert lines[at + 5].startswith("The one tried: if the model is right, ")
    assert lines[at + 6].startswith("The one in force: if the model is right, ")
    heading = "Would come apart, at a link that weighs enough under the one in force and not under it: "
    assert lines[at + 7] == f"{heading}4 questions, all to be judged, 0 answered."
    assert lines[-2].startswith(f"Answer with: concerted decide {folder.out} LEFT RIGHT same|different --who NAME")
    assert lines[-1] == f"Adopt it with: concerted release adopt --into {folder.out} --who NAME --why REASON"
    assert any(line.startswith("    for: same date of birth (") for line in lines)


def test_adopting_and_returning(folder: Folder) -> None:
    folder("try", folder.strict)
    ran = folder("adopt", *WHO)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0].startswith("strict (")
    assert " is in force, in the place of shipped-3 (" in lines[0]
    assert lines[1:] == [
        "2 sets split: 5 records of 9; 7 entities.",
        "  split: force:3 alone and force:4 alone",
        "  split: force:5 alone, force:7 alone and force:8 alone",
        "4 pairs stand in review that the release before held together: apart until somebody decides.",
        f"Take it back with: concerted release return --into {folder.out} --who NAME --why REASON",
    ]
    assert sets(folder.out) == STRICT[16.0]
    lines = folder("return", *WHO).out.splitlines()
    assert lines[0].startswith("shipped-3 (")
    assert " is in force again, in the place of strict (" in lines[0]
    assert lines[1:] == [
        "2 sets joined: 5 records of 9; 4 entities.",
        "  joined: force:3 alone and force:4 alone",
        "  joined: force:5 alone, force:7 alone and force:8 alone",
    ]
    listed = folder("list").out.splitlines()
    why = "the shipped release: training needs 2,000 records and here are 9"
    assert [line.partition("  ")[2] for line in listed] == [
        f"shipped-3, with which the folder was made on 2026-03-02: {why}",
        "strict, adopted on 2026-03-02 by A Analyst: judged a sample",
        "shipped-3 [in force], returned to on 2026-03-02 by A Analyst: judged a sample",
    ]


def test_answers_say_what_they_come_to(folder: Folder) -> None:
    folder("try", folder.strict)
    who = ("--who", "B Worker", "--why", "asked the school")
    folder.concerted("decide", folder.out, "force:3", "force:4", "same", *who)
    folder.concerted("decide", folder.out, "force:5", "force:7", "different", *who)
    lines = folder("try", folder.strict).out.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("Of 2 decided pairs"))
    said = "Of 2 decided pairs the weight alone says what people said for 1; under the one in force for 1."
    assert lines[at] == said
    assert lines[at + 1].startswith("  now right: force:5 and force:7, different by B Worker (+14.")
    assert lines[at + 2].startswith("  now wrong: force:3 and force:4, same by B Worker (+15.")
    at = next(at for at, line in enumerate(lines) if line.startswith("Would come apart"))
    assert lines[at].endswith("all to be judged, 2 answered.")
    assert lines[at + 1].startswith("  By 2 answers it is right in parting 1: 50 in 100 (9.5 to 91) of all 3.")


def test_the_sample_as_a_file_is_answered_and_given_back(folder: Folder) -> None:
    path = folder.folder / "sample.csv"
    ran = folder("try", folder.strict, "--csv", path)
    assert ran.out.splitlines()[-1] == f"{path}: 4 questions, to be answered and given to --decisions"
    rows = rows_of(path)
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert {(row["decision"], row["who"], row["change"]) for row in rows} == {("", "", "split")}
    assert all(float(row["weight_tried"]) < 16 and row["reasons"] for row in rows)
    answers = [[*list(row.values())[:4], "different", "B", "2026-03-02", "asked"] for row in rows]
    given = table(folder.folder / "answers.csv", COLUMNS, answers)
    files = (folder.folder / "small.csv", "--profile", folder.folder / "small.yaml", "--into", folder.out)
    assert folder.concerted("resolve", *files, "--decisions", given).code == 0
    assert "all to be judged, 4 answered." in folder("try", folder.strict).out
    folder.refused(
        "sample.csv: it is there already. Give another name: what is there is never overwritten.",
        *("try", folder.strict, "--csv", path),
    )


def test_for_machines(folder: Folder) -> None:
    found = json.loads(folder("try", folder.strict, "--json", "--sample", 2).out)
    assert list(found) == [
        *("tried", "in_force", "same_release", "differs", "records", "entities", "sets", "shifts", "review"),
        *("decisions", "strata", "sample"),
    ]
    assert len(found["sample"]) == 2
    done = json.loads(folder("adopt", *WHO, "--json").out)
    assert (done["act"], done["release"]["id"], done["asked"]) == ("adopted", found["tried"]["id"], 4)
    assert (done["shifts"], done["sets"]) == (found["shifts"], found["sets"])
    assert done["summary"] == json.loads((folder.out / "summary.json").read_text(encoding="utf-8"))
    listed = json.loads(folder("list", "--json").out)
    assert [one["act"] for one in listed["releases"]] == ["made", "adopted"]
    assert listed["tried"] is None


def test_the_log_has_each_of_them(folder: Folder) -> None:
    for words in (("try", folder.strict), ("list",), ("adopt", *WHO), ("return", *WHO)):
        assert folder(*words).code == 0
    lines = (folder.out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["command"][2] for line in lines[-4:]] == ["try", "list", "adopt", "return"]


def test_what_was_tried_waits_in_the_list(folder: Folder) -> None:
    folder("try", folder.strict)
    assert folder("list").out.splitlines()[-1].endswith("strict, tried on 2026-03-02 and may be adopted")
    folder.concerted("decide", folder.out, "force:1", "force:2", "same", *WHO)
    said = "strict, tried on 2026-03-02 and the picture has changed since: try it again"
    assert folder("list").out.splitlines()[-1].endswith(said)
    assert folder("adopt", *WHO).code == 2


def test_what_cannot_be(folder: Folder) -> None:
    folder.refused(
        "no release waits to be adopted. Try one first: `concerted release try MODEL --into DIR`.", "adopt", *WHO
    )
    folder.refused(
        "no release was adopted in this folder, so there is none to return to. `concerted release list --into DIR` "
        "shows those that it had.",
        *("return", *WHO),
    )
    said = "who asks for it, and why, is not said. Write --who NAME --why REASON."
    folder.refused(said, "return", "--who", "A", "--why", " ")
    said = "the following arguments are required: --who, --why. See concerted release adopt --help."
    folder.refused(said, "adopt")
    ran = folder.concerted("release", "try", "default", "--into", folder.folder / "none")
    assert ran == (2, "", "concerted: none: there is no such folder. Name a folder that `concerted resolve` wrote.\n")


def test_the_release_in_force_would_change_nothing(folder: Folder) -> None:
    lines = folder("try", "default").out.splitlines()
    assert lines[1:] == ["It is the release in force: nothing would change."]


def test_a_pair_that_was_held_says_so_when_it_is_explained(folder: Folder) -> None:
    said = "The release before held them together; they are apart until somebody decides."
    assert said not in folder.concerted("explain", folder.out, "force:3", "force:4").out
    folder("try", folder.strict)
    folder("adopt", *WHO)
    lines = folder.concerted("explain", folder.out, "force:3", "force:4").out.splitlines()
    assert lines[:2] == ["force:3 and force:4: waiting for review", said]
    folder.concerted("decide", folder.out, "force:3", "force:4", "different", *WHO)
    assert said not in folder.concerted("explain", folder.out, "force:3", "force:4").out


def test_shares_are_said_in_hundreds(folder: Folder) -> None:
    for left, right in (("3", "4"), ("5", "7"), ("5", "8"), ("7", "8")):
        folder.concerted("decide", folder.out, f"force:{left}", f"force:{right}", "different", *WHO)
    lines = folder("try", folder.strict).out.splitlines()
    assert "  By 4 answers it is right in parting 4: 100 in 100 (51 to 100) of all 4." in lines
    lines = folder("try", folder.strict, "--sample", 0).out.splitlines()
    assert [
        line for line in lines if line.startswith("Would come apart") and line.endswith(": 4 questions, none drawn.")
    ]
    assert not [line for line in lines if line.startswith(("  By ", "Answer with"))]


def test_long_lists_say_how_many_more_there_are() -> None:
    alone = {"before": [["a:1"], ["a:2"], ["a:3"], ["a:4"], ["a:5"]], "after": [["a:1", "a:2", "a:3", "a:4", "a:5"]]}
    over = {"before": [["a:1", "a:2"], ["a:3"]], "after": [["a:1"], ["a:2", "a:3"]]}
    one = {"id": "x", "name": "n", "why": "w", "errors": None, "parent": "y"}
    row = {"left": "a:1", "right": "a:2", "decision": "same", "who": "B", "weight_in_force": None, "weight_tried": 4.0}
    found = {
        "tried": one,
        "in_force": one,
        "same_release": False,
        "differs": [],
        "records": 60,
        "entities": {"before": 60, "after": 9},
        "shifts": [over, *[alone] * 12],
        "sample": [],
        "strata": [],
        "sets": {"joined": 12, "split": 0, "made_over": 1, "records": 63},
        "review": {"before": 1, "after": 2, "enter": 1, "leave": 0, "held": 0},
        "decisions": {"decided": 11, "in_force": 0, "tried": 11, "better": [row] * 11, "worse": []},
    }
    lines = list(found_lines(found, Path("out")))
    assert "  12 sets joined; 1 set made over: 63 records of 60; 60 entities become 9" in lines
    assert lines.count("    joined: a:1 alone, a:2 alone, a:3 alone, a:4 alone and 1 more set") == 10
    assert "    and 2 more joined: --json names all" in lines
    assert "    made over: 2 with a:1 and a:3 alone become a:1 alone and 2 with a:2" in lines
    assert "  now right: a:1 and a:2, same by B (+4.00, in force not compared)" in lines
    assert "  and 1 more now right: --json names all" in lines
    assert "  Mind: the one tried has learnt from decisions, and is the better at those for it." in lines
    assert lines[-1].startswith("Adopt it with: ")
