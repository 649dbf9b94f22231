"""The partner's report: the blank one fits its profile, and the filled one is read whole, with what refers to what."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest

from concerted.desk.picture import picture
from concerted.desk.resolve import Options
from concerted.extracts import Quarantined, load_profile, take
from concerted.extracts.fields import STANDARD_FIELDS, Kind
from concerted.extracts.profile_match import fitting
from concerted.extracts.shipped import shipped
from concerted.extracts.taken import beside
from concerted.values import POSTCODE, REGISTRATION, TELEPHONE
from tests.conftest import ROOT

FOLDER: Final = ROOT / "examples" / "partner-report"
BLANK, FILLED = FOLDER / "blank-partner-report.csv", FOLDER / "filled-partner-report.csv"
PROFILE: Final = load_profile(shipped("partner-report"))
DAY: Final = date(2026, 3, 2)
Records = dict[Kind, list[dict[str, Any]]]


def lines(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The column names and the rows."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The records of each kind that the filled report gives, all of it readable."""
    aside: list[Quarantined] = []
    found = take(FILLED, PROFILE, tmp_path_factory.mktemp("report") / "records.parquet", aside.extend, as_of=DAY)
    assert (found.counts.rows, found.counts.read, aside) == (3, 3, [])
    return {kind: pq.read_table(beside(found.records, kind)).to_pylist() for kind in found.by_kind}


def by_id(records: Records, kind: Kind) -> dict[str, dict[str, Any]]:
    return {row["record_id"]: row for row in records[kind]}


@pytest.mark.parametrize("path", [BLANK, FILLED], ids=lambda path: path.stem)
def test_every_column_is_mapped_carried_or_dropped(path: Path) -> None:
    assert PROFILE.columns == "complete"
    assert set(lines(path)[0]) == PROFILE.named_columns
    assert fitting(f"charity/{path.name}", [PROFILE]) == [PROFILE]


def test_the_blank_one_is_blank() -> None:
    assert lines(BLANK) == (lines(FILLED)[0], [])


def test_the_page_beside_it_explains_every_column() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", page))
    explained |= {name.replace("_1_", "_2_") for name in explained if name.startswith("person_1_")}

    assert [name for name in lines(BLANK)[0] if name not in explained] == []


def test_the_agency_that_reports_is_the_source(records: Records) -> None:
    told = [(row["source"], row["record_id"]) for row in records["event"]]

    assert told == [
        ("Open Wicket Project", "OW-2026-014/report"),
        ("Open Wicket Project", "OW-2026-015/report"),
        ("Thornavon High School", "7/26/report"),
    ]


def test_a_report_is_an_event_at_a_place_on_a_day(records: Records) -> None:
    first = records["event"][0]
    place = by_id(records, "location")[first["location"]]

    assert (first["event_type"], first["recorded_on"]) == ("intelligence report", "2026-02-12")
    assert (first["from"], first["to"], first["from_time"]) == ("2026-02-06", "2026-02-07", "19:30")
    assert (place["name"], place["location_type"]) == ("Lantern Takeaway", "takeaway")
    assert records["event"][2]["location"] is None


def test_the_child_and_those_who_are_named_are_in_the_report(records: Records) -> None:
    first = {row["role"]: row for row in records["person_in_event"] if row["event"] == "OW-2026-014/report"}
    people = by_id(records, "person")
    child = people[first["child"]["person"]]

    assert (child["given_name"], child["date_of_birth"], child["school"]) == (
        "Bryony",
        "2010-11-02",
        "Thornavon High School",
    )
    assert set(first) == {"child", "parent or carer", "named"}
    assert people["OW-2026-014/person_1"]["aliases"] == "Coz; Ridge"
    assert people["OW-2026-014/person_2"]["full_name"] is None


def test_what_a_person_is_to_the_child_is_said_of_the_person(records: Records) -> None:
    told = {row["other_person"]: (row["person"], row["relation"]) for row in records["relation"]}

    assert told["OW-2026-014/carer"] == ("OW-2026-014/child", "parent")
    assert told["OW-2026-014/person_1"] == ("OW-2026-014/child", "claimed partner")


@pytest.mark.parametrize(
    ("kind", "record_id", "field", "value", "person"),
    [
        ("vehicle", "OW-2026-014/person_1_vehicle", "registration", "QI07ZZZ", "OW-2026-014/person_1"),
        ("telephone", "OW-2026-014/child_telephone", "phone", "+447700900411", "OW-2026-014/child"),
        ("account", "OW-2026-014/person_1_account", "handle", "ridge.example", "OW-2026-014/person_1"),
        ("vehicle", "OW-2026-015/person_1_vehicle", "registration", "QI07ZZZ", "OW-2026-015/person_1"),
    ],
)
def test_things_are_of_the_person_beside_whom_they_stand(
    records: Records, kind: Kind, record_id: str, field: str, value: str, person: str
) -> None:
    found = by_id(records, kind)[record_id]

    assert (found[field], found["person"]) == (value, person)


def test_every_reference_leads_to_a_record(records: Records) -> None:
    there = {row["record_id"] for rows in records.values() for row in rows}
    referred = {
        value
        for rows in records.values()
        for row in rows
        for name, value in row.items()
        if value and name in STANDARD_FIELDS and STANDARD_FIELDS[name].reference
    }
    assert referred - there == set()


def test_the_account_is_carried_and_no_field_holds_it(records: Records) -> None:
    told = lines(FILLED)[1][0]["narrative"]
    holders = {name for rows in records.values() for row in rows for name, value in row.items() if value == told}

    assert holders == {"evidence_narrative"}


def test_who_reported_is_in_no_record(records: Records) -> None:
    given = {
        value
        for row in lines(FILLED)[1]
        for name, value in row.items()
        if name in {"reporter_name", "reporter_address", "reporter_phone"} and value
    }
    held = {str(value) for rows in records.values() for row in rows for value in row.values()}

    assert len(given) > 3
    assert given & held == set()


def test_nobody_in_it_can_be_somebody() -> None:
    checked = {"phone": TELEPHONE, "postcode": POSTCODE, "registration": REGISTRATION}
    given = [
        (kind.clean(value), value)
        for row in lines(FILLED)[1]
        for name, value in row.items()
        for ending, kind in checked.items()
        if name.endswith(ending) and value
    ]
    assert len(given) > 8
    assert [value for cleaned, value in given if "fictional" not in cleaned.notes] == []


def test_a_picture_reads_it_without_being_told(tmp_path: Path) -> None:
    """The grey car and the telephone that two reports tell of are one car and one telephone."""
    (tmp_path / "extracts" / "police").mkdir(parents=True)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "extracts" / "police" / "Partner report 2026-02.csv").write_bytes(FILLED.read_bytes())
    (tmp_path / "extracts" / "police" / "partner-report.csv").write_bytes(BLANK.read_bytes())
    out = tmp_path / "out"
    summary = picture(tmp_path / "extracts", tmp_path / "profiles", out, Options(as_of=DAY))

    assert {file["profile"] for file in summary.files} == {"partner-report"}
    with (out / "entities-vehicle.csv").open(encoding="utf-8", newline="") as handle:
        assert len({row["entity_id"] for row in csv.DictReader(handle)}) == 1
    with (out / "entities.csv").open(encoding="utf-8", newline="") as handle:
        entity = {row["record_id"]: row["entity_id"] for row in csv.DictReader(handle)}
    assert entity["OW-2026-014/child"] == entity["7/26/child"] != entity["OW-2026-015/child"]
