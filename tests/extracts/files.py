"""Small extracts for tests, profiles that fit them, and what came of taking them."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from concerted.extracts import Chunk, FileSettings, Profile, Quarantined, Taken, open_table, take

AS_OF = date(2026, 3, 2)
PEOPLE = {"given_name": "first", "family_name": "last", "date_of_birth": {"column": "born", "date": "%d/%m/%Y"}}


def profile(**changes: Any) -> Profile:
    """A profile for files with the columns id, first, last, born; keys given replace its own."""
    tree = {
        "profile": "small",
        "version": 1,
        "kind": "person",
        "record_id": "id",
        "source": {"constant": "force-a"},
        "fields": PEOPLE,
    }
    tree.update(changes)
    tree = {key: value for key, value in tree.items() if value is not None}
    # Through YAML and back, so that what a test writes is what a person could write.
    return Profile.model_validate(yaml.safe_load(yaml.safe_dump(tree, sort_keys=False)))


def settings(**given: Any) -> FileSettings:
    """How a file is written."""
    return FileSettings.model_validate(given)


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file with that content, newlines as they are."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@dataclass
class Read:
    """What a reader gave of a file, all chunks together."""

    columns: list[str]
    rows: dict[int, list[str | None]] = field(default_factory=dict)
    unsplit: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    mends: dict[int, str] = field(default_factory=dict)
    blank: int = 0
    total: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, chunk: Chunk) -> None:
        """Take in a chunk."""
        assert all(len(column) == len(chunk.rows) for column in chunk.columns)
        for at, row in enumerate(chunk.rows):
            self.rows[row] = [column[at] for column in chunk.columns]
        for one in chunk.unsplit:
            self.unsplit[one.row], self.reasons[one.row], self.mends[one.row] = one.raw, one.reason, one.mend
        self.blank += chunk.blank
        self.total += chunk.total

    @property
    def cells(self) -> list[list[str | None]]:
        """The cells of each row."""
        return list(self.rows.values())


def read(path: Path, **given: Any) -> Read:
    """Everything that the reader for this file gives."""
    with open_table(path, settings(**given)) as table:
        found = Read(table.columns)
        for chunk in table.chunks():
            found.add(chunk)
        found.notes = table.notes()
    return found


def read_text(folder: Path, content: str | bytes, name: str = "a.csv", **given: Any) -> Read:
    """The same of a file with that content."""
    return read(written(folder / name, content), **given)


@dataclass
class Result:
    """A file taken: what came of it, its records and truth as dictionaries, and what was quarantined."""

    taken: Taken
    records: list[dict[str, Any]]
    truth: list[dict[str, Any]]
    rows: list[Quarantined]
    values: list[Quarantined]


def result_of(taken: Taken, quarantined: list[Quarantined]) -> Result:
    """Read what was written."""
    truth = pq.read_table(taken.truth).to_pylist() if taken.truth else []
    rows = [one for one in quarantined if one.kind == "row"]
    values = [one for one in quarantined if one.kind == "value"]
    assert taken.counts.quarantined == len(rows)
    assert taken.counts.values_quarantined == len(values)
    records = pq.read_table(taken.records).to_pylist()
    assert taken.counts.records == len(records)
    return Result(taken, records, truth, rows, values)


def take_file(path: Path, made: Profile, *, truth: bool = False, as_name: str | None = None) -> Result:
    """Take a file into a folder beside it."""
    quarantined: list[Quarantined] = []
    out = path.parent / f"out-{path.name}"
    place = out / "truth.parquet" if truth else None
    taken = take(path, made, out / "records.parquet", quarantined.extend, truth=place, as_name=as_name, as_of=AS_OF)
    return result_of(taken, quarantined)


def take_text(folder: Path, content: str | bytes, name: str = "a.csv", **changes: Any) -> Result:
    """Take a file with that content, with `profile` so changed."""
    return take_file(written(folder / name, content), profile(**changes))
