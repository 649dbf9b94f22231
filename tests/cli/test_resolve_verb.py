"""`concerted resolve` with its options, as a person and a script meet them."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import Command, Ran
from tests.conftest import ROOT
from tests.desk import extracts
from tests.desk.extracts import FILES, PEOPLE, PROFILES, decisions, rows_of

PROFILE_WORDS = [word for path in PROFILES for word in ("--profile", path)]


@pytest.fixture
def small(tmp_path: Path, concerted: Command) -> Command:
    """Resolves the small extract with these options."""
    data, profile = extracts.extract(tmp_path), extracts.profile(tmp_path)

    def run(*options: object) -> Ran:
        return concerted("resolve", data, "--profile", profile, "--out", tmp_path / "out", *options)

    return run


def test_what_is_left_out_is_not_compared_and_stands_in_the_release(small: Command, tmp_path: Path) -> None:
    ran = small("--without", "phone, town")
    assert (ran.code, ran.out) == (2, "")
    assert "nothing that is compared is called 'phone'. Leave out some of given, family, middle, birth, " in ran.err
    note = "left out of what is compared, as asked: phones, town"
    assert note in json.loads(small("--without", "phones, town", "--json").out)["notes"]
    model = json.loads((tmp_path / "out" / "model.json").read_text(encoding="utf-8"))
    assert model["left_out"] == ["phones", "town"]
    assert not {"phones", "town"} & {one["name"] for one in model["comparisons"]}
    kept = tmp_path / "kept.json"
    (tmp_path / "out" / "model.json").rename(kept)
    assert note in json.loads(small("--model", kept, "--json").out)["notes"]


def test_the_example_in_words(tmp_path: Path, concerted: Command) -> None:
    ran = concerted("resolve", *FILES, *PROFILE_WORDS, "--out", tmp_path / "out")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[:3] == [
        "force.csv: 85 rows, 83 read, 2 in quarantine; 3 values in quarantine",
        "council.csv: 82 rows, 79 read, 2 in quarantine, 1 blank; 2 values in quarantine",
        "charity.csv: 63 rows, 61 read, 2 in quarantine; 4 values in quarantine",
    ]
    assert lines[3].startswith("222 records, ")
    assert "entities" in lines[3]
    assert lines[4].startswith("Model: the shipped release")
    assert lines[-1] == f"Open {tmp_path / 'out' / 'report.html'}"


def test_json_is_the_summary(small: Command, tmp_path: Path) -> None:
    ran = small("--json")
    assert ran.code == 0
    assert json.loads(ran.out) == json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))


def test_the_command_is_in_the_report_as_it_was_given(small: Command, tmp_path: Path) -> None:
    small()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "concerted resolve" in page
    assert f"concerted explain {tmp_path / 'out'} force:1" in page


def test_truth_is_measured_and_said(small: Command) -> None:
    assert "Against the truth: pair_f1 1.0000, b3_f1 1.0000." in small("--truth").out


def test_decisions_and_replace(small: Command, tmp_path: Path) -> None:
    given = decisions(tmp_path, ("1", "2", "different"))
    assert small("--decisions", given).code == 0
    again = small()
    assert (again.code, again.out) == (2, "")
    assert "out: the folder holds 1 decision" in again.err
    assert small("--replace").code == 0
    entity = {row["record_id"]: row["entity_id"] for row in rows_of(tmp_path / "out" / "entities.csv")}
    assert entity["1"] != entity["2"]


def test_max_quarantine_is_exit_1(tmp_path: Path, concerted: Command, quick: None) -> None:
    data = extracts.extract(tmp_path, [*PEOPLE, ("", "No", "Body", "", "", "")])
    words = ["resolve", data, "--profile", extracts.profile(tmp_path), "--out", tmp_path / "out"]
    ran = concerted(*words, "--max-quarantine", "0")
    assert (ran.code, ran.out) == (1, "")
    assert "1 of 7 rows would go to quarantine and --max-quarantine allows 0" in ran.err
    assert "because it has no record id (first: small.csv, row 8, column id)" in ran.err
    assert not (tmp_path / "out").exists()
    assert concerted(*words, "--max-quarantine", "20%").code == 0


def test_as_of_is_kept(small: Command, tmp_path: Path, quick: None) -> None:
    assert small("--as-of", "2025-01-31").code == 0
    assert "31 January 2025" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--as-of", "yesterday"], "'yesterday' is no day"),
        (["--max-quarantine", "lots"], "'lots' is no number of rows"),
        (["--model", "absent.json"], "the model cannot be read"),
        (["--decisions", "absent.csv"], "absent.csv: the file cannot be read"),
        (["--profile", "absent.yaml"], "the profile cannot be read"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_2(small: Command, tmp_path: Path, options: list[str], said: str) -> None:
    ran = small(*options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_training_that_cannot_be_done_is_refused(small: Command, tmp_path: Path) -> None:
    ran = small("--model", "train")
    assert ran.code == 2
    assert not (tmp_path / "out").exists()


def test_the_shipped_model_by_name(small: Command) -> None:
    assert "Model: the shipped release, as asked." in small("--model", "default").out


@pytest.mark.parametrize(
    ("name", "said"), [("absent.csv", "there is no such file"), ("folder", "it is a folder and no extract")]
)
def test_a_file_that_is_none(tmp_path: Path, concerted: Command, name: str, said: str) -> None:
    profile = extracts.profile(tmp_path)
    (tmp_path / "folder").mkdir()
    ran = concerted("resolve", tmp_path / name, "--profile", profile, "--out", tmp_path / "out")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"concerted: {name}: {said}. Check its name and the folder it is in.\n"
    assert {path.name for path in tmp_path.iterdir()} == {"small.yaml", "folder"}


def test_the_same_record_told_differently_in_two_files(tmp_path: Path, concerted: Command) -> None:
    one = extracts.extract(tmp_path, PEOPLE[:1], "a.csv")
    other = extracts.extract(tmp_path, [("1", "Somebody", *PEOPLE[0][2:])], "b.csv")
    ran = concerted("resolve", one, other, "--profile", extracts.profile(tmp_path), "--out", tmp_path / "out")
    assert ran.code == 2
    assert all(word in ran.err for word in ("a.csv", "b.csv", "force:1"))


def test_a_shipped_profile_is_named_without_a_file(tmp_path: Path, concerted: Command, quick: None) -> None:
    data = tmp_path / "fake_1000.csv"
    text = (ROOT / "tests/data/outside/fake_1000.csv").read_text(encoding="utf-8")
    data.write_text("".join(text.splitlines(keepends=True)[:20]), encoding="utf-8")
    ran = concerted("resolve", data, "--profile", "practice/fake_1000", "--out", tmp_path / "out")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("fake_1000.csv: 19 rows, 19 read, 0 in quarantine")


def test_a_profile_that_is_neither_file_nor_shipped(tmp_path: Path, concerted: Command) -> None:
    data = extracts.extract(tmp_path)
    ran = concerted("resolve", data, "--profile", "practice/nothing", "--out", tmp_path / "out")

    assert ran.code == 2
    assert "the profile cannot be read" in ran.err.lower()
    assert "`concerted profile list`" in ran.err
