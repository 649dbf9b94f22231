"""`decide` and `history`, as a person and a script meet them."""

import json
from pathlib import Path
from typing import Final

import pytest
from sqlcipher3 import dbapi2 as sqlite

from concerted.desk import decisions
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from tests.cli.commands import Command, Ran
from tests.desk import extracts
from tests.desk.extracts import content, partition, small

WHO: Final = ("--who", "A Analyst", "--why", "two brothers: the school confirms")


class Folder:
    """Six records of three people and one, with the command on them."""

    def __init__(self, folder: Path, concerted: Command) -> None:
        self.out, self._concerted = small(folder), concerted

    def __call__(self, verb: str, *words: object) -> Ran:
        return self._concerted(verb, self.out, *words)

    def sets(self) -> set[str]:
        """The ids of each entity's records."""
        return {"".join(sorted(record_id for _, record_id in one)) for one in partition(self.out)}

    def refused(self, said: str, verb: str, *words: object) -> None:
        """Exit code 2, these words, and nothing changed."""
        before = content(self.out)
        assert self(verb, *words) == (2, "", f"concerted: {said}\n")
        assert content(self.out) == before

    def states(self) -> list[tuple[int, str, int]]:
        with Store.open(self.out) as store:
            return [(one.number, state, by) for one, state, by in decisions.states(store)]


@pytest.fixture
def folder(tmp_path: Path, concerted: Command, frozen_clock: object) -> Folder:
    made = Folder(tmp_path, concerted)
    assert made.sets() == {"12", "34", "5", "6"}
    return made


def test_different_parts_two_records(folder: Folder) -> None:
    ran = folder("decide", "force:1", "force:2", "different", *WHO)
    assert (ran.code, ran.err) == (0, "")
    first, second, mind = ran.out.splitlines()
    assert first == "Decision 1: force:1 and force:2 are different."
    assert second == "An entity of 2 records has come apart: force:1 alone and force:2 alone."
    assert mind.startswith("Mind: by the evidence alone they are one person (+")
    assert folder.sets() == {"1", "2", "34", "5", "6"}


def test_same_joins_two_records_whatever_the_evidence(folder: Folder) -> None:
    lines = folder("decide", "force:3", "force:6", "same", *WHO).out.splitlines()
    assert lines[1] == "2 entities are one now, of 3 records: 2 with force:3 and force:6 alone."
    assert lines[2].startswith("Mind: by the evidence alone they are two people (-")
    assert folder.sets() == {"12", "346", "5"}


