"""Closed code lists: what a text means on one, and that no list is ambiguous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reference.codes import CodeList, code_list, code_list_names
from concerted.values.text import fold

LISTS = [code_list(name) for name in code_list_names()]
EVERY = pytest.mark.parametrize("one", LISTS, ids=code_list_names())


def key(text: str) -> str:
    return fold(text).replace(" ", "")


@EVERY
def test_every_list_says_what_it_is_and_where_it_is_from(one: CodeList) -> None:
    assert one.title
    assert len(one.source) > 10
    assert one.codes


@EVERY
def test_no_text_means_two_codes(one: CodeList) -> None:
    texts = [key(text) for code in one.codes for text in {key(code), *map(key, one.spellings(code))}]

    assert sorted(texts) == sorted(set(texts))


@EVERY
def test_every_spelling_is_read_as_its_code_however_it_is_written(one: CodeList) -> None:
    for code in one.codes:
        for text in (code, *one.spellings(code)):
            for written in (text, text.upper(), text.lower(), f"  {text} "):
                assert one.clean(written).value == code, written


@EVERY
def test_a_reason_for_a_missing_value_is_on_the_list_of_reasons(one: CodeList) -> None:
    reasons = {one.missing_reason(code) for code in one.codes} - {None}

    assert reasons <= set(code_list("missing_reasons").codes)


@given(st.sampled_from(LISTS), st.text(max_size=12))
def test_any_text_is_a_code_or_a_problem_that_says_what_to_write(one: CodeList, text: str) -> None:
    cleaned = one.clean(text)

    assert cleaned.value is None or cleaned.value in one.codes
    assert cleaned.value or not text.strip() or not cleaned.problem or cleaned.mend


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("roles", "VICT", "victim"),
        ("roles", "Suspect", "suspect"),
        ("outcomes", "15", "15"),
        ("outcomes", "1a", "1A"),
        ("order_types", "Child Abduction Warning Notice", "CAWN"),
        ("event_types", "missing", "missing episode"),
        ("classification", "official sensitive", "OFFICIAL-SENSITIVE"),
        ("ethnicity_self_defined", "w1", "W1"),
    ],
)
def test_a_text_as_files_have_it(name: str, text: str, code: str) -> None:
    assert code_list(name).clean(text).value == code


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("assessment_factors", "18A", "18B (child on child) or 18C"),
        ("assessment_factors", "19A", "19B (child on child) or 19C"),
        ("classification", "SECRET", "nothing above OFFICIAL-SENSITIVE"),
        ("ethnicity_self_defined", "IC1", "not on the list"),
        ("ethnicity_self_defined", "O1", "not on the list"),
        ("location_types", "hotell", "not on the list"),
    ],
)
def test_a_text_that_is_no_code(name: str, text: str, said: str) -> None:
    cleaned = code_list(name).clean(text)

    assert cleaned.value is None
    assert said in (cleaned.problem or "")


def test_a_slip_is_met_with_what_was_meant() -> None:
    assert "hotel" in (code_list("location_types").clean("hotell").mend or "")


def test_why_there_is_none_differs_by_code() -> None:
    """Refused, not yet obtained and not stated are three things."""
    dfe = code_list("ethnicity_dfe")

    assert (dfe.missing_reason("REFU"), dfe.missing_reason("NOBT")) == ("refused", "not asked")
    assert dfe.missing_reason("WBRI") is None
    assert code_list("ethnicity_observed").missing_reason("IC9") == "not known"
