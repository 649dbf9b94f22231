"""Records as numbers: every value once, lists padded, and nothing lost but the members beyond those compared."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.coded import MOST_MEMBERS, Coded

VALUES = st.lists(st.none() | st.text("abé", min_size=1, max_size=3), max_size=12)
LISTED = st.lists(st.none() | st.lists(st.text("abé", min_size=1, max_size=2), max_size=4), max_size=8)


def _coded(kind: pa.DataType | None = None, **columns: list[Any]) -> Coded:
    return Coded(pa.table({name: pa.array(values, kind) for name, values in columns.items()}))


def _read_back(coded: Coded, name: str) -> list[Any]:
    column = coded[name]
    if column.is_list:
        return [[column.texts[number] for number in row if number] for row in column.numbers]
    return [column.texts[number] for number in column.numbers]


@given(VALUES)
def test_a_text_is_read_back_from_its_number_and_each_is_there_once(values: list[str | None]) -> None:
    coded = _coded(pa.string(), given=values)
    assert _read_back(coded, "given") == values
    assert sorted(coded["given"].texts[1:]) == sorted({value for value in values if value})
    assert coded.has("given") == any(values)


@given(LISTED)
def test_a_list_is_read_back_with_each_member_once(values: list[list[str] | None]) -> None:
    coded = _coded(pa.list_(pa.string()), words=values)
    assert _read_back(coded, "words") == [list(dict.fromkeys(members or [])) for members in values]
    assert coded["words"].is_list


@given(LISTED)
def test_a_row_of_members_has_no_gap(values: list[list[str] | None]) -> None:
    for row in _coded(pa.list_(pa.string()), words=values).numbers("words"):
        assert not row[np.argmin(row != 0) :].any() or row.all()


def test_of_a_long_list_the_first_members_are_kept() -> None:
    words = [f"w{at:03}" for at in range(MOST_MEMBERS + 3)]
    coded = _coded(words=[words, words[-1:], ["w000", *words]])
    first, last, again = _read_back(coded, "words")
    assert (first, last) == (words[:MOST_MEMBERS], words[-1:])
    assert again == words[: MOST_MEMBERS - 1]


def test_a_member_without_a_value_is_none() -> None:
    assert _read_back(_coded(words=[[None, "a"], [None]]), "words") == [["a"], []]


@pytest.mark.parametrize("size", [pa.int8(), pa.uint8(), pa.int32()])
def test_a_dictionary_is_as_good_as_its_texts(size: pa.DataType) -> None:
    texts = [f"v{at}" for at in range(128)]
    numbered = pa.DictionaryArray.from_arrays(pa.array([127, None, 0, 127], size), pa.array(texts))
    assert _read_back(Coded(pa.table({"given": numbered})), "given") == ["v127", None, "v0", "v127"]


@pytest.mark.parametrize("texts", [["a", None, "b"], ["a", "b", "a"]])
def test_a_dictionary_with_nothing_or_with_one_value_twice_is_numbered_anew(texts: list[str | None]) -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None]), pa.array(texts))
    coded = Coded(pa.table({"given": column}))
    assert _read_back(coded, "given") == [*texts, None]
    assert len(coded["given"].texts) == 3


def test_a_dictionary_may_hold_what_no_record_has() -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([None, None], pa.int8()), pa.array(["a"]))
    assert not Coded(pa.table({"given": column})).has("given")


def test_lists_of_a_dictionary_and_columns_of_several_chunks_are_read() -> None:
    table = pa.table({"words": pa.array([["a", "b"], ["b"]], pa.list_(pa.dictionary(pa.int8(), pa.string())))})
    parts = [pa.table({"given": pa.array([value, "b"]).dictionary_encode()}) for value in ("a", "c")]
    assert _read_back(Coded(table), "words") == [["a", "b"], ["b"]]
    assert _read_back(Coded(pa.concat_tables(parts)), "given") == ["a", "b", "c", "b"]
    assert _read_back(Coded(table.slice(1)), "words") == [["b"]]


def test_a_column_of_nothing_but_gaps_has_no_value() -> None:
    coded = Coded(pa.table({"given": pa.nulls(2), "words": pa.array([[], None], pa.list_(pa.string()))}))
    assert (coded.has("given"), coded.has("words")) == (False, False)
    assert coded.numbers("words").tolist() == [[0], [0]]


def test_a_column_that_is_not_there_has_no_value() -> None:
    coded = _coded(given=["a", "b"])
    assert coded.numbers("family").tolist() == [0, 0]
    assert coded.numbers("given_roots").tolist() == [[0], [0]]
    assert not any(map(coded.has, ("family", "given_roots", "month", "day")))


def test_an_empty_table_has_its_columns() -> None:
    coded = Coded(pa.table({"given": pa.array([], pa.string()), "words": pa.array([], pa.list_(pa.string()))}))
    assert coded.records == 0
    assert (coded.numbers("given").shape, coded.numbers("words").shape) == ((0,), (0, 1))
    assert (coded.numbers("family").shape, coded.numbers("phones").shape) == ((0,), (0, 1))
    assert not coded.has("given")


def test_a_number_is_its_own() -> None:
    coded = Coded(pa.table({"year": pa.array([1984, None, 9999], pa.int32())}))
    assert coded.numbers("year").tolist() == [1984, 0, 9999]
    assert len(coded["year"].texts) == 0


def test_month_and_day_are_read_from_the_full_date() -> None:
    coded = _coded(dob=["1984-03-05", None, "1984-12-31"])
    assert (coded.numbers("month").tolist(), coded.numbers("day").tolist()) == ([3, 0, 12], [5, 0, 31])


def test_ranks_are_places_in_the_alphabet() -> None:
    column = _coded(given=["c", None, "a", "b", "c"])["given"]
    assert column.ranks[column.numbers].tolist() == [3, 0, 1, 2, 3]
    assert len(_coded(pa.int32(), year=[1])["year"].ranks) == 0


def test_initials_are_those_of_the_values() -> None:
    column = _coded(given=["bo", "é", None])["given"]
    assert column.initials[column.numbers].tolist() == [ord("b"), ord("é"), 0]


def test_beginnings_are_shared_by_what_begins_alike() -> None:
    coded = _coded(given=["hana", "hanna", "han", "danuta", None], words=[["hana", "dan"], ["hanna"], [], [], []])
    one, two, short, other, none = coded.beginnings("given", 3).tolist()
    assert (one == two == short, none, other not in {0, one}) == (True, 0, True)
    assert coded["given:3"].texts.tolist() == [None, "han", "dan"]
    words = coded.beginnings("words", 3)
    assert words[0, 0] == words[1, 0] != words[0, 1]
    assert not words[2:].any()
    assert coded.beginnings("given", 3) is coded.beginnings("given", 3)


def test_equal_texts_have_equal_numbers_across_columns_that_are_looked_at_together() -> None:
    coded = _coded(given=["b", "a", None], family=["a", "b", "c"])
    alike = coded.alike(("given", "family"))
    assert alike["given"][0] == alike["family"][1]
    assert alike["given"][1] == alike["family"][0]
    assert (alike["given"][2], alike["family"][2] in alike["given"]) == (0, False)
    assert coded.alike(("given", "family")) is alike


def test_numbers_are_alike_as_they_are() -> None:
    alike = _coded(dob=["1984-03-05", None]).alike(("month", "day"))
    assert (alike["month"].tolist(), alike["day"].tolist()) == ([3, 0], [5, 0])


def test_what_is_worked_out_of_values_serves_every_part_of_the_records() -> None:
    whole = Coded(pa.table({"given": ["anna", "bob", None, "annabel"]}))
    some = whole.take(np.array([3, 1], np.int32)).take(np.array([1], np.int32))
    one, all_ = some["given"], whole["given"]
    assert one.texts[one.numbers[0]] == "bob"
    assert one.ranks is all_.ranks
    assert one.ends is all_.ends
    assert one.initials is all_.initials
