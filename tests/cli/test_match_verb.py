"""`match` as a duty officer and a script meet it."""

import io
import json
import shutil
from pathlib import Path

import pytest

from concerted.cli.match import without_the_person
from tests.cli.commands import Command
from tests.desk.extracts import extract, profile, rows_of

KEYS = ["hits", "capped", "second_pass", "searched", "ms", "answer"]
HIT = ["entity_id", "weight", "probability", "band", "for", "against", "would_settle"]
KNOWN = {"given_name": "Amara", "family_name": "Okonjo", "phone": "07700 900001"}


@pytest.fixture(scope="module")
def folder(result: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, to ask in: its picture for questions is written into it."""
    return Path(shutil.copytree(result, tmp_path_factory.mktemp("asked") / "out"))


def test_an_answer_for_machines_has_the_keys_of_the_contract(concerted: Command, folder: Path) -> None:
    people = rows_of(folder / "entities.csv")
    assert people
    ran = concerted("match", folder, "--record", '{"given_name": "Danuta", "date_of_birth": "2009"}', "--json")
    said = json.loads(ran.out)
    assert (ran.code, list(said)) == (0, KEYS)
    assert all(list(hit) == HIT for hit in said["hits"])
    assert said["searched"] == sorted(said["searched"])


def test_an_answer_for_people(concerted: Command, folder: Path) -> None:
    ran = concerted("match", folder, "--record", '{"family_name": "Vandersloot", "given_name": "Zuleika"}')
    assert ran.code == 0
    assert "records searched" in ran.out
    assert ran.out.splitlines()[-1].startswith("Searched: ")
    assert "Others may hold more." in ran.out


def test_a_person_who_is_there(concerted: Command, folder: Path) -> None:
    ran = concerted("match", folder, "--record", '{"given_name": "Alexander", "date_of_birth": "February 2009"}')
    assert "1. perhaps the same person: " in ran.out
    for words in ("its records: force:N0200311, ", "for it: same given name", "what would tell: a family name would"):
        assert f"   {words}" in ran.out
    misspelt = '{"given_name": "Alxander", "family_name": "Kovalenka", "date_of_birth": "24/02/2008"}'
    ran = concerted("match", folder, "--record", misspelt)
    assert "   against it: " in ran.out
    assert "these were found by names that are near" in ran.out


def test_nobody_asked_about_stands_in_the_log(concerted: Command, copied: Path) -> None:
    before = (copied / "log.jsonl").read_text(encoding="utf-8").count('"match"')
    for words in (["--record", json.dumps(KNOWN)], [f"--record={json.dumps(KNOWN)}"]):
        assert concerted("match", copied, *words).code == 0
    log = (copied / "log.jsonl").read_text(encoding="utf-8")
    assert log.count('"match"') - before == 2
    assert "Okonjo" not in log
    assert "900001" not in log


def test_a_record_is_read_from_standard_input(
    concerted: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(KNOWN)))
    assert concerted("match", folder, "--record", "-").code == 0


def test_without_the_person_only_what_says_nothing_of_them_is_left() -> None:
    assert without_the_person(["concerted", "match", "d", "--record", "{}", "--json"])[3:] == [
        "--record",
        "...",
        "--json",
    ]
    assert without_the_person(["concerted", "match", "d", "--record={}"])[3:] == ["--record=..."]
    assert without_the_person(["match", "d", "--rec", "{}"])[2:] == ["--rec", "..."]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--record", '{"given_nam'], "the record is no JSON at character 2"),
        (["--record", "[1]"], "the record is no object of fields"),
        (["--record", "[" * 100_000], "the record is no JSON"),
        (["--record", '{"surname": "Rudd"}'], "nobody is found by a field 'surname'"),
        (["--record", "{}"], "the record is empty"),
        (["--record", '{"sex": "female"}'], "says nothing by which"),
        (["--record", '{"given_name": "Amara"}', "--scope", "nowhere"], "no record is of the source 'nowhere'"),
        (["--record", '{"given_name": "Amara"}', "--scope", ","], "no source is named"),
        (["--record", '{"given_name": "Amara"}', "--out", "x.csv"], "go with --file"),
        (["--file", "x.csv"], "--file needs a profile"),
        (["--record", '{"given_name": "Amara"}', "--top", "0"], "no number from 1 to 1,000"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_2(concerted: Command, folder: Path, words: list[str], said: str) -> None:
    ran = concerted("match", folder, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_of_people(concerted: Command, folder: Path, tmp_path: Path) -> None:
    given = ["--file", extract(tmp_path), "--profile", profile(tmp_path), "--out", tmp_path / "hits.csv"]
    ran = concerted("match", folder, *given)
    assert ran.code == 0
    assert ran.out.startswith("6 records: ")
    assert {row["record_id"] for row in rows_of(tmp_path / "hits.csv")} == set("123456")
    ran = concerted("match", folder, *given[:-1], tmp_path / "again.csv", "--json")
    assert list(json.loads(ran.out)) == ["records", "same", "perhaps", "nobody", "unreadable"]


def test_a_scope_is_what_is_searched(concerted: Command, folder: Path) -> None:
    ran = concerted("match", folder, "--record", json.dumps(KNOWN), "--scope", "force", "--json")
    assert json.loads(ran.out)["searched"] == ["force"]
