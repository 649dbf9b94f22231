"""What linking found, kept in the folder's store."""

import itertools
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.desk import keep_members, strengths
from concerted.desk.columns import Columns
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


def keep(
    store: Store,
    linked: Linked,
    known: Mapping[RecordKey, int],
    last: int,
    beside: Callable[[Columns], object] = lambda _: None,
) -> Columns:
    """Keep it, in place of what was kept before. known: the arrivals of records that were there before.

    last: the highest arrival ever given in this folder; records that are new count on from it. beside: is done, while
    SQLite is at work, with what is kept but for questions. Gives what is kept.
    """
    for table in ("member", "link", "said", "asked", "release"):
        store.run(f"delete from {table}")  # derived: made anew from records, decisions and the release
    for index in _INDEXES:  # made once over all rows, which is quicker than row by row
        store.run(f"drop index if exists {index}")
    with ThreadPoolExecutor(1) as another:  # SQLite lets another work meanwhile, and so does Arrow
        done: list[Future[object]] = [another.submit(write_pairs, store.folder / PAIRS, linked.pairs)]
        members = keep_members.keep(store, linked, known, last)
        links = _links(store, linked.shown, np.arange(len(linked.keys), dtype=np.int32))
        held = Columns.placed(members, *links)
        done.append(another.submit(beside, held))
        asked = another.submit(review_order, linked)
        _keep_links(store, *links)
        for statement in statements(INDEXES):
            store.run(statement)
        held = held.asking(keep_questions(store, asked.result(), range(linked.shown.num_rows)))
        for one in done:
            one.result()
    store.run("insert into release values (?, ?, ?)", [linked.release.id, linked.release.to_json(), linked.chosen])
    strengths.keep(store, linked.strengths)
    store.put("errors", json.dumps(linked.errors.to_dict() if linked.errors else None))
    store.put("cut", json.dumps(linked.cut, ensure_ascii=False))
    renew(store, whole=True)
    return held


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


def add_links(store: Store, shown: pa.Table, numbers: NDArray[np.int32]) -> None:
    """Keep links, as `Linked.shown` has them, beside those that are kept. numbers: of the records, by their places."""
    _keep_links(store, *_links(store, shown, numbers))


def _links(store: Store, shown: pa.Table, numbers: NDArray[np.int32]) -> tuple[pa.Table, pa.Table]:
    """What is to be kept of them, as `Columns.placed` takes it: what is said, and the links."""
    words, texts = _texts(shown["reasons"], shown["against"])
    link, said = (_next(store, table) for table in ("link", "said"))
    reasons, against = (pc.add(one, pa.scalar(said, pa.int32())) for one in texts)
    one, other = (pa.array(numbers[shown[side].to_numpy()]) for side in ("left", "right"))
    numbers_of = {"number": _counted(link, shown.num_rows), "one": one, "other": other}
    judged = {name: shown[name] for name in ("weight", "probability", "splink_weight", "band")}
    joined = pc.equal(shown["band"], pa.scalar("join", pa.string())).cast(pa.int8())
    links = pa.table({**numbers_of, **judged, "joined": joined, "reasons": reasons, "against": against})
    return pa.table({"number": _counted(said, len(words)), "words": words}), links


def _keep_links(store: Store, said: pa.Table, links: pa.Table) -> None:
    _insert(store, "said", said)
    _insert(store, "link", links.drop_columns("joined"))


def _counted(first: int, many: int) -> pa.Array:
    return pa.array(np.arange(first, first + many, dtype=np.int32))


def _next(store: Store, table: str) -> int:
    return int(store.run(f"select coalesce(max(number), -1) + 1 from {table}").fetchone()[0])


def keep_questions(store: Store, asked: Sequence[ReviewRow], numbers: Sequence[int]) -> pa.Table:
    """Keep what a person is asked about, most telling first, in the place of what was kept. numbers: of the links, by
    their rows. Gives what is kept, as `Columns.placed` takes it."""
    store.run("delete from asked")
    columns = {
        "place": pa.array(np.arange(1, len(asked) + 1, dtype=np.int32)),
        "link": pa.array([numbers[row.row] for row in asked], pa.int32()),
        "what_it_would_change": pa.array([row.what_it_would_change for row in asked], pa.string()),
        "review_group": pa.array([row.group for row in asked], pa.string()),
        "sample": pa.array([row.sample for row in asked], pa.string()),
    }
    kept = pa.table(columns)
    _insert(store, "asked", kept)
    return kept.drop_columns("place")


def _insert(store: Store, table: str, rows: pa.Table) -> None:
    """Keep these rows in a table, so many at a time in Python's hands."""
    names = ", ".join(rows.column_names)
    into = f"insert into {table} ({names}) values ({', '.join('?' * rows.num_columns)})"
    for part in rows.to_batches(ROWS):
        store.run_columns(into, [column.to_pylist() for column in part.columns])


def _texts(*columns: pa.ChunkedArray) -> tuple[pa.Array, list[pa.Array]]:
    """The texts of these columns, each once, and for each row of each column the place of its text among them."""
    chunks = [chunk for column in columns for chunk in column.chunks]
    coded = pa.chunked_array(chunks, pa.string()).dictionary_encode().combine_chunks()
    ends = itertools.accumulate(map(len, columns), initial=0)
    return coded.dictionary, [coded.indices.slice(at, len(one)) for at, one in zip(ends, columns, strict=False)]


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
