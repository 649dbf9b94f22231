"""The standard safeguarding dataset: its shipped profiles name its columns, and its tables are read and meet."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from concerted.extracts import Profile, Quarantined, load_profile, take
from concerted.extracts.fields import STANDARD_FIELDS, Kind
from concerted.extracts.profile_match import fitting
from concerted.extracts.taken import beside
from concerted.reference.crosswalks import crosswalk
from tests.conftest import ROOT
from tests.extracts.files import AS_OF
from tests.extracts.ssd import CHILDREN, PROFILES, TABLES, Row, row_of, written

PAGE = (ROOT / "docs/shipped-profiles.md").read_text(encoding="utf-8")
TAKEN = sorted(PROFILES)


def profile(table: str) -> Profile:
    return load_profile(PROFILES[table])


def read(folder: Path, table: str, *rows: Row) -> tuple[dict[Kind, list[dict[str, Any]]], list[Quarantined]]:
    """The records of each kind that the rows give, and what could not be read of them."""
    file, aside = written(folder / "northmoor-council", table, *rows), list[Quarantined]()
    found = take(file, profile(table), folder / f"{table}.parquet", aside.extend, as_of=AS_OF)
    return {kind: pq.read_table(beside(found.records, kind)).to_pylist() for kind in found.by_kind}, aside


@pytest.mark.parametrize("table", TAKEN)
def test_every_column_that_is_named_is_one_of_the_table(table: str) -> None:
    assert profile(table).named_columns - TABLES[f"ssd_{table}"].keys() == set()


@pytest.mark.parametrize("table", TAKEN)
def test_the_record_is_named_by_the_key_and_the_person_by_who_is_referred_to(table: str) -> None:
    columns, made = TABLES[f"ssd_{table}"], profile(table)
    keys = {column for column, about in columns.items() if about.get("key")}
    referred = {
        column
        for part in made.subjects.values()
        for name, spec in part.fields.items()
        if name in {"person", "other_person"}
        for column in spec.columns
    }
    assert made.record_id in keys or re.search(r"(table|involvements)_id$", made.record_id)
    assert all(column.endswith("person_id") for column in referred)


def test_rows_of_two_tables_with_one_number_are_two_records() -> None:
    """The tables of a council count their rows each for itself, so a part is called otherwise in each."""
    made = [(profile(table).kind_of(part), part) for table in TAKEN for part in profile(table).subjects]

    assert [one for one, count in Counter(made).items() if count > 1] == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_table_is_read_by_one_profile_or_is_left_out_with_a_reason(table: str) -> None:
    fits = fitting(f"northmoor-council/{table}.csv", [load_profile(path) for path in PROFILES.values()])
    reasons = re.findall(rf"^\| .*`{table}`.* \| (.+) \|$", PAGE, re.MULTILINE)

    assert len(fits) == (table.removeprefix("ssd_") in PROFILES)
    assert len(reasons) == 1, "the page on shipped profiles says what becomes of it, once"


@pytest.mark.parametrize("table", TAKEN)
def test_a_row_is_read_whole(table: str, tmp_path: Path) -> None:
    rows = CHILDREN if table == "person" else (row_of(table),)
    records, aside = read(tmp_path, table, *rows)

    assert [(one.reason, one.raw) for one in aside] == []
    for kind in {profile(table).kind_of(part) for part in profile(table).subjects}:
        assert len(records[kind]) == len(rows)
        assert {row["source"] for row in records[kind]} == {"northmoor-council"}


@pytest.mark.parametrize("table", [table for table in TAKEN if table not in {"person", "mother", "assessment_factors"}])
def test_whom_a_row_is_of_is_found_in_the_table_of_people(table: str, tmp_path: Path) -> None:
    """The record of the person is called as ssd_person calls it; a placement has its person in the episode of care."""
    records, _ = read(tmp_path, table, row_of(table))
    people = {row.get("person") for rows in records.values() for row in rows} - {None}

    assert people == (set() if table == "cla_placement" else {"501"})


def test_children_are_read_and_their_own_number_is_the_record(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "person", *CHILDREN)
    first, second, _ = records["person"]

    assert (first["record_id"], first["local_id"]) == ("501", "501")
    assert (first["given_name"], first["family_name"], first["sex"]) == ("Amara", "Okonjo", "female")
    assert (first["date_of_birth"], second["date_of_birth"]) == ("2009-03-14", "2010-01-20")
    assert first["nhs_number"] == "9990000018"


def test_ethnicity_is_carried_over_as_the_crosswalk_says_and_only_counted(tmp_path: Path) -> None:
    made = profile("person")
    assert made.fields is not None
    by_field = {name: spec for name, spec in made.fields.all_specs() if "pers_ethnicity" in spec.columns}
    steps = crosswalk("ethnicity_dfe", "ethnicity_self_defined")

    assert by_field["ethnicity_self_defined"].codes == {code: step.to for code, step in steps.items()}
    assert all(STANDARD_FIELDS[name].counted for name in by_field)
    assert "pers_nationality" in made.drop

    rows = read(tmp_path, "person", *CHILDREN)[0]["person"]
    assert [row["ethnicity_self_defined"] for row in rows] == ["A4", None, None]
    assert [row["ethnicity_self_defined_missing"] for row in rows] == [None, "system cannot hold it", "refused"]


@pytest.mark.parametrize(
    ("given", "date", "time"),
    [
        ("2026-01-05 14:30:00.000", "2026-01-05", "14:30"),
        ("2026-01-05 14:30:00", "2026-01-05", "14:30"),
        ("05/01/2026 14:30", "2026-01-05", "14:30"),
        ("2026-01-05 00:00:00.000", "2026-01-05", None),
        ("05/01/2026", "2026-01-05", None),
        ("NULL", None, None),
    ],
)
def test_when_a_child_went_missing(tmp_path: Path, given: str, date: str | None, time: str | None) -> None:
    records, aside = read(tmp_path, "missing", row_of("missing", miss_missing_episode_start_date=given))
    [event] = records["event"]

    assert (event["from"], event["from_time"], aside) == (date, time, [])
    assert event["event_type"] == "missing episode"


def test_an_event_without_a_day_is_kept(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "contacts", row_of("contacts", cont_contact_date="NULL"))

    assert [(row["reference"], row["from"]) for row in records["event"]] == [("7", None)]
    assert len(records["person_in_event"]) == 1


def test_factors_name_the_assessment_that_they_were_found_at(tmp_path: Path) -> None:
    factors, _ = read(tmp_path, "assessment_factors", row_of("assessment_factors", cinf_assessment_id="81"))
    found, _ = read(tmp_path, "cin_assessments", row_of("cin_assessments", cina_assessment_id="81"))

    assert factors["event"][0]["reference"] == found["event"][0]["reference"] == "81"
    assert factors["event"][0]["event_type"] != found["event"][0]["event_type"]
    assert factors["event"][0]["evidence_cinf_assessment_factors_json"] == '["11A", "10A"]'


def test_away_without_authorisation_is_not_missing(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "missing", row_of("missing", miss_missing_episode_type="A"))

    assert records["event"][0]["event_type"] == "away without authorisation"
    assert records["person_in_event"][0]["role"] == "missing child"


def test_a_stay_in_care_names_the_place_that_the_other_table_holds(tmp_path: Path) -> None:
    places, _ = read(tmp_path, "cla_placement", row_of("cla_placement", clap_cla_placement_id="P9"))
    stays, _ = read(tmp_path, "cla_episodes", row_of("cla_episodes", clae_cla_placement_id="P9"))

    assert stays["event"][0]["location"] == places["location"][0]["record_id"] == "P9"
    assert places["location"][0]["location_type"] == "care setting"


def test_a_mother_is_the_parent_of_the_child(tmp_path: Path) -> None:
    row = row_of("mother", moth_person_id="503", moth_childs_person_id="501")
    [relation] = read(tmp_path, "mother", row)[0]["relation"]

    assert (relation["person"], relation["relation"], relation["other_person"]) == ("501", "parent", "503")


def test_an_address_without_a_place_ties_nobody_to_anything(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "address", row_of("address", addr_address_postcode="", addr_address_json=""))

    assert (records["location"], records["relation"]) == ([], [])
