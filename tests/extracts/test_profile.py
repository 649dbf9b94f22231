"""What a sound profile becomes: every way of writing it, spelled out."""

import pytest
from pydantic import ValidationError

from concerted.extracts.fields import DATE_FIELDS, NAME_FIELDS, OTHER, PERSON_FIELDS, STANDARD_FIELDS
from concerted.extracts.profile import DEFAULT_MISSING, FieldSpec, FileSettings, Profile
from concerted.values import DATE, NAME
from tests.extracts.profile_texts import HEAD, SOUND, sound, with_fields


def field(spec: str) -> FieldSpec:
    """How `given_name` is made when it is written so."""
    fields = sound(with_fields(f"given_name: {spec}")).fields
    assert fields is not None
    return fields.fields["given_name"]


def test_the_smallest_profile_of_the_contract() -> None:
    profile = sound(SOUND)

    assert (profile.id, profile.version, profile.kind) == ("example", 1, "person")
    assert profile.file == FileSettings(format="csv", encoding="utf-8", delimiter=",", header_row=1)
    assert profile.record_id == "rec_id"
    assert profile.source.constant == "force-a"
    assert profile.truth == FieldSpec(columns=("cluster",))
    assert profile.fields is not None
    assert dict(profile.fields.all_specs()) == {
        "given_name": FieldSpec(columns=("first",)),
        "family_name": FieldSpec(columns=("last",)),
        "full_name": FieldSpec(columns=("first", "last"), join=" "),
        "date_of_birth": FieldSpec(columns=("dob",), date=("%Y%m%d",)),
        "sex": FieldSpec(columns=("s",), codes={"1": "male", "2": "female"}),
        "postcode": FieldSpec(columns=("pc",)),
    }


def test_what_is_not_said_has_a_sensible_default() -> None:
    profile = sound(with_fields("given_name: first"))

    assert profile.file == FileSettings()
    assert profile.columns == "named-only"
    assert profile.missing == DEFAULT_MISSING
    assert not profile.one_record_per_person
    assert (profile.files, profile.required, profile.evidence, profile.drop) == ((), (), (), {})
    assert profile.truth is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("first", FieldSpec(columns=("first",))),
        ("'  first '", FieldSpec(columns=("first",))),
        ("12", FieldSpec(columns=("12",))),
        ("{column: first}", FieldSpec(columns=("first",))),
        ("{columns: first}", FieldSpec(columns=("first",))),
        ("{columns: [a, b]}", FieldSpec(columns=("a", "b"), join=" ")),
        ('{columns: [a, b], join: ", "}', FieldSpec(columns=("a", "b"), join=", ")),
        ("{columns: [a, b], join: }", FieldSpec(columns=("a", "b"), join="")),
        (r"{column: a, pattern: '(\w+),'}", FieldSpec(columns=("a",), pattern=r"(\w+),")),
        ("{column: a, codes: {x: Ann}}", FieldSpec(columns=("a",), codes={"x": "Ann"})),
    ],
)
def test_the_forms_of_a_field(written: str, meant: FieldSpec) -> None:
    assert field(written) == meant


@pytest.mark.parametrize(
    "key", ["NO", "on", "yes", "01", "1", "1.0", "2009-01-01", "0x1F", "1_000", "null", "'NO'", "~"]
)
def test_codes_are_taken_as_their_author_wrote_them(key: str) -> None:
    assert field(f"{{column: a, codes: {{{key}: Ann}}}}").codes == {key.strip("'"): "Ann"}


@pytest.mark.parametrize("meaning", ["~", "null", "NULL", "", "''"])
def test_a_code_may_stand_for_a_missing_value(meaning: str) -> None:
    assert field(f"{{column: a, codes: {{9: {meaning}, 1: Ann}}}}").codes == {"9": None, "1": "Ann"}


@pytest.mark.parametrize(
    ("given", "formats"),
    [
        ('"%d/%m/%Y"', ("%d/%m/%Y",)),
        ('["%d/%m/%Y", "%Y-%m-%d"]', ("%d/%m/%Y", "%Y-%m-%d")),
        ('"%d-%b-%y"', ("%d-%b-%y",)),
    ],
)
def test_one_date_format_or_several(given: str, formats: tuple[str, ...]) -> None:
    profile = sound(with_fields(f"date_of_birth: {{column: dob, date: {given}}}"))

    assert profile.fields is not None
    assert profile.fields.fields["date_of_birth"].date == formats


def test_date_and_codes_combine_with_joined_columns() -> None:
    profile = sound(
        with_fields(
            'date_of_birth: {columns: [d, m, y], join: "/", date: "%d/%m/%Y"}',
            "sex: {columns: [a, b], join: '', codes: {MX: male, FX: female}}",
        )
    )

    assert profile.fields is not None
    assert profile.fields.fields["date_of_birth"] == FieldSpec(columns=("d", "m", "y"), join="/", date=("%d/%m/%Y",))
    assert profile.fields.fields["sex"].columns == ("a", "b")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[state]", {"state": ("state",)}),
        ("state", {"state": ("state",)}),
        ("[state, soc]", {"state": ("state",), "soc": ("soc",)}),
        ("{region: state}", {"region": ("state",)}),
        ("{region: {columns: [a, b]}}", {"region": ("a", "b")}),
    ],
)
def test_other_columns_keep_their_names_or_are_given_one(written: str, meant: dict[str, tuple[str, ...]]) -> None:
    profile = sound(with_fields("given_name: first", f"other: {written}"))

    assert profile.fields is not None
    assert {name: spec.columns for name, spec in profile.fields.other.items()} == meant
    assert [name for name, _ in profile.fields.all_specs()] == ["given_name", *(f"other_{name}" for name in meant)]


