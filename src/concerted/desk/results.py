"""What linking found, kept in the folder's store."""

import itertools
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.common.ids import RecordKey, permanent_ids
from concerted.desk import strengths
from concerted.desk.schema import INDEXES
from concerted.desk.store import PAIRS, Store, statements
from concerted.linkage import Linked, Release, ReviewRow, review_order
from concerted.linkage.store import Link, Member

ROWS: Final = 100_000  # that are inserted at a time
_INDEXES: Final = ("member_key", "member_entity", "member_id", "link_one", "link_other")
SAID: Final = "said"  # whether all that is said of the whole (`whole`) is said of this picture
WHOLE: Final = "whole"  # whether it was linked from the beginning, so that every pair that was compared is kept
LAYERS: Final = "layers"  # the files in which `standing` keeps this picture
PICTURE: Final = "picture"  # a name of its own for every result that is kept: what was made of another is known by it


def keep(store: Store, linked: Linked, known: Mapping[RecordKey, int], last: int) -> None:
    """Keep it, in place of what was kept before. known: the arrivals of records that were there before.

    last: the highest arrival ever given in this folder; records that are new count on from it.
    """
    for table in ("member", "link", "said", "asked", "release"):
        store.run(f"delete from {table}")  # derived: made anew from records, decisions and the release
    for index in _INDEXES:  # made once over all rows, which is quicker than row by row
        store.run(f"drop index if exists {index}")
    _keep_members(store, linked, known, last)
    add_links(store, linked.shown, np.arange(len(linked.keys), dtype=np.int32))
    for statement in statements(INDEXES):
        store.run(statement)
    keep_questions(store, review_order(linked), range(linked.shown.num_rows))
    store.run("insert into release values (?, ?, ?)", [linked.release.id, linked.release.to_json(), linked.chosen])
    strengths.keep(store, linked.strengths)
    store.put("errors", json.dumps(linked.errors.to_dict() if linked.errors else None))
    store.put("cut", json.dumps(linked.cut, ensure_ascii=False))
    renew(store, whole=True)
    write_pairs(store.folder / PAIRS, linked.pairs)


def write_pairs(path: Path, pairs: pa.Table) -> None:
    """Keep every pair that was compared, in the place of those that were kept."""
    path.unlink(missing_ok=True)  # a copy of the folder may share the bytes of the old one
    pq.write_table(pairs, path, compression="zstd", use_dictionary=["band"])  # hardly any number is there twice


def renew(store: Store, *, whole: bool) -> None:
    """The picture that the store holds is another. whole: whether it was linked from the beginning."""
    store.put(PICTURE, secrets.token_hex(8))
    store.put(LAYERS, "[]")
    for name in (SAID, WHOLE):
        store.put(name, "yes" if whole else "no")


def _keep_members(store: Store, linked: Linked, known: Mapping[RecordKey, int], last: int) -> None:
    new = itertools.count(last + 1)
    came = [known[key] if key in known else next(new) for key in linked.keys]
    ids = permanent_ids(store.secret, linked.keys, came)
    earliest: dict[int, int] = {}
    for number, entity in enumerate(linked.entity):
        if came[number] < came[earliest.setdefault(entity, number)]:
            earliest[entity] = number
    of = [ids[earliest[entity]] for entity in linked.entity]
    columns = (range(len(ids)), *_sides(linked.keys), came, ids, of)
    store.run_columns("insert into member values (?, ?, ?, ?, ?, ?)", columns)
    store.put("arrivals", str(next(new) - 1))


def add_links(store: Store, shown: pa.Table, numbers: NDArray[np.int32]) -> None:
    """Keep links, as `Linked.shown` has them, beside those that are kept. numbers: of the records, by their places."""
    words, texts = _texts(shown["reasons"], shown["against"])
    link, said = (_next(store, table) for table in ("link", "said"))
    sides = (pa.array(numbers[shown[side].to_numpy()]) for side in ("left", "right"))
    rest = (shown[name] for name in ("weight", "probability", "band"))
    _insert(store, "said", _counted(said, len(words)), words)
    of_said = (pc.add(one, pa.scalar(said, pa.int32())) for one in texts)
    _insert(store, "link", _counted(link, shown.num_rows), *sides, *rest, *of_said, shown["splink_weight"])


def _counted(first: int, many: int) -> pa.Array:
    return pa.array(np.arange(first, first + many, dtype=np.int32))


def _next(store: Store, table: str) -> int:
    return int(store.run(f"select coalesce(max(number), -1) + 1 from {table}").fetchone()[0])


