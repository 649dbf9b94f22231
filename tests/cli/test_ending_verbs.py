"""`withdrawals`, `restrict` and `erase`, as a person and a script meet them."""

import json

import pytest
from sqlcipher3 import dbapi2 as sqlite

from concerted.desk import decisions, ended
from concerted.desk.store import Store
from tests.cli.weekly import HUNDRED, WHO, Weekly, summed
from tests.desk import extracts
from tests.desk.extracts import content
from tests.desk.weeks import everything_in, row

NAMED = [row(100, "Canarychild", "Canarymother"), row(101, mother="Mo"), *HUNDRED[2:]]
"""The first two rows hold two people each."""
DPO = ("--who", "D Officer", "--why", "request 26/14")


@pytest.fixture
def standing(weekly: Weekly) -> Weekly:
    """Rows that stand."""
    assert weekly(NAMED).code == 0
    return weekly


@pytest.fixture
def missing(standing: Weekly) -> Weekly:
    """Two records wait to be withdrawn."""
    assert standing(NAMED[:98]).code == 0
    return standing


def log(weekly: Weekly) -> list[list[str]]:
    """The commands in the folder's own record."""
    lines = (weekly.out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["command"] for line in lines]


def refused(weekly: Weekly, said: str, verb: str, *words: object) -> None:
    """The command ends with exit code 2 and these words, and changes nothing of the folder, nor its record."""
    before = content(weekly.out)
    ran = weekly.run(verb, *words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"concerted: {said}\n")
    assert content(weekly.out) == before


def test_nothing_waits(standing: Weekly) -> None:
    assert standing.run("withdrawals list") == (0, "No record waits to be withdrawn.\n", "")
    assert standing.run("withdrawals list", "--json").out == "[]\n"
    said = "no record waits to be withdrawn. Nothing is to be done."
    refused(standing, said, "withdrawals approve", "--all", *WHO)


def test_the_list_in_words(missing: Weekly) -> None:
    before = summed(missing.out)
    ran = missing.run("withdrawals list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "1  force:198/child  (person), missing from weekly.csv",
        "2  force:199/child  (person), missing from weekly.csv",
    ]
    assert summed(missing.out) == before
    assert log(missing)[-1] == ["concerted", "withdrawals", "list", str(missing.out)]


def test_the_list_for_machines(missing: Weekly) -> None:
    first = json.loads(missing.run("withdrawals list", "--json").out)[0]
    place = {"number": 1, "delivery": 2, "file": "weekly.csv", "kind": "person", "source": "force"}
    undecided = {"state": "waiting", "who": None, "when": None, "why": None}
    assert first == place | {"record_id": "198/child"} | undecided


def test_one_is_let_go_and_one_kept(missing: Weekly) -> None:
    approved = missing.run("withdrawals approve", 2, *WHO)
    kept = missing.run("withdrawals keep", 1, *WHO)

    assert approved == (0, "1 record is let go. 101 records stand.\n", "")
    assert kept == (0, "1 record is kept. 101 records stand.\n", "")
    assert missing.run("withdrawals list").out == "No record waits to be withdrawn.\n"
    assert missing.run("withdrawals list", "--all").out.splitlines() == [
        "1  force:198/child  (person), missing from weekly.csv [kept], by A Analyst: asked the force",
        "2  force:199/child  (person), missing from weekly.csv [withdrawn], by A Analyst: asked the force",
    ]
    entities = (missing.out / "entities.csv").read_text(encoding="utf-8")
    assert "198/child" in entities
    assert "199/child" not in entities


@pytest.mark.parametrize(("verb", "said"), [("approve", "are let go. 100"), ("keep", "are kept. 102")])
def test_all_that_wait(missing: Weekly, verb: str, said: str) -> None:
    assert missing.run(f"withdrawals {verb}", "--all", *WHO) == (0, f"2 records {said} records stand.\n", "")
    assert log(missing)[-1] == ["concerted", "withdrawals", verb, str(missing.out), "--all", *WHO]


