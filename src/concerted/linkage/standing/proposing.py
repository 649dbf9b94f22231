"""The pairs that some keys propose, by the very rules by which batch finds the pairs of all of them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.candidates import Held, Pairs, apart, as_one, each_once, neighbours, pairs_of
from concerted.linkage.coded import Numbers
from concerted.linkage.folding import listed_once
from concerted.linkage.keys import Family
from concerted.linkage.link import of_one_list
from concerted.linkage.standing import layers
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.hashes import Hashes
from concerted.linkage.standing.keyed import Keyed

NONE: Final = np.empty(0, np.int64)


def keys_of(picture: Growing, records: Numbers) -> Hashes:
    """Every key that these records hold, in order, each once. records: in order."""
    return np.unique(picture.keyed(records).keys)


def proposed_by(picture: Growing, held: Keyed) -> Pairs:
    """The pairs of records that are compared which these keys propose. held: all that hold them."""
    here = picture.compared[held.holders]
    rows = Keyed(held.keys[here], held.holders[here])
    found = [_of_family(picture, family, of_it) for family, of_it in layers.of_families(rows, picture.others)]
    pairs = each_once(np.concatenate([NONE, *found]))
    return pairs[~_of_one_list(picture, pairs)] if picture.unique_sources else pairs


def _of_family(picture: Growing, family: Family, rows: Keyed) -> Pairs:
    records, places = np.unique(rows.holders, return_inverse=True)
    distinct, made = np.unique(rows.keys, return_inverse=True)
    bits = max(len(records) - 1, 1).bit_length()
    held = Held(places.astype(np.int32), made.astype(np.uint64), len(distinct), bits)

    def numbers(piece: str, at: Numbers) -> Numbers:
        return _ranked(picture.refining[piece][records])[at]

    def near(common: Held) -> Pairs:
        some, at = np.unique(common.records, return_inverse=True)
        coded = picture.coded(picture.rows(records[some]))
        found = neighbours(coded, Held(at.astype(np.int32), common.keys, common.below, common.bits))
        return as_one(*(some[side].astype(np.int32) for side in apart(found)))

    left, right = apart(pairs_of(held, family, numbers, near)[0])
    return as_one(records[left], records[right])


def _ranked(values: Hashes) -> Numbers:
    """The values as small numbers; 0 stays 0."""
    distinct, at = np.unique(values, return_inverse=True)
    return at.astype(np.int32) if len(distinct) and not distinct[0] else (at + 1).astype(np.int32)


def _of_one_list(picture: Growing, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are of one source that lists nobody twice."""
    records, places = np.unique(np.concatenate(apart(pairs)), return_inverse=True)
    listed = listed_once(picture.coded(picture.rows(records)), picture.unique_sources)
    left, right = places.astype(np.int32).reshape(2, -1)
    return of_one_list(listed, as_one(left, right))
