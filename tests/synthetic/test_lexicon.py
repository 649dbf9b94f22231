"""The words of the invented region: lists without repeats or strays, believable weights, nothing that exists."""

import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.synthetic import lexicon as module
from concerted.synthetic.lexicon import Names, Origin, generation_of, load
from concerted.synthetic.name_lists import table, words_of
from tests.synthetic.words import NAME, repeated

LEXICON = load()
NAMED = {origin.name: origin for origin in LEXICON.origins}
BRITISH = NAMED["british"]
ORIGINS = pytest.mark.parametrize("origin", LEXICON.origins, ids=lambda origin: origin.name)


def all_lists(origin: Origin) -> dict[str, Names]:
    """Every list of names of an origin that is in the tables as it stands."""
    found = {"family": origin.family}
    for number, by_sex in enumerate([origin.given, *origin.generations]):
        found |= {f"male {number}": by_sex.male, f"female {number}": by_sex.female}
    return found


# The tables


@pytest.mark.parametrize("name", [*module._NAMES, "nicknames", "variants", "places"])
def test_each_table_says_what_it_is_and_where_it_is_from(name: str) -> None:
    content = table(name)

    assert content["title"]
    assert len(content["source"]) > 20
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", content["version"])


def test_that_shares_are_assumed_is_said() -> None:
    assert all("assumed" in table(name)["source"] for name in module._NAMES)


def test_a_list_has_every_word_once_in_the_tables_too() -> None:
    lists = [
        (name, key, words_of(value))
        for table_name in module._NAMES
        for name, entry in table(table_name)["origins"].items()
        for key, value in entry.items()
        if isinstance(value, str) and ", " in value
    ]

    assert len(lists) > 60
    assert [(name, key, repeated(words)) for name, key, words in lists if repeated(words)] == []


# Origins


def test_the_origins_are_those_of_the_region() -> None:
    assert set(NAMED) == {
        *("british", "irish", "pakistani", "bangladeshi", "indian_sikh", "indian_hindu", "nigerian", "ghanaian"),
        *("somali", "caribbean", "arab", "kurdish_turkish", "polish", "romanian", "roma_slovak", "lithuanian"),
        *("portuguese", "chinese", "vietnamese", "albanian", "afghan", "eritrean_ethiopian", "ukrainian"),
    }


def test_shares_of_households_sum_to_one_and_two_in_three_are_british() -> None:
    assert LEXICON.shares.sum() == pytest.approx(1)
    assert LEXICON.shares.tolist() == [origin.share for origin in LEXICON.origins]
    assert pytest.approx(0.68) == BRITISH.share
    assert all(0 < origin.share < 0.1 for origin in LEXICON.origins if origin is not BRITISH)


@ORIGINS
def test_weights_fall_and_sum_to_one(origin: Origin) -> None:
    for names in all_lists(origin).values():
        assert len(names.words) == len(names.weights)
        assert names.weights.sum() == pytest.approx(1)
        assert (np.diff(names.weights) <= 1e-12).all()
        assert names.weights.min() > 0


@ORIGINS
def test_no_name_stands_twice_in_a_list(origin: Origin) -> None:
    assert {key: repeated(names.words) for key, names in all_lists(origin).items() if repeated(names.words)} == {}


@ORIGINS
def test_names_are_names(origin: Origin) -> None:
    words = {word for names in all_lists(origin).values() for word in names.words} | set(origin.feminine.values())

    assert [word for word in words if not NAME.fullmatch(word) or word != unicodedata.normalize("NFC", word)] == []
    assert [word for word in words if not word[0].isupper()] == []


@ORIGINS
def test_an_origin_has_names_enough(origin: Origin) -> None:
    least = 150 if origin is BRITISH else 40

    assert len(origin.given.male.words) >= least
    assert len(origin.given.female.words) >= least
    assert len(origin.family.words) >= 40


