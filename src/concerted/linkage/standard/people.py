"""The columns of names of all records, from the columns of the five fields that hold names."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from concerted.linkage.standard.coded import Coded
from concerted.linkage.standard.names import Words, split_full, telling, typed
from concerted.linkage.standard.roots import begins_a_name, family_root, given_roots
from concerted.linkage.standard.scripts import native_words
from concerted.linkage.standard.word_lists import WordLists

NAME_FIELDS: Final = ("given_name", "middle_names", "family_name", "full_name", "aliases")

Texts = tuple[str, ...]


def name_columns(fields: dict[str, Coded[str]]) -> dict[str, pa.Array]:
    """The columns of names. fields: one column for each of NAME_FIELDS."""
    given = fields["given_name"].each(lambda text: typed(text, "given"))
    family = fields["family_name"].each(lambda text: typed(text, "family"))
    full = fields["full_name"].each(lambda text: typed(text, "full"))
    middle = fields["middle_names"].each(lambda text: typed(text, "given")).each(telling)
    not_apart = full.kept_where((given.numbers < 0) & (family.numbers < 0))
    first_names = given.or_else(not_apart.each(lambda words: split_full(words)[0])).each(telling)
    family = family.or_else(not_apart.each(lambda words: split_full(words)[1] or None))
    aliases = fields["aliases"].each(alias_words_of)
    return (
        _given_columns(first_names, middle)
        | _family_columns(family)
        | _word_columns([first_names, middle, family.each(telling), full.each(telling)], aliases)
        | {"native": _native(fields).arrow()}
    )


def _given_columns(given: Coded[Texts], middle: Coded[Texts]) -> dict[str, pa.Array]:
    after = given.each(lambda words: words[1:] or None)
    roots = _compound(given, middle).or_else(given.each(given_roots))
    return {
        "given": given.each(lambda words: words[0]).arrow(),
        "middle": after.beside(
            middle, lambda *both: " ".join(dict.fromkeys((*(both[0] or ()), *(both[1] or ()))))
        ).arrow(),
        "given_root": roots.each(lambda groups: groups[0]).arrow(),
        "given_roots": roots.arrow_lists(),
    }


def _compound(given: Coded[Texts], middle: Coded[Texts]) -> Coded[Texts]:
    """The groups of a name of two words of which the second was written with the middle names."""
    half = given.each(lambda words: words[0] if len(words) == 1 and begins_a_name(words[0]) else None)
    second = middle.each(lambda words: words[0]).kept_where(half.numbers >= 0)
    return half.beside(second, lambda one, two: given_roots((one, two)) if one and two else None)


def _family_columns(family: Coded[Words]) -> dict[str, pa.Array]:
    roots = family.each(telling).each(lambda words: tuple(map(family_root, words)))
    return {
        "family": family.each(lambda words: " ".join(word.text for word in words)).arrow(),
        "family_root": roots.each(" ".join).arrow(),
        "family_parts": roots.each(lambda parts: tuple(sorted(set(parts)))).arrow_lists(),
    }


def _word_columns(own: list[Coded[Texts]], aliases: Coded[Texts]) -> dict[str, pa.Array]:
    book = WordLists([*own, aliases])
    own_words, alias_words = book.words(own), book.words([aliases])
    names, called = book.lists(own_words), book.lists(alias_words)
    every = book.lists(own_words, alias_words) if len(alias_words) else names
    several = pc.greater(pc.list_value_length(names), pa.scalar(1, pa.int32()))
    whole = pc.if_else(several, pc.binary_join(names, pa.scalar(" ", pa.string())), pa.scalar(None, pa.string()))
    return {"words": every, "whole": whole.dictionary_encode(), "alias_words": called}


def alias_words_of(text: str) -> Texts | None:
    found = [telling(words) for alias in text.split(";") if (words := typed(alias, "full"))]
    return tuple(word for words in found if words for word in words) or None


def _native(fields: dict[str, Coded[str]]) -> Coded[str]:
    """The words of a record's own names that are in another script than Latin, sorted and joined."""
    found: Coded[Texts] | None = None
    for name in NAME_FIELDS[:-1]:
        words = fields[name].each(lambda text: native_words(text) or None)
        found = words if found is None else found.beside(words, lambda one, two: (*(one or ()), *(two or ())))
    assert found is not None
    return found.each(lambda words: " ".join(sorted(set(words))))
