"""Words that are near a word, by the groups of letters that they share or by sound: for questions nobody answers."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from concerted.linkage import hashes
from concerted.linkage.standing.texts import Texts

_SHARED: Final = 0.25  # of all groups of two words, the least that both have
_LIKE: Final = 0.80  # the least that two near words are like each other, from 0 to 1
_MOST: Final = 24  # words near one word
_LOOKED_AT: Final = 2_000  # words of one sound
_LETTERS: Final = 3
# Letters that are heard alike; vowels and what is hardly heard are left out.
_HEARD: Final = str.maketrans(
    {**dict.fromkeys("ckqgxj", "k"), **dict.fromkeys("sz", "s"), **dict.fromkeys("td", "t"), **dict.fromkeys("mn", "n")}
    | {**dict.fromkeys("fv", "f"), **dict.fromkeys("bp", "p"), "l": "l", "r": "r", **dict.fromkeys("aeiouyhw", "")}
)


def sound(word: str) -> str:
    """What is heard of a word: its consonants in groups, each once in a row."""
    heard = word.replace("ph", "f").translate(_HEARD)
    return "".join(letter for at, letter in enumerate(heard) if letter != heard[at - 1 : at])


def arrays_of(words: tuple[NDArray[np.int32], pa.Array]) -> dict[str, NDArray[Any]]:
    """What `Near` reads, of these words and their numbers."""
    numbers, texts = words
    written: list[str] = texts.to_pylist()
    found = [_groups(text) for text in written]
    many = np.array([len(one) for one in found], np.int32)
    groups = np.array([group for one in found for group in sorted(one)], np.int64)
    places = np.repeat(np.arange(len(found), dtype=np.int32), many)
    order = np.lexsort((places, groups))
    sounds = np.array([hashes.of_text(sound(text)) for text in written], np.uint64)
    by_sound = np.argsort(sounds, kind="stable").astype(np.int32)
    return {
        "near_words": numbers,
        "near_sizes": many,
        "near_groups": groups[order],
        "near_places": places[order],
        "near_sounds": sounds[by_sound],
        "near_by_sound": by_sound,
    }


class Near:
    """The words of a picture by their groups of letters, and by sound."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], texts: Texts) -> None:
        """texts: of all columns, by number."""
        self._words, self._sizes, self._texts = arrays["near_words"], arrays["near_sizes"], texts
        self._groups, self._places = arrays["near_groups"], arrays["near_places"]
        self._sounds, self._by_sound = arrays["near_sounds"], arrays["near_by_sound"]

    def of(self, word: str) -> list[str]:
        """The words nearest to a word, the nearest first: of those that are as near as one another all, or none where
        they would be too many."""
        places = np.union1d(self._sharing(word), self._sounding(word))
        texts = [self._texts.text(number) for number in self._words[places].tolist()]
        near = [(JaroWinkler.similarity(word, text), text) for text in texts]
        return _nearest((like, text) for like, text in near if like >= _LIKE)

    def _sharing(self, word: str) -> NDArray[np.int32]:
        wanted = np.array(sorted(_groups(word)), np.int64)
        begins, ends = (np.searchsorted(self._groups, wanted, side).tolist() for side in ("left", "right"))
        held = [self._places[one:other] for one, other in zip(begins, ends, strict=True)]
        places, shared = np.unique(np.concatenate([np.empty(0, np.int32), *held]), return_counts=True)
        found: NDArray[np.int32] = places[shared >= _SHARED * (self._sizes[places] + len(wanted) - shared)]
        return found

    def _sounding(self, word: str) -> NDArray[np.int32]:
        wanted = np.uint64(hashes.of_text(sound(word)))
        begin, end = (int(np.searchsorted(self._sounds, wanted, side)) for side in ("left", "right"))
        found: NDArray[np.int32] = self._by_sound[begin:end] if end - begin <= _LOOKED_AT else self._by_sound[:0]
        return found


def _nearest(near: Iterable[tuple[float, str]]) -> list[str]:
    ordered = sorted(near, key=lambda one: (-one[0], one[1]))
    if len(ordered) > _MOST:
        ordered = [one for one in ordered[:_MOST] if one[0] > ordered[_MOST][0]]
    return [text for _, text in ordered]


def _groups(text: str) -> set[int]:
    """The groups of letters of a word, with its beginning and its end, each as a number."""
    padded = f"  {text} "
    return {
        ord(padded[at]) << 42 | ord(padded[at + 1]) << 21 | ord(padded[at + 2])
        for at in range(len(padded) - _LETTERS + 1)
    }
