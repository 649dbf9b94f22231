"""Everybody of an extract looked up in a picture, and what was found as a CSV file."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from concerted.common.folders import new_file
from concerted.common.spreadsheets import write_rows
from concerted.common.words import counted
from concerted.desk.given import named
from concerted.extracts import Quarantined, take_many
from concerted.linkage import match, says_anything
from concerted.linkage.standing.answer import Hit
from concerted.linkage.standing.fields import FIELDS
from concerted.linkage.standing.read import Standing

COLUMNS: Final = ("source", "record_id", "rank", "entity_id", "weight", "probability", "band", "reasons")


@dataclass(slots=True)
class Counts:
    """What came of a file. same, perhaps, nobody: records by the band of their first hit."""

    records: int = 0
    same: int = 0
    perhaps: int = 0
    nobody: int = 0
    unreadable: int = 0

    def to_dict(self) -> dict[str, int]:
        """For machines."""
        return asdict(self)

    def in_words(self, out: Path) -> str:
        """For people."""
        unread = (
            f" {counted(self.unreadable, 'row or value', 'rows or values')} could not be read."
            if self.unreadable
            else ""
        )
        return (
            f"{counted(self.records, 'record')}: {self.same:,} the same as somebody, {self.perhaps:,} perhaps, "
            f"{self.nobody:,} not among the records searched.{unread} Open {out}"
        )


def match_file(
    picture: Standing, file: Path, profile: Path, out: Path, *, top: int, scope: Collection[str] | None
) -> Counts:
    """Look every person of the file up, and write what may be the same: a row a hit, and one of rank 0 for a record
    that is nobody's. Raises UsedWronglyError for what cannot be read, FileExistsError when `out` is there."""
    counts = Counts()
    with tempfile.TemporaryDirectory() as name, new_file(out) as part:
        records = list(_read(file, profile, Path(name), counts))
        write_rows(part, COLUMNS, _rows(picture, records, top, scope, counts))
    return counts


def _read(file: Path, profile: Path, folder: Path, counts: Counts) -> Iterator[dict[str, str]]:
    """The people of the file, as the readers write them."""

    def aside(quarantined: Sequence[Quarantined]) -> None:
        counts.unreadable += len(quarantined)

    given = named([file], [profile])
    taken = take_many([(one.path, one.profile) for one in given], folder, aside, names=[one.name for one in given])
    for one in taken:
        if one.records.exists():
            for row in pq.read_table(one.records).to_pylist():
                yield {name: value for name, value in row.items() if isinstance(value, str) and value}


def _rows(
    picture: Standing, records: list[dict[str, str]], top: int, scope: Collection[str] | None, counts: Counts
) -> Iterator[tuple[Any, ...]]:
    known = {*FIELDS, "source", "record_id", *picture.others.values()}
    for record in records:
        asked = {name: value for name, value in record.items() if name in known}
        key = (record["source"], record["record_id"])
        answer = match(picture, asked, top=top, scope=scope) if says_anything(picture, asked) else None
        likely = [hit for hit in answer.hits if hit.band != "apart"] if answer else []
        _count(counts, likely)
        for rank, hit in enumerate(likely, 1):
            weight, right = f"{hit.weight:.2f}", f"{hit.probability:.6g}"
            yield (*key, rank, hit.entity_id, weight, right, hit.band, "; ".join(hit.speaks_for))
        if not likely:
            yield (*key, 0, "", "", "", "", answer.answer if answer else "the record says nothing to look up")


def _count(counts: Counts, likely: Sequence[Hit]) -> None:
    counts.records += 1
    if not likely:
        counts.nobody += 1
    elif likely[0].band == "join":
        counts.same += 1
    else:
        counts.perhaps += 1
