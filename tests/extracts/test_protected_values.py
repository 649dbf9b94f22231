"""Columns that hold ethnicity, religion or nationality are known by their values; others pass."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.fields import PERSON_FIELDS
from concerted.extracts.protected import (
    DISTINCT_LIMIT,
    PASSED,
    ValueTally,
    judge_counts,
    judge_values,
)
from concerted.reference.loader import load_table

LISTS = load_table("protected_lists").data["lists"]
CODES = [(name, code) for name, entry in LISTS.items() for code in entry["codes"]]


@pytest.mark.parametrize(
    ("values", "about"),
    [
        (["W1", "A2", "B1", "NS", "W1"], "ethnicity"),
        (["w1", " a2 ", "b1"], "ethnicity"),
        (["W1 - White British", "A2 (Pakistani)", "B2: African"], "ethnicity"),
        (["White British", "Pakistani", "Black African", "Not stated"], "ethnicity"),
        (["White", "Black", "Asian", "Mixed", "Other"], "ethnicity"),
        (["IC1", "IC3", "IC4", "IC1"], "ethnicity"),
        (["IC1 White North European", "ic4"], "ethnicity"),
        (["WBRI", "APKN", "BAFR", "NOBT"], "ethnicity"),
        (["Christian", "Muslim", "No religion", "Sikh"], "religion"),
        (["Church of England", "Roman Catholic", "None"], "religion"),
        (["British", "Polish", "Romanian", "Somali"], "nationality"),
        (["UK national", "EU national", "UK national"], "nationality"),
        (["ＷＨＩＴＥ ＢＲＩＴＩＳＨ", "Pak\u200bistani"], "ethnicity"),
    ],
)
@pytest.mark.parametrize("field", [None, "occupation", "town", "local_id"])
def test_refused_by_values(values: list[str], about: str, field: str | None) -> None:
    found = judge_values(values, field)

    assert (found.verdict, found.about) == ("refused", about)
    assert "in 100 of its values lie on" in found.reason


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["White", "Black", "English"], "family_name"),
        (["White", "Black", "English", "Smith", "White", "Brown"], "family_name"),
        (["White", "White", "White", "Ahmed"], "family_name"),
        (["Christian", "Ann", "Roma", "Jain"], "given_name"),
        (["Ann White", "Tom Black", "Jo English"], "full_name"),
        (["London", "Hull", "Leeds"], "town"),
        (["England", "Wales", "Scotland", "Poland"], "country"),
        (["Pakistan", "Jamaica", "Leeds"], "place_of_birth"),
        (["M1", "M2", "W1", "B9"], "postcode"),
        (["male", "female", "unknown"], "sex"),
        (["Other", "None", "Unknown", "Not stated"], "occupation"),
        (["painter", "priest", "writer"], "occupation"),
        (["2009-01-01", "2010-02-03"], "date_of_birth"),
        ([], None),
        (["", " ", "N/A"], None),
    ],
)
def test_ordinary_columns_pass(values: list[str], field: str | None) -> None:
    assert judge_values(values, field) == PASSED


def test_a_long_surname_column_with_white_black_and_english_passes() -> None:
    names = ["White", "Black", "English"] * 5 + [f"Testerson{number}" for number in range(85)]

    assert judge_values(names, "family_name") == PASSED
    assert judge_values(names, None) == PASSED


def test_a_list_hidden_in_a_field_of_names_is_found() -> None:
    assert judge_values(["White", "Asian", "Black", "Mixed"], "family_name").verdict == "refused"
    assert judge_values(["A1", "A2", "W1"], "postcode").verdict == "refused"


@pytest.mark.parametrize(("on_list", "verdict"), [(59, "warned"), (60, "refused"), (30, "warned"), (29, "passed")])
def test_sixty_in_a_hundred(on_list: int, verdict: str) -> None:
    values = ["Pakistani"] * on_list + ["something else"] * (100 - on_list)

    assert judge_values(values).verdict == verdict


@pytest.mark.parametrize(("different", "verdict"), [(59, "refused"), (60, "warned")])
def test_fewer_than_sixty_different_values(different: int, verdict: str) -> None:
    values = ["Pakistani"] * 1000 + [f"note {number}" for number in range(different - 1)]

    assert judge_values(values).verdict == verdict


def test_a_column_mapped_to_another_list_is_warned_of_only() -> None:
    assert judge_values(["A1", "B1", "W1"], coded=True).verdict == "warned"


def test_answers_that_say_nothing_do_not_hide_the_rest() -> None:
    assert judge_values(["Not stated"] * 950 + ["Pakistani", "Indian"] * 25).verdict == "refused"


def test_missing_values_are_left_out() -> None:
    assert judge_values([None, "W1", None, "A2"]).verdict == "refused"


def test_two_lists_are_not_added_together() -> None:
    """A column of notes that name now a faith and now a nationality is on neither list."""
    values = ["Sikh"] * 35 + ["Polish"] * 35 + ["left"] * 30

    assert judge_values(values).verdict == "warned"


@pytest.mark.parametrize(("name", "code"), CODES)
def test_every_code_is_known_alone_and_with_its_label(name: str, code: str) -> None:
    labels = LISTS[name]["codes"][code]
    if code.lower() in load_table("protected_lists").data["neutral"]:
        return

    assert judge_values([code]).verdict == "refused"
    assert all(judge_values([f"{code} - {label}", f"{label} ({code})"]).verdict == "refused" for label in labels)


ON_A_LIST = st.sampled_from(sorted(code for _, code in CODES if code not in {"NS", "NOBT", "REFU"}))
FIELDS = st.sampled_from([None, *sorted(set(PERSON_FIELDS) - {"postcode"})])


@given(st.lists(st.sampled_from(["W1", "W2", "A1", "A2", "A3", "B1", "B2", "M1"]), min_size=1), st.data())
def test_a_column_of_codes_is_refused_in_any_field_and_any_order(codes: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(codes))

    assert judge_values(codes, data.draw(FIELDS)).verdict == "refused"
    assert judge_values(shuffled) == judge_values(codes)


@given(st.dictionaries(st.text(max_size=12) | ON_A_LIST, st.integers(1, 50), max_size=80), FIELDS, st.booleans())
def test_any_column_is_judged(counts: dict[str, int], field: str | None, coded: bool) -> None:
    found = judge_counts(counts, field, coded=coded)

    assert found.verdict in {"refused", "warned", "passed"}
    assert (found == PASSED) == (found.verdict == "passed")
    assert not (coded and found.verdict == "refused")


@given(st.lists(st.lists(st.sampled_from(["W1", "A1", "x", "y", "Not stated"]), max_size=5), max_size=6))
def test_a_stream_is_judged_as_the_whole(pieces: list[list[str]]) -> None:
    tally = ValueTally("occupation")
    for piece in pieces:
        tally.add(Counter(piece))

    assert tally.judge() == judge_values([value for piece in pieces for value in piece], "occupation")


def test_a_stream_of_many_values_settles_and_holds_no_more() -> None:
    tally = ValueTally("occupation")

    tally.add({f"job {number}": 1 for number in range(10 * DISTINCT_LIMIT)})
    tally.add({"W1": 1_000_000})

    assert tally.is_settled
    assert tally.judge().verdict == "passed"


def test_a_stream_mapped_by_codes_is_never_refused() -> None:
    tally = ValueTally("sex", coded=True)
    tally.add({"W1": 3})

    assert not tally.is_settled
    assert tally.judge().verdict == "warned"
