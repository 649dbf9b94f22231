"""One field from the cells of a row: joined, matched, decoded, read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts import cells
from concerted.extracts.cells import FieldReader, TextReader
from concerted.extracts.fields import PERSON_FIELDS
from concerted.extracts.profile import DEFAULT_MISSING, FieldSpec
from tests.extracts.files import AS_OF


def spec_of(**given: Any) -> FieldSpec:
    return FieldSpec.model_validate({"columns": ("a",), **given})


def text_reader(field: str | None = None, **given: Any) -> TextReader:
    return TextReader(spec_of(**given), PERSON_FIELDS.get(field or ""), DEFAULT_MISSING, AS_OF)


def field_reader(field: str, **given: Any) -> FieldReader:
    spec = spec_of(**given)
    rule = PERSON_FIELDS.get(field)
    reader = TextReader(spec, rule, DEFAULT_MISSING, AS_OF)
    return FieldReader(field, spec, range(len(spec.columns)), reader, standard=rule is not None)


def test_texts_that_mean_missing() -> None:
    reader = text_reader("given_name")
    for text in ("", " ", "NULL", " n/a ", "Unknown"):
        assert reader.read(text) == (None, ())
    assert reader.read("Null") == ("Null", ())


def test_a_value_is_read_by_the_type_of_its_field() -> None:
    assert text_reader("postcode").read("qq1 1ac") == ("QQ1 1AC", ())
    value, (trouble,) = text_reader("nhs_number").read(" 9990000001 ")
    assert value is None
    assert trouble.raw == " 9990000001 "
    assert trouble.reason
    assert trouble.mend


def test_a_column_of_the_profiles_own_is_trimmed_and_else_kept() -> None:
    assert text_reader().read(" =Grey  Car\u202e ") == ("=Grey  Car\u202e", ())
    assert text_reader().read("NULL") == (None, ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("04/03/2009", "2009-03-04"),
        ("2009-03-04", "2009-03-04"),
        ("March 2009", "2009-03"),
        ("about 2009", "2008-01-01/2010-12-31"),
        ("before 2010", "../2009-12-31"),
    ],
)
def test_a_date_in_words_beside_a_format(text: str, value: str) -> None:
    """The format says which of two readings a date in figures has; the words say what no format holds."""
    assert text_reader("date_of_birth", date=("%d/%m/%Y", "words")).read(text) == (value, ())


def test_what_is_neither_the_format_nor_words_is_said_in_the_fields_own_words() -> None:
    reader = text_reader("date_of_birth", date=("%d/%m/%Y", "words"))
    value, (trouble,) = reader.read("31/02/2009")
    assert (value, trouble.raw) == (None, "31/02/2009")
    assert trouble.reason == "not a date: there is no 31 February 2009"


def test_codes() -> None:
    reader = text_reader("sex", codes={"1": "male", "2": "female", "9": None, "NULL": "male"})
    assert reader.read(" 1 ") == ("male", ())
    assert reader.read("9") == (None, ())
    assert reader.read("") == (None, ())
    assert reader.read("NULL") == ("male", ()), "a code that the profile lists is not missing"
    value, (trouble,) = reader.read("3")
    assert (value, trouble.raw, trouble.reason) == (None, "3", "it is not among the profile's codes")


def test_the_empty_text_may_be_a_code() -> None:
    assert text_reader("sex", codes={"": "female", "M": "male"}).read(" ") == ("female", ())


def test_a_pattern_comes_before_codes_and_dates() -> None:
    reader = text_reader("sex", pattern=r"\[(.*)\]", codes={"1": "male"})
    assert reader.read("sex [1]") == ("male", ())
    assert reader.read("sex []") == (None, ())
    assert reader.read("sex 1")[1][0].reason == "it does not fit the profile's pattern"
    assert text_reader("date_of_birth", pattern="born (.*)", date=("%d/%m/%Y",)).read("born 1/3/2009") == (
        "2009-03-01",
        (),
    )


def test_dates_of_a_stated_form() -> None:
    reader = text_reader("date_of_birth", date=("%d/%m/%Y",))
    assert reader.read("14/03/2009") == ("2009-03-14", ())
    value, (trouble,) = reader.read("81/01/1999")
    assert (value, trouble.reason) == (None, "not a date: there is no 81 January 1999")
    assert reader.read("31/12/9999")[1][0].reason.startswith("not a date we can mean")


def test_dates_without_a_form_are_reckoned_from_the_day_of_the_reading() -> None:
    assert text_reader("date_of_birth").read("14 Mar 68") == ("1968-03-14", ())
    assert text_reader("date_of_birth").read("aged 14") == ("2011-03-03/2012-03-02", ())


def test_several_values_in_one_cell() -> None:
    reader = text_reader("phone")
    assert reader.read("07700 900123;0161 496 0001; 07700900123 ;") == ("+447700900123; +441614960001", ())
    value, troubles = reader.read("07700 900123; none; x1")
    assert value == "+447700900123"
    assert [trouble.raw for trouble in troubles] == ["x1"]
    assert text_reader("given_name").read("Ann; Bea")[0] == "Ann; Bea", "a name is one value"


def test_columns_are_joined_where_they_say_something() -> None:
    reader = field_reader("full_name", columns=("a", "b", "c"), join=" ")
    made = reader.read([["Ann", "Ann", "", None], ["NULL", " Bea ", "", ""], ["Lee", "", "", "Lee"]])
    assert made.values == ["Ann Lee", "Ann Bea", None, "Lee"]
    assert list(made.given) == ["Ann Lee", "Ann  Bea ", "", "Lee"]
    assert reader.column == "a b c"


def test_a_joined_date() -> None:
    made = field_reader("date_of_birth", columns=("d", "m", "y"), join="/", date=("%d/%m/%Y",)).read(
        [["1"], ["3"], ["2009"]]
    )
    assert made.values == ["2009-03-01"]
    assert field_reader("date_of_birth", columns=("d", "m"), join="/").column == "d / m"
    assert field_reader("date_of_birth", columns=("d", "m"), join="").column == "d m"


def test_troubles_stand_at_every_row_that_has_them() -> None:
    reader = field_reader("sex", codes={"M": "male"})
    for _ in range(2):
        made = reader.read([["M", "X", "", "X", None]])
        assert made.values == ["male", None, None, None, None]
        assert {at: trouble[0].raw for at, trouble in made.troubles.items()} == {1: "X", 3: "X"}
    assert reader.read([["M"]]).troubles == {}


@given(st.lists(st.lists(st.sampled_from(["M", "X", "F", "Y", ""]), min_size=1), min_size=1))
def test_what_is_remembered_is_bounded_and_changes_nothing(chunks: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "REMEMBERED", 2)
        small = field_reader("sex", codes={"M": "male", "F": "female"})
        for chunk in chunks:
            made = small.read([chunk])
            assert made == field_reader("sex", codes={"M": "male", "F": "female"}).read([chunk])
            assert len(small._values) <= max(2, len(set(chunk)))


_TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["NULL", "Unknown", "Ann", "Ann;Bea", " Ann", "x", "a@b.example", "a@b.example;c@d.example"]),
    st.sampled_from(["07700 900123", "07700900123;0161 496 0001", "9990000018", "999 000 0019", "QQ1 1AC", "qq1 1ac"]),
    st.sampled_from(["2009-03-14", "2009-02-30", "0999-01-01", "1 High Street", "1  High Street", "", " "]),
)


@pytest.mark.parametrize("field", ["other_thing", *PERSON_FIELDS])
@given(texts=st.sets(_TEXT))
def test_many_texts_are_read_as_each_of_them_is(field: str, texts: set[str]) -> None:
    reader = text_reader(field)
    values, troubles = reader.read_all(texts)
    assert {text: (values[text], troubles.get(text, ())) for text in texts} == {
        text: reader.read(text) for text in texts
    }


def test_texts_that_hardly_repeat_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "REMEMBERED", 10)
    numbers, names = field_reader("local_id"), field_reader("given_name")
    for chunk in range(5):
        made = numbers.read([[f"{chunk}-{at}" for at in range(6)]])
        assert made.values == [f"{chunk}-{at}" for at in range(6)]
        names.read([["Ann", "Bea", "Cat", f"Ann {chunk}"]])
    assert len(numbers._values) == 6
    assert len(names._values) == 8


def test_a_column_that_holds_ethnicity_by_its_values_is_refused() -> None:
    reader = field_reader("organisation")
    reader.read([["White British", "Pakistani", "Black African", "Indian"] * 10])
    with pytest.raises(UsedWronglyError, match=r"a\.csv, column a: organisation may not be made.*evidence"):
        reader.refuse_protected("a.csv")


def test_a_column_put_together_that_holds_ethnicity_is_refused() -> None:
    reader = field_reader("organisation", columns=("a", "b"))
    reader.read([["White", "Black"] * 20, ["British", "African"] * 20])
    with pytest.raises(UsedWronglyError, match="may not be made from a column that holds ethnicity"):
        reader.refuse_protected("a.csv")


def test_what_a_pattern_cuts_out_is_judged() -> None:
    """No whole cell lies on a list, and more of them differ than a list has entries."""
    reader = field_reader("organisation", pattern=r"/ ([A-Za-z ]+)$")
    listed = ["White British", "Pakistani", "Black African", "Indian"] * 20
    reader.read([[f"{at} / {label}" for at, label in enumerate(listed)]])
    with pytest.raises(UsedWronglyError, match="may not be made from a column that holds ethnicity"):
        reader.refuse_protected("a.csv")


def test_what_a_pattern_leaves_out_of_a_sound_column_is_not_judged() -> None:
    reader = field_reader("organisation", pattern=r"^([0-9]+) /")
    reader.read([[f"{at} / {label}" for at, label in enumerate(["White British", "Pakistani"] * 40)]])
    reader.refuse_protected("a.csv")


def test_surnames_that_are_words_for_ethnicity_pass() -> None:
    reader = field_reader("family_name")
    reader.read([["White", "Black", "English", "Brown"] * 10])
    reader.refuse_protected("a.csv")
