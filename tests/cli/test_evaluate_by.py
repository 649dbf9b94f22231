"""`concerted evaluate --by`: figures group by group, as a person and a script meet them."""

import json
from pathlib import Path
from typing import get_args

import pytest

from concerted.cli.evaluate import EACH, LEAST
from concerted.linkage.fairness import LEAST as OF_FIGURES
from concerted.linkage.fairness import Each
from tests.cli.commands import Command
from tests.desk import fairness as made
from tests.desk.extracts import content, table

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def words(tmp_path: Path) -> list[Path | str]:
    """The command on a folder in which nobody was joined."""
    return ["evaluate", made.folder(tmp_path), "--truth", made.truth(tmp_path), "--by", made.groups(tmp_path)]


def test_the_choices_are_those_of_the_figures() -> None:
    assert LEAST == OF_FIGURES
    assert get_args(Each) == EACH


def test_a_table_for_each_attribute_in_words(concerted: Command, words: list[Path | str]) -> None:
    ran = concerted(*words, "--least", 1)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    said = "100% of true pairs missed, no joined pairs; every pair counts alike"
    assert f"By name_origin: 12 records; {said}" in lines
    assert f"By sex: 10 records, 2 left out; {said}" in lines
    [row] = [line for line in lines if line.startswith("  alpha beta")]
    assert row.split()[2:4] == ["6", "3"]
    assert "1.00 (" in row
    assert "nothing to compare" in row


def test_too_few_are_said_to_be_too_few(concerted: Command, words: list[Path | str]) -> None:
    assert concerted(*words).out.count("too few to say") == 3


def test_json_has_the_figures_beside_those_of_all(concerted: Command, words: list[Path | str]) -> None:
    found = json.loads(concerted(*words, "--json", "--least", "3").out)
    assert (found["records"], found["pair_r"]) == (12, 0.0)
    origin, sex = found["fairness"]
    assert [origin["attribute"], sex["attribute"]] == ["name_origin", "sex"]
    assert (origin["records"], origin["least"], sex["left_out"]) == (12, 3, 2)
    one = origin["groups"][1]
    assert (one["group"], one["true_pairs"], one["few"]) == ("alpha_beta", 3, False)
    assert (one["missed"]["count"], one["missed"]["share"], one["false"]["share"]) == (3, 1.0, None)
    assert (one["missed_ratio"]["ratio"], one["false_ratio"]) == (1.0, None)


def test_every_record_may_count_alike(concerted: Command, words: list[Path | str], tmp_path: Path) -> None:
    ran = concerted(*words, "--each", "record", "--page", "--least", "1")
    assert "100% of a record's true partners missed, no joined pairs; every record counts alike" in ran.out
    assert "every record counts alike" in (tmp_path / "out" / "fairness.html").read_text(encoding="utf-8")
    assert json.loads(concerted(*words, "--each", "record", "--json").out)["fairness"][0]["each"] == "record"


def test_without_groups_nothing_is_different(concerted: Command, words: list[Path | str]) -> None:
    assert "fairness" not in json.loads(concerted(*words[:4], "--json").out)


def test_the_page_is_written_when_asked_for_and_gone_when_the_folder_changes(
    concerted: Command, words: list[Path | str], tmp_path: Path
) -> None:
    concerted(*words)
    assert "fairness.html" not in content(tmp_path / "out")
    ran = concerted(*words, "--page")
    assert ran.out.splitlines()[-1] == f"Open {tmp_path / 'out' / 'fairness.html'}"
    assert "fairness.html" in content(tmp_path / "out")
    made.folder(tmp_path)  # resolved anew: a page that we wrote is not in the way
    assert "fairness.html" not in content(tmp_path / "out")


@pytest.mark.parametrize("more", [["--page"], ["--least", "5"], ["--each", "record"]])
def test_options_for_groups_need_groups(concerted: Command, words: list[Path | str], more: list[str]) -> None:
    ran = concerted(*words[:4], *more)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "concerted: --page, --least and --each are for figures by group. Give --by GROUPS.csv.\n"


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        (("record_id", "sex"), [("0", "F")], "groups.csv, row 1: there is no column source."),
        (("record_id", "source"), [("0", "force")], "groups.csv, row 1: there is no column with a group."),
        (("record_id", "source", "sex", "sex"), [], "groups.csv, row 1: two columns are called sex."),
        (made.HEADER, [], "groups.csv: none of its records is in this folder and in the truth."),
        (made.HEADER, [("0", "nobody", "x", "F")], "groups.csv: none of its records is in this folder and in the"),
        (
            made.HEADER,
            [("0", "force", "x", "F"), ("0", "force", "x", "M")],
            "groups.csv, row 3, column sex: force:0 is said to be of 'F' and of 'M'. Keep one line for each record.",
        ),
        (
            made.HEADER,
            [(str(at), "force", f"name {at}", "F") for at in range(201)],
            "groups.csv, column name_origin: it has 201 different groups, and no more than 200 can be shown.",
        ),
    ],
)
def test_a_file_of_groups_that_cannot_be_used_is_said_in_words(
    concerted: Command, words: list[Path | str], tmp_path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]],
    said: str,
) -> None:  # fmt: skip
    table(tmp_path / "groups.csv", header, rows)
    ran = concerted(*words, "--page")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "fairness.html" not in content(tmp_path / "out")


def test_a_least_that_is_none_is_refused(concerted: Command, words: list[Path | str]) -> None:
    ran = concerted(*words, "--least", "0")
    assert (ran.code, ran.err) == (
        2,
        "concerted: the fewest true pairs of a group cannot be 0. Write --least 100.\n",
    )


def test_a_group_that_steers_a_terminal_is_shown_without_that(
    concerted: Command, words: list[Path | str], tmp_path: Path
) -> None:
    rows = [(row[0], "force", "\x1b[31mred", "F") for row in made.PAIRED]
    table(tmp_path / "groups.csv", made.HEADER, rows)
    assert "\x1b" not in concerted(*words).out
