"""Words that are near a word by the groups of three letters that they share: for questions that nobody answers."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_LEAST: Final = 0.34  # of all groups of two words that both have
_MOST: Final = 24  # words near one word
_LETTERS: Final = 3


def arrays_of(words: tuple[NDArray[np.int32], pa.Array]) -> dict[str, NDArray[Any]]:
    """What `Near` reads, of these words and their numbers."""
    numbers, texts = words
    found = [_groups(text) for text in texts.to_pylist()]
    many = np.array([len(one) for one in found], np.int32)
    groups = np.array([group for one in found for group in sorted(one)], np.int64)
    places = np.repeat(np.arange(len(found), dtype=np.int32), many)
    order = np.lexsort((places, groups))
    return {"near_words": numbers, "near_sizes": many, "near_groups": groups[order], "near_places": places[order]}


class Near:
    """The words of a picture by their groups of letters."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._words, self._sizes = arrays["near_words"], arrays["near_sizes"]
        self._groups, self._places = arrays["near_groups"], arrays["near_places"]

    def of(self, text: str) -> list[int]:
        """The numbers of the words nearest to a text, the nearest first; those that are as near as one another all, or
        none of them where they would be too many."""
        wanted = np.array(sorted(_groups(text)), np.int64)
        begins, ends = (np.searchsorted(self._groups, wanted, side) for side in ("left", "right"))
        held = [self._places[one:other] for one, other in zip(begins.tolist(), ends.tolist(), strict=True)]
        places, shared = np.unique(np.concatenate([np.empty(0, np.int32), *held]), return_counts=True)
        likeness = shared / (self._sizes[places] + len(wanted) - shared)
        places, likeness = places[likeness >= _LEAST], likeness[likeness >= _LEAST]
        order = np.lexsort((self._words[places], -likeness))
        if len(order) > _MOST:
            order = order[likeness[order] > likeness[order[_MOST]]]
        found: list[int] = self._words[places[order]].tolist()
        return found


def _groups(text: str) -> set[int]:
    """The groups of letters of a word, with its beginning and its end, each as a number."""
    padded = f"  {text} "
    return {
        ord(padded[at]) << 42 | ord(padded[at + 1]) << 21 | ord(padded[at + 2])
        for at in range(len(padded) - _LETTERS + 1)
    }
