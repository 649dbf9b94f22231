"""Columns that hold ethnicity, religion or nationality are known by their names, however these are written."""

import pytest

from concerted.extracts.profile_rules import name_warnings
from concerted.extracts.protected import PASSED, judge_name
from tests.extracts.profile_texts import HEAD, faults_of, sound, with_fields


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("ethnicity", "ethnicity"),
        ("Ethnic Group", "ethnicity"),
        ("ETHNIC_ORIGIN", "ethnicity"),
        ("pers_ethnicity", "ethnicity"),
        ("PersEthnicity", "ethnicity"),
        ("persethnicgroup", "ethnicity"),
        ("self_defined_ethnicity", "ethnicity"),
        ("Self Defined", "ethnicity"),
        ("selfDefinedCode", "ethnicity"),
        ("self-classification", "ethnicity"),
        ("SDE", "ethnicity"),
        ("sde_code", "ethnicity"),
        ("Eth", "ethnicity"),
        ("ethn_cd", "ethnicity"),
        ("race", "ethnicity"),
        ("Victim Race", "ethnicity"),
        ("IC Code", "ethnicity"),
        ("ic_code", "ethnicity"),
        ("ICCode", "ethnicity"),
        ("iccode", "ethnicity"),
        ("observed_appearance", "ethnicity"),
        ("16+1", "ethnicity"),
        ("18+1 code", "ethnicity"),
        ("skin colour", "ethnicity"),
        ("caste", "ethnicity"),
        ("\u200bethnicity\u202e", "ethnicity"),
        ("ＥＴＨＮＩＣＩＴＹ", "ethnicity"),
        ("religion", "religion"),
        ("Religious Affiliation", "religion"),
        ("relig_cd", "religion"),
        ("faith", "religion"),
        ("Faith_or_Belief", "religion"),
        ("nationality", "nationality"),
        ("Nationality 2", "nationality"),
        ("nationalities", "nationality"),
        ("dual_nationality", "nationality"),
        ("citizenship", "nationality"),
        ("CountryOfCitizenship", "nationality"),
        ("national origin", "nationality"),
        ("passport_country", "nationality"),
    ],
)
def test_refused_by_name(name: str, about: str) -> None:
    found = judge_name(name)

    assert (found.verdict, found.about) == ("refused", about)
    assert about in found.reason


@pytest.mark.parametrize(
    "name",
    [
        *("surname", "first_name", "dob", "trace_id", "grace", "brace", "embrace", "address", "postcode", "town"),
        *("country", "address_country", "national_insurance_number", "nino", "international_phone", "embellish"),
        *("place_of_birth", "birth_place", "sex", "gender", "self_defined_gender", "self defined sex"),
        *("source", "ethos", "method", "together", "faithful_dog_name", "believed_address", "icon", "police_code"),
        *("school", "occupation", "language", "interpreter", "", "???"),
    ],
)
def test_ordinary_columns_pass(name: str) -> None:
    assert judge_name(name) == PASSED


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("country_of_birth", "nationality"),
        ("CountryOfBirth", "nationality"),
        ("nat", "nationality"),
        ("nat_code", "nationality"),
        ("origin", "ethnicity"),
        ("IC", "ethnicity"),
        ("appearance", "ethnicity"),
        ("church", "religion"),
    ],
)
def test_what_may_be_one_is_said_and_not_refused(name: str, about: str) -> None:
    found = judge_name(name)

    assert (found.verdict, found.about) == ("warned", about)


@pytest.mark.parametrize(
    "text",
    [
        with_fields("occupation: ethnicity"),
        with_fields("given_name: a", "other: [ethnicity]"),
        with_fields("given_name: a", "other: {group: ethnicity}"),
        with_fields("given_name: a", "other: {ethnicity: group}"),
        with_fields("given_name: a", "other: {x: {column: ethnicity, codes: {W1: a}}}"),
        with_fields(r"given_name: {column: ethnicity, pattern: '(\w+)'}"),
        with_fields("full_name: {columns: [first, ethnicity]}"),
        with_fields("given_name: a", after="truth: ethnicity\n"),
        with_fields("given_name: a").replace("record_id: id", "record_id: ethnicity"),
        with_fields("given_name: a").replace("{constant: force-a}", "{column: ethnicity}"),
        HEAD + "parts: {child: {given_name: a, other: [ethnicity]}}\n",
    ],
)
def test_a_profile_may_not_put_one_where_it_is_read(text: str) -> None:
    faults = faults_of(text)

    assert any("column ethnicity is not compared: by its name it holds ethnicity" in fault for fault in faults), faults
    assert all("evidence" in fault and "drop" in fault for fault in faults)


def test_one_may_be_carried_as_evidence_or_dropped() -> None:
    profile = sound(
        with_fields(
            "given_name: a", after="evidence: [ethnicity]\ndrop: {religion: never compared}\ncolumns: complete\n"
        )
    )

    assert profile.evidence == ("ethnicity",)
    assert profile.drop == {"religion": "never compared"}


def test_country_of_birth_is_a_place() -> None:
    """It may be compared as the place that it is; elsewhere a person is asked to look."""
    as_place = sound(with_fields("place_of_birth: country_of_birth"))
    as_country = sound(with_fields("country: country_of_birth"))

    assert name_warnings(as_place) == ()
    assert [fault.path for fault in name_warnings(as_country)] == [("fields", "country")]


def test_nationality_does_not_pass_as_a_place_of_birth() -> None:
    assert any("holds nationality" in fault for fault in faults_of(with_fields("place_of_birth: nationality")))


def test_codes_may_not_make_the_words_of_a_protected_list() -> None:
    text = with_fields(
        "given_name: a", "other: {group: {column: g, codes: {1: White British, 2: Pakistani, 3: Black}}}"
    )

    assert any("it makes values that hold ethnicity" in fault for fault in faults_of(text))


def test_codes_of_other_lists_are_free() -> None:
    sound(with_fields("given_name: a", "other: {band: {column: g, codes: {A1: first, B1: second}}}"))
