"""A person's names as they are compared: folded words, without titles, in no order."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from concerted.reference.loader import load_table
from concerted.values.text import fold

_TABLE = load_table("name_titles").data
_LEFT_OUT: Final = frozenset(_TABLE["titles"]) | frozenset(_TABLE["joining_words"])
_ALSO_NAMES: Final = frozenset(_TABLE["also_names"])
_APOSTROPHES = re.compile("['’‘ʼʻ`´′＇]")
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)?")  # "3rd" in "3rd earl": a rank, not a name


class Names(NamedTuple):
    """given: the first given name. family: all of the family name. words: every name word there is, sorted, aliases
    too. whole: two words or more in order of the alphabet, joined, so that order never counts; None when there are not
    two. Each is None when the record has none."""

    given: str | None
    family: str | None
    words: tuple[str, ...] | None
    whole: str | None


NOBODY: Final = Names(None, None, None, None)


@lru_cache(maxsize=200_000)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles, ranks and joining words. O'Neill is one word."""
    words = fold(_APOSTROPHES.sub("", text)).split()
    kept = tuple(word for word in words if word not in _LEFT_OUT and not _ORDINAL.fullmatch(word))
    return kept or tuple(word for word in words if word in _ALSO_NAMES)


def _words(text: str | None) -> tuple[str, ...]:
    return name_words(text) if text else ()


def names_of(given: str | None, middle: str | None, family: str | None, full: str | None, aliases: str | None) -> Names:
    """One record's names. A full name stands in for given and family names that are not given apart."""
    first, last, whole = _words(given), _words(family), _words(full)
    if not first and not last:
        first, last = whole[:1], whole[-1:] if len(whole) > 1 else ()
    own = _sorted({*first, *_words(middle), *last, *whole})
    words = _sorted({*own, *_words(aliases)})
    if not words:
        return NOBODY
    return Names(first[0] if first else None, " ".join(last) or None, words, " ".join(own) if len(own) > 1 else None)


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))