def test_several_people_in_a_row() -> None:
    profile = sound(
        HEAD + "parts:\n"
        "  child: {given_name: c_first, family_name: c_last, other: [school]}\n"
        "  mother: {given_name: m_first}\n"
        "required: [child.family_name]\n"
    )

    assert list(profile.subjects) == ["child", "mother"]
    assert profile.subjects["child"].fields["family_name"].columns == ("c_last",)
    assert profile.required == ("child.family_name",)


def test_one_person_in_a_row_has_no_part() -> None:
    assert list(sound(SOUND).subjects) == [None]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{constant: NO}", ("NO", None, None, None)),
        ("{column: agency}", (None, "agency", None, None)),
        ("{file: true}", (None, None, True, None)),
        ("{folder: true}", (None, None, None, True)),
    ],
)
def test_the_four_ways_to_say_whose_records_they_are(source: str, said: tuple[object, ...]) -> None:
    given = sound(with_fields("given_name: a").replace("{constant: force-a}", source)).source

    assert (given.constant, given.column, given.file, given.folder) == said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16-le", "utf-16"),
        ("cp1252", "windows-1252"),
        ("ANSI", "windows-1252"),
        ("Latin-1", "windows-1252"),
    ],
)
def test_an_encoding_by_its_usual_names(written: str, meant: str) -> None:
    assert sound(with_fields("given_name: a", after=f"file: {{encoding: {written}}}\n")).file.encoding == meant


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ('","', ","),
        ("tab", "\t"),
        (r'"\t"', "\t"),
        (r"'\t'", "\t"),
        ("';'", ";"),
        ("semicolon", ";"),
        ("pipe", "|"),
        ("'|'", "|"),
    ],
)
def test_a_delimiter_as_a_mark_or_by_its_name(written: str, mark: str) -> None:
    assert sound(with_fields("given_name: a", after=f"file: {{delimiter: {written}}}\n")).file.delimiter == mark


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[]", ()),
        ("[NULL, ~, '99', -]", ("NULL", "~", "99", "-")),
        ("none", ("none",)),
        ("[x, ]", ("x",)),
        ("[null]", ("null",)),
    ],
)
def test_texts_that_mean_missing(written: str, meant: tuple[str, ...]) -> None:
    assert sound(with_fields("given_name: a", after=f"missing: {written}\n")).missing == meant


def test_a_person_named_null_or_nan_is_not_missing_by_default() -> None:
    assert not {"Null", "Nan", "Na", "Black", "Unknown-Smith"} & set(DEFAULT_MISSING)
    assert {"NULL", "N/A", "#N/A", "-", "unknown"} <= set(DEFAULT_MISSING)


def test_every_column_that_a_profile_speaks_of() -> None:
    profile = sound(
        with_fields(
            "given_name: a", "full_name: {columns: [a, b]}", "other: [c]", after="evidence: [d]\ndrop: {e: old}\n"
        )
        .replace("{constant: force-a}", "{column: f}")
        .replace("version: 1", "version: 1\ntruth: g")
    )

    assert profile.named_columns == {"id", "a", "b", "c", "d", "e", "f", "g"}


def test_a_column_may_serve_two_fields() -> None:
    profile = sound(with_fields("full_name: {columns: [a, b]}", "given_name: a", after="evidence: [a]\n"))

    assert profile.named_columns == {"id", "a", "b"}


def test_the_truth_may_be_cut_out_of_the_record_id() -> None:
    profile = sound(with_fields("given_name: a", after=r"truth: {column: id, pattern: 'rec-(\d+)-'}"))

    assert profile.truth == FieldSpec(columns=("id",), pattern=r"rec-(\d+)-")


def test_a_profile_never_changes() -> None:
    profile = sound(SOUND)

    with pytest.raises(ValidationError, match="frozen"):
        setattr(profile, "version", 2)  # noqa: B010 - written plainly, mypy would refuse it before the model does


def test_a_profile_made_in_python_is_held_to_the_same_rules() -> None:
    said = {"profile": "x", "version": 1, "kind": "person", "record_id": "id", "source": {"constant": "a"}}

    assert Profile.model_validate({**said, "fields": {"sex": {"column": "s", "codes": {1: "male"}}}}).version == 1
    with pytest.raises(ValidationError, match="ethnicity"):
        Profile.model_validate({**said, "fields": {"occupation": "ethnicity"}})
    with pytest.raises(ValidationError, match="quotes"):
        Profile.model_validate({**said, "fields": {"sex": {"column": "s", "codes": {True: "male"}}}})
    with pytest.raises(ValidationError, match="quotes"):
        Profile.model_validate({**said, "fields": {"sex": {"column": "s", "codes": {"1": True}}}})
    with pytest.raises(ValidationError, match="not a word"):
        Profile.model_validate({**said, "record_id": True, "fields": {"sex": "s"}})


def test_the_standard_fields_and_their_kinds() -> None:
    assert set(PERSON_FIELDS) >= NAME_FIELDS
    assert set(STANDARD_FIELDS) >= DATE_FIELDS
    assert OTHER not in PERSON_FIELDS
    assert all(PERSON_FIELDS[name].value_type is NAME for name in NAME_FIELDS)
    assert all(STANDARD_FIELDS[name].value_type is DATE for name in DATE_FIELDS)
    assert {name for name, rule in PERSON_FIELDS.items() if rule.several} == {"aliases", "phone", "email", "handle"}
