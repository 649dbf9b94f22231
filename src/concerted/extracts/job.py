"""One extract on its way: read, relieved of what repeats, and put in place."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.progress import Progress
from concerted.extracts.aside import Aside
from concerted.extracts.before import Before
from concerted.extracts.chunks import KEYS, TRUTH, Batch, ChunkReader, records_schema
from concerted.extracts.duplicates import Repeats
from concerted.extracts.erasures import Erasures
from concerted.extracts.mapping import Mapping, map_columns
from concerted.extracts.markings import Markings
from concerted.extracts.origins import Fingerprint, Origin
from concerted.extracts.profile import Profile
from concerted.extracts.quarantine import Quarantined
from concerted.extracts.readers import Chunk, Table
from concerted.extracts.staging import Staging, Writer, reached, rewritten
from concerted.extracts.taken import Counts, Sink, Taken, beside, rows_beside, told_beside


@dataclass(slots=True)
class _Tally:
    """What a file came to so far. nobody: rows in which nobody stands. rounded: record ids such as 1.2E+11."""

    rows: int = 0
    read: int = 0
    quarantined: int = 0
    blank: int = 0
    values: int = 0
    nobody: int = 0
    rounded: int = 0
    repeated: int = 0
    unchanged: int = 0
    erased: int = 0

    def add(self, chunk: Chunk, batch: Batch) -> None:
        self.rows += chunk.total
        self.blank += chunk.blank
        self.read += batch.read
        self.quarantined += sum(one.kind == "row" for one in batch.quarantined)
        self.values += sum(one.kind == "value" for one in batch.quarantined)
        self.nobody += batch.nobody
        self.rounded += batch.rounded
        self.unchanged += batch.unchanged
        self.erased += batch.erased

    def notes(self) -> list[str]:
        found = [] if self.rows else ["the file has column names and no rows"]
        if self.nobody:
            found.append(f"rows in which none of the fields of any person has a value: {self.nobody:,}")
        if self.rounded:
            found.append(
                f"record ids that look as if a spreadsheet had rounded them, such as 1.23E+11: {self.rounded:,}; "
                "have the file written again with the ids as text"
            )
        return found


class Job:
    """Takes one extract. number: its place among those of one command. before: what came before it, when it is
    delivered to what stands; then the keys of its rows are kept beside the records."""

    def __init__(
        self,
        origin: Origin,
        profile: Profile,
        records: Path,
        truth: Path | None,
        as_of: date,
        number: int = 0,
        before: Before | None = None,
    ) -> None:
        self.name = origin.name
        self._by_kind = {kind: beside(records, kind) for kind in profile.kinds}
        self._before, rows = before, rows_beside(records)
        self._whole = [*self._by_kind.values(), *([truth] if truth else []), *([rows] if before else [])]
        self.places = [*self._whole, *([told_beside(records)] if before else [])]
        self.keys = Path()
        self._origin, self._profile, self._as_of, self._number = origin, profile, as_of, number
        self._records, self._truth = records, truth
        self._tally, self._rows = _Tally(), dict.fromkeys(self._whole, 0)
        self._notes: list[str] = []
        self._sheet: str | None = None
        self._dropped: tuple[str, ...] = ()
        self._staged: dict[Path, Path] = {}
        self._fingerprint = Fingerprint("", 0)

    def read(self, stage: Staging, sink: Sink, progress: Progress) -> None:
        """Read every row into staged files."""
        if self._truth and self._profile.truth is None:
            raise UsedWronglyError(
                "the truth is asked for and the profile does not say where it is",
                where=Place(file=self.name),
                mend="write truth: COLUMN in the profile",
            )
        self._fingerprint = self._origin.fingerprint()
        self._staged = {place: stage.path(place.name) for place in self._whole}
        self.keys = self._staged.get(rows_beside(self._records)) or stage.path("keys.parquet")
        with self._origin.open() as table:
            mapping = map_columns(self._profile, table, self.name, self._as_of)
            self._dropped, self._sheet = mapping.unread, mapping.sheet
            self._read_chunks(table, mapping, sink, progress)
            self._notes = [*table.notes(), *self._tally.notes()]
        if self._origin.is_whole:  # of a row or two nothing can be told, and the extract they come from was judged
            for field in mapping.fields():
                field.refuse_protected(self.name)
        self._origin.refuse_changed()

    def _read_chunks(self, table: Table, mapping: Mapping, sink: Sink, progress: Progress) -> None:
        markings = Markings(table.columns, self._profile, self.name)
        reader = ChunkReader(mapping, number=self._number, truth=self._truth is not None, before=self._before)
        with ExitStack() as stack:
            records = {
                kind: stack.enter_context(Writer(self._staged[place], records_schema(mapping, kind)))
                for kind, place in self._by_kind.items()
            }
            keys = stack.enter_context(Writer(self.keys, KEYS))
            truth = stack.enter_context(Writer(self._staged[self._truth], TRUTH)) if self._truth else None
            for chunk in table.chunks():
                markings.refuse(chunk)
                batch = reader.read(chunk)
                for kind, table in batch.records.items():
                    records[kind].write(table)
                keys.write(batch.keys)
                if truth and batch.truth is not None:
                    truth.write(batch.truth)
                _send(sink, batch.quarantined)
                self._tally.add(chunk, batch)
                progress.at(self._tally.rows)
            self._rows.update({self._by_kind[kind]: writer.rows for kind, writer in records.items()})
        pa.default_memory_pool().release_unused()  # room for the search for repeats

    def compare_with(self, repeats: Repeats, taken: Sequence[Path]) -> None:
        """Count what stands already in extracts taken before as repeated."""
        for kind, place in self._by_kind.items():
            before = [path for path in (beside(one, kind) for one in taken) if path.exists()]
            if before:
                repeats.earlier(self._number, self._staged[place], before)

    def put_differing_aside(self, repeats: Repeats, sink: Sink) -> None:
        """Read the file a second time for the rows that have an earlier one's record id and other content, if any."""
        count = repeats.count(self._number, same=False)
        if not count:
            return
        found = 0
        with self._origin.open() as table:
            mapping = map_columns(self._profile, table, self.name, self._as_of)
            aside, erasures = Aside(mapping), Erasures(mapping, self._before) if self._before else None
            for chunk in table.chunks():
                there = erasures.apply(chunk)[0] if erasures else chunk
                differing = self._differing(aside, there, repeats)
                _send(sink, differing)
                found += len(differing)
        self._origin.refuse_changed()
        if found != count:
            raise AssertionError(f"{count} rows differ from an earlier one and {found} were put aside")
        self._tally.read -= count
        self._tally.quarantined += count

    def _differing(self, aside: Aside, chunk: Chunk, repeats: Repeats) -> list[Quarantined]:
        if not chunk.rows:
            return []
        here = repeats.between(self._number, chunk.rows[0], chunk.rows[-1])
        first = {repeat.row: repeat.first for repeat in here if not repeat.same}
        return aside.differing(chunk, first) if first else []

    def settle(self, repeats: Repeats, stage: Staging) -> None:
        """Leave out what repeats, and name the staged files for their places."""
        if self._before:
            self._keep_told(repeats, stage)
        self._tally.repeated = repeats.count(self._number, same=True)
        if self._tally.repeated or repeats.count(self._number, same=False):
            for place, staged in self._staged.items():
                out = stage.path(place.name)
                left = rewritten(staged, out, lambda low, high: repeats.rows_between(self._number, low, high))
                self._rows[place] = left
                self._staged[place] = out
        for place, staged in self._staged.items():
            stage.put(staged, place)

    def _keep_told(self, repeats: Repeats, stage: Staging) -> None:
        place = told_beside(self._records)
        out = stage.path(place.name)
        rewritten(self.keys, out, lambda low, high: repeats.rows_between(self._number, low, high, same=False))
        stage.put(out, place)

    def taken(self) -> Taken:
        """What came of it. Every row of the file is accounted for, or this fails."""
        tally = self._tally
        return Taken(
            file=self.name,
            sha256=self._fingerprint.sha256,
            bytes=self._fingerprint.bytes,
            profile=self._profile.id,
            profile_version=self._profile.version,
            counts=Counts(
                rows=tally.rows,
                read=tally.read,
                quarantined=tally.quarantined,
                blank=tally.blank,
                repeated=tally.repeated,
                records=self._rows[self._records],
                values_quarantined=tally.values,
                unchanged=tally.unchanged,
                erased=tally.erased,
            ),
            records=self._records,
            truth=self._truth,
            notes=tuple(self._notes),
            dropped=self._dropped,
            by_kind={kind: self._rows[place] for kind, place in self._by_kind.items()},
            sheet=self._sheet,
        )


def _send(sink: Sink, quarantined: Sequence[Quarantined]) -> None:
    if quarantined:
        reached("quarantine")
        sink(quarantined)