def test_it_is_kept_with_who_when_and_why(folder: Folder) -> None:
    said = json.loads(folder("decide", "force:1", "force:2", "different", *WHO, "--json").out)
    who = {"who": "A Analyst", "when": "2026-03-02", "why": "two brothers: the school confirms"}
    pair = {"left": "force:1", "right": "force:2", "decision": "different"}
    assert said["decision"] == {"number": 1, **pair, **who, "supersedes": None, "undoes": None}
    assert said["shifts"] == [{"before": [["force:1", "force:2"]], "after": [["force:1"], ["force:2"]]}]
    assert said["summary"] == json.loads((folder.out / "summary.json").read_text(encoding="utf-8"))
    log = (folder.out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    words = ["decide", str(folder.out), "force:1", "force:2", "different", *WHO, "--json"]
    assert json.loads(log[-1])["command"] == ["concerted", *words]


def test_the_folder_keeps_its_release(folder: Folder) -> None:
    before = (folder.out / "model.json").read_bytes()
    folder("decide", "force:1", "force:2", "different", *WHO)
    assert (folder.out / "model.json").read_bytes() == before


def test_another_word_is_refused_and_says_what_stands(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    said = (
        "A Analyst decided on 2026-03-02 that force:1 and force:2 are different: decision 1. Two brothers: the school "
        "confirms. Add --supersede to put yours in its place, or leave it as it is."
    )
    folder.refused(said, "decide", "force:2", "force:1", "same", *WHO)


def test_the_same_word_changes_nothing(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    before = content(folder.out)
    ran = folder("decide", "force:2", "force:1", "different", "--who", "B", "--why", "c")
    said = "Nothing is changed: A Analyst decided on 2026-03-02 that force:1 and force:2 are different.\n"
    assert ran == (0, said, "")
    assert content(folder.out) == before


def test_one_that_supersedes_stands_in_its_place_and_both_stay(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    ran = folder("decide", "force:1", "force:2", "unsure", "--supersede", *WHO)
    said = "Decision 2, in the place of decision 1: force:1 and force:2 are not sure to be the same."
    assert ran.out.splitlines()[0] == said
    assert folder.states() == [(1, "superseded", 2), (2, "counts", 0)]


def test_undoing_one_that_superseded_another_leaves_the_pair_to_the_evidence(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "force:1", "force:2", "unsure", "--supersede", *WHO)
    lines = folder("decide", "--undo", 2, *WHO).out.splitlines()
    assert lines == [
        "Decision 2 is undone by decision 3.",
        "On force:1 and force:2 nothing is decided now, and the evidence alone counts.",
        "No entity is changed.",
        "Mind: decision 1 was superseded by it in so many words, and stays so: decide again if it holds.",
    ]
    assert folder.states() == [(1, "superseded", 2), (2, "undone", 3), (3, "undo", 0)]


def test_undoing_one_that_a_file_superseded_brings_the_earlier_back(tmp_path: Path, concerted: Command) -> None:
    given = extracts.decisions(tmp_path, ("5", "6", "same"), ("5", "6", "different"))
    out = small(tmp_path, options=Options(decisions=given))
    ran = concerted("decide", out, "--undo", 2, *WHO)
    assert "decision 1 counts now: same, by Ann on 2026-03-01" in ran.out
    assert frozenset({("force", "5"), ("force", "6")}) in partition(out)


def test_what_cannot_be_undone(folder: Folder) -> None:
    said = "there is no decision 1. `concerted decide DIR --list` shows the numbers."
    folder.refused(said, "decide", "--undo", 1, *WHO)
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "--undo", 1, *WHO)
    said = "decision 1 is over already: undone by 2. Nothing is to be done."
    folder.refused(said, "decide", "--undo", 1, *WHO)
    said = "decision 2 only takes back decision 1. Decide anew on the pair if it is to count."
    folder.refused(said, "decide", "--undo", 2, *WHO)


def test_a_decision_that_others_make_impossible_waits(folder: Folder) -> None:
    folder("decide", "force:1", "force:5", "same", *WHO)
    folder("decide", "force:2", "force:5", "different", *WHO)
    lines = folder("decide", "force:2", "force:1", "same", *WHO).out.splitlines()
    assert lines[-1].endswith("waits: their sets are kept apart by decision 2 (A Analyst).")
    assert sorted(state for _, state, _ in folder.states()) == ["counts", "counts", "suspended"]
    assert "[waits: others keep their sets apart]" in folder("decide", "--list").out


def test_the_list(folder: Folder) -> None:
    assert folder("decide", "--list") == (0, "Nothing was decided.\n", "")
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "force:5", "force:6", "same", *WHO)
    folder("decide", "--undo", 1, *WHO)
    folder("restrict", "force:6", *WHO)
    why = "by A Analyst on 2026-03-02: two brothers: the school confirms"
    assert folder("decide", "--list").out.splitlines() == [
        f"1  different: force:1 and force:2 [undone by 3], {why}",
        f"2  same: force:5 and force:6 [waits: it names a record that is not here], {why}",
        f"3  takes back 1, {why}",
    ]
    said = json.loads(folder("decide", "--list", "--json").out)
    assert [(one["number"], one["state"], one["by"]) for one in said] == [
        (1, "undone", 3),
        (2, "waits", None),
        (3, "undo", None),
    ]


def test_what_counts_is_written_as_a_file_of_decisions(folder: Folder, tmp_path: Path, concerted: Command) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "force:5", "force:6", "same", *WHO)
    folder("decide", "--undo", 1, *WHO)
    file = tmp_path / "given.csv"
    assert folder("decide", "--list", "--csv", file).out == f"{file}: 1 decision, to be given to --decisions\n"
    other = small(tmp_path, options=Options(decisions=file), out="other")
    assert partition(other) == partition(folder.out)


def test_a_replaced_folder_keeps_what_was_undone(folder: Folder, tmp_path: Path) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "force:5", "force:6", "same", *WHO)
    folder("decide", "--undo", 1, *WHO)
    small(tmp_path, options=Options(replace=True))
    assert folder.states() == [(1, "undone", 3), (2, "counts", 0), (3, "undo", 0)]
    assert folder.sets() == {"12", "34", "56"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["force:1", "force:9", "same"], "there is no record force:9. Look it up in entities.csv: source, colon, {}"),
        (["force:1", "force:1", "same"], "force:1 is named twice. Name two records."),
        (["force:1", "force:2", "alike"], "'alike' is no decision. Write one of same, different, unsure."),
        (["force:1", "force:2"], "what is decided is said in one way. Write LEFT RIGHT and same, different or {}"),
        (["--list", "--supersede"], "what is decided is said in one way. Write LEFT RIGHT and same, different or {}"),
    ],
)
def test_what_makes_no_decision(folder: Folder, words: list[str], said: str) -> None:
    rest = "record_id." if "entities" in said else "unsure; or --undo N; or --list."
    folder.refused(said.format(rest), "decide", *words, *WHO)


