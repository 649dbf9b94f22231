"""The region on disk: its layout, its truth, the same bytes for the same seed, nothing half done."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from concerted.common.errors import UsedWronglyError
from concerted.synthetic import SIZES, region, synthesise
from concerted.synthetic.truth import AGE_BANDS
from tests.synthetic.conftest import Region

NETWORKS = {"networks.csv", "network_people.csv", "network_traces.csv"}


def digests(folder: Path) -> dict[str, str]:
    """Every file with the hash of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_is_laid_out_as_promised(small: Region) -> None:
    assert {path.name for path in small.folder.iterdir()} == {"extracts", "profiles", "region.json", "truth"}
    about = json.loads((small.folder / "region.json").read_text(encoding="utf-8"))
    assert (about["size"], about["seed"], about["as_of"], about["version"]) == ("small", 5, "2026-03-02", 4)
    assert {path.name for path in (small.folder / "extracts").iterdir()} == set(about["agencies"])
    told = {"people.csv", "persons.csv", "decoys.csv", "groups.csv"} | NETWORKS
    assert told == {path.name for path in (small.folder / "truth").iterdir()}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(small: Region, tmp_path: Path) -> None:
    synthesise(tmp_path / "again", "small", 5)
    synthesise(tmp_path / "other", "small", 6)

    assert digests(tmp_path / "again") == digests(small.folder)
    other = digests(tmp_path / "other")
    extracts = [name for name in other if name.startswith("extracts/")]
    assert [name for name in extracts if other[name] == digests(small.folder)[name]] == []
    assert len(extracts) == len([name for name in digests(small.folder) if name.startswith("extracts/")])


def test_there_are_about_as_many_records_as_the_size_says(small: Region, bare: Region) -> None:
    assert len(bare.rows("truth/people.csv")) == pytest.approx(SIZES["small"].records, rel=0.05)
    added = len(small.rows("truth/people.csv")) - len(bare.rows("truth/people.csv"))
    assert 0 < added < 0.6 * SIZES["small"].records  # what is noticed of groups and networks comes on top


def test_every_record_of_a_person_stands_in_a_file_and_every_person_is_described(small: Region) -> None:
    described = {row["truth_id"] for row in small.rows("truth/persons.csv")}
    assert set(small.truth()) == described
    there = {(path.split("/")[1], next(iter(row.values()))) for path in small.files() for row in small.rows(path)}
    without_parts = {(source, record.split("/")[0]) for records in small.truth().values() for source, record in records}
    census = {(source, record) for source, record in without_parts if (source, record) not in there}
    assert {source for source, _ in census} <= {"brackenhithe-city-council"}  # the census is no CSV


def test_no_record_has_two_truths(small: Region) -> None:
    rows = small.rows("truth/people.csv")

    assert len({(row["source"], row["record_id"]) for row in rows}) == len(rows)


def test_the_groups_of_every_record_are_those_of_its_person(small: Region) -> None:
    persons = {row["truth_id"]: row for row in small.rows("truth/persons.csv")}
    whose = {(row["source"], row["record_id"]): persons[row["truth_id"]] for row in small.rows("truth/people.csv")}
    groups = small.rows("truth/groups.csv")
    assert [(row["source"], row["record_id"]) for row in groups] == list(whose)
    for row, person in zip(groups, whose.values(), strict=True):
        assert (row["name_origin"], row["agency"]) == (person["name_origin"], row["source"])
        assert row["sex"] == {"F": "female", "M": "male"}[person["sex"]]
    assert {row["age_band"] for row in groups} == set(AGE_BANDS)


def test_an_age_band_is_of_the_regions_own_day(small: Region) -> None:
    persons = {row["truth_id"]: row for row in small.rows("truth/persons.csv")}
    whose = {(row["source"], row["record_id"]): persons[row["truth_id"]] for row in small.rows("truth/people.csv")}
    for row in small.rows("truth/groups.csv"):
        born = whose[row["source"], row["record_id"]]["born"]
        ends = [int(word) for word in row["age_band"].split() if word.isdecimal()]
        low, high = {"under 10": (0, 9), "45 and over": (45, 120)}.get(row["age_band"], tuple(ends))
        age = (date.fromisoformat("2026-03-02") - date.fromisoformat(born)).days / 365.25
        assert low - 0.01 <= age < high + 1.01


def test_every_file_has_one_profile_that_names_it(small: Region) -> None:
    profiles = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (small.folder / "profiles").iterdir()]
    named = sorted(name for profile in profiles for name in profile["files"])
    files = sorted(
        path.relative_to(small.folder / "extracts").as_posix() for path in (small.folder / "extracts").rglob("*.*")
    )

    assert named == files


def test_what_an_event_refers_to_is_on_the_agencys_list(small: Region) -> None:
    force = "extracts/brackenmarch-constabulary"
    nominals = {row["NOMINAL_REF"] for row in small.rows(f"{force}/nominals.csv")}
    crimes = {row["CRIME_REF"] for row in small.rows(f"{force}/crimes.csv")}
    for row in small.rows(f"{force}/crime_people.csv"):
        assert row["NOMINAL_REF"] in nominals
        assert row["CRIME_REF"] in crimes
    assert {row["SUBJECT_NOMINAL"] for row in small.rows(f"{force}/orders.csv")} <= nominals


def test_a_crime_is_recorded_after_it_ended(small: Region) -> None:
    def day(text: str) -> str:
        return "-".join(reversed(text.split("/")))

    for row in small.rows("extracts/brackenmarch-constabulary/crimes.csv"):
        assert day(row["FROM_DATE"]) <= day(row["TO_DATE"]) <= day(row["RECORDED"]) < "2026-03-02"


def test_a_region_as_evidence_has_it_does_not_speak_of_noise_and_another_does(small: Region, tmp_path: Path) -> None:
    synthesise(tmp_path / "equal", "small", 5, noise="equal")
    about = [json.loads((place / "region.json").read_text("utf-8")) for place in (small.folder, tmp_path / "equal")]
    assert [one.get("noise") for one in about] == [None, "equal"]
    one, other = digests(small.folder), digests(tmp_path / "equal")
    assert {name for name in one if one[name] == other[name] and name.startswith("truth")} == {
        *("truth/people.csv", "truth/persons.csv", "truth/decoys.csv", "truth/groups.csv"),
        *(f"truth/{name}" for name in NETWORKS),
    }


def test_a_noise_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="there is no noise 'loud'"):
        synthesise(tmp_path / "out", "small", 1, noise="loud")


@pytest.mark.parametrize(
    ("size", "seed", "said"), [("huge", 1, "there is no size 'huge'"), ("small", -1, "a seed is a whole number")]
)
def test_what_cannot_be_made_is_said(tmp_path: Path, size: str, seed: int, said: str) -> None:
    with pytest.raises(UsedWronglyError, match=said):
        synthesise(tmp_path / "out", size, seed)


def test_a_folder_that_is_no_region_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsedWronglyError, match="no region"):
        synthesise(tmp_path, "small", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_region_replaces_a_region(small: Region, tmp_path: Path) -> None:
    synthesise(tmp_path / "out", "small", 6)
    synthesise(tmp_path / "out", "small", 5)

    assert digests(tmp_path / "out") == digests(small.folder)


def test_a_fault_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(region, "_profiles", fail)
    with pytest.raises(OSError, match="disk full"):
        synthesise(tmp_path / "out", "small", 1)
    assert list(tmp_path.iterdir()) == []
