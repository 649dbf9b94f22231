"""Every distinct text of a picture, once, by a number from 1 on: equal numbers are equal texts, whatever the column."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage import hashes

Arrays = dict[str, NDArray[Any]]
_KEPT: Final = 100_000  # texts that stay read


class Texts:
    """The texts of a picture, read where they lie."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """arrays: as `numbered` made them."""
        self._ends, self._raw = arrays["text_ends"], arrays["text_raw"]
        self._hashes, self._by_hash = arrays["text_hashes"], arrays["text_by_hash"]
        self.count = len(self._ends) - 1  # with that of 0, which is none
        self.text = lru_cache(_KEPT)(self._read)

    def _read(self, number: int) -> str:
        """The text of a number."""
        return self._raw[self._ends[number] : self._ends[number + 1]].tobytes().decode()

    def number(self, text: str) -> int:
        """The number of a text; 0 when nobody has it."""
        wanted = np.uint64(hashes.of_text(text))
        at = int(np.searchsorted(self._hashes, wanted))
        while at < len(self._hashes) and self._hashes[at] == wanted:
            found = int(self._by_hash[at])
            if self.text(found) == text:
                return found
            at += 1
        return 0


def numbered(columns: Iterable[pa.Array]) -> tuple[pa.Array, list[NDArray[np.int32]]]:
    """The distinct texts of these arrays of distinct texts, null for the number 0 first; and for each array the numbers
    of its texts."""
    columns = list(columns)
    every = pa.chunked_array([pa.array([None], pa.string()), *columns], pa.string())
    coded = every.combine_chunks().dictionary_encode(null_encoding="encode")
    numbers = coded.indices.to_numpy().astype(np.int32)
    cuts = np.cumsum([1, *map(len, columns)])
    return coded.dictionary, [numbers[one:other] for one, other in pairwise(cuts.tolist())]


def arrays_of(texts: pa.Array) -> Arrays:
    """What `Texts` reads."""
    large = texts.cast(pa.large_string())
    ends = np.frombuffer(large.buffers()[1], np.int64)[large.offset : large.offset + len(large) + 1]
    found = hashes.of_texts(texts)
    order = np.argsort(found, kind="stable").astype(np.int32)
    raw = np.frombuffer(large.buffers()[2] or b"", np.uint8)
    return {"text_ends": ends, "text_raw": raw, "text_hashes": found[order], "text_by_hash": order}
