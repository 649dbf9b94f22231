"""Composing family names, and the forms of them that women bear."""

import re

from hypothesis import given
from hypothesis import strategies as st

from concerted.synthetic.lexicon import load
from concerted.synthetic.name_lists import composed, feminine_forms, table, words_of
from tests.synthetic.words import repeated

NAMED = {origin.name: origin for origin in load().origins}
BRITISH = NAMED["british"]


def test_the_first_rule_that_fits_changes_a_name() -> None:
    assert feminine_forms(["Balog", "Duda", "Rus"], "a>ova, =Rus>Ruska, g>gova") == {
        "Balog": "Balogova",
        "Duda": "Dudova",
        "Rus": "Ruska",
    }
    assert feminine_forms(["Smith"], "") == {}


def test_composing_adds_names_and_repeats_none_that_is_listed() -> None:
    for name in ("british", "polish", "romanian", "lithuanian", "ukrainian", "nigerian"):
        family = list(NAMED[name].family.words)

        assert len(family) > 70
        assert repeated(family) == []


def test_listed_names_come_before_composed_ones() -> None:
    listed = words_of(table("names_britain_ireland_caribbean")["origins"]["british"]["family"])

    assert list(BRITISH.family.words[: len(listed)]) == listed
    assert "Thornley" in BRITISH.family.words[len(listed) :]


def test_a_letter_never_stands_three_times_running() -> None:
    assert set(composed("Well, Moss, Thorn", "ley, lland, shaw, ton")) == {
        *("Wellshaw", "Wellton", "Mossley", "Mosslland", "Mosston"),
        *("Thornley", "Thornlland", "Thornshaw", "Thornton"),
    }
    assert [name for name in BRITISH.family.words if re.search(r"(.)\1\1", name.lower())] == []


def test_a_part_is_not_joined_to_itself_and_a_name_is_made_once() -> None:
    assert set(composed("Stone, Wood, Wo, Woo", "wood, stone, od, d")) >= {"Stonewood", "Woodstone"}
    assert "Stonestone" not in composed("Stone", "stone")
    assert composed("Wo, Woo", "od, d").count("Wood") == 1


stems = st.lists(st.text("ABCDE", min_size=1, max_size=1).map(lambda first: first + "ar"), min_size=1, unique=True)
endings = st.lists(
    st.sampled_from(["ley", "ton", "ham", "by", "wick", "den", "gate", "low", "more", "worth"]), min_size=1
)


@given(stems, endings.map(lambda made: list(dict.fromkeys(made))))
def test_composing_gives_every_pair_once_and_the_first_endings_first(first: list[str], last: list[str]) -> None:
    made = composed(", ".join(first), ", ".join(last))

    assert sorted(made) == sorted(stem + ending for stem in first for ending in last)
    assert set(made[: 8 * len(first)]) == {stem + ending for stem in first for ending in last[:8]}