def keep_questions(store: Store, asked: Iterable[ReviewRow], numbers: Sequence[int]) -> None:
    """Keep what a person is asked about, most telling first, in the place of what was kept. numbers: of the links, by
    their rows."""
    store.run("delete from asked")
    store.run_many(
        "insert into asked values (?, ?, ?, ?, ?)",
        (
            [place, numbers[row.row], row.what_it_would_change, row.group, row.sample]
            for place, row in enumerate(asked, 1)
        ),
    )


def _insert(store: Store, table: str, *columns: pa.Array | pa.ChunkedArray) -> None:
    """Keep these columns as the rows of a table, so many at a time in Python's hands."""
    held = pa.table(list(columns), list(map(str, range(len(columns)))))
    for part in held.to_batches(ROWS):
        into = f"insert into {table} values ({', '.join('?' * len(columns))})"
        store.run_columns(into, [column.to_pylist() for column in part.columns])


def _texts(*columns: pa.ChunkedArray) -> tuple[pa.Array, list[pa.Array]]:
    """The texts of these columns, each once, and for each row of each column the place of its text among them."""
    chunks = [chunk for column in columns for chunk in column.chunks]
    coded = pa.chunked_array(chunks, pa.string()).dictionary_encode().combine_chunks()
    ends = itertools.accumulate(map(len, columns), initial=0)
    return coded.dictionary, [coded.indices.slice(at, len(one)) for at, one in zip(ends, columns, strict=False)]


def _sides(keys: Sequence[RecordKey]) -> tuple[list[str], list[str]]:
    """The sources of records, and their own ids."""
    return [key[0] for key in keys], [key[1] for key in keys]


def arrivals(store: Store) -> dict[RecordKey, int]:
    """When each record came."""
    return {RecordKey(*row[:2]): row[2] for row in store.run("select source, record_id, arrival from member")}


def stands(store: Store, key: RecordKey) -> bool:
    """Whether a record is in the picture."""
    return number_of(store, key) is not None


def all_members(store: Store) -> list[Member]:
    """The records in the picture, by arrival."""
    rows = store.run("select source, record_id, arrival, permanent_id, entity from member order by arrival")
    return [Member(RecordKey(*row[:2]), *row[2:]) for row in map(tuple, rows)]


def numbers(store: Store) -> dict[RecordKey, int]:
    """The number of each record, by which `pairs.parquet` names it. Those of records that went, or were told anew, are
    not given again before everything is linked."""
    rows = store.run("select source, record_id, number from member order by number")
    return {RecordKey(source, record_id): number for source, record_id, number in rows}


def entities(store: Store) -> dict[RecordKey, str]:
    """The entity of each record, by its permanent id."""
    rows = store.run("select source, record_id, entity from member order by number")
    return {RecordKey(source, record_id): entity for source, record_id, entity in rows}


def entity_of(store: Store, key: RecordKey) -> str | None:
    """The entity of a record, None where it is not in the picture."""
    found = store.run("select entity from member where source = ? and record_id = ?", key).fetchone()
    return found[0] if found else None


def members(store: Store, entity: str) -> list[RecordKey]:
    """The records of an entity, the earliest first."""
    rows = store.run("select source, record_id from member where entity = ? order by arrival", [entity])
    return [RecordKey(*row) for row in rows]


def links(store: Store, where: str = "true", *values: object) -> list[Link]:
    """Links in the order of their strength."""
    rows = store.run(
        "select left_source, left_id, right_source, right_id, weight, probability, band, reasons, against, "
        f"what_it_would_change from told where {where} order by weight desc, number",
        values,
    )
    return [Link(RecordKey(*row[:2]), RecordKey(*row[2:4]), *row[4:]) for row in map(tuple, rows)]


def link_between(store: Store, left: RecordKey, right: RecordKey) -> Link | None:
    """The link between two records, whichever way round."""
    numbers = [number_of(store, key) for key in (left, right)]
    found = links(store, "one in (?, ?) and other in (?, ?) and one <> other", *numbers, *numbers)
    return found[0] if found else None


def number_of(store: Store, key: RecordKey) -> int | None:
    """The number of a record in the picture."""
    found = store.run("select number from member where source = ? and record_id = ?", key).fetchone()
    return found[0] if found else None


def release(store: Store) -> tuple[Release, str]:
    """The model release of this folder, and why it was chosen."""
    text, chosen = store.run("select json, chosen from release").fetchone()
    return _release(text), str(chosen)


@lru_cache(maxsize=2)
def _release(text: str) -> Release:
    """A release as a store has it: one command asks for it many times over."""
    return Release.from_json(text)
