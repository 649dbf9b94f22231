"""Codes in a draft: filled where a list or a plain word tells, asked about where nothing does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.profile_codes import codes_of, meaning_of
from concerted.extracts.profile_columns import column_of
from concerted.extracts.profile_counted import counted_field
from concerted.reference.codes import code_list
from tests.extracts.drafting import DAYS, NAMES, SURNAMES, draft, text_of

IDS = {"ref": ["r1", "r2", "r3"]}
PERSON = {**IDS, "surname": SURNAMES, "forename": NAMES}


def test_texts_that_the_list_reads_need_no_codes() -> None:
    assert codes_of("role", column_of("role", ["victim", "SUSP", "Complainant", ""])) is None


def test_one_strange_text_has_all_of_them_drafted_and_asked_about() -> None:
    text = text_of(
        {"link id": ["1", "2", "3"], "crime no": ["a", "a", "b"], "nominal ref": NAMES, "role": ["V", "susp", "Q7"]}
    )

    assert (
        "  role: {column: role, codes: {Q7: ~, V: victim, susp: suspect}}   # ASK: is this what the codes mean?" in text
    )


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("outcomes", "Outcome 16", "16"),
        ("outcomes", "16 - Offender died", None),
        ("outcomes", "16", "16"),
        ("outcomes", "5 - Offender died", "5"),
        ("assessment_factors", "11A: Child sexual exploitation", "11A"),
        ("relations", "Mum", "parent"),
        ("relations", "foster carer", None),
        ("roles", "ip", "victim"),
        ("order_types", "Sexual risk order", "SRO"),
        ("event_types", "MFH", "missing episode"),
        ("roles", "offender", None),
    ],
)
def test_the_meaning_of_a_text(name: str, text: str, code: str | None) -> None:
    assert meaning_of(text, code_list(name)) == code


def test_every_other_word_for_a_code_is_on_its_list() -> None:
    from concerted.reference.loader import load_table

    for name, words in load_table("kind_names").data["codes"].items():
        assert [code for code in words.values() if code and code not in code_list(name).codes] == []


def test_more_than_forty_texts_are_no_codes() -> None:
    many = column_of("role", [f"role {at}" for at in range(41)])
    long = column_of("role", ["what he said " * 9])

    assert (codes_of("role", many), codes_of("role", long)) == (None, None)


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=9), min_size=1, max_size=60))
def test_no_meaning_is_ever_made_up(texts: list[str]) -> None:
    """Each is a code of the list, or left open, and there are forty at most."""
    codes = codes_of("outcome", column_of("outcome", texts)) or {}

    assert len(codes) <= 40
    assert {code for code in codes.values() if code} <= set(code_list("outcomes").codes)


def test_what_people_say_of_themselves_and_what_was_observed_are_two_fields() -> None:
    profile = draft({**PERSON, "Self defined": ["W1", "A2", "Not stated"], "IC code": ["IC1", "IC4", ""]})

    assert profile.fields is not None
    assert profile.fields.fields["ethnicity_self_defined"].columns == ("Self defined",)
    assert profile.fields.fields["ethnicity_observed"].columns == ("IC code",)
    assert profile.drop == {}


def test_codes_of_another_list_are_carried_over() -> None:
    found = counted_field(column_of("ethnicity", ["WBRI", "APKN", "NOBT", "WBRI", "WIRT"]))

    assert found == ("ethnicity_self_defined", {"APKN": "A2", "NOBT": None, "WBRI": "W1", "WIRT": "W3"})


def test_figures_in_a_column_of_ic_codes() -> None:
    assert counted_field(column_of("IC code", ["1", "3"])) == ("ethnicity_observed", {"1": "IC1", "3": "IC3"})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("self defined ethnicity", ["IC1", "IC4", "IC1"]),  # observed, whatever the name says
        ("observed ethnicity", ["W1", "A2", "W9"]),  # said, whatever the name says
        ("ethnicity", ["tall", "short", "tall"]),
        ("ethnicity", ["", "", ""]),
        ("religion", ["W1", "A2", "W9"]),
        ("grade", ["W1", "A2", "W9"]),
        ("nationality", ["British", "Irish", "British"]),
    ],
)
def test_what_is_on_no_list_or_on_the_other_is_neither(name: str, values: list[str]) -> None:
    profile = draft({**PERSON, name: values})

    assert counted_field(column_of(name, values)) is None
    assert name not in {
        column for _, spec in next(iter(profile.subjects.values())).all_specs() for column in spec.columns
    }


@given(
    st.sampled_from(["ethnicity", "IC code", "self defined", "officer observed ethnicity", "ethnic group observed ic"]),
    st.lists(st.sampled_from(["W1", "IC1", "A2", "IC4", "1", "WBRI", "White British", "Black", "", "x"]), min_size=1),
)
def test_never_both_from_one_column(name: str, values: list[str]) -> None:
    """And what somebody observed never fills what a person says of themselves."""
    columns = {"id": [f"r{at}" for at in range(len(values))], "surname": ["Bee"] * len(values), name: values}
    profile = draft(columns)
    fields = next(iter(profile.subjects.values())).fields
    held = [field for field, spec in fields.items() if name in spec.columns]

    assert len(held) <= 1
    assert not (held == ["ethnicity_self_defined"] and {"observed", "IC"} & set(name.split()))
    assert bool(held) != (name in profile.drop)


def test_a_second_column_for_the_same_is_dropped() -> None:
    profile = draft({**PERSON, "ethnicity": ["W1", "A2", "W9"], "ethnicity code": ["W1", "A2", "W9"]})

    assert set(profile.drop) == {"ethnicity code"}


def test_ethnicity_in_a_file_of_nobody_is_dropped() -> None:
    profile = draft({**IDS, "date": DAYS, "ethnicity": ["W1", "A2", "W9"], "place": ["Park", "Pub", "Hall"]})

    assert (profile.kind, set(profile.drop)) == ("event", {"ethnicity"})
