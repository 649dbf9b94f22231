"""The picture of a folder as columns: what its views and its report are made of, read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.desk.store import Store

ROWS: Final = 100_000  # that are read at a time
_NUMBER: Final = ("number", pa.int32())
_MEMBERS: Final = pa.schema([*((name, pa.string()) for name in ("record_id", "source", "entity")), _NUMBER])
_SAID: Final = pa.schema([("words", pa.string()), _NUMBER])
_LINKS: Final = pa.schema(
    [
        _NUMBER,
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
    """members: `record_id`, `source`, `entity` and `number` of each, in the order in which they came. links: `number`,
    `one` and `other` (places among the members), `weight`, `probability`, `splink_weight`, `joined` (1 or 0), `reasons`
    and `against` (places in `said`), the strongest first. said: texts. asked: `link` (a place among the links) and what
    is said of the question, by place."""

    members: pa.Table
    links: pa.Table
    said: pa.Array
    asked: pa.Table

    @classmethod
    def of(cls, store: Store) -> "Columns":
        """Those of what is kept now."""
        names = ", ".join("band = 'join'" if name == "joined" else name for name in _LINKS.names)
        members = _read(store.run(f"select {', '.join(_MEMBERS.names)} from member order by arrival"), _MEMBERS)
        said = _read(store.run("select words, number from said order by number"), _SAID)
        links = _read(store.run(f"select {names} from link order by number"), _LINKS)
        asked = _read(store.run(f"select {', '.join(_ASKED.names)} from asked order by place"), _ASKED)
        return cls.placed(members, said, links).asking(asked)

    @classmethod
    def placed(cls, members: pa.Table, said: pa.Table, links: pa.Table) -> "Columns":
        """From tables that name the rows of one another by number, as the store does, and without questions. members:
        in the order in which they came. said: `words` and `number`."""
        links = links.select(_LINKS.names).cast(_LINKS)
        weaker = -links["weight"].to_numpy()
        if np.any(weaker[1:] < weaker[:-1]):
            links = links.take(np.argsort(weaker, kind="stable"))
        for among, columns in ((members, ("one", "other")), (said, ("reasons", "against"))):
            links = _placed(links, among, columns)
        return cls(members, links, said["words"].combine_chunks(), _ASKED.empty_table())

    def asking(self, asked: pa.Table) -> "Columns":
        """With these questions, by place, each naming its link by number."""
        return replace(self, asked=_placed(asked, self.links, ("link",)))

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

    @cached_property
    def set_number(self) -> Places:
        """Of each member the number of the earliest of its entity."""
        first = np.unique(self.entity, return_index=True)[1]
        numbers: Places = self.members["number"].to_numpy()[first][self.entity]
        return numbers

    def number(self, name: str) -> Any:
        """A column of the links, which are all numbers."""
        return self.links[name].to_numpy()


def _placed(table: pa.Table, among: pa.Table, columns: Sequence[str]) -> pa.Table:
    """The same with the places, in another table, of those rows that these columns name by number."""
    numbers = among["number"].to_numpy()
    counted = not np.any(np.diff(numbers) != 1)  # as they are when all was linked at once
    order = np.arange(0) if counted else np.argsort(numbers, kind="stable").astype(np.int32)
    for name in columns:
        named = table[name].to_numpy()
        places = named - numbers[:1] if counted else order[np.searchsorted(numbers, named, sorter=order)]
        table = table.set_column(table.column_names.index(name), name, pa.array(places, pa.int32()))
    return table


def _read(rows: Any, schema: pa.Schema) -> pa.Table:
    """The rows of a query as columns."""
    return pa.Table.from_batches(_batches(rows, schema), schema)


def _batches(rows: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while part := rows.fetchmany(ROWS):
        columns = zip(*part, strict=True)
        yield pa.record_batch([pa.array(one, kind) for one, kind in zip(columns, schema.types, strict=True)], schema)
