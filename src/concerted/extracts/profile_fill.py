"""Giving each field of one record the column that is best named for it, when its values are of the field's form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from concerted.extracts.fields import KIND_FIELDS, PERSON, STANDARD_FIELDS, Kind
from concerted.extracts.profile_columns import Column, field_by_values, plain
from concerted.extracts.profile_fit import fits, is_of_day_counts
from concerted.extracts.profile_marks import Marked, person_fields
from concerted.extracts.profile_words import called
from concerted.reference.loader import load_table

_WEAK_RANK: Final = 500  # behind every name that says enough


@dataclass(slots=True)
class PartPlan:
    """One record of a row. fields: to their columns. said: to `{constant: ...}` or `{part: ...}`, as it is written.

    asks: what is to be asked about a field; of one that is neither in `fields` nor `said` it stands as a comment.
    """

    name: str
    kind: Kind
    fields: dict[str, list[Column]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)

    @property
    def columns(self) -> set[str]:
        """The names of the columns that it takes."""
        return {column.name for taken in self.fields.values() for column in taken}

    @property
    def is_empty(self) -> bool:
        """Nothing is mapped."""
        return not self.fields and not self.said


def candidates(kind: Kind, words: tuple[str, ...]) -> list[tuple[str, int, bool]]:
    """The fields that a name may stand for, with rank and whether it says little."""
    if kind == PERSON:
        return person_fields(words)
    return [(one.field, one.rank, one.weak) for one in called(kind, words)]


def fitting(kind: Kind, one: Marked) -> list[tuple[str, int]]:
    """Those whose form the column's values have, with rank."""
    return [
        (name, rank + _WEAK_RANK * weak)
        for name, rank, weak in candidates(kind, one.words)
        if fits(one.column, name, weak=weak)
    ]


def fill(part: PartPlan, columns: Sequence[Marked], questions: list[str]) -> None:
    """Map what can be mapped of these columns; a field that may hold several takes all of its columns."""
    rest = _address(part, columns) if "address" in KIND_FIELDS[part.kind] else list(columns)
    ranked = sorted(
        ((rank, name, one) for one in rest for name, rank in fitting(part.kind, one)), key=lambda found: found[0]
    )
    taken: set[str] = set()
    for _, name, one in ranked:
        free = name not in part.fields or (STANDARD_FIELDS[name].several and name in part.fields)
        if free and one.column.name not in taken and name not in part.said:
            part.fields.setdefault(name, []).append(one.column)
            taken.add(one.column.name)
    questions += _doubts(part, [one for one in rest if one.column.name not in taken])
    part.fields = {name: part.fields[name] for name in KIND_FIELDS[part.kind] if name in part.fields}


def _address(part: PartPlan, columns: Iterable[Marked]) -> list[Marked]:
    """Take the parts of an address out, when there are two or more, in the order in which they are written."""
    rest, lines = list(columns), list[Marked]()
    for names in load_table("field_names").data["address_parts"]:
        wanted = {plain(name): rank for rank, name in enumerate(names)}
        found = sorted((one for one in rest if _line(one) in wanted), key=lambda one: wanted[_line(one)])
        lines += [one for one in found[:1] if one not in lines]
    if len(lines) < 2:
        return rest
    part.fields["address"] = [one.column for one in lines]
    return [one for one in rest if one not in lines]


def _line(one: Marked) -> str:
    return "".join(one.words)


def _doubts(part: PartPlan, left: Iterable[Marked]) -> Iterable[str]:
    """What is to be asked about columns that are named for a field and were not taken for it."""
    for one in left:
        named = [name for name, _, weak in candidates(part.kind, one.words) if not weak]
        if not named or not one.column.filled:
            continue
        taken = [column.name for column in part.fields.get(named[0], ())]
        if taken and fits(one.column, named[0]):
            yield f"{one.column.name} may be {named[0]} too; {taken[0]} was taken."
        elif is_of_day_counts(one.column):
            yield f"{one.column.name} holds a spreadsheet's counts of days, such as {next(iter(one.column.counts))}, \
which no format of a date can say. Format the column as a date and have the file written again."
        else:
            yield f"{one.column.name} is called as {named[0]} is, but few of its values can be read as that. Is it?"


def fill_by_values(part: PartPlan, columns: Iterable[Column]) -> None:
    """Fields that no column was named for, from values of an unmistakable shape."""
    for column in columns:
        name = field_by_values(column)
        if name and name in KIND_FIELDS[part.kind] and name not in part.fields:
            part.fields[name] = [column]
    part.fields = {name: part.fields[name] for name in KIND_FIELDS[part.kind] if name in part.fields}
