"""Children who were missing at overlapping times, as the page lists them."""

from collections.abc import Collection

import numpy as np
import pyarrow as pa

from concerted.desk.patterns.data import CoMissing, Pair
from concerted.desk.patterns.items import Items
from concerted.networks.spans import day_of

MOST = 50  # pairs that the page lists, the latest first


def latest(items: Items, told: pa.Table) -> CoMissing:
    """The table of pairs. told: as `co_missing` gives it."""
    pairs = tuple(_pair(items, row) for row in told.slice(0, MOST).to_pylist())
    return CoMissing(pairs, told.num_rows)


def among(told: pa.Table, nodes: Collection[int]) -> set[tuple[int, int]]:
    """The pairs of which both are among these nodes, the lesser first."""
    one, other = (told[name].to_numpy() for name in ("one", "other"))
    both = np.isin(one, list(nodes)) & np.isin(other, list(nodes))
    return set(zip(one[both].tolist(), other[both].tolist(), strict=True))


def _pair(items: Items, row: dict[str, int]) -> Pair:
    first, last = (str(day_of(row[name]) or "not known") for name in ("first", "last"))
    one, other = items.of(row["one"]), items.of(row["other"])
    return Pair(one, other, row["overlapping"], row["surely"], row["at_one_place"], row["in_one_event"], first, last)
