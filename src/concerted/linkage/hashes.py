"""Hashes of texts and of keys made of them: the same for many at once and for one."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_BASIS: Final = 0xCBF29CE484222325  # FNV-1a, 64 bits
_PRIME: Final = 0x100000001B3
_STIRRED_BY: Final = 0xFF51AFD7ED558CCD
_ALL: Final = (1 << 64) - 1


def of_texts(texts: pa.Array) -> Hashes:
    """The hash of each text; 0 where there is none."""
    texts = texts.cast(pa.large_string())
    ends = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    raw = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    lengths = np.diff(ends)
    order = np.argsort(-lengths, kind="stable")
    starts, longest = ends[:-1][order], lengths[order]
    found = np.full(len(texts), _BASIS, np.uint64)
    for at in range(int(lengths.max(initial=0))):
        many = int(np.searchsorted(-longest, -at, "left"))  # those that are longer than `at`
        found[:many] = (found[:many] ^ raw[starts[:many] + at]) * np.uint64(_PRIME)
    made = np.empty(len(texts), np.uint64)
    made[order] = stirred(found)
    made[np.asarray(texts.is_null())] = 0
    return made


def of_text(text: str) -> int:
    """The hash of one text."""
    found = _BASIS
    for byte in text.encode():
        found = (found ^ byte) * _PRIME & _ALL
    return _stirred(found)


def stirred(numbers: Hashes) -> Hashes:
    """Numbers spread over all 64 bits."""
    numbers = (numbers ^ numbers >> np.uint64(33)) * np.uint64(_STIRRED_BY)
    return np.asarray(numbers ^ numbers >> np.uint64(33))


def _stirred(number: int) -> int:
    number = (number ^ number >> 33) * _STIRRED_BY & _ALL
    return number ^ number >> 33


def of_numbers(numbers: NDArray[Any]) -> Hashes:
    """The hash of each number; 0 for 0, which is none."""
    return stirred(numbers.astype(np.uint64))


def of_number(number: int) -> int:
    """The hash of one number."""
    return _stirred(number)


def with_another(key: Hashes, piece: Hashes) -> Hashes:
    """Keys with one more piece in each."""
    return stirred(key * np.uint64(_PRIME) ^ piece)


def with_one_more(key: int, piece: int) -> int:
    """One key with one more piece in it."""
    return _stirred((key * _PRIME & _ALL) ^ piece)
