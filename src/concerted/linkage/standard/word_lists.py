"""Lists of words, each record's sorted and each word once, made for all records at once from numbered words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.linkage.standard.coded import Coded

Texts = tuple[str, ...]
Keys = np.ndarray[Any, np.dtype[np.int64]]  # a record's number in the upper half, a word's in the lower


class WordLists:
    """The words of some columns, numbered in order of the alphabet."""

    def __init__(self, columns: Sequence[Coded[Texts]]) -> None:
        """columns: every column that a list is to be made of, over the same records."""
        self._records = len(columns[0].numbers)
        self._words = sorted({word for column in columns for words in column.values for word in words})
        self._number = {word: number for number, word in enumerate(self._words)}
        self._is_initial = np.array([len(word) == 1 for word in self._words], np.bool_)

    def words(self, columns: Sequence[Coded[Texts]]) -> Keys:
        """Each record's words in these columns, initials only where there is nothing else."""
        return self._without_initials(_once(np.concatenate([self._keys(column) for column in columns])))

    def lists(self, *keys: Keys) -> pa.Array:
        """These words of each record, together; null for none."""
        every = _once(np.concatenate(keys)) if len(keys) > 1 else keys[0]
        return _lists(every, self._records, pa.array(self._words, pa.string()))

    def _keys(self, column: Coded[Texts]) -> Keys:
        """Every word of every record in this column."""
        lengths = np.array([*map(len, column.values), 0], np.int64)
        starts = np.cumsum(lengths) - lengths
        flat = np.array([self._number[word] for words in column.values for word in words], np.int64)
        length = lengths[column.numbers]
        records = np.repeat(np.arange(self._records, dtype=np.int64), length)
        within = np.arange(len(records)) - np.repeat(np.cumsum(length) - length, length)
        return (records << 32) | flat[np.repeat(starts[column.numbers], length) + within]

    def _without_initials(self, keys: Keys) -> Keys:
        if not self._is_initial.any():
            return keys
        initial = self._is_initial[keys & 0xFFFFFFFF]
        named = np.zeros(self._records, np.bool_)
        named[keys[~initial] >> 32] = True
        kept: Keys = keys[~initial | ~named[keys >> 32]]
        return kept


def words_of(column: Coded[str]) -> pa.Array:
    """The list of the words of each record's text, which single spaces part."""
    lists = pc.split_pattern(pa.array(column.values, pa.string()), " ")
    flat = lists.flatten().dictionary_encode()
    order = pc.array_sort_indices(flat.dictionary)
    rank = np.empty(len(order), np.int64)
    rank[order.to_numpy()] = np.arange(len(order))
    texts = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    keys = _once((texts << 32) | rank[flat.indices.to_numpy()])
    return _lists(keys, len(column.values), flat.dictionary.take(order)).take(column.indices())


def _lists(keys: Keys, records: int, words: pa.Array) -> pa.Array:
    """The list of the words of each record that has one, in the order of the keys; null for the others."""
    counts = np.bincount(keys >> 32, minlength=records)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    held = words.take(pa.array((keys & 0xFFFFFFFF).astype(np.int32)))
    return pa.ListArray.from_arrays(pa.array(offsets), held, mask=pa.array(counts == 0))


def _once(keys: Keys) -> Keys:
    """The keys in order, each once. Sorting them is several times as fast as numpy's `unique`, which hashes first."""
    keys.sort()
    first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]
