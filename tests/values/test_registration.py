"""Registration marks: the forms that were issued, and letters that never stood where they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import REGISTRATION, Likeness

# Letters that were in use: DVLA leaflet INF104 for the current form.
ISSUED = {
    "current": r"[A-HJ-PR-Y]{2}[0-9]{2}[A-HJ-PR-Z]{3}",
    "prefix": r"[A-HJ-NP-TV-Y][0-9]{1,3}[A-HJ-PR-Y]{3}",
    "of unknown age": r"Q[0-9]{1,3}[A-HJ-PR-Y]{3}",
    "suffix": r"[A-HJ-PR-Y]{3}[0-9]{1,3}[A-HJ-NPR-TV-Y]",
    "dateless": r"[A-Z]{1,3}[0-9]{1,4}",
    "dateless, turned round": r"[0-9]{1,4}[A-Z]{1,3}",
    "Northern Ireland": r"[A-Y](I[A-LN-Z]|[A-Y]Z)[0-9]{1,4}",
    "embassy": r"[0-9]{3}[DX][0-9]{3}",
}
NEVER = {
    "memory tag": r"([IQZ][A-Z]|[A-Z][IQZ])[0-9]{2}[A-Z]{3}",
    "last three": r"[A-HJ-PR-Y]{2}[0-9]{2}[IQ][A-Z]{2}",
    "prefix letter": r"[IOUZ][0-9]{1,3}[A-Z]{3}",
    "letters after a prefix": r"[A-H][0-9]{1,3}[A-Z][IQZ][A-Z]",
    "suffix letter": r"[A-H]{3}[0-9]{1,3}[IOQUZ]",
    "letters before a suffix": r"[A-Z][A-Z][IQZ][0-9]{1,3}[A-H]",
}


@pytest.mark.parametrize("form", ISSUED.values(), ids=ISSUED.keys())
@given(data=st.data())
def test_forms_that_were_issued(form: str, data: st.DataObject) -> None:
    mark = data.draw(st.from_regex(form, fullmatch=True))
    cleaned = REGISTRATION.clean(mark)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (mark, None, ())


@pytest.mark.parametrize("form", NEVER.values(), ids=NEVER.keys())
@given(data=st.data())
def test_forms_that_cannot_exist_are_fictional(form: str, data: st.DataObject) -> None:
    mark = data.draw(st.from_regex(form, fullmatch=True))
    cleaned = REGISTRATION.clean(mark)
    assert (cleaned.value, cleaned.notes) == (mark, ("fictional",))


@pytest.mark.parametrize("text", ["QI07ZZZ", "qi07 zzz", " QI07  ZZZ ", "QI-07-ZZZ", "QI07\u200bZZZ", "q.i.07 zzz"])
def test_a_mark_is_upper_case_without_spaces(text: str) -> None:
    cleaned = REGISTRATION.clean(text)
    assert (cleaned.value, cleaned.original) == ("QI07ZZZ", text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("QI07", None),
        ("QI0?ZZZ", "not a whole registration mark: a part is not known"),
        ("QI*", "not a whole registration mark: a part is not known"),
        ("QI07ZZZZ", "not a form of registration mark issued in the United Kingdom"),
        ("white van", "not a form of registration mark issued in the United Kingdom"),
        ("12345", "not a form of registration mark issued in the United Kingdom"),
        ("ＱＩ０７ＺＺＺ", "not a form of registration mark issued in the United Kingdom"),
    ],
)
def test_problems(text: str, problem: str | None) -> None:
    cleaned = REGISTRATION.clean(text)
    assert cleaned.problem == problem
    assert bool(cleaned.mend) is bool(problem)


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("QI07 ZZZ", "qi07zzz", Likeness.SAME),
        ("QI07 ZZZ", "QI01 ZZZ", Likeness.NEAR),
        ("QI07 ZZZ", "IQ07 ZZZ", Likeness.NEAR),
        ("QI07 ZZZ", "ZI51 QQQ", Likeness.DIFFERENT),
        ("QI07 ZZZ", "white van", Likeness.CANNOT_TELL),
    ],
)
def test_likeness(left: str, right: str, likeness: Likeness) -> None:
    assert REGISTRATION.compare(left, right) is likeness
