"""References between the records of one row: who was in which event, when both stand in the row."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.extracts.cells import Made
from concerted.extracts.fields import STANDARD_FIELDS, Kind
from concerted.extracts.keys import Keys, part_id
from concerted.extracts.mapping import Mapping, Subject

Flags = NDArray[np.bool_]
TIES: Final[frozenset[Kind]] = frozenset({"person_in_event", "relation"})
"""Kinds whose records tie others together: two references make one, whatever else is said."""


def referred(mapping: Mapping, keys: Keys, made: Sequence[Sequence[Made]]) -> list[list[Made]]:
    """The values with what refers to a part of the row filled in: its record id where it stands, else nothing."""
    stands = {
        subject.part: _told(subject, fields, len(keys.ids))
        for subject, fields in zip(mapping.subjects, made, strict=True)
    }
    return [
        [
            values if reader.spec.part is None else _reference(keys, reader.spec.part, stands[reader.spec.part])
            for reader, values in zip(subject.fields, fields, strict=True)
        ]
        for subject, fields in zip(mapping.subjects, made, strict=True)
    ]


def _reference(keys: Keys, part: str, stands: Flags) -> Made:
    values = [part_id(one, part) if there else None for one, there in zip(keys.ids, stands.tolist(), strict=True)]
    return Made(values, [value or "" for value in values], {})


def standing(subject: Subject, fields: Sequence[Made], count: int) -> Flags:
    """In which of the rows a part gives a record: where something is told of it, or it ties two records together."""
    told = _told(subject, fields, count)
    if subject.kind not in TIES:
        return told
    references = [
        [value is not None for value in values.values]
        for reader, values in zip(subject.fields, fields, strict=True)
        if (rule := STANDARD_FIELDS.get(reader.name)) and rule.reference
    ]
    ties: Flags = np.sum(references, axis=0, dtype=np.int64).reshape(-1) >= 2 if references else np.zeros(count, bool)
    return ties


def _told(subject: Subject, fields: Sequence[Made], count: int) -> Flags:
    """Where any column of the file says something of it."""
    found = np.zeros(count, bool)
    for reader, values in zip(subject.fields, fields, strict=True):
        if reader.tells:
            found |= np.fromiter((value is not None for value in values.values), bool, count)
    return found
