"""Pictures for the tests of questions: some records linked, and what was found written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from concerted.linkage import Linked, Release, link, match
from concerted.linkage.candidates import as_one
from concerted.linkage.standing.answer import Answer
from concerted.linkage.standing.read import Standing
from concerted.linkage.standing.write import Picture, write
from tests.linkage.records import Row, agencies
from tests.linkage.records import write as written


@dataclass(frozen=True)
class Made:
    """A picture, and what it is of. The id of an entity is the key of its first record."""

    rows: Sequence[Row]
    linked: Linked
    standing: Standing

    def set_of(self, entity_id: str) -> set[str]:
        """The keys of an entity's records."""
        keys = [str(key) for key in self.linked.keys]
        return {key for key, of in zip(keys, self.linked.entity, strict=True) if keys[of] == entity_id}

    def asked(self, record: Row, *, top: int = 10, scope: Sequence[str] | None = None) -> Answer:
        """The answer about a record."""
        said = {name: value for name, value in record.items() if value}
        return match(self.standing, said, top=top, scope=scope)


def picture(
    folder: Path, rows: Sequence[Row], model: str | Release = "default", unique_sources: frozenset[str] = frozenset()
) -> Made:
    """Link these and write what was found."""
    file = written(folder / "records.parquet", rows)
    linked = link([file], model=model, unique_sources=unique_sources)
    keys = [str(key) for key in linked.keys]
    join = np.array(linked.pairs["band"].to_pylist()) == "join"
    joined = as_one(*(linked.pairs[side].to_numpy()[join] for side in ("left", "right")))
    place = folder / f"picture-{len(list(folder.iterdir()))}"
    place.mkdir()
    entity = [keys[of] for of in linked.entity]
    found = Picture(linked.release, entity, keys, range(len(keys)), joined, (), unique_sources)
    write(place, [file], found)
    return Made(rows, linked, Standing.open(place))


def without_key(row: Row) -> Row:
    """A record as somebody asks about it."""
    return {name: value for name, value in row.items() if name not in ("source", "record_id")}


__all__ = ["Made", "agencies", "picture", "without_key"]