@ORIGINS
def test_men_and_women_have_names_of_their_own(origin: Origin) -> None:
    shared = set(origin.given.male.words) & set(origin.given.female.words)

    if origin.name not in {"indian_sikh", "vietnamese"}:  # where most names are for both
        assert len(shared) <= 6


def test_british_family_names_are_as_concentrated_as_real_ones() -> None:
    weights = BRITISH.family.weights

    assert BRITISH.family.words[0] == "Smith"
    assert 0.011 < weights[0] < 0.013
    assert 0.19 < weights[:100].sum() < 0.23
    assert len(weights) > 5_000
    assert weights[-1] < 0.0001


def test_a_few_family_names_are_borne_by_most_where_it_is_so() -> None:
    tops = {name: NAMED[name].family.weights[0] for name in ("vietnamese", "pakistani", "polish")}

    assert tops["vietnamese"] > 0.2 > tops["pakistani"] > 0.05 > tops["polish"]


def test_given_names_tell_generations_apart() -> None:
    old, _, young = BRITISH.generations

    assert "Derek" in set(old.male.words) - set(young.male.words)
    assert "Maureen" in set(old.female.words) - set(young.female.words)
    assert "Jayden" in set(young.male.words) - set(old.male.words)
    assert set(BRITISH.given.male.words) == {name for of in BRITISH.generations for name in of.male.words}


def test_generation_by_year_of_birth() -> None:
    assert generation_of(np.array([1931, 1969, 1970, 1999, 2000, 2025])).tolist() == [0, 0, 1, 1, 2, 2]


def test_given_names_of_one_sex_and_generation() -> None:
    at = LEXICON.origins.index(BRITISH)

    assert LEXICON.given(at, female=True) is BRITISH.given.female
    assert LEXICON.given(at, female=False, generation=2) is BRITISH.generations[2].male
    assert all(len({tuple(by.male.words) for by in origin.generations}) == 1 for origin in LEXICON.origins[1:])


# Drawing


@given(st.integers(0, 200), st.integers(0, 2**32))
def test_drawing_gives_as_many_as_asked_from_the_list(count: int, seed: int) -> None:
    drawn = BRITISH.family.draw(count, np.random.default_rng(seed))

    assert len(drawn) == count
    assert set(drawn) <= set(BRITISH.family.words)


def test_drawing_follows_the_weights() -> None:
    drawn = Counter(BRITISH.family.draw(100_000, np.random.default_rng(3)))

    assert drawn["Smith"] / 100_000 == pytest.approx(BRITISH.family.weights[0], rel=0.1)


def test_the_same_seed_draws_the_same() -> None:
    first, again = (list(BRITISH.given.male.draw(50, np.random.default_rng(7))) for _ in range(2))

    assert first == again


# Loading


def test_it_is_read_once_and_nobody_changes_it() -> None:
    assert load() is LEXICON
    with pytest.raises(ValueError, match="read-only"):
        LEXICON.towns[0] = "Elsewhere"
    with pytest.raises(ValueError, match="read-only"):
        BRITISH.family.weights[0] = 1.0


def test_it_is_the_same_whenever_it_is_read() -> None:
    again = load.__wrapped__()

    assert again is not LEXICON
    assert [list(origin.family.words) for origin in again.origins] == [list(of.family.words) for of in LEXICON.origins]
    assert list(again.place_stems) == list(LEXICON.place_stems)


def test_it_is_read_quickly() -> None:
    def seconds() -> float:
        began = time.perf_counter()
        load.__wrapped__()
        return time.perf_counter() - began

    assert min(seconds() for _ in range(3)) < 0.2


def test_it_stands_on_nothing_that_finds_the_truth() -> None:
    script = "import sys, concerted.synthetic.lexicon; print(*(name for name in sys.modules if 'concerted.' in name))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    allowed = ("concerted.synthetic", "concerted.common", "concerted.values")
    assert [name for name in ran.stdout.split() if not name.startswith(allowed)] == []
