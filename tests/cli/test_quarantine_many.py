"""`quarantine causes`, `--like` and `return`, as a person and a script meet them."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.desk.extracts import EXAMPLE, PEOPLE, content, small

WHO = ("--who", "Ann", "--why", "asked")


@pytest.fixture
def faulty(tmp_path: Path, quick: None) -> Path:
    """Seven dates of one text, and one of another."""
    rows = [(str(at), "Ama", "Osei", "01.02.2009", "", "e") for at in range(10, 17)]
    return small(tmp_path, [*PEOPLE, *rows, ("20", "Ama", "Umeh", "02.02.2009", "", "e")])


def test_causes(concerted: Command, result: Path) -> None:
    ran = concerted("quarantine", "causes", result)
    assert ran.code == 0
    assert ran.out.splitlines()[:4] == [
        "1 value  profile example-force-nominals, column SEX: it is not among the profile's codes",
        "    they hold: 7",
        "    such as number 1. To mend it: add what it means under `codes:` in the profile.",
        "    here: mend it by its number.",
    ]


def test_causes_of_many(concerted: Command, faulty: Path) -> None:
    said = concerted("quarantine", "causes", faulty).out
    assert said.startswith("8 values  profile small, column dob: not a date of the form ")
    assert "they hold: 01.02.2009 (7); 02.02.2009\n" in said
    assert "here: it is in most rows, so mend the profile: see `fields.date_of_birth.date` in small" in said


def test_causes_for_machines(concerted: Command, faulty: Path) -> None:
    [cause] = json.loads(concerted("quarantine", "causes", faulty, "--json").out)
    assert (cause["count"], cause["example"], cause["different_texts"]) == (8, 1, 2)
    assert cause["texts"][0] == {"text": "01.02.2009", "count": 7}


def test_no_causes(concerted: Command, tmp_path: Path, quick: None) -> None:
    assert concerted("quarantine", "causes", small(tmp_path)).out == "Nothing waits in quarantine.\n"


def test_mend_everything_alike(concerted: Command, faulty: Path) -> None:
    before = concerted("quarantine", "list", faulty, "--json").out
    dry = concerted("quarantine", "mend", faulty, "--like", 1, "--set", "dob=2009-02-01", "--dry-run", *WHO)
    assert dry.out.startswith("7 items would be mended; nothing is written.\n1  value  small.csv, row 8, column dob: ")
    assert dry.out.endswith("dob becomes 2009-02-01\nand 2 more\n")
    assert concerted("quarantine", "list", faulty, "--json").out == before
    ran = concerted("quarantine", "mend", faulty, "--like", 1, "--set", "dob=2009-02-01", *WHO)
    assert ran.out == f"7 items are mended. `concerted quarantine replay {faulty}` reads them again.\n"
    assert concerted("quarantine", "replay", faulty).out.startswith("7 read again, 0 faulty still")


def test_replace_in_everything_of_a_cause(concerted: Command, faulty: Path) -> None:
    ran = concerted("quarantine", "mend", faulty, "--like", 1, "--replace", "01.02.2009=2009-02-01", *WHO)
    assert ran.out.startswith("7 items are mended. ")
    ran = concerted("quarantine", "mend", faulty, "--like", 8, "--replace", "02.02.2009=", "--dry-run", *WHO)
    assert "dob becomes empty" in ran.out


def test_dismiss_everything_alike(concerted: Command, faulty: Path) -> None:
    dry = concerted("quarantine", "dismiss", faulty, "--like", 1, "--dry-run", *WHO)
    assert dry.out.startswith("7 items would be dismissed; nothing is written.\n")
    ran = concerted("quarantine", "dismiss", faulty, "--like", 1, *WHO)
    assert ran.out == "7 items are dismissed. `list` shows them only with --all, and they are still counted.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mend", "{}", "1", "--like", "1", "--set", "dob=1"], "what to mend is said in one way"),
        (["mend", "{}", "--like", "1"], "what to mend is said in one way"),
        (["mend", "{}", "--like", "1", "--line", "x"], "what to mend is said in one way"),
        (["mend", "{}", "1", "--replace", "a=b"], "what to mend is said in one way"),
        (["mend", "{}", "1", "--set", "dob=1", "--dry-run"], "what to mend is said in one way"),
        (["mend", "{}", "--like", "1", "--replace", "=b"], "does not say OLD=NEW"),
        (["mend", "{}", "--like", "1", "--replace", "zzz=b"], "nothing that waits is like number 1"),
        (["mend", "{}", "--like", "99", "--set", "dob=1"], "no number 99"),
        (["dismiss", "{}"], "what to dismiss is said in one way"),
        (["dismiss", "{}", "1", "--like", "1"], "what to dismiss is said in one way"),
        (["dismiss", "{}", "1", "--dry-run"], "what to dismiss is said in one way"),
    ],
)
def test_what_makes_no_sense_changes_nothing(concerted: Command, faulty: Path, words: list[str], said: str) -> None:
    before = content(faulty)
    ran = concerted("quarantine", *[word.format(faulty) for word in words], *WHO)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err
    assert content(faulty) == before


def test_give_a_file_back(concerted: Command, copied: Path, tmp_path: Path) -> None:
    concerted("quarantine", "mend", copied, 4, "--set", "DOB=18/01/2008", *WHO)
    ran = concerted("quarantine", "return", copied, EXAMPLE / "force.csv", "--out", tmp_path / "force.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"force.csv is written to {tmp_path / 'force.xlsx'}: 85 rows; in 5 of them something could not be read, "
        "in 1 something is mended.\n"
        "Mind: the profile example-force-nominals reads csv: to deliver this file again, write file: {format: xlsx} "
        "in it, or give --out a name that ends in .csv.\n"
    )
    last = json.loads((copied / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["command"][:3] == ["concerted", "quarantine", "return"]


def test_give_a_file_back_for_machines(concerted: Command, copied: Path, tmp_path: Path) -> None:
    out = tmp_path / "force.csv"
    words = ("quarantine", "return", copied, EXAMPLE / "force.csv", "--out", out, "--only-faulty", "--json")
    assert json.loads(concerted(*words).out) == {
        "file": "force.csv",
        "out": "force.csv",
        "rows": 5,
        "faulty": 5,
        "mended": 0,
        "notes": [],
    }
    again = concerted(*words)
    assert (again.code, again.err) == (
        2,
        "concerted: force.csv: there is such a file already. Give --out another name.\n",
    )
