"""Text made safe and folded, and the types that are little more than that: names, free text, sex."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import NAME, SEX, TEXT, Likeness
from concerted.values.text import fold, has_unseen, one_slip, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  Ada   Example ", "Ada Example"),
        ("Ada\tExample\r\n", "Ada Example"),
        ("Ada\u00a0Example", "Ada Example"),
        ("\u202eAda\u202c", "Ada"),
        ("A\u200bda", "Ada"),
        ("A\u00adda", "Ada"),
        ("\ufeffAda", "Ada"),
        ("Ada\x00", "Ada"),
        ("Ada\ud800", "Ada"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("محمد", "محمد"),
    ],
)
def test_tidy(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ada", "ada"),
        ("O'Brien-Smith", "o brien smith"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Zoe\u0308", "zoe"),
        ("Straße", "strasse"),
        ("Алексей", "aleksey"),
        ("  A,  B.  ", "a b"),
        ("...", ""),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_fold_and_tidy_are_settled_after_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()
    assert fold(tidy(text)) == fold(text) or not text.isascii() or has_unseen(text)
    assert tidy(tidy(text)) == tidy(text)
    tidy(text).encode()


@given(st.text(max_size=40))
def test_nothing_unseen_is_left(text: str) -> None:
    assert not has_unseen(tidy(text))


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("12345", "12345", True),
        ("12345", "12945", True),
        ("12345", "12435", True),
        ("12345", "1245", True),
        ("12345", "123945", True),
        ("12345", "12954", False),
        ("12345", "54321", False),
    ],
)
def test_one_slip(one: str, other: str, slip: bool) -> None:
    assert one_slip(one, other) is slip
    assert one_slip(other, one) is slip


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("Ada", "Ada", ()),
        (" ada  EXAMPLE ", "ada EXAMPLE", ()),
        ("O'Neil", "O'Neil", ()),
        ("Dr Zoë Exampleson-Ünal", "Dr Zoë Exampleson-Ünal", ()),
        ("\u202eAda", "Ada", ("control characters removed",)),
        ("Ada2", "Ada2", ("digits in a name",)),
        ("\u200bAda2", "Ada2", ("control characters removed", "digits in a name")),
        ("Null", "Null", ()),
        ("Na", "Na", ()),
        ("None", "None", ()),
    ],
)
def test_names_are_kept_as_written(text: str, value: str, notes: tuple[str, ...]) -> None:
    cleaned = NAME.clean(text)
    assert (cleaned.value, cleaned.notes, cleaned.problem) == (value, notes, None)


@pytest.mark.parametrize("text", ["Unknown", "n/k", "N/A", "-", "...", "?", "not known", "#REF!"])
def test_words_that_are_no_name_mean_missing(text: str) -> None:
    cleaned = NAME.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (None, None, ("means missing",))


@pytest.mark.parametrize("text", ["123", "12/34", "0"])
def test_a_name_has_a_letter(text: str) -> None:
    assert NAME.clean(text).problem == "not a name: there are no letters in it"


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("Ada", "ADA", Likeness.SAME),
        ("Zoë", "Zoe", Likeness.SAME),
        ("O'Neil", "O Neil", Likeness.SAME),
        ("Łukasz", "Lukasz", Likeness.SAME),
        ("Exampleson", "Examplesen", Likeness.NEAR),
        ("Ada", "Brian", Likeness.DIFFERENT),
        ("Ada", "", Likeness.CANNOT_TELL),
        ("Ada", "unknown", Likeness.CANNOT_TELL),
        ("Ada", "123", Likeness.CANNOT_TELL),
    ],
)
def test_likeness_of_names(left: str, right: str, likeness: Likeness) -> None:
    assert NAME.compare(left, right) is likeness


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("1  Nowhere\nStreet", "1 Nowhere Street", ()),
        ("n/a", "n/a", ()),
        ("123", "123", ()),
        ("\u2067abc\u2069", "abc", ("control characters removed",)),
    ],
)
def test_free_text(text: str, value: str, notes: tuple[str, ...]) -> None:
    cleaned = TEXT.clean(text)
    assert (cleaned.value, cleaned.notes) == (value, notes)


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("1 Nowhere St.", "1 nowhere st", Likeness.SAME),
        ("1 Nowhere Street, Anytown", "1 Nowhere Streat Anytown", Likeness.NEAR),
        ("1 Nowhere Street", "a boat", Likeness.DIFFERENT),
        ("", "a boat", Likeness.CANNOT_TELL),
        ("!!!", "a boat", Likeness.CANNOT_TELL),
    ],
)
def test_likeness_of_free_text(left: str, right: str, likeness: Likeness) -> None:
    assert TEXT.compare(left, right) is likeness


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("M", "male"),
        ("male", "male"),
        ("Boy", "male"),
        ("F.", "female"),
        (" FEMALE ", "female"),
        ("girl", "female"),
        ("X", "other"),
        ("Non-binary", "other"),
        ("intersex", "other"),
    ],
)
def test_sex(text: str, value: str) -> None:
    assert SEX.clean(text).value == value


@pytest.mark.parametrize("text", ["U", "unknown", "not stated", "N/K"])
def test_sex_not_known_means_missing(text: str) -> None:
    cleaned = SEX.clean(text)
    assert (cleaned.value, cleaned.problem) == (None, None)


@pytest.mark.parametrize("text", ["1", "2", "9", "mf", "xyz"])
def test_an_unknown_word_or_code_for_sex_is_a_problem(text: str) -> None:
    cleaned = SEX.clean(text)
    assert cleaned.value is None
    assert cleaned.problem == f"not a sex: '{text}' is none of the words known"
    assert cleaned.mend == "write male, female or other, or give the codes in the mapping profile"


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("M", "man", Likeness.SAME),
        ("male", "female", Likeness.DIFFERENT),
        ("other", "male", Likeness.DIFFERENT),
        ("unknown", "male", Likeness.CANNOT_TELL),
    ],
)
def test_likeness_of_sex(left: str, right: str, likeness: Likeness) -> None:
    assert SEX.compare(left, right) is likeness
