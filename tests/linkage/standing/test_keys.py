"""Hashes, texts and keys: the same for one question as for all records, and each record is found by its own."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import hashes
from concerted.linkage.keys import Family
from concerted.linkage.standing import keyed, texts
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.near import Near, arrays_of, sound
from tests.linkage.standing.pictures import agencies, picture


@given(st.lists(st.text() | st.none(), max_size=8))
def test_a_text_has_the_same_hash_alone_and_among_others(written: list[str | None]) -> None:
    found = hashes.of_texts(pa.array(written, pa.string()))
    assert found.tolist() == [0 if text is None else hashes.of_text(text) for text in written]


@given(st.lists(st.integers(0, 2**31 - 1), max_size=8))
def test_a_number_has_the_same_hash_alone_and_among_others(numbers: list[int]) -> None:
    assert hashes.of_numbers(np.array(numbers, np.int32)).tolist() == [hashes.of_number(one) for one in numbers]


@given(st.lists(st.lists(st.text(min_size=1), unique=True), max_size=4), st.text(min_size=1))
def test_equal_texts_have_one_number_in_all_columns_and_are_found_by_it(columns: list[list[str]], other: str) -> None:
    every, numbers = texts.numbered(pa.array(column, pa.string()) for column in columns)
    known = texts.Texts(texts.arrays_of(every))
    flat = {
        text: number
        for column, of in zip(columns, numbers, strict=True)
        for text, number in zip(column, of.tolist(), strict=True)
    }
    assert all(
        flat[text] == number
        for column, of in zip(columns, numbers, strict=True)
        for text, number in zip(column, of.tolist(), strict=True)
    )
    assert len(set(flat.values())) == len(flat)
    assert all(known.text(number) == text and known.number(text) == number for text, number in flat.items())
    assert (known.number(other) > 0) == (other in flat)


def test_every_record_is_found_by_every_key_that_it_makes(tmp_path: Path) -> None:
    made = picture(tmp_path, agencies())
    arrays = made.standing.arrays
    assert (np.diff(arrays["keys"].astype(object)) >= 0).all()
    held: dict[int, set[int]] = {}
    for key, holder in zip(arrays["keys"].tolist(), arrays["holders"].tolist(), strict=True):
        held.setdefault(key, set()).add(holder)
    by_record: dict[int, set[int]] = {}
    for key, holders in held.items():
        for holder in holders:
            by_record.setdefault(holder, set()).add(key)
    for at, row in enumerate(made.rows):
        question = Question(made.standing, {name: value for name, value in row.items() if value})
        own = {one.key for one in keyed.asked(made.standing.families, question.keys())}
        assert own == by_record[at]


def test_a_family_of_every_two_words_takes_them_in_any_order() -> None:
    two = Family("two", ("words",), every=2)
    one, other = (set(keyed.keys_of(two, 3, {"words": words})) for words in (["a", "b", "c"], ["c", "b", "a"]))
    assert one == other
    assert len(one) == 3


def test_a_key_needs_all_of_its_pieces() -> None:
    assert not list(keyed.keys_of(Family("both", ("words", "year")), 0, {"words": ["a"]}))


def test_names_that_sound_alike() -> None:
    assert sound("stephen") == sound("steven")
    assert sound("catherine") == sound("kathryn")
    assert sound("") == ""


def test_texts_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashes, "of_text", lambda _: 7)
    monkeypatch.setattr(hashes, "of_texts", lambda written: np.full(len(written), 7, np.uint64))
    every, _ = texts.numbered([pa.array(["one", "two", "three"], pa.string())])
    known = texts.Texts(texts.arrays_of(every))
    assert [known.text(known.number(text)) for text in ("three", "one", "two")] == ["three", "one", "two"]
    assert known.number("four") == 0


def test_of_very_many_near_words_none_is_taken_before_another_as_near() -> None:
    words = [f"mar{one}{other}" for one in "bcdfgklmnp" for other in "aeiou"]
    every, numbers = texts.numbered([pa.array(words, pa.string())])
    near = Near(arrays_of((numbers[0], pa.array(words, pa.string()))), texts.Texts(texts.arrays_of(every)))
    assert len(near.of("marba")) < len(words) // 2
    assert near.of("marba")[:1] in ([], ["marba"])
