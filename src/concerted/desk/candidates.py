"""Which pairs were compared because some key proposed them: what the truth of a folder is held against."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk import decisions, deliveries, results
from concerted.desk.current import record_files
from concerted.desk.store import PAIRS, Store
from concerted.linkage.coded import Numbers
from concerted.linkage.link import proposed_among


def candidates_of(store: Store, person: Mapping[RecordKey, str]) -> Iterator[tuple[RecordKey, RecordKey]]:
    """The pairs that keys propose of records that are of one person. person: of each record of which it is known."""
    keys, left, right = _proposed(store)
    people = {one: number for number, one in enumerate(dict.fromkeys(person.values()))}
    of = np.array([people[person[key]] if key in person else -1 for key in keys], np.int64)
    alike = (of[left] == of[right]) & (of[left] >= 0)
    for one, other in zip(left[alike].tolist(), right[alike].tolist(), strict=True):
        yield keys[one], keys[other]


def _proposed(store: Store) -> tuple[list[RecordKey], Numbers, Numbers]:
    """The records, and the pairs of them by their places. Of a picture to which changes were joined the store has no
    pairs of new records that weigh little, so they are proposed again."""
    if store.get(results.WHOLE) == "no":
        return proposed_among(record_files(store), decisions.all_of(store), deliveries.unique_sources(store))
    table = pq.read_table(store.folder / PAIRS, columns=["left", "right", "candidate"])
    table = table.filter(table["candidate"])
    return [*results.numbers(store)], table["left"].to_numpy(), table["right"].to_numpy()
