"""Drafts of profiles: sound by themselves, and near to what a person would write."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts.fields import PERSON_FIELDS
from concerted.extracts.profile import Profile
from concerted.extracts.profile_check import check_profile, faults_in
from concerted.extracts.profile_columns import column_of, field_by_name, field_by_values
from concerted.extracts.profile_draft import draft_of, draft_profile
from concerted.extracts.profile_lines import quoted
from concerted.extracts.profile_load import load_profile
from concerted.extracts.profile_sample import Sample
from concerted.extracts.profile_yaml import read_yaml
from concerted.extracts.shipped import shipped
from tests.conftest import ROOT
from tests.extracts.profile_texts import sound

DATA = ROOT / "tests/data"
SETS = [
    ("historical_50k", "outside/historical_50k_dev.parquet"),
    ("febrl3", "outside/febrl3/dataset3.csv"),
    ("fake_1000", "outside/fake_1000.csv"),
]
EDITS = 3  # at most, from a draft to a good profile


def sample_of(**columns: Sequence[str | None]) -> Sample:
    """A file with these columns."""
    rows = len(next(iter(columns.values())))
    return Sample(list(columns), {name: list(cells) for name, cells in columns.items()}, rows=rows)


def drafted(**columns: Sequence[str | None]) -> Profile:
    """The profile that is drafted for a file with these columns."""
    return sound(draft_of(sample_of(**columns), "extract"))


def columns_of(profile: Profile, field: str) -> tuple[str, ...]:
    assert profile.fields is not None
    return profile.fields.fields[field].columns


def differences(left: Profile, right: Profile) -> set[str]:
    """The keys in which two profiles differ, each field by itself; titles and names (its own, and of files) aside."""
    aside = {"id", "title", "notes", "files", "fields", "columns", "drop"}
    one, other = left.model_dump(), right.model_dump()
    keys = {key for key in one if key not in aside and one[key] != other[key]}
    assert left.fields is not None
    assert right.fields is not None
    one_fields, other_fields = dict(left.fields.all_specs()), dict(right.fields.all_specs())
    return keys | {name for name in one_fields | other_fields if one_fields.get(name) != other_fields.get(name)}


@pytest.mark.parametrize(("name", "file"), SETS)
def test_a_draft_for_a_real_file_needs_few_edits(name: str, file: str) -> None:
    draft = sound(draft_profile(DATA / file))
    good = load_profile(shipped(f"practice/{name}"))

    assert differences(draft, good) <= {"source", "truth"}
    assert len(differences(draft, good)) <= EDITS


@pytest.mark.parametrize(("name", "file"), SETS)
def test_the_good_profiles_read_their_files(name: str, file: str) -> None:
    report = check_profile(load_profile(shipped(f"practice/{name}")), DATA / file)

    assert report.file is not None
    assert report.file.not_named == ()
    assert (report.file.without_id, report.file.repeated_ids, report.file.unsplit) == (0, 0, 0)
    assert [fault.what for fault in report.faults if "cannot be read" not in fault.what] == []


@pytest.mark.parametrize(
    ("file", "truth"),
    [
        ("outside/historical_50k_dev.parquet", "# truth: cluster"),
        ("outside/febrl3/dataset3.csv", r"# truth: {column: rec_id, pattern: '^rec-([0-9]+)'}"),
        ("outside/fake_1000.csv", "# truth: cluster"),
    ],
)
def test_what_looks_like_the_truth_is_left_to_the_person(file: str, truth: str) -> None:
    draft = draft_profile(DATA / file)

    assert truth in draft.splitlines()
    assert sound(draft).truth is None
    assert sound(draft.replace("# truth:", "truth:")).truth is not None


def test_how_the_file_is_written_is_written_down(tmp_path: Path) -> None:
    path = tmp_path / "My Extract (2).csv"
    path.write_text("ref;forename\n1;Ann\n2;Tom\n", encoding="utf-16")

    profile = sound(draft_profile(path))

    assert (profile.file.format, profile.file.encoding, profile.file.delimiter) == ("csv", "utf-16", ";")
    assert (profile.id, profile.source.constant) == ("my-extract-2", "my-extract-2")
    assert profile.record_id == "ref"


def test_an_id_that_would_break_out_of_the_comment_is_not_quoted_in_it() -> None:
    hostile = [f"x'\nkind: car # {number % 3}-{number}" for number in range(12)]

    assert sound(draft_of(sample_of(id=hostile, name=list("abcdefghijkl")), "x" * 300)).kind == "person"


def test_tabs_and_json_lines(tmp_path: Path) -> None:
    tabs, lines = tmp_path / "a.tsv", tmp_path / "a.jsonl"
    tabs.write_text("id\tforename\n1\tAnn\n2\tTom\n", encoding="utf-8")
    lines.write_text('{"id": "1", "forename": "Ann"}\n{"id": "2", "forename": "Tom"}\n', encoding="utf-8")

    assert sound(draft_profile(tabs)).file.format == "tsv"
    assert sound(draft_profile(lines)).file.format == "jsonl"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Forename", "given_name"),
        ("FNAME", "given_name"),
        ("first name", "given_name"),
        ("Client Forename", "given_name"),
        ("SURNAME", "family_name"),
        ("lastName", "family_name"),
        ("D.O.B.", "date_of_birth"),
        ("DateOfBirth", "date_of_birth"),
        ("birth-date", "date_of_birth"),
        ("Gender", "sex"),
        ("Post Code", "postcode"),
        ("Mobile", "phone"),
        ("Home Tel", "phone"),
        ("E-Mail", "email"),
        ("AKA", "aliases"),
        ("NHS No", "nhs_number"),
        ("PNC", "pnc_id"),
        ("suburb", "town"),
        ("birth_place", "place_of_birth"),
    ],
)
def test_fields_by_the_names_of_columns(header: str, field: str) -> None:
    found = field_by_name(header)

    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize("header", ["shoe size", "", "created", "notes", "client", "???"])
def test_other_names_stand_for_no_field(header: str) -> None:
    assert field_by_name(header) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["07700 900123", "+44 7700 900456", "020 7946 0123"], "phone"),
        (["ann@mail.example", "tom@post.example"], "email"),
        (["QQ1 1AC", "ZZ9 9CC", "qq11ac"], "postcode"),
        (["999 000 0018", "9990000026"], "nhs_number"),
        (["male", "female", "male"], "sex"),
        (["M", "F", "U"], "sex"),
        (["Ann", "Tom"], None),
        (["1", "2"], None),
        (["12345", "67890"], None),
        ([], None),
    ],
)
def test_fields_by_values(values: list[str], field: str | None) -> None:
    assert field_by_values(column_of("c", values)) == field


def test_columns_known_by_their_values_alone_are_mapped() -> None:
    profile = drafted(k=["1", "2"], c=["07700 900123", "020 7946 0123"], e=["ann@mail.example", "tom@post.example"])

    assert columns_of(profile, "phone") == ("c",)
    assert columns_of(profile, "email") == ("e",)


def test_several_telephones_are_one_field() -> None:
    profile = drafted(id=["1", "2"], mobile=["07700 900123", "07700 900124"], home_phone=["020 7946 0123", ""])

    assert profile.fields is not None
    assert profile.fields.fields["phone"].columns == ("mobile", "home_phone")
    assert profile.fields.fields["phone"].join == "; "


def test_the_parts_of_an_address_are_joined_in_order() -> None:
    profile = drafted(id=["1", "2"], street=["High St", "Low St"], house_number=["1", "2"], flat=["A", ""])

    assert columns_of(profile, "address") == ("flat", "house_number", "street")


def test_of_two_columns_for_one_field_the_other_is_asked_about() -> None:
    draft = draft_of(sample_of(id=["1", "2"], city=["Hull", "Leeds"], town=["Hull", "Leeds"]), "x")

    assert columns_of(sound(draft), "town") == ("town",)
    assert "# ASK: city may be town too; town was taken." in draft


def test_the_record_id_is_a_column_of_different_values() -> None:
    assert drafted(name=["Ann", "Ann"], ref=["7", "8"]).record_id == "ref"
    assert drafted(key=["1", "2"], record_id=["7", "8"], name=["Ann", "Tom"]).record_id == "record_id"


def test_a_file_without_such_a_column_is_asked_about() -> None:
    draft = draft_of(sample_of(name=["Ann", "Ann"], ref=["7", "7"]), "x")

    assert sound(draft).record_id == "ref"
    assert "Is ref what names a record?" in draft


def test_protected_columns_are_dropped_with_the_reason() -> None:
    profile = drafted(
        id=["1", "2", "3"], surname=["White", "Black", "English"], Religion=["x", "y", "z"], code=["W1", "A2", "B1"]
    )

    assert columns_of(profile, "family_name") == ("surname",)
    assert set(profile.drop) == {"Religion", "code"}
    assert "by its name it holds religion" in profile.drop["Religion"]
    assert "ethnicity" in profile.drop["code"]


def test_what_may_be_protected_is_asked_about_and_not_mapped() -> None:
    draft = draft_of(sample_of(id=["1", "2"], name=["Ann", "Tom"], nat=["x", "y"]), "x")

    assert "ASK: nat: by its name it may hold nationality" in draft
    assert "nat" not in sound(draft).named_columns


def test_a_date_that_may_be_read_in_two_ways_is_asked_about() -> None:
    draft = draft_of(sample_of(id=["1", "2"], dob=["01/02/2009", "03/04/2010"]), "x")

    assert '%d/%m/%Y"}   # ASK: day first or month first? "%m/%d/%Y" fits as well' in draft


def test_a_date_of_birth_that_is_no_date_is_asked_about() -> None:
    asked = "# ASK: dob is called as date_of_birth is, but few of its values can be read as that. Is it?"

    assert asked in draft_of(sample_of(id=["1", "2"], dob=["soon", "late"]), "x").splitlines()


def test_dates_in_two_forms() -> None:
    profile = drafted(id=["1", "2", "3"], dob=["2009-01-31", "31/01/2009", "2010-01-31"])

    assert profile.fields is not None
    assert profile.fields.fields["date_of_birth"].date == ("%Y-%m-%d", "%d/%m/%Y")


def test_dates_under_a_name_that_says_nothing_are_asked_about() -> None:
    draft = draft_of(sample_of(id=["1", "2"], forename=["Ann", "Tom"], stamp=["2009-01-31", "2009-02-28"]), "x")

    assert "ASK: stamp holds dates. Is it the date of birth?" in draft


def test_codes_for_a_sex_are_drafted_and_asked_about() -> None:
    draft = draft_of(sample_of(id=list("abcd"), sex=["1", "2", "9", "Q"]), "x")
    profile = sound(draft)

    assert profile.fields is not None
    assert profile.fields.fields["sex"].codes == {"1": "male", "2": "female", "9": None, "Q": None}
    assert "ASK: is this what the codes mean?" in draft


def test_words_for_a_sex_need_no_codes() -> None:
    profile = drafted(id=list("abcd"), gender=["M", "F", "male", ""])

    assert profile.fields is not None
    assert profile.fields.fields["sex"].codes is None


def test_columns_that_are_not_used_are_listed() -> None:
    draft = draft_of(
        sample_of(id=["1", "2"], forename=["Ann", "Tom"], **{"shoe: size": ["1", "1"], "empty": ["", ""]}), "x"
    )

    assert '# Not used: "shoe: size", empty' in draft.splitlines()


def test_a_file_of_which_nothing_is_recognised_still_gives_a_draft() -> None:
    draft = draft_of(sample_of(k=["1", "2"], thing=["x", "y"]), "x")

    assert columns_of(sound(draft), "full_name") == ("thing",)
    assert "ASK: no column was recognised" in draft
    assert columns_of(drafted(k=["a", "b"]), "full_name") == ("k",)


def test_what_can_be_no_name_is_not_proposed_as_one() -> None:
    """A check of the draft would find it to be a fault."""
    profile = drafted(k=["1", "2"])

    assert profile.fields is not None
    assert profile.fields.fields["full_name"].constant == "unknown"


@pytest.mark.parametrize("name", ["force", "council", "charity"])
def test_the_drafts_for_the_example_take_few_edits(name: str) -> None:
    folder = ROOT / "examples" / "two-agencies"
    finished, draft = load_profile(folder / f"{name}.yaml"), sound(draft_profile(folder / f"{name}.csv"))
    made = [
        {field: spec.columns for field, spec in one.fields.all_specs() if not field.startswith("other_")}
        for one in (finished, draft)
        if one.fields
    ]
    assert draft.record_id == finished.record_id
    assert len(made[0].items() - made[1].items()) <= EDITS


def test_a_column_called_an_id_is_one_though_a_few_rows_lack_it() -> None:
    """A name can be different in each row by chance."""
    refs, names = [f"R{at}" for at in range(19)], [f"Ann {at}" for at in range(20)]

    draft = draft_of(sample_of(ref=[*refs, ""], name=names), "x")

    assert sound(draft).record_id == "ref"
    assert columns_of(sound(draft), "full_name") == ("name",)
    assert "# ASK: name has a different value in each row, ref has not. Is ref what names a record?" in draft
    assert drafted(ref=["R1", "R1", "", *refs], name=[*names[:22], "x", "y"]).record_id == "name"
    assert drafted(ref=[*refs, ""], name=names, person_id=list("abcdefghijklmnopqrst")).record_id == "person_id"


def test_a_draft_says_how_many_rows_it_comes_from() -> None:
    assert draft_of(sample_of(id=["1", "2"]), "x").startswith("# A draft from all 2 rows of the file.")
    assert draft_of(sample_of(id=["1"]), "x").startswith("# A draft from the only row of the file.")
    assert draft_of(sample_of(id=[]), "x").startswith("# A draft from the header alone of the file.")


def test_a_row_of_names_that_seems_to_be_a_record_is_asked_about() -> None:
    asked = "# ASK: The row of names seems to be a record. If so, put a row with the names of its columns above it."
    assert asked in draft_of(sample_of(**{"1": ["2"], "Ann": ["Bea"], "01/02/1999": [""]}), "x").splitlines()
    assert asked not in draft_of(sample_of(id=["2"], first=["Bea"], wave2011=[""]), "x").splitlines()


@given(st.text(max_size=30))
def test_any_text_is_written_so_that_it_reads_back(text: str) -> None:
    text = "".join(char for char in text if not 0xD800 <= ord(char) < 0xE000)

    assert read_yaml(f"a: {{b: {quoted(text)}, c: [{quoted(text)}]}}").tree == {"a": {"b": text, "c": [text]}}


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(str.strip).filter(bool)
KNOWN = st.sampled_from(
    [*PERSON_FIELDS, "ethnicity", "address_2", "cluster", "id", "a\nb: c", "# x", "nat", "record_id", "{x}"]
)
CELLS = st.sampled_from(
    ["", "1", "2", "Ann", "2009-01-31", "01/02/2009", "W1", "M", "F", "NULL", "07700 900123", "rec-1-a"]
)


@given(st.data())
def test_whatever_the_columns_a_draft_is_sound(data: st.DataObject) -> None:
    names = ["id", *data.draw(st.lists(KNOWN | NAMES, max_size=5, unique=True).filter(lambda some: "id" not in some))]
    rows = data.draw(st.integers(1, 4))
    cells: dict[str, list[str | None]] = {
        name: list(data.draw(st.lists(CELLS | st.none(), min_size=rows, max_size=rows))) for name in names
    }

    sample = Sample(names, cells, rows=rows)
    assert faults_in(sound(draft_of(sample, data.draw(st.text(max_size=8)))), sample) == ()


def test_a_file_that_holds_what_is_never_compared_alone_is_refused() -> None:
    with pytest.raises(UsedWronglyError, match="no column that may name a record"):
        draft_of(sample_of(ethnicity=["W1"], religion=["None"]), "x")


def test_a_protected_column_never_names_the_records() -> None:
    text = draft_of(sample_of(ethnicity=["W1", "W2"], number=["1", "1"]), "x")

    assert "record_id: number" in text


def test_a_draft_is_the_same_each_time() -> None:
    path = DATA / "outside/fake_1000.csv"

    assert draft_profile(path) == draft_profile(path)


def test_the_outside_files_are_what_their_readme_says() -> None:
    with (DATA / "outside/fake_1000_labels.csv").open(encoding="utf-8", newline="") as handle:
        labels = list(csv.DictReader(handle))

    assert len(labels) == 3176
    assert {"unique_id_l", "unique_id_r", "clerical_match_score"} <= set(labels[0])
    readme = (DATA / "outside/README.md").read_text(encoding="utf-8")
    assert all(path.name in readme for path in (DATA / "outside").rglob("*") if path.suffix != ".md" and path.is_file())


def test_a_sample_as_json_is_plain() -> None:
    """Nothing in a draft's way from file to text holds more than text."""
    plain: Any = json.loads(json.dumps(sample_of(a=["1", None]).cells))

    assert plain == {"a": ["1", None]}
