"""A growing picture in one layer again, in which nothing is left of the records that are gone."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage.candidates import apart
from concerted.linkage.hashes import Hashes
from concerted.linkage.standing import layers
from concerted.linkage.standing.growing import NOBODY, Growing
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import REFINED_BY, Layer

Here = NDArray[np.bool_]  # of each record whether it is there


def traceless(picture: Growing) -> Growing:
    """The same picture, every record under its number. The row of one that is gone is empty, and so are its keys and
    pairs."""
    here = picture.stands_for != NOBODY
    pairs, weights = layers.pairs_of(picture.layers, np.flatnonzero(here).astype(np.int32))
    both = np.logical_and(*(here[side] for side in apart(pairs)))
    layer = Layer(_rows(picture, here), _found(picture, here), _refining(picture, here), pairs[both], weights[both])
    return replace(picture, layers=(layer,))


def leaves_traces(picture: Growing) -> bool:
    """Whether any layer still says what a record said that is gone, or was told otherwise since."""
    gone = picture.stands_for == NOBODY
    parts = zip(picture.layers, pairwise(picture.begins), strict=True)
    return any(_says_of(layer, gone[begin:end]) for layer, (begin, end) in parts)


def _says_of(layer: Layer, some: Here) -> bool:
    sources = layer.table["source"].filter(pa.array(some))
    return bool(len(sources) > sources.null_count)


def _rows(picture: Growing, here: Here) -> pa.Table:
    """Texts that are numbered in the first layer are numbered anew, so that none is kept that nobody has."""
    numbers = np.arange(picture.records, dtype=np.int32)
    rows = picture.rows(numbers).take(pa.array(numbers, mask=~here))
    numbered = {one.name for one in picture.layers[0].table.schema if pa.types.is_dictionary(one.type)}
    columns = {name: rows[name] for name in rows.column_names} | {"n": pa.array(numbers)}
    return pa.table({name: one.dictionary_encode() if name in numbered else one for name, one in columns.items()})


def _found(picture: Growing, here: Here) -> Keyed:
    found = [layer.found for layer in picture.layers]
    keys, holders = (np.concatenate([getattr(one, name) for one in found]) for name in ("keys", "holders"))
    keys, holders = keys[here[holders]], holders[here[holders]]
    order = np.argsort(keys, kind="stable")
    return Keyed(keys[order], holders[order])


def _refining(picture: Growing, here: Here) -> dict[str, Hashes]:
    of_all = {name: np.concatenate([layer.refining[name] for layer in picture.layers]) for name in REFINED_BY}
    return {name: np.where(here, values, np.uint64(0)) for name, values in of_all.items()}
