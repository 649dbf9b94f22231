"""The code lists of what is never compared: shape, and that no word of one is an ordinary word."""

import pytest

from concerted.reference.loader import load_table
from concerted.values.text import fold

LISTS = load_table("protected_lists").data
NAMES = load_table("protected_columns").data


@pytest.mark.parametrize("name", sorted(LISTS["lists"]))
def test_each_list_says_what_it_is_about(name: str) -> None:
    entry = LISTS["lists"][name]

    assert entry["about"] in {"ethnicity", "religion", "nationality"}
    assert entry["title"].startswith("the ")
    assert entry["codes"] or entry["labels"]
    assert all(isinstance(code, str) for code in entry["codes"])
    assert all(isinstance(label, str) and fold(label) for labels in entry["codes"].values() for label in labels)
    assert all(isinstance(label, str) and fold(label) for label in entry["labels"])


def test_the_lists_have_the_codes_of_their_source() -> None:
    sizes = {name: len(entry["codes"]) for name, entry in LISTS["lists"].items()}

    assert sizes["ethnicity_18_1"] == 18
    assert sizes["ethnicity_16_1"] == 16
    assert set(LISTS["lists"]["identity_codes"]["codes"]) == {f"IC{number}" for number in (0, 1, 2, 3, 4, 5, 6, 7, 9)}
    assert {"WBRI", "WROM", "APKN", "CHNE", "OOTH"} <= set(LISTS["lists"]["dfe_ethnicity"]["codes"])


def test_ordinary_words_are_on_no_list() -> None:
    words = {fold(text) for entry in LISTS["lists"].values() for text in [*entry["codes"], *entry["labels"]]}

    assert not words & {"male", "female", "yes", "no", "true", "false", "m", "f", "1", "2", "london", "england"}


def test_the_names_are_written_as_they_are_compared() -> None:
    for rule in NAMES["about"].values():
        texts = [*rule["anywhere"], *rule["beginnings"], *rule["words"], *rule["phrases"], *rule["unless"]]
        assert [text for text in texts if text != fold(text)] == []
    assert [text for texts in NAMES["perhaps"].values() for text in texts if text != fold(text)] == []


def test_words_that_say_nothing_are_written_as_they_are_compared() -> None:
    for key in ("neutral", "also_names", "also_postcodes"):
        assert [word for word in LISTS[key] if word != fold(word)] == []
