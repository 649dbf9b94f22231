"""What each level of a comparison counts for over the joined links: sums, which links come to and go from."""

import json
from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.desk.store import Store
from concerted.linkage import Strength
from concerted.linkage.compare import Comparer
from concerted.linkage.standing.growing import Growing
from concerted.linkage.weigh import weighed
from concerted.linkage.words import strengths

KEPT: Final = "strengths"  # in `meta`
Sums = dict[tuple[str, str], tuple[float, int]]  # by field and level: bits, and links


def keep(store: Store, found: Iterable[Strength]) -> None:
    """Keep them, in the place of what was kept before."""
    rows = [(one.field, one.level, one.weight, one.links) for one in found]
    store.put(KEPT, json.dumps(rows, ensure_ascii=False))


def of_links(picture: Growing, pairs: pa.Table) -> list[Strength]:
    """What they count for over the links among these pairs, by the numbers of the picture, of records that are compared
    for others too."""
    left, right = (pairs[side].to_numpy() for side in ("left", "right"))
    links = picture.compared(left) & picture.compared(right) & (pairs["band"].to_numpy() == "join")
    some, places = np.unique(np.append(left[links], right[links]), return_inverse=True)
    coded = picture.coded(picture.rows(some.astype(np.int32)))
    comparer = Comparer(coded, picture.release.comparisons, picture.release.shares(coded), picture.release.columns)
    compared = comparer.compare(*places.astype(np.int32).reshape(2, -1))
    return strengths(comparer, weighed(compared, picture.release, candidate=True))


def change(store: Store, picture: Growing, went: Iterable[Strength], came: Iterable[Strength]) -> None:
    """Take some links out of what is kept, and others in."""
    kept = (Strength(*row) for row in json.loads(store.get(KEPT, "[]")))
    sums: Sums = {}
    for found, sign in ((kept, 1), (went, -1), (came, 1)):
        for one in found:
            bits, links = sums.get((one.field, one.level), (0.0, 0))
            sums[one.field, one.level] = (bits + sign * one.weight * one.links, links + sign * one.links)
    order = [(one.title, level.words) for one in picture.comparisons for level in one.levels]
    there = (name for name in order if sums.get(name, (0.0, 0))[1] > 0)
    keep(store, (Strength(*name, sums[name][0] / sums[name][1], sums[name][1]) for name in there))