def test_somebody_decides_for_a_reason(folder: Folder) -> None:
    said = "who decides it, and why, is not said. Write --who NAME --why REASON."
    folder.refused(said, "decide", "force:1", "force:2", "same")
    folder.refused(said, "decide", "force:1", "force:2", "same", "--who", "A", "--why", " ")
    folder.refused(said, "decide", "--undo", 1, "--who", " ", "--why", "b")


def test_an_undo_is_never_changed_either(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "--undo", 1, *WHO)
    with Store.open(folder.out) as store, pytest.raises(sqlite.DatabaseError, match="a decision is kept"):
        store.run("delete from decision where number = 2")


def test_any_record_of_an_entity_answers_by_its_permanent_id(folder: Folder) -> None:
    with Store.open(folder.out) as store:
        ids = [one for (one,) in store.run("select permanent_id from member where record_id in ('1', '2')")]
    said = [json.loads(folder("explain", one, "--json").out)["entity_id"] for one in ids]
    assert said == [ids[0], ids[0]]
    ran = folder("decide", *ids, "different", *WHO)
    assert ran.out.startswith("Decision 1: force:1 and force:2 are different.")


def test_the_history_of_a_record(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("decide", "force:1", "force:5", "same", *WHO)
    lines = folder("history", "force:1").out.splitlines()
    assert lines[0].startswith("force:1 is in an entity of 2 records (")
    told = [line.rpartition(" (model ")[0] if " (model " in line else line for line in lines[1:]]
    why = "two brothers: the school confirms"
    assert told == [
        "2026-03-02 09:30  small.csv came",
        "    the record came into the picture",
        "    joined with force:2, which was new",
        f"2026-03-02 09:30  decision 1 by A Analyst (different: force:1 and force:2): {why}",
        "    parted from force:2",
        f"2026-03-02 09:30  decision 2 by A Analyst (same: force:1 and force:5): {why}",
        "    joined with force:5",
    ]


def test_the_history_for_machines_names_the_release(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    said = json.loads(folder("history", "force:2", "--json").out)
    model = json.loads((folder.out / "model.json").read_text(encoding="utf-8"))
    assert [(one["files"], one["came"], one["new"], one["parted"]) for one in said["steps"]] == [
        (["small.csv"], True, ["force:1"], []),
        ([], False, [], [["force:1"]]),
    ]
    assert {one["release"] for one in said["steps"]} == {model["id"]}
    assert said["steps"][1]["decisions"][0]["who"] == "A Analyst"


def test_a_change_that_left_a_record_alone_is_not_in_its_history(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    assert len(json.loads(folder("history", "force:3", "--json").out)["steps"]) == 1


def test_a_replaced_folder_keeps_its_history(folder: Folder, tmp_path: Path) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    small(tmp_path, extracts.PEOPLE[1:], Options(replace=True))
    small(tmp_path, options=Options(replace=True))
    steps = json.loads(folder("history", "force:2", "--json").out)["steps"]
    assert [(one["change"], one["parted"]) for one in steps] == [(1, []), (2, [["force:1"]])]


def test_an_erased_record_is_in_no_history(folder: Folder) -> None:
    folder("decide", "force:1", "force:2", "different", *WHO)
    folder("erase", "force:1", *WHO)
    assert "force:1" not in folder("history", "force:2", "--json").out
    with Store.open(folder.out) as store:
        assert store.count("moved", "record_id = '1'") == 0
    said = "there is no record {}. Look it up in entities.csv: source, colon, record_id."
    folder_words = [folder("history", f"force:{one}").err for one in (1, 9)]
    assert folder_words == [f"concerted: {said.format(f'force:{one}')}\n" for one in (1, 9)]


def test_a_restricted_record_is_named_in_no_history_until_it_is_lifted(folder: Folder) -> None:
    folder("restrict", "force:1", *WHO)
    assert "force:1" not in folder("history", "force:2", "--json").out
    folder("restrict", "force:1", "--lift", *WHO)
    lines = folder("history", "force:2").out.splitlines()
    assert lines[-3:] == [
        "    force:1 was taken out of the picture",
        lines[-2],
        "    joined with force:1, which was new",
    ]
