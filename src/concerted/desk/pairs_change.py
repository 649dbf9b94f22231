"""Every pair that was compared, of what a change touches: in the place of what was kept of it, in `pairs.parquet`."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.desk.results import write_pairs
from concerted.desk.store import PAIRS, Store
from concerted.linkage.candidates import Pairs, apart, as_one
from concerted.linkage.coded import Numbers
from concerted.linkage.standing import layers
from concerted.linkage.standing.growing import NOBODY, Growing
from concerted.linkage.standing.joining import Change
from concerted.linkage.weigh import least_kept, probability


def keep_pairs(
    store: Store, picture: Growing, change: Change, numbers: Mapping[RecordKey, int]
) -> tuple[pa.Table, pa.Table]:
    """Pairs that weigh so little that only that is kept follow from their two records alone, and stay. Gives those that
    went, and those that came."""
    number = np.array([numbers[key] for key in change.linked.keys], np.int32)
    touched = np.zeros(picture.records, bool)
    touched[number[change.touched]] = True
    here, judged = picture.stands_for != NOBODY, _of_touched(change.linked.pairs, number, touched)
    beside = _apart(picture, touched)
    beside = beside.filter(pa.array(~np.isin(_as_one(beside), _as_one(judged))))
    new = pa.concat_tables([judged, beside.cast(judged.schema)])
    path = store.folder / PAIRS
    old = pq.read_table(path)
    left, right = apart(_as_one(old))
    slight = (old["weight"].to_numpy() < least_kept(picture.release)) & old["candidate"].to_numpy()
    looked_at = touched[left] | touched[right]
    stays = here[left] & here[right] & (slight | ~looked_at)
    doubtful = np.flatnonzero(stays & looked_at)
    stays[doubtful] = ~np.isin(as_one(left[doubtful], right[doubtful]), _as_one(new))
    write_pairs(path, pa.concat_tables([old.filter(pa.array(stays)), new.cast(old.schema)]))
    return old.filter(pa.array(~stays)), new


def _as_one(pairs: pa.Table) -> Pairs:
    return as_one(*(pairs[side].to_numpy() for side in ("left", "right")))


def _of_touched(pairs: pa.Table, number: Numbers, touched: NDArray[np.bool_]) -> pa.Table:
    """Those of the pairs that have a touched record, by the numbers of the store, the lower first."""
    one, other = (number[pairs[side].to_numpy()] for side in ("left", "right"))
    sides = {"left": np.minimum(one, other), "right": np.maximum(one, other)}
    columns = {name: pa.array(sides[name]) if name in sides else pairs[name] for name in pairs.column_names}
    return pa.table(columns).filter(pa.array(touched[one] | touched[other]))


def _apart(picture: Growing, touched: NDArray[np.bool_]) -> pa.Table:
    """The pairs of a touched record with one that is not, which weigh too little to be reviewed and so were not looked
    at: with all that they stand for."""
    records = np.flatnonzero(touched & (picture.stands_for == np.arange(picture.records))).astype(np.int32)
    found, weights = layers.pairs_of(picture.layers, records)
    outside = ~touched[found & 0xFFFFFFFF] & (weights < picture.release.keep)
    sides, weights = apart(found[outside]), weights[outside]
    ends = np.unique(np.concatenate(sides))
    members = picture.members(ends)
    places = [np.searchsorted(ends, side).astype(np.int32) for side in sides]
    rows, one, other = picture.folded(ends, members).every_pair(*places)
    weight = weights[rows]
    columns = {"left": members[one], "right": members[other], "weight": weight, "probability": probability(weight)}
    alike = {"band": pa.array(["apart"] * len(rows), pa.string()), "candidate": pa.array(np.ones(len(rows), bool))}
    return pa.table({**{name: pa.array(column) for name, column in columns.items()}, **alike})
