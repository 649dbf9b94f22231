"""Whatever a file holds: its draft loads, and a check of it on the same file finds no fault."""

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.fields import STANDARD_FIELDS
from concerted.extracts.profile import Profile
from concerted.extracts.profile_check import check_profile
from concerted.extracts.profile_draft import draft_profile
from concerted.reference.loader import load_table
from tests.extracts.drafting import draft, text_of
from tests.extracts.profile_texts import sound

TABLE = load_table("kind_names").data
MARKS = [
    "",
    "",
    "child ",
    "Mother ",
    "suspect1 ",
    "S1_",
    "VEH_",
    "Location ",
    "venue_",
    "worker ",
    "incident ",
    "crime ",
]
OWN = sorted(
    {
        name.removesuffix("*")
        for group in (TABLE["any"], TABLE["while"], *TABLE["kinds"].values(), load_table("field_names").data["fields"])
        for names in group.values()
        for name in names
    }
    | {"nominal ref", "crime no", "related person id", "ethnicity", "IC code", "religion", "nat", "vrm", "title"}
)
BEHIND = ["", "", "", " (child)", "_1", "_2", " 2"]
HEADERS = st.builds(lambda mark, own, behind: f"{mark}{own}{behind}", *map(st.sampled_from, (MARKS, OWN, BEHIND)))
VALUES = {
    "words": ["Ann", "Bee", "Park", "mother", "victim", "White", "British", "x" * 300],
    "codes": ["1", "2", "W1", "IC4", "CAWN", "SUSP", "M", "F", "16", "A", "O'Hara; Bee"],
    "days": ["2009-01-31", "01/02/2009", "13/02/2009", "2009-02", "39844", "2020-01-01T10:00:00Z", "3/4/20", "soon"],
    "forms": ["07700 900123", "QQ1 1AA", "QI07 ZZZ", "ann@mail.example", "999 000 0018", "@kit", "10:15"],
}
CELLS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda form: st.lists(st.sampled_from([*VALUES[form], "", "Unknown"]), min_size=4, max_size=4)
)


@given(st.dictionaries(HEADERS, CELLS, min_size=1, max_size=14), st.sampled_from(["missing", "crimes", "people", "x"]))
def test_whatever_a_wide_file_holds_its_draft_is_without_fault(columns: dict[str, list[str]], title: str) -> None:
    """`draft` asserts it."""
    profile = draft({"row id": ["a1", "a2", "a3", "a4"], **columns}, title)

    assert not protected_columns(profile) & {name for name in columns if "religion" in name}
    assert referred_to(profile) <= set(map(str, profile.subjects))


@given(st.dictionaries(HEADERS, CELLS, min_size=1, max_size=10))
def test_a_draft_of_the_same_columns_is_the_same(columns: dict[str, list[str]]) -> None:
    rows = {"row id": ["a1", "a2", "a3", "a4"], **columns}

    assert draft(rows) == draft(rows)


def protected_columns(profile: Profile) -> set[str]:
    """The columns that make a field that is compared."""
    return {
        column
        for part in profile.subjects.values()
        for field, spec in part.all_specs()
        if not (field in STANDARD_FIELDS and STANDARD_FIELDS[field].counted)
        for column in spec.columns
    }


def referred_to(profile: Profile) -> set[str]:
    """The parts that others refer to."""
    return {spec.part for part in profile.subjects.values() for spec in part.fields.values() if spec.part}


def test_a_check_of_a_draft_on_its_own_file_has_nothing_against_it(tmp_path: Path) -> None:
    file = tmp_path / "incidents.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["Incident No", "Date", "Child surname", "Child DOB", "Child ethnicity", "Mother surname", "Reg"])
        rows.writerow(["1", "2020-01-01 10:15", "Bee", "01/02/2009", "W1", "Bee", "QI07 ZZZ"])
        rows.writerow(["2", "2020-01-02 00:05", "Cee", "39844", "A2", "Cee", ""])
        rows.writerow(["3", "2020-01-03 23:59", "Dee", "13/02/2009", "Refused", "Dee", ""])

    text = draft_profile(file)
    report = check_profile(sound(text), file)

    assert report.faults == ()
    assert "ASK: 1 of them are a spreadsheet's counts of days, which no format can say: write them as dates" in text
    assert "from_time: {column: Date, pattern: '[T ]([0-9]{1,2}:[0-9]{2})'}" in text
    assert report.file is not None
    assert {field.field for field in report.file.fields if field.part == "child"} >= {"family_name", "date_of_birth"}


def test_a_column_of_day_counts_alone_is_asked_about() -> None:
    text = text_of({"id": ["1", "2"], "surname": ["Bee", "Cee"], "dob": ["39844", "39845"]})

    assert "# ASK: dob holds a spreadsheet's counts of days, such as 39844, which no format of a date can say." in text
    assert "# Not used: dob" in text.splitlines()


def test_times_of_another_zone_are_asked_about() -> None:
    text = text_of({"id": ["1", "2"], "sent": ["2020-01-01T10:00:00Z", "2020-01-02T11:00:00Z"]})

    assert "# ASK: in which zone are these times? Near midnight the day here may be another" in text


def test_every_date_is_asked_about_when_day_and_month_may_be_swapped() -> None:
    text = text_of({"id": ["1", "2"], "from": ["01/02/2020", "03/04/2020"], "expires": ["13/02/2021", "01/03/2021"]})

    assert '  from: {column: from, date: "%d/%m/%Y"}   # ASK: day first or month first? "%m/%d/%Y" fits as well' in text
    assert '  to: {column: expires, date: "%d/%m/%Y"}\n' in text
