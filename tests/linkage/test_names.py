"""Names as they are compared: no titles, no order, one apostrophe or another, any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.names import NOBODY, Names, name_words, names_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mrs Bryony Penhale", ("bryony", "penhale")),
        ("Dr. Efosa Umeh Jr.", ("efosa", "umeh")),
        ("Idris Wrexley, 3rd Earl of Dunmere", ("idris", "wrexley", "dunmere")),
        ("Rees-Mott", ("rees", "mott")),
        ("  Hana   Varga ", ("hana", "varga")),
        ("Юлия Ковач", ("yuliya", "kovach")),
        ("Jürgen Szałai", ("jurgen", "szalai")),
        ("3rd", ()),
        ("", ()),
        ("...", ()),
    ],
)
def test_words_leave_out_titles_ranks_and_marks(text: str, words: tuple[str, ...]) -> None:
    assert name_words(text) == words


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "ʻ", "`", "´", "′", "＇"])
def test_a_name_with_an_apostrophe_is_one_word_whichever_key_was_struck(apostrophe: str) -> None:
    assert name_words(f"O{apostrophe}Farrow") == ("ofarrow",)


@pytest.mark.parametrize("name", ["Dean", "Prince", "Major", "Bishop", "Earl", "Duke"])
def test_a_title_that_is_all_there_is_is_a_name(name: str) -> None:
    names = names_of(name, None, "Okonjo", None, None)
    assert names.given == name.lower()
    assert names.whole == " ".join(sorted((name.lower(), "okonjo")))


def test_a_title_that_is_never_a_name_is_no_name_though_it_stands_alone() -> None:
    assert names_of("Mr", None, "Okonjo", None, None) == Names(None, "okonjo", ("okonjo",), None)


def test_scripts_are_compared_in_plain_letters() -> None:
    assert all(word.isascii() for word in name_words("محمد 王 Ольга"))


def test_order_of_the_words_never_counts() -> None:
    one = names_of("Farah", "Jolana", "Yildirim", None, None)
    other = names_of(None, None, None, "Yildirim Farah Jolana", None)
    assert (one.words, one.whole) == (other.words, other.whole)


def test_a_full_name_stands_in_for_names_not_given_apart() -> None:
    assert names_of(None, None, None, "Ms Hana Quarshie Varga", None) == Names(
        "hana", "varga", ("hana", "quarshie", "varga"), "hana quarshie varga"
    )


def test_a_full_name_does_not_replace_names_given_apart() -> None:
    names = names_of("Hana", None, "Rees-Mott", "Hana Varga", None)
    assert (names.given, names.family) == ("hana", "rees mott")
    assert names.words == ("hana", "mott", "rees", "varga")


def test_one_name_only_has_no_whole() -> None:
    assert names_of("Danuta", None, None, None, None) == Names("danuta", None, ("danuta",), None)
    assert names_of(None, None, None, "Danuta", None) == Names("danuta", None, ("danuta",), None)


def test_aliases_are_words_and_not_part_of_the_whole() -> None:
    names = names_of("Callum", None, "Tregear", None, "Cal; Red Fox")
    assert names.words == ("cal", "callum", "fox", "red", "tregear")
    assert names.whole == "callum tregear"


def test_an_alias_alone_is_a_name() -> None:
    assert names_of(None, None, None, None, "Red") == Names(None, None, ("red",), None)


@pytest.mark.parametrize("nothing", [None, "", "Mr", "--"])
def test_nothing_to_compare_is_nobody(nothing: str | None) -> None:
    assert names_of(nothing, nothing, nothing, nothing, nothing) == NOBODY


@given(st.tuples(*[st.none() | st.text(max_size=12)] * 5))
def test_any_text_gives_sorted_folded_words_once_each(fields: tuple[str | None, ...]) -> None:
    given_name, middle, family, full, aliases = fields
    names = names_of(given_name, middle, family, full, aliases)
    if names.words is None:
        assert names == NOBODY
        return
    assert list(names.words) == sorted(set(names.words))
    assert all(word == word.lower() and " " not in word for word in names.words)
    assert names.whole is None or set(names.whole.split()) <= set(names.words)
    assert names.given is None or names.given in names.words
    assert names.family is None or set(names.family.split()) <= set(names.words)


@given(st.lists(st.sampled_from(["Amara", "Umeh", "Hana", "Rees-Mott"]), min_size=1, max_size=4))
def test_words_turned_round_are_the_same_names(words: list[str]) -> None:
    turned = words[::-1]
    one, other = (names_of(None, None, None, " ".join(order), None) for order in (words, turned))
    assert (one.words, one.whole) == (other.words, other.whole)
