"""The picture of a folder as columns: what its views and its report are made of, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.desk.store import Store

ROWS: Final = 100_000  # that are read at a time
_MEMBERS: Final = pa.schema([(name, pa.string()) for name in ("record_id", "source", "entity")])
_SAID: Final = pa.schema([("words", pa.string())])
_LINKS: Final = pa.schema(
    [
        *((side, pa.int32()) for side in ("one", "other")),
        *((name, pa.float64()) for name in ("weight", "probability", "splink_weight")),
        ("joined", pa.int8()),
        *((name, pa.int32()) for name in ("reasons", "against")),
    ]
)
_ASKED: Final = pa.schema(
    [
        ("link", pa.int32()),
        *((name, pa.string()) for name in ("what_it_would_change", "review_group", "sample")),
    ]
)

Places = NDArray[np.int32]


@dataclass(frozen=True)
class Columns:
    """members: `record_id`, `source`, `entity` of each, by number. links: `one` and `other` (places among the members),
    `weight`, `probability`, `splink_weight`, `joined` (1 or 0), `reasons` and `against` (places in `said`), the
    strongest first. said: texts. asked: `link` (a place among the links) and what is said of the question, by place."""

    members: pa.Table
    links: pa.Table
    said: pa.Array
    asked: pa.Table

    @classmethod
    def of(cls, store: Store) -> "Columns":
        """Those of what is kept now. Members, links and texts are kept under numbers from 0 on, without a gap."""
        links = ", ".join("band = 'join'" if name == "joined" else name for name in _LINKS.names)
        return cls(
            _read(store.run("select record_id, source, entity from member order by number"), _MEMBERS),
            _read(store.run(f"select {links} from link order by number"), _LINKS),
            _read(store.run("select words from said order by number"), _SAID)["words"].combine_chunks(),
            _read(store.run(f"select {', '.join(_ASKED.names)} from asked order by place"), _ASKED),
        )

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources of the members, in the order of their names."""
        return tuple(sorted(self.members["source"].unique().to_pylist()))

    @cached_property
    def source(self) -> Places:
        """Of each member the place of its source among these."""
        coded = self.members["source"].combine_chunks().dictionary_encode()
        place = np.array([self.sources.index(name) for name in coded.dictionary.to_pylist()], np.int32)
        return place[coded.indices.to_numpy()] if len(coded) else place

    @cached_property
    def entity(self) -> Places:
        """Of each member the number of its entity, counted as they come."""
        places: Places = self.members["entity"].combine_chunks().dictionary_encode().indices.to_numpy()
        return places

    def number(self, name: str) -> Any:
        """A column of the links, which are all numbers."""
        return self.links[name].to_numpy()


def _read(rows: Any, schema: pa.Schema) -> pa.Table:
    """The rows of a query as columns."""
    return pa.Table.from_batches(_batches(rows, schema), schema)


def _batches(rows: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while part := rows.fetchmany(ROWS):
        columns = zip(*part, strict=True)
        yield pa.record_batch([pa.array(one, kind) for one, kind in zip(columns, schema.types, strict=True)], schema)
