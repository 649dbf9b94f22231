"""Pairs drawn by what their records hold, or by their keys: the order of the records never changes a sample."""

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart
from concerted.linkage.coded import Numbers
from concerted.linkage.contents import Contents, mixed

_SEED: Final = 20090314


def random_pairs(held: Contents, pairs: int) -> tuple[Numbers, Numbers]:
    """So many pairs of records taken at random, but for those that took a record with itself."""
    order = np.argsort(held, kind="stable").astype(np.int32)
    left, right = np.random.default_rng(_SEED).integers(0, len(held), (2, pairs))
    differ = left != right
    return order[left[differ]], order[right[differ]]


def drawn(pairs: Pairs, held: Contents, most: int) -> Pairs:
    """So many of these pairs at most, in an order that follows from what they hold."""
    left, right = apart(pairs)
    by = mixed(held[left] + held[right])
    if len(pairs) > most:
        chosen = np.argpartition(by, most)[:most]
        pairs, by = pairs[chosen], by[chosen]
    ordered: Pairs = pairs[np.argsort(by, kind="stable")]
    return ordered


def of_keys(keys: Sequence[RecordKey], left: Numbers, right: Numbers) -> Contents:
    """For each pair of records a number that follows from their two keys alone, whichever is named first."""
    used, at = np.unique(np.concatenate([left, right]), return_inverse=True)
    named = map(keys.__getitem__, used.tolist())
    marks = [zlib.crc32(f"{source}:{own}".encode("utf-8", "backslashreplace")) for source, own in named]
    one, other = mixed(np.array(marks, np.uint64)[at]).reshape(2, -1)
    return mixed(one + other)
