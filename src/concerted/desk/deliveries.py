"""Deliveries: the extracts that a result folder was made of, and what was mended of them later."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common import clock
from concerted.common.ids import RecordKey
from concerted.desk.store import RECORDS, Store
from concerted.extracts import Counts, Profile, Taken
from concerted.extracts.fields import KINDS, PERSON, Kind
from concerted.extracts.profile_load import parse_profile
from concerted.extracts.taken import beside


@dataclass(frozen=True)
class Delivery:
    """One delivery. mends: the delivery of which this is a part that was mended. batch: the command that brought it.
    feed: the row of deliveries that it belongs to. columns: those of the file, when rows of it are in quarantine.
    profile_text: the YAML that it was read by. told: what it brought, as `deliver.Told` has it."""

    number: int
    mends: int | None
    batch: int
    feed: str
    file: str
    sheet: str | None
    sha256: str
    bytes: int
    profile_id: str
    profile_version: int
    profile_text: str
    columns: tuple[str, ...]
    counts: Counts
    notes: tuple[str, ...]
    dropped: tuple[str, ...]
    arrived: str
    told: dict[str, Any]

    @cached_property
    def profile(self) -> Profile:
        """The profile that it was read by."""
        return _profile(self.profile_text)


@lru_cache(maxsize=256)  # one command asks for those of all deliveries again and again
def _profile(text: str) -> Profile:
    reading = parse_profile(text)
    assert reading.profile is not None  # it was sound when the extract was taken
    return reading.profile


def records_file(folder: Path, number: int, kind: Kind = PERSON) -> Path:
    """Where the records of a kind of a delivery are, if it has any."""
    return beside(folder / RECORDS / f"{number:03}.parquet", kind)


def files_of(store: Store, kind: Kind = PERSON) -> list[Path]:
    """The files of records of a kind, in the order in which the deliveries came."""
    numbers = store.run("select number from delivery order by number")
    files = (records_file(store.folder, number, kind) for (number,) in numbers)
    return [path for path in files if path.exists()]


def add(
    store: Store,
    number: int,
    taken: Taken,
    profile_text: str,
    columns: Sequence[str],
    *,
    batch: int,
    mends: int | None = None,
    feed: str = "",
) -> None:
    """Keep what was taken as delivery `number`; its records must be in their place."""
    values = [number, mends, batch, feed, taken.file, taken.sheet, taken.sha256, taken.bytes]
    profile = [taken.profile, taken.profile_version, profile_text]
    lists = [_json(columns), _json(asdict(taken.counts)), _json(taken.notes), _json(taken.dropped)]
    marks = ", ".join("?" * 17)
    store.run(f"insert into delivery values ({marks})", [*values, *profile, *lists, clock.stamp(clock.now()), "{}"])


def tell(store: Store, numbers: Sequence[int], told: dict[str, Any]) -> None:
    """Keep what these brought."""
    store.run_many("update delivery set told = ? where number = ?", ([_json(told), number] for number in numbers))


def as_of(store: Store) -> date:
    """The day from which ages and two-digit years are reckoned."""
    return date.fromisoformat(store.get("as_of"))


def next_number(store: Store) -> int:
    """The number of the next delivery."""
    return int(store.run("select coalesce(max(number), 0) + 1 from delivery").fetchone()[0])


def last_batch(store: Store) -> int:
    """The number of the last command that brought anything; 0 before the first."""
    return int(store.run("select coalesce(max(batch), 0) from delivery").fetchone()[0])


def last_of_feed(store: Store, feed: str, before: int) -> Delivery | None:
    """The last delivery of a feed that came before delivery `before`."""
    last = "select * from delivery where feed = ? and number < ? order by number desc limit 1"
    rows = store.run(last, [feed, before])
    return next(map(_delivery, rows), None)


def files_of_others(store: Store, feed: str, before: int, kind: Kind) -> list[Path]:
    """The files of records of a kind that other feeds delivered before delivery `before`."""
    others = "select number from delivery where mends is null and feed <> ? and number < ? order by number"
    files = (records_file(store.folder, number, kind) for (number,) in store.run(others, [feed, before]))
    return [path for path in files if path.exists()]


def files_of_feed(store: Store, feed: str, first: int, kind: Kind) -> list[Path]:
    """The files of records of a kind that a feed brought from delivery `first` on, with what was mended of them."""
    asked = (
        "select number from delivery where number >= ? and (feed = ? or mends in "
        "(select number from delivery where feed = ?)) order by number"
    )
    files = (records_file(store.folder, number, kind) for (number,) in store.run(asked, [first, feed, feed]))
    return [path for path in files if path.exists()]


def keys_since(store: Store, number: int, kind: Kind) -> set[RecordKey]:
    """The records of a kind that stand in delivery `number` or a later one."""
    numbers = store.run("select number from delivery where number >= ?", [number])
    return keys_in([path for (one,) in numbers if (path := records_file(store.folder, one, kind)).exists()])


def keys_in(paths: Sequence[Path]) -> set[RecordKey]:
    """The records that stand in these files."""
    found: set[RecordKey] = set()
    for path in paths:
        table = pq.read_table(path, columns=["source", "record_id"])
        pairs = zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)
        found.update(RecordKey(*pair) for pair in pairs)
    return found


def has(store: Store, key: RecordKey) -> bool:
    """Whether any delivery holds this record, or a part of this row."""
    return any(
        one == key or (one.source == key.source and one.record_id.startswith(f"{key.record_id}/"))
        for kind in KINDS
        for one in keys_since(store, 0, kind)
    )


def name_of(store: Store, number: int) -> str:
    """What the file of a delivery is called."""
    return str(store.run("select file from delivery where number = ?", [number]).fetchone()[0])


def all_of(store: Store) -> list[Delivery]:
    """Every delivery, in the order in which they came."""
    return [_delivery(row) for row in store.run("select * from delivery order by number")]


def notes(store: Store) -> list[str]:
    """What a person should know of how the files of the last command were read."""
    last = [delivery for delivery in all_of(store) if delivery.batch == last_batch(store)]
    return [f"{_called(delivery)}: {note}" for delivery in last for note in (*delivery.notes, *_none_read(delivery))]


def _called(delivery: Delivery) -> str:
    return f"{delivery.file}, sheet {delivery.sheet}" if delivery.sheet else delivery.file


def _none_read(delivery: Delivery) -> list[str]:
    counts = delivery.counts
    if counts.read or not counts.quarantined:
        return []
    return ["not one of its rows could be read; `concerted quarantine list DIR` says why"]


def unique_sources(store: Store) -> frozenset[str]:
    """The sources that list nobody twice, as their profiles say."""
    found: set[str] = set()
    for delivery in all_of(store):
        if delivery.profile.one_record_per_person:
            sources = pq.read_table(records_file(store.folder, delivery.number), columns=["source"])["source"]
            found.update(pc.unique(sources).to_pylist())
    return frozenset(found)


def _delivery(row: Sequence[Any]) -> Delivery:
    *plain, columns, counts, notes, dropped, arrived, told = row
    lists = [tuple(json.loads(text)) for text in (columns, notes, dropped)]
    return Delivery(*plain, *[lists[0], Counts(**json.loads(counts)), *lists[1:], arrived, json.loads(told)])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
