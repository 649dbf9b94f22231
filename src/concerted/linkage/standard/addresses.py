"""Addresses as they are compared: one spelling of the usual words, and the house and the street apart."""

import re
from functools import cache
from typing import Final, NamedTuple

import pyarrow as pa

from concerted.linkage.standard.coded import Coded
from concerted.linkage.standard.word_lists import words_of
from concerted.reference.loader import load_table
from concerted.values.text import fold

_PARTS = re.compile(r"[,;\n]+")
_NUMBER = re.compile(r"\d+[a-z]?")
_LONGEST_NUMBER: Final = 2  # words: `12 a`
_SAINT_OR_STREET: Final = "st"


class Address(NamedTuple):
    """text: all its words. house: its number, or else its name, and the flat. street: its words, to the one that says
    what way it is."""

    text: str | None
    house: str | None
    street: str | None


_NOWHERE: Final = Address(None, None, None)


class _Table(NamedTuple):
    spelling: dict[str, str]
    ways: frozenset[str]
    buildings: frozenset[str]
    flats: frozenset[str]
    nowhere: frozenset[str]


def address_columns(field: Coded[str]) -> dict[str, pa.Array]:
    """`address`, `house`, `street` and `address_words` (list)."""
    made, house, street = field.apart(address, 3)
    return {
        "address": made.arrow(),
        "house": house.arrow(),
        "street": street.arrow(),
        "address_words": words_of(made),
    }


def address(text: str) -> Address:
    """What an address says, nothing where no word is left. Commas, where there are some, tell its parts apart."""
    written = _PARTS.split(text) if _PARTS.search(text) else (text,)
    parts = [_spelt(words) for part in written if (words := fold(part).split())]
    whole = " ".join([word for part in parts for word in part])
    if not whole or whole in _table().nowhere:
        return _NOWHERE
    flat, rest = _without_flat(parts)
    house, street = _house_and_street(rest)
    return Address(whole, f"{house or ''} {flat}".strip() or None, street)


@cache
def _table() -> _Table:
    data = load_table("address_words").data
    spelling = {other: word for word, *others in map(str.split, data["spellings"]) for other in others}
    return _Table(
        spelling, frozenset(data["ways"]), *(frozenset(data[key]) for key in ("buildings", "flats", "nowhere"))
    )


def _spelt(words: list[str]) -> list[str]:
    """The words in one spelling. `st` is a street where it follows a word and no other way follows it, else a saint."""
    table = _table()
    spelt = [table.spelling.get(word, word) for word in words]
    if _SAINT_OR_STREET not in spelt:
        return spelt
    for at, word in enumerate(spelt):
        if word == _SAINT_OR_STREET:
            is_street = at > 0 and not _has_digit(spelt[at - 1]) and table.ways.isdisjoint(spelt[at + 1 :])
            spelt[at] = "street" if is_street else "saint"
    return spelt


def _without_flat(parts: list[list[str]]) -> tuple[str, list[list[str]]]:
    """The flat with its number or letter, and the parts without it."""
    flats = _table().flats
    for number, part in enumerate(parts):
        for at, word in enumerate(part[:-1]):
            if word in flats and (_has_digit(part[at + 1]) or len(part[at + 1]) == 1):
                rest = [*parts[:number], part[:at] + part[at + 2 :], *parts[number + 1 :]]
                return f"{word} {part[at + 1]}", [words for words in rest if words]
    return "", parts


def _house_and_street(parts: list[list[str]]) -> tuple[str | None, str | None]:
    """The house and the street: of the part that has a number before a street, else of the first that has a street."""
    for find in (_numbered, _named):
        for at in range(len(parts)):
            found = find(parts, at)
            if found:
                return found
    return (" ".join(parts[0]) if parts and _is_house(parts[0]) else None), None


def _numbered(parts: list[list[str]], at: int) -> tuple[str | None, str] | None:
    """`12a high street bolton` as (`12a`, `high street`), whatever stands before the number. The number may be a part
    of its own. Where no word says what way it is (12 broadway), all words after the number are the street."""
    part = parts[at]
    start = _first_number(part)
    if start < 0:
        own = at > 0 and len(parts[at - 1]) <= _LONGEST_NUMBER and _is_number(parts[at - 1][0])
        return (" ".join(parts[at - 1]), " ".join(part[: _end_of_street(part) or None])) if own else None
    number, words = _parted(part[start:])
    return (" ".join(number), " ".join(words[: _end_of_street(words) or None])) if words else None


def _named(parts: list[list[str]], at: int) -> tuple[str | None, str] | None:
    """A street without a number, and the house that is named before it: in a part of its own, or in the same part."""
    part = parts[at]
    end = _end_of_street(part)
    if not end:
        return None
    if at > 0:
        return " ".join(parts[at - 1]), " ".join(part[:end])
    own = _end_of_building(part[:end])
    return " ".join(part[:own]) or None, " ".join(part[own:end])


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """The number (`12`, `12a`, `12 a`, `12 14`) and the words after it."""
    follows = len(words) > 2 and (len(words[1]) == 1 or _is_number(words[1]))
    at = 2 if follows else 1
    return words[:at], words[at:]


def _end_of_street(words: list[str]) -> int:
    """How many words the street has: to its first way, and on through ways that follow (park road). 0 when none."""
    ways = _table().ways
    for at in range(1, len(words)):
        if words[at] in ways:
            while at + 1 < len(words) and words[at + 1] in ways:
                at += 1
            return at + 1
    return 0


def _end_of_building(words: list[str]) -> int:
    """How many words the name of a house has where it stands before a street (rose cottage mill lane)."""
    buildings = _table().buildings
    return next((at + 1 for at, word in enumerate(words[:-2]) if at and word in buildings), 0)


def _is_house(words: list[str]) -> bool:
    return words[-1] in _table().buildings or _has_digit(words[0])


def _first_number(words: list[str]) -> int:
    """Where the first number is; -1 when there is none."""
    for at, word in enumerate(words):
        if _is_number(word):
            return at
    return -1


def _is_number(word: str) -> bool:
    return word[0].isdigit() and bool(_NUMBER.fullmatch(word))


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)
