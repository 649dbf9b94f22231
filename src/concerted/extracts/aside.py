"""What of a chunk is put aside: rows without a record id, source or required field, and values that cannot be read."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from concerted.extracts.cells import FieldReader, Made, Trouble
from concerted.extracts.keys import Keys, keys_of, part_id
from concerted.extracts.mapping import Mapping, Subject
from concerted.extracts.quarantine import Quarantined
from concerted.extracts.readers import Chunk

MadeRows = Sequence[Sequence[Made]]
"""The values of a chunk: for each record of a row, for each field."""

_REQUIRED: Final = "is required and"
_LACKS: Final = re.compile(rf"(?:(?P<part>[^ .]+)\.)?(?P<field>[a-z_]+) {_REQUIRED} ")
_DIFFERS: Final = "give it a record id of its own, or take out the one that no longer holds"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is put aside though it could be split."""

    column: str | None
    reason: str
    mend: str


class Aside:
    """Puts aside what of one file cannot be taken."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._missing = frozenset(mapping.profile.missing)

    def refused(self, keys: Keys, made: MadeRows) -> dict[int, Refusal]:
        """The rows that are put aside, by position, each with its first reason."""
        refused: dict[int, Refusal] = {}
        for subject, fields in zip(self._mapping.subjects, made, strict=True):
            for reader, column in zip(subject.fields, fields, strict=True):
                if reader.name in subject.required:
                    refused = _lacking(subject, reader, column) | refused
        source, record_id = self._column(self._mapping.source), self._column(self._mapping.record_id)
        for at in _positions(keys.sources, lambda text: ":" in text):
            refused[at] = Refusal(source, "its source has a colon in it", "write the source without it")
        for at in _positions(keys.sources, self._says_nothing):
            refused[at] = Refusal(source, "it does not say its source", "fill the source in")
        for at in _positions(keys.ids, self._says_nothing):
            refused[at] = Refusal(record_id, "it has no record id", "fill the record id in")
        return refused

    def quarantined(self, chunk: Chunk, keys: Keys, made: MadeRows, refused: dict[int, Refusal]) -> list[Quarantined]:
        """All that is put aside of a chunk, in the order of its rows."""
        found = [
            self._row(one.row, Refusal(None, one.reason, one.mend), one.raw, one.raw_form) for one in chunk.unsplit
        ]
        found += [self._cells(chunk, keys, at, refusal) for at, refusal in refused.items()]
        found += self._values(keys, made, refused)
        return sorted(found, key=lambda one: one.row or 0)

    def differing(self, chunk: Chunk, first: dict[int, int]) -> list[Quarantined]:
        """Rows that tell a record otherwise than an earlier row. first: the number of each to that of the earlier."""
        keys, column = keys_of(chunk, self._mapping), self._column(self._mapping.record_id)
        reason = "its record id stands already in row {}, with other content"
        return [
            self._cells(chunk, keys, at, Refusal(column, reason.format(first[row]), _DIFFERS))
            for at, row in enumerate(chunk.rows)
            if row in first
        ]

    def _says_nothing(self, text: str) -> bool:
        return not text or text in self._missing

    def _column(self, place: int | None) -> str | None:
        return None if place is None else self._mapping.columns[place]

    def _row(self, row: int, why: Refusal, raw: str, form: Literal["line", "cells"]) -> Quarantined:
        return Quarantined(
            kind="row",
            file=self._mapping.file,
            sheet=self._mapping.sheet,
            row=row,
            column=why.column,
            field=None,
            source=None,
            record_id=None,
            raw=raw,
            raw_form=form,
            reason=why.reason,
            mend=why.mend,
        )

    def _cells(self, chunk: Chunk, keys: Keys, at: int, why: Refusal) -> Quarantined:
        raw = json.dumps([column[at] for column in chunk.columns], ensure_ascii=False)
        row = self._row(chunk.rows[at], why, raw, "cells")
        return replace(row, source=keys.sources[at] or None, record_id=keys.ids[at] or None)

    def _values(self, keys: Keys, made: MadeRows, refused: dict[int, Refusal]) -> Iterator[Quarantined]:
        for subject, fields in zip(self._mapping.subjects, made, strict=True):
            for reader, column in zip(subject.fields, fields, strict=True):
                for at, troubles in column.troubles.items():
                    if at not in refused:
                        yield from (self._value(keys, at, subject, reader, trouble) for trouble in troubles)

    def _value(self, keys: Keys, at: int, subject: Subject, reader: FieldReader, trouble: Trouble) -> Quarantined:
        return Quarantined(
            kind="value",
            file=self._mapping.file,
            sheet=self._mapping.sheet,
            row=keys.rows[at],
            column=reader.column,
            field=reader.name,
            source=keys.sources[at],
            record_id=part_id(keys.ids[at], subject.part),
            raw=trouble.raw,
            raw_form="text",
            reason=trouble.reason,
            mend=trouble.mend,
        )


def _positions(texts: Sequence[str], is_bad: Callable[[str], bool]) -> list[int]:
    bad = {text for text in set(texts) if is_bad(text)}
    return [at for at, text in enumerate(texts) if text in bad] if bad else []


def _lacking(subject: Subject, reader: FieldReader, made: Made) -> dict[int, Refusal]:
    name = part_name(subject.part, reader.name)
    found = {}
    for at, value in enumerate(made.values):
        if value is None and at in made.troubles:
            trouble = made.troubles[at][0]
            found[at] = Refusal(reader.column, f"{name} {_REQUIRED} cannot be read: {trouble.reason}", trouble.mend)
        elif value is None:
            mend = "fill it in, or take the field out of `required:` in the profile"
            found[at] = Refusal(reader.column, f"{name} {_REQUIRED} is empty", mend)
    return found


def part_name(part: str | None, name: str) -> str:
    """A field as a profile names it: `mother.family_name` when a row holds several people."""
    return name if part is None else f"{part}.{name}"


def required_field(reason: str) -> tuple[str | None, str] | None:
    """The part and the field for want of which a row was put aside, when that is its reason."""
    found = _LACKS.match(reason)
    return (found["part"], found["field"]) if found else None
