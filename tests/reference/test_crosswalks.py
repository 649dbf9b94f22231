"""Crosswalks between lists of ethnicity, and the traps that are known of them."""

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.reference.codes import code_list, code_list_names
from concerted.reference.crosswalks import crosswalk

POLICE, OLD, DFE, SEEN = (
    "ethnicity_self_defined",
    "ethnicity_self_defined_16",
    "ethnicity_dfe",
    "ethnicity_observed",
)
WAYS = [(POLICE, DFE), (DFE, POLICE), (OLD, POLICE)]
EVERY = pytest.mark.parametrize(("start", "end"), WAYS)


@EVERY
def test_every_code_has_one_step_to_a_code_of_the_other_list_or_a_reason(start: str, end: str) -> None:
    steps = crosswalk(start, end)

    assert set(steps) == set(code_list(start).codes)
    assert {step.to for step in steps.values() if step.to} <= set(code_list(end).codes)
    assert all(step.why for step in steps.values() if step.to is None)


@EVERY
def test_no_step_makes_a_group_of_a_missing_value_or_the_other_way_round(start: str, end: str) -> None:
    for code, step in crosswalk(start, end).items():
        if step.to:
            was, becomes = code_list(start).missing_reason(code), code_list(end).missing_reason(step.to)
            assert (was is None) == (becomes is None), code


def test_there_and_back_loses_only_what_is_said() -> None:
    there, back = crosswalk(POLICE, DFE), crosswalk(DFE, POLICE)
    for code, step in there.items():
        if step.to and back[step.to].to != code:
            assert step.loses or back[step.to].loses, code


def test_chinese_stands_under_asian_and_was_o1() -> None:
    assert crosswalk(DFE, POLICE)["CHNE"].to == "A4"
    assert crosswalk(POLICE, DFE)["A4"].to == "CHNE"
    assert crosswalk(OLD, POLICE)["O1"].to == "A4"
    assert "O1" not in code_list(POLICE).codes


def test_arab_loses_its_detail_and_is_never_made_of_other() -> None:
    assert crosswalk(POLICE, DFE)["O2"].to == "OOTH"
    assert crosswalk(POLICE, DFE)["O2"].loses
    assert crosswalk(DFE, POLICE)["OOTH"].to == "O9"
    assert all(step.to != "O2" for step in crosswalk(DFE, POLICE).values())


def test_gypsy_or_roma_has_no_exact_police_code() -> None:
    assert crosswalk(DFE, POLICE)["WROM"].to is None
    assert crosswalk(POLICE, DFE)["W3"].to is None


@pytest.mark.parametrize("code", ["REFU", "NOBT"])
def test_refused_and_not_obtained_are_not_not_stated(code: str) -> None:
    assert crosswalk(DFE, POLICE)[code].to is None
    assert crosswalk(POLICE, DFE)["NS"].to is None


@pytest.mark.parametrize("end", [name for name in code_list_names() if name != SEEN])
def test_nothing_is_made_of_what_an_officer_observed(end: str) -> None:
    with pytest.raises(UsedWronglyError, match="not what the person says of themselves"):
        crosswalk(SEEN, end)


def test_what_is_not_there_is_said_with_what_is() -> None:
    with pytest.raises(UsedWronglyError, match="ethnicity_self_defined to ethnicity_dfe"):
        crosswalk(DFE, OLD)