def test_a_decision_for_machines_says_what_was_decided(missing: Weekly) -> None:
    said = json.loads(missing.run("withdrawals approve", 2, "--json", *WHO).out)
    [decided] = said["decided"]
    assert (decided["number"], decided["state"], decided["who"]) == (2, "withdrawn", "A Analyst")
    assert (decided["when"], decided["why"]) == ("2026-03-02T09:30:00Z", "asked the force")
    assert said["summary"]["records"] == 101


def test_a_number_given_twice_is_one_record(missing: Weekly) -> None:
    assert missing.run("withdrawals keep", 2, 2, *WHO).out.startswith("1 record is kept. ")


NOT_SAID = "which records is not said. Write their numbers, or --all for every one."
WAITS_NOT = "no record waits under number {}. `concerted withdrawals list DIR` shows the numbers."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([*WHO], NOT_SAID),
        (["1", "--all", *WHO], NOT_SAID),
        (["3", *WHO], WAITS_NOT.format(3)),
        (["1", "0", *WHO], WAITS_NOT.format(0)),
        (["1", "--who", " ", "--why", "b"], "who decides it, and why, is not said. Write --who NAME --why REASON."),
    ],
)
@pytest.mark.parametrize("verb", ["approve", "keep"])
def test_a_decision_that_makes_no_sense(missing: Weekly, verb: str, words: list[str], said: str) -> None:
    refused(missing, said, f"withdrawals {verb}", *words)


def test_a_number_that_was_decided_waits_no_more(missing: Weekly) -> None:
    missing.run("withdrawals approve", 1, *WHO)
    refused(missing, WAITS_NOT.format(1), "withdrawals keep", "1", *WHO)


def test_a_restricted_record_is_in_no_list_until_it_is_lifted(standing: Weekly) -> None:
    ran = standing.run("restrict", "force:100", *DPO)
    assert ran == (0, "force:100 is kept and not used. 100 records stand.\n", "")
    assert "100/" not in (standing.out / "entities.csv").read_text(encoding="utf-8")

    ran = standing([row(100, "Newname", "Canarymother"), *NAMED[1:]])
    assert "100 records" in ran.out
    ran = standing.run("restrict", "force:100", "--lift", *DPO)
    assert ran == (0, "force:100 is used again. 102 records stand.\n", "")
    assert "100/child" in (standing.out / "entities.csv").read_text(encoding="utf-8")
    with Store.open(standing.out) as store:
        [one] = ended.all_of(store)
    assert (one.act, one.key, one.who, one.lifted_by) == ("restricted", "force:100", "D Officer", "D Officer")


def test_one_person_of_a_row_is_restricted(standing: Weekly) -> None:
    assert standing.run("restrict", "force:100/mother", *DPO).out.endswith(" 101 records stand.\n")
    assert "100/child" in (standing.out / "entities.csv").read_text(encoding="utf-8")


def test_a_restriction_names_a_record_that_is_there(standing: Weekly) -> None:
    """A slip of the hand must not look like a restriction."""
    refused(
        standing, "nothing of force:500 is in this folder. Check the source and the id.", "restrict", "force:500", *DPO
    )


def test_a_restriction_for_machines(standing: Weekly) -> None:
    said = json.loads(standing.run("restrict", "force:101", "--json", *DPO).out)
    assert said == json.loads((standing.out / "summary.json").read_text(encoding="utf-8"))


def test_a_restriction_twice_and_none_to_lift(standing: Weekly) -> None:
    said = "force:101 is not restricted. Check the source and the id."
    refused(standing, said, "restrict", "force:101", "--lift", *DPO)
    standing.run("restrict", "force:101", *DPO)
    said = "force:101 is restricted already. `concerted restrict DIR --lift` ends it."
    refused(standing, said, "restrict", "force:101", *DPO)
    standing.run("restrict", "force:101", "--lift", *DPO)
    assert standing.run("restrict", "force:101", *DPO).code == 0


