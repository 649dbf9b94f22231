"""The records of a picture, with their permanent ids and those of their entities, kept in the folder's store."""

import itertools
from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey, permanent_ids
from concerted.desk.store import Store
from concerted.linkage import Linked

_INTO: Final = "insert into member (number, source, record_id, arrival, permanent_id, entity) values (?, ?, ?, ?, ?, ?)"


def keep(store: Store, linked: Linked, known: Mapping[RecordKey, int], last: int) -> pa.Table:
    """Keep every record that was linked, where none is kept yet. known: the arrivals of those that were there before.
    last: the highest arrival ever given. Gives `record_id`, `source`, `entity` and `number`, by arrival."""
    new = itertools.count(last + 1)
    came = [known[key] if key in known else next(new) for key in linked.keys]
    ids = permanent_ids(store.secret, linked.keys, came)
    sources, own = [key[0] for key in linked.keys], [key[1] for key in linked.keys]
    order = np.argsort(np.array(came, np.int64), kind="stable")
    entity = np.array(linked.entity, np.int64)
    earliest = np.zeros(len(entity), np.int64)
    earliest[entity[order[::-1]]] = order[::-1]  # of what is written to one place twice the last stays
    of = [ids[at] for at in earliest[entity].tolist()]
    store.run_columns(_INTO, (range(len(ids)), sources, own, came, ids, of))
    store.put("arrivals", str(next(new) - 1))
    texts = {"record_id": own, "source": sources, "entity": of}
    columns = {name: pa.array(column, pa.string()) for name, column in texts.items()}
    return pa.table(columns | {"number": pa.array(np.arange(len(ids), dtype=np.int32))}).take(order)
