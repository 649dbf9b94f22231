"""A folder of many agencies' extracts becomes one picture: people, things, the page, and what cannot be used."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.progress import OnTerminal
from concerted.desk.picture import picture
from concerted.desk.purpose import INVENTED
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.desk.summary import Summary
from tests.desk.picture import COUNCIL, FORCE, laid_out

DAY = date(2026, 3, 2)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def told(out: Path, kind: str) -> list[dict[str, str]]:
    """The list of a kind of thing without the ids, which are each folder's own."""
    found = rows(out / f"entities-{kind}.csv")
    return [{key: value for key, value in row.items() if key != "entity_id"} for row in found]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A picture that no test may change."""
    folder = tmp_path_factory.mktemp("picture")
    extracts, profiles = laid_out(folder)
    words = ("concerted", "picture", "extracts")
    return folder / "out", picture(extracts, profiles, folder / "out", Options(as_of=DAY, words=words))


def test_people_of_two_agencies_are_joined(made: tuple[Path, Summary]) -> None:
    out, summary = made
    entity = {(row["source"], row["record_id"]): row["entity_id"] for row in rows(out / "entities.csv")}

    assert (summary.records, summary.entities) == (4, 3)
    assert entity[("force-a", "M1/child")] == entity[("council-b", "9")]


def test_each_step_is_told_and_timed_and_the_look_for_patterns_is_one(tmp_path: Path) -> None:
    """Who waits at a terminal is told what is done, also while nothing is written."""
    terminal = io.StringIO()
    made = picture(*laid_out(tmp_path), tmp_path / "out", Options(as_of=DAY), OnTerminal(terminal))
    assert list(made.seconds)[-3:] == ["things", "patterns", "write"]
    told = [line.rpartition("\x1b[2K")[2].partition(":")[0] for line in terminal.getvalue().split("\n")]
    assert told[-3:] == ["Looking for patterns to check", "Writing the result", ""]


def test_files_are_called_by_their_folder(made: tuple[Path, Summary]) -> None:
    assert [file["file"] for file in made[1].files] == [COUNCIL, "force-a/cars.csv", FORCE]


def test_things_are_joined_with_their_reasons(made: tuple[Path, Summary]) -> None:
    out, _ = made
    places = {row["record_id"]: row for row in rows(out / "entities-location.csv")}
    cars = rows(out / "entities-vehicle.csv")
    phones = rows(out / "entities-telephone.csv")

    assert places["M1/child"]["entity_id"] == places["9"]["entity_id"]
    assert {places["M1/child"]["how"], places["9"]["how"]} == {"near", "alone"}
    assert places["10"]["entity_id"] != places["9"]["entity_id"]
    assert len({row["entity_id"] for row in cars}) == 1
    assert {row["how"] for row in cars} == {"exact"}
    assert [row["value"] for row in phones if row["how"] == "exact"] == ["+447700900001"] * 2
    assert rows(out / "entities-account.csv") == []


def test_the_page_says_what_each_agency_holds_and_what_only_the_picture_shows(made: tuple[Path, Summary]) -> None:
    page = (made[0] / "report.html").read_text(encoding="utf-8")

    assert "1 person is on the records of two agencies or more" in page
    assert "Of 2 people in events of the type missing episode, 1 are on another agency" in page
    assert "What each agency holds" in page
    assert "Not said. Say it with --purpose" in page


def test_the_same_again_gives_the_same_things(made: tuple[Path, Summary], tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    picture(extracts, profiles, tmp_path / "out", Options(as_of=DAY))
    for kind in ("location", "telephone", "vehicle"):
        assert told(tmp_path / "out", kind) == told(made[0], kind)


def test_replaced_it_keeps_its_ids_purpose_and_log(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    out = tmp_path / "out"
    picture(extracts, profiles, out, Options(as_of=DAY, purpose="protecting a child"))
    before = rows(out / "entities-vehicle.csv")
    picture(extracts, profiles, out, Options(as_of=DAY))

    assert rows(out / "entities-vehicle.csv") == before
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["purpose"] for line in lines] == ["protecting a child"] * 2


def test_every_file_without_a_profile_is_named_with_what_to_do(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    (extracts / "health-c").mkdir()
    (extracts / "health-c" / "visits.csv").write_text("id\n1\n", encoding="utf-8")
    (extracts / "notes.csv").write_text("id\n1\n", encoding="utf-8")

    with pytest.raises(UsedWronglyError) as error:
        picture(extracts, profiles, tmp_path / "out", Options())
    assert "no profile is for health-c/visits.csv, notes.csv" in str(error.value).lower()
    assert "concerted profile new" in str(error.value)
    assert not (tmp_path / "out").exists()


def test_what_programs_leave_behind_is_no_extract(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    for name in (".DS_Store", "~$people.csv", ".hidden/x.csv"):
        (extracts / name).parent.mkdir(exist_ok=True)
        (extracts / name).write_text("x", encoding="utf-8")

    assert picture(extracts, profiles, tmp_path / "out", Options(as_of=DAY)).records == 4


def test_a_census_is_read_by_the_profile_that_is_shipped(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    child = (
        "<Child><ChildIdentifiers><LAchildID>10</LAchildID><PersonBirthDate>2010-01-20</PersonBirthDate>"
        "<Sex>1</Sex></ChildIdentifiers><CINdetails><CINreferralDate>2025-01-01</CINreferralDate></CINdetails></Child>"
    )
    text = f"<Message><Children>{child}</Children></Message>"
    (extracts / "council-b" / "CIN_Census.xml").write_text(text, encoding="utf-8")

    summary = picture(extracts, profiles, tmp_path / "out", Options(as_of=DAY))
    assert summary.files[0]["profile"] == "cin-census"
    assert summary.records == 5
    assert ("council-b", "10/1/child") in {
        (row["source"], row["record_id"]) for row in rows(tmp_path / "out" / "entities.csv")
    }


def test_a_profile_of_ones_own_comes_before_one_that_is_shipped(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    (extracts / "council-b" / "CIN_Census.xml").write_text("<Message><Children></Children></Message>", encoding="utf-8")
    (profiles / "mine.yaml").write_text(
        'profile: mine\nversion: 1\nkind: person\nfiles: ["*.xml"]\nfile: {format: cin-census}\nrecord_id: row_id\n'
        "source: {constant: council-b}\nfields: {upn: UPN}\n",
        encoding="utf-8",
    )

    summary = picture(extracts, profiles, tmp_path / "out", Options(as_of=DAY))
    assert summary.files[0]["profile"] == "mine"


@pytest.mark.parametrize(
    ("folder", "profiles", "said"),
    [
        ("none", "profiles", "there is no such folder"),
        ("extracts", "none", "there is no such folder"),
        ("empty", "profiles", "the folder holds no extracts"),
        ("extracts/force-a/cars.csv", "profiles", "it is no folder"),
    ],
)
def test_folders_that_cannot_be_used(tmp_path: Path, folder: str, profiles: str, said: str) -> None:
    laid_out(tmp_path)
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsedWronglyError, match=f"(?i){said}"):
        picture(tmp_path / folder, tmp_path / profiles, tmp_path / "out", Options())


def test_an_invented_region_says_its_day_and_needs_no_purpose(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    (tmp_path / "region.json").write_text('{"as_of": "2026-03-02"}', encoding="utf-8")
    picture(extracts, profiles, tmp_path / "out", Options())

    with Store.open(tmp_path / "out") as store:
        assert (store.get("as_of"), store.get("purpose")) == ("2026-03-02", INVENTED)


@pytest.mark.parametrize("text", ["{}", "nothing", '{"as_of": "soon"}', "[]"])
def test_a_region_that_says_no_day_is_an_error(tmp_path: Path, text: str) -> None:
    extracts, profiles = laid_out(tmp_path)
    (tmp_path / "region.json").write_text(text, encoding="utf-8")

    with pytest.raises(UsedWronglyError, match="does not say a day"):
        picture(extracts, profiles, tmp_path / "out", Options())


def test_a_reference_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    extracts, profiles = laid_out(tmp_path)
    cars = "ref,mark,make,keeper\nV1,QA12 ABC,Velmo,M1/child\nV2,QA13 ABC,Velmo,M9/child\nV3,QA14 ABC,Velmo,N7\n"
    (extracts / "force-a" / "cars.csv").write_text(cars, encoding="utf-8")

    summary = picture(extracts, profiles, tmp_path / "out", Options(as_of=DAY))
    assert summary.notes == ["force-a: 2 records name under `person` what is not among its records (vehicle)"]