@pytest.mark.parametrize("verb", ["restrict", "erase"])
def test_what_names_no_record_and_nobody_who_asks(standing: Weekly, verb: str) -> None:
    said = "'force' does not name a record. Write the source, a colon and the record's id: force-a:1234."
    refused(standing, said, verb, "force", *DPO)
    said = "who asks for it, and why, is not said. Write --who NAME --why REASON."
    refused(standing, said, verb, "force:101", "--who", "D", "--why", " ")
    said = f"the following arguments are required: --who. See concerted {verb} --help."
    refused(standing, said, verb, "force:101", "--why", "b")


def test_nothing_of_an_erased_row_is_left(standing: Weekly) -> None:
    standing.run("restrict", "force:100", *DPO)
    standing.run("restrict", "force:100", "--lift", *DPO)
    ran = standing.run("erase", "force:100", *DPO)

    assert ran == (0, "The record is erased. 100 records stand.\n", "")
    held = everything_in(standing.out)
    assert not [
        word for word in ("Canarychild", "Canarymother", "force:100", "100/child", "100/mother") if word in held
    ]
    commands = log(standing)
    assert commands[-1] == ["concerted", "erase", str(standing.out), "(erased)", *DPO]
    assert commands[-2] == ["concerted", "restrict", str(standing.out), "(erased)", "--lift", *DPO]


def test_an_erased_row_stays_away_and_is_counted(standing: Weekly) -> None:
    standing.run("erase", "force:100", *DPO)
    said = json.loads(standing([*NAMED, row(300)], "--json").out)

    assert (said["told"][0]["new"], said["told"][0]["missing"]) == (1, 0)
    assert (said["summary"]["records"], said["summary"]["files"][-1]["erased"]) == (101, 1)
    assert "Canary" not in everything_in(standing.out)


def test_one_person_of_a_row_is_erased(standing: Weekly) -> None:
    said = json.loads(standing.run("erase", "force:100/mother", "--json", *DPO).out)

    assert said["records"] == 101
    held = everything_in(standing.out)
    assert "Canarymother" not in held
    assert "Canarychild" in held
    assert standing([*NAMED, row(300)]).code == 0
    assert "Canarymother" not in everything_in(standing.out)


def test_an_erasure_of_what_is_not_there(standing: Weekly) -> None:
    said = "nothing of {} is in this folder. Check the source and the id."
    for key in ("force:500", "council:100", "force:10", "force:100/father"):
        refused(standing, said.format(key), "erase", key, *DPO)
    standing.run("erase", "force:100", *DPO)
    refused(standing, said.format("force:100"), "erase", "force:100", *DPO)


@pytest.mark.parametrize("why", ["force:100 asked", "100"])
def test_the_reason_of_an_erasure_may_not_name_the_record(standing: Weekly, why: str) -> None:
    said = "the reason names the record. Write --why without its id: it is kept for good."
    refused(standing, said, "erase", "force:100", "--who", "D Officer", "--why", why)


def test_decisions_about_an_erased_record_go_and_the_others_stay(standing: Weekly) -> None:
    pairs = [("100/child", "102/child", "same"), ("103/child", "104/child", "different")]
    pairs.append(("105/child", "100/mother", "unsure"))
    given = extracts.decisions(standing.folder, *pairs)
    assert standing([*NAMED, row(300)], "--decisions", given).code == 0
    assert standing.run("erase", "force:100", *DPO).code == 0

    with Store.open(standing.out) as store:
        assert [one.left.record_id for one in decisions.all_of(store)] == ["103/child"]
        with pytest.raises(sqlite.IntegrityError, match="a decision is kept"):
            store.run("delete from decision")


def test_a_withdrawal_of_an_erased_record_is_off_the_list(missing: Weekly) -> None:
    assert missing.run("erase", "force:199", *DPO).code == 0
    assert missing.run("withdrawals list").out == "1  force:198/child  (person), missing from weekly.csv\n"
