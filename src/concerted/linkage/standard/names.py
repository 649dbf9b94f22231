"""The words of one field of names, each typed: a name, an initial, or a particle that tells nobody apart."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from concerted.linkage.standard.roots import is_family_name
from concerted.linkage.standard.scripts import plain
from concerted.reference.loader import load_table
from concerted.values.text import fold

NameField = Literal["given", "family", "full"]
WordKind = Literal["name", "initial", "particle"]


class Word(NamedTuple):
    """A folded word of a name and what it is."""

    text: str
    kind: WordKind


Words = tuple[Word, ...]

_ORDINAL = re.compile(r"\d+(st|nd|rd|th)?")  # "3rd" in "3rd earl": a rank, not a name
_LEAST_JOINED: Final = 3  # letters of what a beginning such as O' is joined to


class _Table(NamedTuple):
    left_out: frozenset[str]
    also_names: frozenset[str]
    particles: frozenset[str]
    particles_or_names: frozenset[str]
    joined: frozenset[str]
    joined_to_known: frozenset[str]
    relations: re.Pattern[str]


@cache
def _table() -> _Table:
    titles, small = load_table("name_titles").data, load_table("name_particles").data
    relations = "|".join(map(re.escape, small["relations"]))
    left_out = frozenset(titles["titles"]) | frozenset(titles["joining_words"])
    return _Table(
        left_out,
        frozenset(titles["also_names"]),
        frozenset(small["particles"]),
        frozenset(small["also_names"]),
        frozenset(small["joined"]),
        frozenset(small["joined_to_known_names"]),
        re.compile(rf"(?<!\w)(?:{relations})(?!\w)", re.IGNORECASE),
    )


def typed(text: str, field: NameField) -> Words | None:
    """The words of a field in order, without titles, ranks and joining words; None when no word is left.

    O'Neill and Mc Donald are one word each. A particle is one only before another word: `Le` alone is a name, and so is
    what may be a given name (Van, Al) where the field begins with it, unless it is a family name's.
    """
    if text.isascii() and text.isalpha() and (word := text.lower()) not in _table().left_out:
        return (Word(word, "name" if len(word) > 1 else "initial"),)
    if "/" in text:
        text = _table().relations.sub(" ", text)
    words = _without_titles(fold(plain(text)).split(), field)
    if len(words) > 1:
        words = list(_joined(words, field))
    last = len(words) - 1
    return tuple(Word(word, _kind(word, at, last, field)) for at, word in enumerate(words)) or None


def telling(words: Words) -> tuple[str, ...] | None:
    """The names and initials among these words, in order; all of them when there are only particles."""
    return tuple(word.text for word in words if word.kind != "particle") or None


def split_full(words: Words) -> tuple[Words, Words]:
    """A full name as given names and family name: the last word is the family's, with the particles before it."""
    at = len(words) - 1
    while at > 1 and words[at - 1].kind == "particle":
        at -= 1
    return (words[:at], words[at:]) if at > 0 else (words, ())


def _without_titles(words: list[str], field: NameField) -> list[str]:
    table = _table()
    kept = [
        word
        for at, word in enumerate(words)
        if (word not in table.left_out or (word in table.particles and (at or field == "family")))
        and not _ORDINAL.fullmatch(word)
    ]
    return kept or [word for word in words if word in table.also_names]


def _joined(words: list[str], field: NameField) -> Iterator[str]:
    """The words, with beginnings such as Mc and O' joined to what they begin."""
    table, at = _table(), 0
    while at < len(words):
        both = "".join(words[at : at + 2])
        begins = len(both) - len(words[at]) >= _LEAST_JOINED and (at > 0 or field == "family") and field != "given"
        known = words[at] in table.joined_to_known and (field == "family" or is_family_name(both))
        if begins and (words[at] in table.joined or known):
            yield both
            at += 2
        else:
            yield words[at]
            at += 1


def _kind(word: str, at: int, last: int, field: NameField) -> WordKind:
    table = _table()
    if word in table.particles and at < last and (at or field == "family" or word not in table.particles_or_names):
        return "particle"
    return "initial" if len(word) == 1 else "name"
