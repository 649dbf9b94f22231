"""The tables that addresses and dates are prepared with are well-formed."""

import re
from collections import Counter

from concerted.reference.loader import load_table
from concerted.values.text import fold

TABLE = load_table("address_words").data
SPELLINGS = [line.split() for line in TABLE["spellings"]]
KINDS = ("ways", "buildings", "flats")


def test_a_word_has_one_spelling_and_none_is_spelt_twice_over() -> None:
    counts = Counter(word for line in SPELLINGS for word in line)
    assert [word for word, count in counts.items() if count > 1] == []
    assert all(len(line) > 1 and fold(word) == word for line in SPELLINGS for word in line)


def test_kinds_of_words_are_in_the_spelling_that_is_kept() -> None:
    respelt = {word for _, *others in SPELLINGS for word in others}
    for kind in KINDS:
        assert [word for word in TABLE[kind] if word in respelt or fold(word) != word] == []
        assert len(set(TABLE[kind])) == len(TABLE[kind])


def test_words_for_no_address_are_folded() -> None:
    assert [words for words in TABLE["nowhere"] if fold(words) != words] == []


def test_placeholders_are_days_and_years() -> None:
    data = load_table("date_placeholders").data
    assert [day for day in data["days"] if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)] == []
    assert [year for year in data["years"] if not re.fullmatch(r"\d{4}", year)] == []
