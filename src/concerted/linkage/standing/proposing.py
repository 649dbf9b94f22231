"""The pairs that some keys propose, by the very rules by which batch finds the pairs of all of them."""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage.candidates import Held, Pairs, apart, as_one, each_once, neighbours, pairs_of
from concerted.linkage.coded import Numbers
from concerted.linkage.folding import listed_once
from concerted.linkage.hashes import Hashes
from concerted.linkage.holders import begins, within
from concerted.linkage.keys import NEIGHBOURS, Family
from concerted.linkage.link import of_one_list as are_of_one_list
from concerted.linkage.standing import layers
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.keyed import Keyed

_A_PART: Final = 64  # of all records, below which sorting some is quicker than marking all
NONE: Final = np.empty(0, np.int64)


def keys_of(picture: Growing, records: Numbers) -> Hashes:
    """Every key that these records hold, in order, each once. records: in order."""
    made = picture.keyed(records).keys
    return made[begins(made)]


def proposed_by(picture: Growing, held: Keyed) -> Pairs:
    """The pairs of records that are compared which these keys propose. held: all that hold them."""
    here = picture.compared(held.holders)
    some = _Some(picture, held.holders[here])
    rows = Keyed(held.keys[here], some.places)
    found = [some.pairs_of(family, of_it) for family, of_it in layers.of_families(rows, picture.others)]
    left, right = apart(each_once(np.concatenate([NONE, *found])))
    pairs = as_one(some.records[left], some.records[right])
    return pairs[~of_one_list(picture, pairs)] if picture.unique_sources else pairs


class _Some:
    """Some of the records, by their places among themselves. places: of the holders that were given."""

    def __init__(self, picture: Growing, holders: Numbers) -> None:
        self._picture = picture
        self.records, self.places = _places(holders, picture.records)
        self._bits = max(len(self.records) - 1, 1).bit_length()
        self._refining: dict[str, Numbers] = {}

    def pairs_of(self, family: Family, rows: Keyed) -> Pairs:
        """The pairs that the keys of one family propose, by places."""
        made = np.cumsum(np.append(0, rows.keys[1:] != rows.keys[:-1])).astype(np.uint64)
        held = Held(rows.holders, made, int(made[-1]) + 1, self._bits)
        return pairs_of(held, family, self._numbers, self._near)[0]

    def _numbers(self, piece: str, at: Numbers) -> Numbers:
        if piece not in self._refining:
            self._refining[piece] = _numbered(self._picture.refining(piece, self.records))
        return self._refining[piece][at]

    def _near(self, common: Held) -> Pairs:
        """Of a key that few hold all are neighbours, in whatever order."""
        common = common.in_order()
        starts = np.flatnonzero(begins(common.keys))
        sizes = np.diff(np.append(starts, len(common.keys)))
        few = sizes <= NEIGHBOURS + 1
        pairs, common = within(common.records, starts[few], sizes[few]), common.take(np.repeat(~few, sizes))
        return np.append(pairs, self._neighbours(common)) if len(common.keys) else pairs

    def _neighbours(self, common: Held) -> Pairs:
        some, at = np.unique(common.records, return_inverse=True)
        coded = self._picture.coded(self._picture.rows(self.records[some]))
        found = neighbours(coded, Held(at.astype(np.int32), common.keys, common.below, common.bits))
        return as_one(*(some[side].astype(np.int32) for side in apart(found)))


def _places(holders: Numbers, records: int) -> tuple[Numbers, Numbers]:
    """The distinct ones of these numbers, which are below `records`, in order; and the place of each number there."""
    if len(holders) < records // _A_PART:
        found, places = np.unique(holders, return_inverse=True)
        return found, places.astype(np.int32)
    held, place = np.zeros(records, bool), np.zeros(records, np.int32)
    held[holders] = True
    found = np.flatnonzero(held).astype(np.int32)
    place[found] = np.arange(len(found))
    return found, place[holders]


def _numbered(values: Hashes) -> Numbers:
    """The values as small numbers; 0 stays 0."""
    numbered = pa.array(np.append(np.uint64(0), values)).dictionary_encode()
    return np.asarray(numbered.indices)[1:]


def of_one_list(picture: Growing, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are of one source that lists nobody twice."""
    records, places = np.unique(np.concatenate(apart(pairs)), return_inverse=True)
    listed = listed_once(picture.coded(picture.rows(records)), picture.unique_sources)
    left, right = places.astype(np.int32).reshape(2, -1)
    return are_of_one_list(listed, as_one(left, right))
