"""`concerted profile` and its parts, as a person and a script meet them."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from concerted.cli import profile
from concerted.common.errors import UsedWronglyError
from concerted.extracts.shipped import all_shipped
from tests.conftest import ROOT
from tests.extracts.profile_texts import SOUND, sound, with_fields

FAKE = ROOT / "tests/data/outside/fake_1000.csv"
GOOD = "practice/fake_1000"


def run(*words: object) -> int:
    """The verb with these words, as the command runs it."""
    parser = argparse.ArgumentParser(prog="concerted")
    profile.add(parser.add_subparsers(required=True))
    args = parser.parse_args(["profile", *map(str, words)])
    code = args.run(args)
    assert isinstance(code, int)
    return code


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "force.yaml"
    path.write_text(with_fields("surname: last", "sex: {column: s, date: '%Y'}"), encoding="utf-8")
    return path


def test_a_sound_profile_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SOUND, encoding="utf-8")

    assert run("check", path) == 0
    assert capsys.readouterr().out == "example version 1: no faults\n"


def test_faults_are_listed_with_their_lines(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", broken) == 1
    assert capsys.readouterr().out.splitlines() == [
        "force.yaml: 2 faults",
        "  line 7: surname is not a standard field. Did you mean family_name?",
        "  line 8: sex is not a date. Leave `date` out.",
    ]


def test_faults_for_machines(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", broken, "--json") == 1

    said = json.loads(capsys.readouterr().out)
    assert not said["sound"]
    assert [fault["line"] for fault in said["faults"]] == [7, 8]
    assert said["faults"][0]["mend"] == "did you mean family_name?"


def test_what_would_be_read_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", GOOD, FAKE) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "fake-1000 version 1: no faults",
        "",
        "fake_1000.csv: all 1,000 rows looked at",
        "  given_name       from first_name: 831 read, 169 missing, 0 unreadable",
    ]
    assert "      Robert  is read as  Robert" in lines
    assert any("is not read: not an e-mail address" in line for line in lines)


def test_what_would_be_read_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", GOOD, FAKE, "--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["sound"], said["profile"], said["file"]["rows"]) == (True, "fake-1000", 1000)
    assert said["file"]["fields"][0]["examples"][0] == {"raw": "Robert", "value": "Robert", "problem": None}


def test_warnings_evidence_drops_and_columns_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, data = tmp_path / "a.yaml", tmp_path / "a.csv"
    path.write_text(
        with_fields("given_name: a", "country: country_of_birth", after="evidence: [e]\ndrop: {d: old}\n"),
        encoding="utf-8",
    )
    data.write_text("id,a,country_of_birth,e,d,more\n1,Ann,x,y,z,w\n1,Ann,x,y,z,w\n", encoding="utf-8")

    assert run("check", path, data) == 0

    out = capsys.readouterr().out
    assert "  mind: column country_of_birth is not compared: by its name it may hold nationality" in out
    assert "  mind: 1 row has a record id in id that stood above" in out
    assert "carried as evidence, not compared: e" in out
    assert "dropped: d (old)" in out
    assert "not read, because the profile does not name them: more" in out


def test_several_people_in_a_row_stand_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, data = tmp_path / "a.yaml", tmp_path / "a.csv"
    path.write_text(
        with_fields().replace("fields:\n", "parts: {child: {given_name: c}, mother: {given_name: m}}\n"),
        encoding="utf-8",
    )
    data.write_text("id,c,m\n1,Ann,Mary\n", encoding="utf-8")

    assert run("check", path, data) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines.index("child:") < lines.index("mother:")


def test_nothing_that_steers_a_terminal_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(with_fields('"\\x1b[2Jname": a', '"\\u202Eb": c'), encoding="utf-8")

    assert run("check", path) == 1
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)


def test_what_is_not_there_is_used_wrongly(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError):
        run("check", tmp_path / "absent.yaml")
    with pytest.raises(UsedWronglyError):
        run("check", GOOD, tmp_path / "absent.csv")
    with pytest.raises(UsedWronglyError):
        run("new", tmp_path / "absent.csv")


def test_a_draft_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", FAKE) == 0
    assert sound(capsys.readouterr().out).record_id == "unique_id"


def test_a_draft_is_written_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fake.yaml"

    assert run("new", FAKE, "--out", path) == 0
    assert "Drafted" in capsys.readouterr().out
    assert run("check", path, FAKE) == 0


def test_a_draft_with_questions_says_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "a.csv"
    data.write_text("id,dob\n1,01/02/2009\n2,03/04/2010\n", encoding="utf-8")

    assert run("new", data, "--out", tmp_path / "a.yaml") == 0
    assert "1 question in it begins with ASK." in capsys.readouterr().out


def test_a_draft_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", FAKE, "--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert said["out"] is None
    assert sound(said["draft"]).version == 1


def test_a_profile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(UsedWronglyError, match="not overwritten"):
        run("new", FAKE, "--out", path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_shipped_profiles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(all_shipped())
    assert lines[0].startswith("cin-census ")
    assert lines[0].endswith("  Children in need census: *cin*census*.xml, *CIN*Census*.xml, *CIN*.xml")


def test_the_shipped_profiles_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0

    said = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert said.keys() == all_shipped().keys()
    assert (said["cin-census"]["unasked"], said["practice/febrl3"]["unasked"]) == (True, False)
    assert said["practice/febrl3"]["files"] == ["dataset3.csv"]


@pytest.mark.parametrize("name", all_shipped())
def test_a_shipped_profile_is_shown_as_it_is(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", name) == 0

    saved = tmp_path / "mine.yaml"
    saved.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("check", saved) == 0
    assert saved.read_text(encoding="utf-8") == all_shipped()[name].read_text(encoding="utf-8")


def test_a_name_that_no_shipped_profile_has(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="no profile of that name is shipped"):
        run("show", "febrl3")


@pytest.mark.parametrize("words", [[], ["look"], ["show"], ["check"], ["new"], ["check", "a", "b", "c"]])
def test_words_that_make_no_sense(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*words)

    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_registering_the_verb_loads_nothing_heavy() -> None:
    heavy = ("pydantic", "yaml", "pyarrow", "phonenumbers")
    seen = f"import concerted.cli.profile, sys; print([name for name in {heavy} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
