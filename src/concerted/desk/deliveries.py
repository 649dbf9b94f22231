"""Deliveries: the extracts that a result folder was made of, and what was mended of them later."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common import clock
from concerted.desk.store import RECORDS, Store
from concerted.extracts import Counts, Profile, Taken
from concerted.extracts.fields import PERSON, Kind
from concerted.extracts.profile_load import parse_profile
from concerted.extracts.taken import beside


@dataclass(frozen=True)
class Delivery:
    """One delivery. mends: the delivery of which this is a part that was mended. columns: those of the file, when
    rows of it are in quarantine. profile_text: the YAML that it was read by."""

    number: int
    mends: int | None
    file: str
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

    @cached_property
    def profile(self) -> Profile:
        """The profile that it was read by."""
        reading = parse_profile(self.profile_text)
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
    store: Store, number: int, taken: Taken, profile_text: str, columns: Sequence[str], mends: int | None = None
) -> None:
    """Keep what was taken as delivery `number`; its records must be in their place."""
    values = [number, mends, taken.file, taken.sha256, taken.bytes, taken.profile, taken.profile_version, profile_text]
    lists = [_json(columns), _json(asdict(taken.counts)), _json(taken.notes), _json(taken.dropped)]
    marks = ", ".join("?" * 13)
    store.run(f"insert into delivery values ({marks})", [*values, *lists, clock.stamp(clock.now())])


def all_of(store: Store) -> list[Delivery]:
    """Every delivery, in the order in which they came."""
    return [_delivery(row) for row in store.run("select * from delivery order by number")]


def notes(store: Store) -> list[str]:
    """What a person should know of how the files were read."""
    return [
        f"{delivery.file}: {note}" for delivery in all_of(store) for note in (*delivery.notes, *_none_read(delivery))
    ]


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
    *plain, columns, counts, notes, dropped, arrived = row
    lists = [tuple(json.loads(text)) for text in (columns, notes, dropped)]
    return Delivery(*plain, *[lists[0], Counts(**json.loads(counts)), *lists[1:], arrived])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
