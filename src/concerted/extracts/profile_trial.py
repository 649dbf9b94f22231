"""A profile tried on a whole file: what would be read, what is missing, refused or unusual, with nothing kept."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from concerted.common.progress import Progress
from concerted.common.words import counted
from concerted.extracts.aside import Aside
from concerted.extracts.cells import Made
from concerted.extracts.chunks import KIND_MARK
from concerted.extracts.fields import DATE_FIELDS, NAME_FIELDS, STANDARD_FIELDS, Kind, is_counted
from concerted.extracts.keys import keys_of
from concerted.extracts.mapping import Mapping, Subject, map_columns
from concerted.extracts.markings import Markings
from concerted.extracts.profile import Profile
from concerted.extracts.profile_report import Example
from concerted.extracts.profile_try import SHOWN, shown
from concerted.extracts.readers import Chunk, open_table
from concerted.extracts.readers.packed import only_file
from concerted.extracts.references import referred, standing
from concerted.extracts.sources import called

FEW: Final = 60  # different texts of a field, up to which they are kept to be compared with the last delivery's
OFTEN: Final = 0.05  # of a field's values that one value has, from which it is unusual where values should differ
_AT_LEAST: Final = 20
_DIFFERENT: Final = frozenset({"date_of_birth", "phone", "email", "nhs_number", "upn", "pnc_id", "registration"})
_EARLIEST: Final = "1900"
_REASONS: Final = 12


@dataclass(slots=True)
class FieldTrial:
    """One field. Counts are of the rows of the file. records: rows that give a record of its part. texts: how often
    each text stands in its columns, while few differ; None when many do, or when what stands there is only counted."""

    name: str
    part: str | None
    kind: Kind
    columns: tuple[str, ...]
    records: int = 0
    read: int = 0
    missing: int = 0
    refused: int = 0
    examples: dict[str, Example] = field(default_factory=dict)
    problems: dict[str, Example] = field(default_factory=dict)
    texts: Counter[str] | None = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    unusual: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Trial:
    """What the file would give. put_aside: by reason, how many rows and the number of the first. records: of each kind.
    repeated: rows whose record id stood above. not_named: columns that the profile says nothing about."""

    file: str
    sheet: str | None
    rows: int = 0
    blank: int = 0
    read: int = 0
    repeated: int = 0
    put_aside: dict[str, tuple[int, int]] = field(default_factory=dict)
    records: Counter[Kind] = field(default_factory=Counter)
    fields: list[FieldTrial] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_named: tuple[str, ...] = ()


def try_profile(profile: Profile, file: Path, as_of: date, progress: Progress) -> Trial:
    """Read the whole file by the profile, and keep nothing. Raises UsedWronglyError when it cannot be taken at all."""
    file = only_file(file)
    name = called(file, profile)
    progress.step("try", f"Trying {name}")
    with open_table(file, profile.file) as table:
        mapping = map_columns(profile, table, name, as_of)
        trial = Trial(name, table.sheet)
        trial.not_named = tuple(one for one in table.columns if one not in profile.named_columns)
        reading = _Reading(mapping, trial, as_of)
        markings = Markings(table.columns, profile, name)
        for chunk in table.chunks():
            markings.refuse(chunk)
            reading.add(chunk)
            progress.at(trial.rows)
        trial.notes = table.notes()
    for reader in mapping.fields():
        reader.refuse_protected(name)
    reading.finish()
    progress.finish()
    return trial


class _Reading:
    """Reads chunk by chunk and counts."""

    def __init__(self, mapping: Mapping, trial: Trial, as_of: date) -> None:
        self._mapping, self._trial, self._as_of = mapping, trial, as_of.isoformat()
        self._aside, self._seen = Aside(mapping), set[int]()
        self._fields = [
            [FieldTrial(reader.name, subject.part, subject.kind, reader.spec.columns) for reader in subject.fields]
            for subject in mapping.subjects
        ]
        trial.fields = [one for fields in self._fields for one in fields if one.columns]

    def add(self, chunk: Chunk) -> None:
        """Count these rows."""
        trial, keys = self._trial, keys_of(chunk, self._mapping)
        trial.rows, trial.blank = trial.rows + chunk.total, trial.blank + chunk.blank
        made = [[reader.read(chunk.columns) for reader in subject.fields] for subject in self._mapping.subjects]
        made = referred(self._mapping, keys, made)
        refused = self._aside.refused(keys, made)
        for row in chunk.unsplit:
            self._put_aside(row.reason, row.row)
        for at, why in refused.items():
            self._put_aside(why.reason, chunk.rows[at])
        trial.read += len(chunk.rows) - len(refused)
        ids = (f"{source}{KIND_MARK}{one}" for source, one in zip(keys.sources, keys.ids, strict=True))
        for at, mark in enumerate(map(hash, ids)):
            if at not in refused:
                trial.repeated += mark in self._seen
                self._seen.add(mark)
        for subject, columns, fields in zip(self._mapping.subjects, made, self._fields, strict=True):
            count = self._count(subject, columns, len(chunk.rows), list(refused))
            for column, one in zip(columns, fields, strict=True):
                one.records += count
                if one.columns:
                    _take_in(one, column)

    def _put_aside(self, reason: str, row: int) -> None:
        count, first = self._trial.put_aside.get(reason, (0, row))
        if reason in self._trial.put_aside or len(self._trial.put_aside) < _REASONS:
            self._trial.put_aside[reason] = (count + 1, first)

    def _count(self, subject: Subject, made: Sequence[Made], rows: int, refused: Sequence[int]) -> int:
        there = np.ones(rows, bool) if subject.part is None else standing(subject, made, rows)
        there[refused] = False
        count = int(there.sum())
        self._trial.records[subject.kind] += count
        return count

    def finish(self) -> None:
        """Say what is unusual, once all is counted."""
        for one in self._trial.fields:
            one.unusual = list(_unusual(one, self._as_of))


def _take_in(trial: FieldTrial, made: Made) -> None:
    values = [value for value in made.values if value is not None]
    trial.read += len(values)
    trial.refused += len(made.troubles)
    trial.missing += sum(value is None and at not in made.troubles for at, value in enumerate(made.values))
    if len(trial.values) < 100_000:
        trial.values.update(values)
    if trial.texts is not None:
        trial.texts.update(text.strip() for text in made.given if text.strip())
        if len(trial.texts) > FEW or is_counted(trial.name):
            trial.texts = None
    if is_counted(trial.name):
        return
    _keep_examples(trial, made)


def _keep_examples(trial: FieldTrial, made: Made) -> None:
    for at, troubles in made.troubles.items():
        if len(trial.problems) < SHOWN:
            text = shown(made.given[at])
            trial.problems.setdefault(text, Example(text, None, troubles[0].reason))
    for given, value in zip(made.given, made.values, strict=True):
        if len(trial.examples) >= SHOWN:
            return
        if value is not None:
            trial.examples.setdefault(shown(given), Example(shown(given), shown(value)))


def _unusual(trial: FieldTrial, today: str) -> Iterator[str]:
    """What a person should look at though it can be read."""
    if is_counted(trial.name):
        return
    if trial.name in DATE_FIELDS and trial.name in STANDARD_FIELDS:
        yield from _said(trial, "after today", lambda value: value[:10] > today)
        yield from _said(trial, f"before {_EARLIEST}", lambda value: value < _EARLIEST)
    if trial.name in NAME_FIELDS:
        yield from _said(trial, "with a figure in it", lambda value: any(char.isdigit() for char in value))
        yield from _said(trial, "of one letter", lambda value: len(value.strip(".")) == 1)
    if trial.name in _DIFFERENT:
        for value, count in trial.values.most_common(3):
            if count >= _AT_LEAST and count > OFTEN * trial.read:
                yield f"{shown(value)} stands {count:,} times, where values should differ"


def _said(trial: FieldTrial, what: str, is_so: Callable[[str], bool]) -> Iterator[str]:
    found = {value: count for value, count in trial.values.items() if is_so(value)}
    if found:
        yield f"{counted(sum(found.values()), 'value')} {what}, such as {shown(next(iter(found)))}"
