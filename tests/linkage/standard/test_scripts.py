"""Names in other scripts: their own words, and the plain letters that they are compared in."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.standard.scripts import native_words, own, plain
from concerted.reference.loader import load_table
from concerted.values.text import fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hana Varga", ()),
        ("Jürgen Szałai", ()),
        ("Ковач, ЮЛИЯ", ("ковач", "юлия")),
        ("Hana (Хана)", ("хана",)),
        ("محمد بن علي", ("محمد", "بن", "علي")),
        ("王小明", ("王小明",)),
        ("हरप्रीत", ("हरप्रीत",)),
        ("Хана-12", ("хана",)),
        ("１２", ()),
    ],
)
def test_words_of_other_scripts_stand_as_they_are_written(text: str, found: tuple[str, ...]) -> None:
    assert native_words(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("علی", "علي"),
        ("على", "علي"),
        ("کریم", "كريم"),
        ("فاطمة", "فاطمه"),
        ("Ｈana", "hana"),
        ("ЮЛИЯ", "юлия"),
    ],
)
def test_what_readers_take_for_one_word_is_one(one: str, other: str) -> None:
    assert own(one) == own(other)


def test_vowel_marks_that_are_letters_stay() -> None:
    assert own("कि") != own("क")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("محمد علي", "muhammad ali"),
        ("عمر", "omar"),
        ("ਸਿੰਘ", "singh"),
        ("Ольга", "Olga"),
        ("O'Farrow", "OFarrow"),
        ("O’Farrow", "OFarrow"),
        ("Séan Ó", "Sean O"),
    ],
)
def test_known_words_are_written_as_they_are_in_english(text: str, found: str) -> None:
    assert plain(text) == found


@given(st.text(max_size=20))
def test_any_text_becomes_plain_letters(text: str) -> None:
    assert plain(text).isascii()
    assert all(not word.isascii() for word in native_words(text))


def test_a_name_in_its_own_script_has_one_spelling() -> None:
    lines = [line.split() for line in load_table("name_scripts").data["names"]]
    counts = Counter(word for _, *words in lines for word in {own(word) for word in words})
    assert [word for word, count in counts.items() if count > 1] == []
    assert [latin for latin, *words in lines if fold(latin) != latin or not words] == []
    assert {plain(word) for _, *words in lines for word in words} == {latin for latin, *_ in lines}
