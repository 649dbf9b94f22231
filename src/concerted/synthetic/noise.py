"""How often what is written of people is wrong: as evidence has it, or equally for names of every origin.

With `evidence`, names of some origins have more spellings, fewer short forms, letters that a record system does not
know or an order that clerks mistake, as records are. A figure by origin then measures that, and linkage, together. With
`equal`, each of these happens to everybody at the same rate and in the same manner, whatever the name, so that what is
left is linkage's own: how it fares with names that many share, that are short, or that come in families.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.rates import rate

EVIDENCE: Final = "evidence"
EQUAL: Final = "equal"
NOISES: Final = (EVIDENCE, EQUAL)
_VOWELS: Final = dict(zip("aeiouy", "eiyuoi", strict=True))


class _Made(Mapping[str, tuple[str, ...]]):
    """For any name at all, what a rule makes of it."""

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Respelled(_Made):
    def __getitem__(self, name: str) -> tuple[str, ...]:
        return respelled(name)


class _Shortened(_Made):
    def __getitem__(self, name: str) -> tuple[str, ...]:
        return (shortened(name),)


@lru_cache(maxsize=100_000)
def respelled(name: str) -> tuple[str, ...]:
    """The name with one letter beyond the first heard otherwise: a vowel as another, a consonant twice or once."""
    found = []
    for at, letter in enumerate(name[1:], start=1):
        before, after = name[:at], name[at + 1 :]
        if letter in _VOWELS:
            found.append(before + _VOWELS[letter] + after)
        elif letter.isalpha():
            found.append(before + after if letter == name[at - 1] else before + letter + letter + after)
    return tuple(found)


def shortened(name: str) -> str:
    """What friends make of a given name: the first half of its first word, or twice the whole of a very short one."""
    first = name.split(" ")[0]
    return first[: (len(first) + 1) // 2] if len(first) > 3 else first + first.lower()


def evened(words: Lexicon) -> Lexicon:
    """The same words, whose names all go wrong alike."""
    return replace(words, nicknames=_Shortened(), variants=_Respelled(), equal=True)


def rate_of(name: str, words: Lexicon) -> float:
    """A rate that depends on the origin of a name: with equal noise, what it comes to over all names."""
    return rate(f"equal_{name}" if words.equal else name)
