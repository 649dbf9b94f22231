"""What is wrong with a profile is said in plain words, with its line and what to write instead."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts.profile_load import load_profile, parse_profile, read_profile
from tests.extracts.profile_texts import HEAD, SOUND, faults_of, only_fault, with_fields


@pytest.mark.parametrize("key", ["profile", "version", "kind", "record_id", "source"])
def test_what_every_profile_must_say(key: str) -> None:
    text = "".join(line for line in SOUND.splitlines(keepends=True) if not line.startswith(f"{key}:"))

    fault = only_fault(text)

    assert "is missing" in fault
    assert f"{key}:" in fault


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("profile: my profile", "line 1: profile has a character that a name may not have"),
        ("profile: ../../x", "line 1: profile has a character that a name may not have"),
        ("version: one", "line 2: version is not a whole number. Write a number such as 1."),
        ("version: 0", "line 2: version is too small. Write 1 or more."),
        ("kind: persons", "line 3: kind is 'persons'. Write person, location, telephone, vehicle, account, event, "),
        ("file: csv", "line 4: file is not a group of keys"),
        ("file: {format: xls}", "line 4: format is 'xls'. Write csv, tsv, xlsx, json, jsonl, parquet or cin-census."),
        ("file: {fromat: csv}", "line 4: there is no key fromat in file. Did you mean format?"),
        ("file: {encoding: klingon}", "line 4: 'klingon' is not an encoding"),
        ("file: {delimiter: ab}", "line 4: delimiter: 'ab' cannot stand between columns"),
        ("file: {delimiter: a}", "line 4: delimiter: 'a' cannot stand between columns"),
        ("file: {encoding: [utf-8]}", "line 4: encoding is ['utf-8']. Write utf-8, utf-16 or windows-1252."),
        ("file: {delimiter: [tab]}", "line 4: delimiter is not a word"),
        ("file: {header_row: 0}", "line 4: header_row is too small"),
        ("file: {header_row: 5000}", "line 4: header_row is too large"),
        ("record_id:", "line 5: record_id: there is nothing here"),
        ("record_id: [a]", "line 5: record_id is not a word"),
        ("source: force-a", "line 6: source is not a group of keys"),
        ("source: {constant: 'a:b'}", "line 6: constant: a source has no colon in it. Write it without, such as a-b."),
        ("source: {constant: a, column: b}", "line 6: the source is said in exactly one way"),
        ("source: {}", "line 6: the source is said in exactly one way"),
        ("source: {folder: true, file: true}", "line 6: the source is said in exactly one way"),
        ("source: {folder: no}", "line 6: folder: the name is the source, or it is not"),
        ("source: {file: false}", "line 6: file: the name is the source, or it is not"),
        ("source: {colunm: b}", "line 6: there is no key colunm in source. Did you mean column?"),
    ],
)
def test_the_head_of_a_profile(line: str, said: str) -> None:
    key = line.split(":")[0]
    lines = [line if old.startswith(f"{key}:") else old for old in SOUND.splitlines()]

    assert any(fault.startswith(said) for fault in faults_of("\n".join(lines)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("surname: last", "surname is not a standard field. Did you mean family_name?"),
        ("famly_name: last", "famly_name is not a standard field. Did you mean family_name?"),
        ("DOB: dob", "DOB is not a standard field. Did you mean date_of_birth?"),
        ("shoe_size: s", "shoe_size is not a standard field. To carry a column as it is"),
        ("given_name:", "given_name: there is nothing here"),
        ("given_name: [a, b]", "given_name: several columns are written in braces"),
        ("given_name: {colunm: a}", "there is no key colunm"),
        ("given_name: {column: a, columns: [a]}", "`column` or from `columns`, one of the two"),
        ("given_name: {columns: []}", "given_name: it takes no column"),
        ("given_name: {columns: [a, a]}", "given_name: it takes a twice"),
        ("given_name: {column: a, jion: x}", "there is no key jion in given_name. Did you mean join?"),
        ('given_name: {column: a, date: "%Y"}', "given_name is not a date. Leave `date` out."),
        ("given_name: {column: a, codes: [b]}", "codes say what each text means"),
        ("given_name: {column: a, codes: {}}", "codes say what each text means"),
        ("given_name: {column: a, codes: {1: {2: 3}}}", "is not a word"),
        ("given_name: {column: a, pattern: abc}", "the pattern has no group"),
        ("given_name: {column: a, pattern: '(ab'}", "the pattern is not a regular expression"),
        ("given_name: {column: a, pattern: '((a+)+)'}", "repeats a group that itself repeats"),
        ("sex: {column: s, codes: {1: mail}}", "code 1 means mail, which is not a sex"),
        ('sex: {column: s, codes: {1: male}, date: "%Y"}', "it has both `date` and `codes`"),
        ("date_of_birth: {column: d, date: dd/mm/yyyy}", "'dd/mm/yyyy' is not a date format. Write %d/%m/%Y."),
        ("date_of_birth: {column: d, date: YYYY-MM-DD}", "is not a date format. Write %Y-%m-%d."),
        ("date_of_birth: {column: d, date: nonsense}", "Write %d/%m/%Y."),
        ('date_of_birth: {column: d, date: "%d/%m"}', "has no year in it"),
        ('date_of_birth: {column: d, date: "%d/%q/%Y"}', "a date format has no %q"),
        ('date_of_birth: {column: d, date: "%Y%"}', "a date format has no %"),
        ('date_of_birth: {column: d, date: "%d %d %Y"}', "says a part twice"),
        ('date_of_birth: {column: d, date: "%Y %y"}', "says a part twice"),
        ('date_of_birth: {column: d, date: "%m %B %Y"}', "says a part twice"),
        ("date_of_birth: {column: d, date: []}\n  other: [x, x]", "`other` names x twice"),
        ("given_name: a\n  other: 5\n  other: [a]", "other stands a second time; the first is in line 8"),
        ("given_name: a\n  other: {region: {colum: a}}", "there is no key colum"),
        ("given_name: a\n  given_name: b", "given_name stands a second time; the first is in line 7"),
    ],
)
def test_the_fields(line: str, said: str) -> None:
    faults = faults_of(with_fields(line))

    assert any(said in fault for fault in faults), faults
    assert all(fault.startswith("line ") for fault in faults)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("colums: complete", "line 8: there is no key colums. Did you mean columns?"),
        ("columns: all", "line 8: columns is 'all'. Write complete or named-only."),
        ("family_name: last", "line 8: family_name stands outside `fields`. Indent it under fields:."),
        ("one_record_per_person: maybe", "line 8: one_record_per_person is neither true nor false"),
        ("missing: {a: b}", "line 8: missing is not a list"),
        ("evidence: {a: b}", "line 8: evidence is not a list"),
        ("evidence: [a, b, b]", "line 8: evidence: b is named twice. Name each column once."),
        ("drop: [a]", "line 8: drop is not a group of keys"),
        ("drop: {a: }", "line 8: a: there is nothing here"),
        ("drop: {first: not needed}", "line 8: first is dropped and used"),
        ("drop: {id: not needed}", "line 8: id is dropped and used"),
        ("evidence: [x]\ndrop: {x: not needed}", "line 9: x is dropped and used"),
        (
            "required: [family_name]",
            "line 8: family_name is required but not mapped. Name one that is mapped: given_name.",
        ),
        ("required: [givenname]", "line 8: givenname is required but not mapped. Did you mean given_name?"),
        ("files: [/in/*.csv]", "line 8: files: /in/*.csv is no name of a file among extracts"),
        ("parts: {child: {given_name: c}}", "line 8: a profile has `fields` or `parts`, one of the two"),
        ("truth: first", "line 7: given_name: it takes the truth column, and the truth never reaches the linker"),
        ("truth: t\nevidence: [t]", "line 9: evidence: it carries the truth column"),
    ],
)
def test_what_stands_beside_the_fields(after: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults_of(with_fields("given_name: first", after=after + "\n")))


def test_the_truth_is_kept_from_other_and_from_the_source() -> None:
    text = with_fields("given_name: first", "other: [t]", after="truth: t\n").replace(
        "{constant: force-a}", "{column: t}"
    )

    faults = faults_of(text)

    assert len([fault for fault in faults if "the truth never reaches the linker" in fault]) == 2


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("parts: {}", "line 6: parts is empty"),
        ("parts: {'a/b': {given_name: x}}", "line 6: 'a/b' cannot name a part"),
        ("parts: {child: {}}", "line 6: child: no standard field is mapped"),
        ("parts: {child: {surname: x}}", "line 6: surname is not a standard field"),
        ("parts: {child: {given_name: x}}\nrequired: [given_name]", "line 7: given_name is required but not mapped"),
        ("fields: {other: [a]}", "line 6: fields: no standard field is mapped"),
        ("", "line 1: a profile has `fields` or `parts`, one of the two"),
    ],
)
def test_several_people_in_a_row(parts: str, said: str) -> None:
    assert any(fault.startswith(said) for fault in faults_of(f"{HEAD}{parts}\n"))


def test_all_faults_are_said_at_once_in_the_order_of_their_lines() -> None:
    faults = faults_of(
        HEAD.replace("version: 1", "version: one").replace("force-a", "'a:b'")
        + "fields:\n  surname: last\n  sex: {column: s, date: dd.mm.yyyy}\n  other: [ethnicity]\ncolums: complete\n"
    )

    assert [fault.split(":")[0] for fault in faults] == [f"line {number}" for number in (2, 5, 7, 8, 9, 10)]


def test_what_hangs_on_a_fault_is_not_said_as_another() -> None:
    fault = only_fault(with_fields("given_name: {colunm: a}", after="required: [given_name]\n"))

    assert "colunm" in fault


def test_a_profile_that_is_no_group_of_keys() -> None:
    assert "holds no keys" in only_fault("- a\n- b\n")
    assert "holds no keys" in only_fault("")
    assert "holds no keys" in only_fault("# only a comment\n")


def test_loading_names_the_first_fault_its_line_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "force.yaml"
    path.write_text(with_fields("surname: last", "sex: {column: s, date: x}", "foo: bar"), encoding="utf-8")

    with pytest.raises(UsedWronglyError) as caught:
        load_profile(path)

    assert str(caught.value).startswith("force.yaml, line 7: surname is not a standard field (2 more")
    assert "family_name" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_loading_a_sound_profile_whatever_mark_begins_it(tmp_path: Path) -> None:
    path = tmp_path / "force.yaml"
    path.write_text(SOUND, encoding="utf-8-sig")

    assert load_profile(path).id == "example"


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"absent.yaml: the profile cannot be read"):
        load_profile(tmp_path / "absent.yaml")
    with pytest.raises(UsedWronglyError, match="the profile cannot be read"):
        load_profile(tmp_path)


def test_a_profile_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"\x89PNG\xff\xfe\x00")

    reading = read_profile(path)

    assert reading.profile is None
    assert "not plain text in UTF-8" in reading.faults[0].what
    with pytest.raises(UsedWronglyError, match=r"picture.yaml: it is not plain text"):
        load_profile(path)


def test_a_reading_places_a_fault_that_is_found_later() -> None:
    from concerted.extracts.profile_rules import RuleFault

    reading = parse_profile(SOUND)

    assert reading.fault(RuleFault(("fields", "sex"), "x", "y")).line == 12
    assert reading.fault(RuleFault(("fields", "sex", "nowhere"), "x", "y")).line == 12
    assert reading.fault(RuleFault((), "x", "y")).line == 1
