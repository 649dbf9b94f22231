"""Two councils' safeguarding datasets in one folder: read without a profile of their own, and kept apart."""

import csv
from datetime import date
from pathlib import Path

import pytest

from concerted.desk.picture import picture
from concerted.desk.resolve import Options
from concerted.desk.summary import Summary
from tests.extracts.ssd import PROFILES, council

COUNCILS = ("northmoor-council", "southmoor-council")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A picture that no test may change: both councils tell the same children by the same numbers."""
    folder = tmp_path_factory.mktemp("ssd")
    for name in COUNCILS:
        council(folder / "extracts" / name)
    (folder / "profiles").mkdir()
    options = Options(as_of=date(2026, 3, 2))
    return folder / "out", picture(folder / "extracts", folder / "profiles", folder / "out", options)


def test_every_table_is_read_by_its_shipped_profile(made: tuple[Path, Summary]) -> None:
    files = {(file["file"], file["quarantined"], file["values_quarantined"]) for file in made[1].files}

    assert files == {(f"{name}/dbo.ssd_{table}.csv", 0, 0) for name in COUNCILS for table in PROFILES}


def test_every_reference_between_the_tables_meets(made: tuple[Path, Summary]) -> None:
    assert [note for note in made[1].notes if "not among its records" in note] == []


def test_the_same_children_of_two_councils_are_joined_and_stay_two_sources(made: tuple[Path, Summary]) -> None:
    with (made[0] / "entities.csv").open(encoding="utf-8", newline="") as handle:
        entity = {(row["source"], row["record_id"]): row["entity_id"] for row in csv.DictReader(handle)}

    assert (made[1].records, made[1].entities) == (6, 3)
    assert entity["northmoor-council", "501"] == entity["southmoor-council", "501"]


def test_nothing_protected_stands_in_any_list_or_page(made: tuple[Path, Summary]) -> None:
    shown = [path for path in made[0].iterdir() if path.suffix in {".csv", ".html", ".json"}]

    assert shown
    for path in shown:
        text = path.read_text(encoding="utf-8")
        assert "CHNE" not in text
        assert "WROM" not in text


def test_each_council_has_its_records_of_each_kind(made: tuple[Path, Summary]) -> None:
    one = {"person": 3, "location": 2, "event": 14, "person_in_event": 13, "relation": 2, "case": 5}

    assert made[1].kinds == {kind: count * len(COUNCILS) for kind, count in one.items()}
