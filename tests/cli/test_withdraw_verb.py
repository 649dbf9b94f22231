"""`withdraw`, as a person and a script meet it."""

import json

import pytest

from concerted.desk import decisions
from concerted.desk.store import Store
from tests.cli.commands import Command
from tests.cli.weekly import HUNDRED, WHO, Weekly
from tests.desk import extracts
from tests.desk.extracts import content
from tests.desk.weeks import everything_in, row

NAMED = [row(100, "Canarychild", "Canarymother"), *HUNDRED[1:]]
TOLD_ANEW = [row(100, "Newname", "Canarymother"), *HUNDRED[1:], row(300)]


@pytest.fixture
def twice(weekly: Weekly) -> Weekly:
    """Two deliveries of one name."""
    assert weekly(NAMED).code == 0
    assert weekly(TOLD_ANEW).code == 0
    return weekly


def refused(weekly: Weekly, said: str, *words: object) -> None:
    before = content(weekly.out)
    assert weekly.run("withdraw", *words) == (2, "", f"concerted: {said}\n")
    assert content(weekly.out) == before


def log(weekly: Weekly) -> list[list[str]]:
    lines = (weekly.out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["command"] for line in lines]


def test_the_later_file_goes_and_the_earlier_row_counts_again(twice: Weekly) -> None:
    ran = twice.run("withdraw", "--file", "weekly.csv", "--delivery", 2, *WHO)
    assert ran == (0, "weekly.csv is withdrawn. 101 records stand.\n", "")
    held = everything_in(twice.out)
    assert "Canarychild" in held
    assert "Newname" not in held
    assert log(twice)[-1] == ["concerted", "withdraw", str(twice.out), "--file", "weekly.csv", "--delivery", "2", *WHO]


def test_which_of_several_files_of_one_name_is_asked(twice: Weekly) -> None:
    said = (
        "2 deliveries have this name: 1 of 2026-03-02, 2 of 2026-03-02. Add --delivery with the number of the one "
        "that is meant."
    )
    refused(twice, said, "--file", "weekly.csv", *WHO)
    refused(twice, said, "--file", "weekly.csv", "--delivery", 3, *WHO)


def test_a_record_goes_and_nothing_of_it_is_left(twice: Weekly) -> None:
    twice.run("explain", "force:100/child")
    ran = twice.run("withdraw", "--record", "force:100", *WHO)
    assert ran == (0, "The record is withdrawn. 100 records stand.\n", "")
    held = everything_in(twice.out)
    assert not [
        word
        for word in ("Canarychild", "Canarymother", "Newname", "force:100", "100/child", "100/mother")
        if word in held
    ]
    assert log(twice)[-1] == ["concerted", "withdraw", str(twice.out), "--record", "(withdrawn)", *WHO]


def test_and_may_come_again_unlike_one_that_was_erased(twice: Weekly) -> None:
    twice.run("withdraw", "--record", "force:100", *WHO)
    twice.run("erase", "force:101", *WHO)
    assert twice([*TOLD_ANEW, row(301)]).code == 0
    entities = (twice.out / "entities.csv").read_text(encoding="utf-8")
    assert "100/child" in entities
    assert "101/child" not in entities


def test_it_answers_as_one_that_never_was(twice: Weekly) -> None:
    with Store.open(twice.out) as store:
        [name] = store.run("select permanent_id from member where record_id = '100/child'").fetchone()
    twice.run("withdraw", "--record", "force:100", *WHO)
    said = "concerted: there is no record {}. Look it up in entities.csv: source, colon, record_id.\n"
    for key in ("force:100/child", "force:999", name, "a" * 26):
        for verb in ("explain", "history"):
            assert twice.run(verb, key) == (2, "", said.format(key))
        refused(twice, said.removeprefix("concerted: ").format("force:999").strip(), "--record", "force:999", *WHO)


def test_a_decision_about_it_waits_and_counts_again_when_it_comes_again(twice: Weekly) -> None:
    given = extracts.decisions(twice.folder, ("100/child", "102/child", "same"))
    assert twice([*TOLD_ANEW, row(302)], "--decisions", given).code == 0
    states = []
    for act in ("withdraw", "deliver"):
        if act == "withdraw":
            twice.run("withdraw", "--record", "force:100", *WHO)
        else:
            twice([*TOLD_ANEW, row(303)], "--missing", 1)
        with Store.open(twice.out) as store:
            states += [state for _, state, _ in decisions.states(store)]
    assert states == ["waits", "suspended"]  # joined by nobody here: linking is left out


def test_a_source_and_what_is_not_here(twice: Weekly) -> None:
    refused(twice, "no source council is in this folder. Its sources are force.", "--source", "council", *WHO)
    refused(twice, "force is the only source in this folder. Delete the folder.", "--source", "force", *WHO)
    refused(twice, "no file w.csv was read into this folder. Its files are weekly.csv.", "--file", "w.csv", *WHO)


def test_what_makes_no_sense(twice: Weekly) -> None:
    said = "--delivery says which file of a name is meant. Give --file NAME."
    refused(twice, said, "--source", "force", "--delivery", 1, *WHO)
    said = "who asks for it, and why, is not said. Write --who NAME --why REASON."
    refused(twice, said, "--file", "weekly.csv", "--who", "A", "--why", " ")
    said = "one of the arguments --source --file --record is required. See concerted withdraw --help."
    refused(twice, said, *WHO)
    said = "'force' does not name a record. Write the source, a colon and the record's id: force-a:1234."
    refused(twice, said, "--record", "force", *WHO)


def test_for_machines(twice: Weekly) -> None:
    said = json.loads(twice.run("withdraw", "--record", "force:100", "--json", *WHO).out)
    assert said == json.loads((twice.out / "summary.json").read_text(encoding="utf-8"))
    assert "a record was withdrawn" in said["notes"]


def test_the_history_names_who_withdrew_and_no_file_that_went(weekly: Weekly, concerted: Command) -> None:
    assert weekly(HUNDRED).code == 0
    other = extracts.table(weekly.folder / "other.csv", ("id", "first", "last", "dob", "mother"), [row(400)])
    profile = weekly.folder / "weekly.yaml"
    assert concerted("resolve", other, "--profile", profile, "--into", weekly.out, "--missing", 100).code == 0
    weekly.run("withdraw", "--file", "other.csv", *WHO)
    with Store.open(weekly.out) as store:
        told = list(map(tuple, store.run("select command, who, files from change order by number")))
    assert told == [("resolve", "", '["weekly.csv"]'), ("resolve", "", "[]"), ("withdraw", "A Analyst", "[]")]
