"""What holds for every value type, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import concerted.values as values
from concerted.values import ALL, Likeness, ValueType
from concerted.values.text import has_unseen

# Texts of people and systems, texts of an attacker, and texts that nearly are what the types read.
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text("0123456789 +-/.()EeXxAaZzOoIi@:#'?*", max_size=22),
    st.text(st.characters(categories=["L", "M", "N", "Cf", "Cc", "Cs"]), max_size=15),
    st.from_regex(r"[A-Z]{1,3}[0-9]{1,4} ?[0-9]?[A-Z]{0,3}", fullmatch=True),
    st.from_regex(r"\+?[0-9]{7,13}(\.0)?", fullmatch=True),
    st.dates().map(str),
    st.emails(),
)
TYPES = pytest.mark.parametrize("kind", ALL.values(), ids=ALL.keys())


@TYPES
@given(text=TEXTS)
def test_cleaning_is_total_and_keeps_the_original(kind: ValueType, text: str) -> None:
    cleaned = kind.clean(text)
    assert cleaned.original == text
    assert cleaned.value != ""
    if cleaned.problem is not None:
        assert cleaned.value is None
        assert cleaned.mend
        assert not cleaned.problem.endswith(".")


@TYPES
@given(text=TEXTS)
def test_a_canonical_value_is_its_own(kind: ValueType, text: str) -> None:
    value = kind.clean(text).value
    if value is not None:
        again = kind.clean(value)
        assert again.value == value
        assert again.problem is None
        assert not has_unseen(value)
        assert value == value.strip()


@TYPES
@given(text=TEXTS)
def test_validate_agrees_with_clean(kind: ValueType, text: str) -> None:
    cleaned = kind.clean(text)
    assert kind.validate(text) is (cleaned.value is not None and cleaned.problem is None)


# Texts that nearly are what the quick ways take.
PLAIN = st.one_of(
    TEXTS,
    st.from_regex(r"[a-z0-9._+-]{1,70}@[a-z0-9.-]{1,30}", fullmatch=True),
    st.from_regex(r"999[0-9]{3} ?[0-9]{4}", fullmatch=True),
    st.from_regex(r"(\+44|0044|44)?0?[ (]?[1-9][0-9]{3}\)?[ -]?[0-9]{6}(\.0)?", fullmatch=True),
    st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? {0,2}[0-9][A-Z]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}  ?[A-Za-z]{1,9}( [A-Za-z]{1,9}|\n)?", fullmatch=True),
    st.from_regex(r"[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.sampled_from(
        ["Unknown", "unnamed", "none", "refused", "NULL", "0000000000", "9990000000", "a;b", "07700900123;"]
    ),
)


@TYPES
@given(text=PLAIN)
def test_the_quick_way_gives_what_cleaning_gives(kind: ValueType, text: str) -> None:
    value = kind.quick(text)
    if value is not None:
        cleaned = kind.clean(text)
        assert (cleaned.value, cleaned.problem) == (value, None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", "Ann"),
        ("date", "2009-03-14"),
        ("telephone", "07700 900123"),
        ("email", "ann.lee@school.example"),
        ("postcode", "QQ1 1AC"),
        ("nhs_number", "999 000 0018"),
        ("text", "14 Hobnail Terrace"),
    ],
)
def test_what_is_well_formed_takes_the_quick_way(name: str, text: str) -> None:
    assert ALL[name].quick(text) == ALL[name].clean(text).value


@TYPES
@given(left=TEXTS, right=TEXTS)
def test_comparing_is_symmetric(kind: ValueType, left: str, right: str) -> None:
    assert kind.compare(left, right) is kind.compare(right, left)


@TYPES
@given(left=TEXTS, right=TEXTS)
def test_what_cannot_be_read_cannot_be_compared(kind: ValueType, left: str, right: str) -> None:
    if not (kind.validate(left) and kind.validate(right)):
        assert kind.compare(left, right) is Likeness.CANNOT_TELL


@TYPES
@given(text=TEXTS)
def test_a_value_is_like_itself_or_nothing_can_be_told(kind: ValueType, text: str) -> None:
    assert kind.compare(text, text) in {Likeness.SAME, Likeness.CANNOT_TELL}
    value = kind.clean(text).value
    if value is not None:
        assert kind.compare(text, value) is kind.compare(value, value)


@TYPES
@given(text=TEXTS)
def test_spaces_around_make_no_difference(kind: ValueType, text: str) -> None:
    assert kind.clean(f"  {text}\t\n").value == kind.clean(text).value


@TYPES
@pytest.mark.parametrize("empty", ["", " ", "\t\n", "\u00a0", "\u200b", "\ufeff"])
def test_nothing_is_missing_and_no_problem(kind: ValueType, empty: str) -> None:
    cleaned = kind.clean(empty)
    assert cleaned.value is None
    assert cleaned.problem is None
    assert not kind.validate(empty)


@pytest.mark.parametrize("kind", [kind for name, kind in ALL.items() if name not in {"name", "text"}])
@pytest.mark.parametrize("word", ["n/a", "N/K", "-", "not known", "Unknown", "NULL", "#N/A", "#REF!"])
def test_words_for_nothing_mean_missing(kind: ValueType, word: str) -> None:
    cleaned = kind.clean(word)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (None, None, ("means missing",))


@TYPES
@pytest.mark.parametrize(
    "text",
    ["A" * 200_000, "1" * 200_000, "a@" * 50_000, "a." * 50_000, "before " * 30_000, "(" * 100_000, "é" * 100_000],
)
def test_very_long_text_is_dealt_with(kind: ValueType, text: str) -> None:
    assert kind.clean(text).original == text
    assert kind.compare(text, text + "1") is kind.compare(text + "1", text)


@TYPES
@pytest.mark.parametrize(
    "text", ["=1+1", "\u202e123", "'; drop table x", "<script>", "\x00\x01", "\ud800", "%s%n", "../../x"]
)
def test_hostile_text_is_dealt_with(kind: ValueType, text: str) -> None:
    cleaned = kind.clean(text)
    assert cleaned.original == text
    assert cleaned.value is None or "\ud800" not in cleaned.value


def test_the_registry_names_every_type_once() -> None:
    assert list(ALL) == [kind.name for kind in ALL.values()]
    assert len({type(kind) for kind in ALL.values()}) == len(ALL) == 12
    assert ALL["nhs_number"] is values.NHS_NUMBER
    assert {id(kind) for kind in ALL.values()} == {
        id(getattr(values, name)) for name in values.__all__ if name.isupper() and name != "ALL"
    }
