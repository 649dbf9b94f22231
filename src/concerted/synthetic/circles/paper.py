"""Rows that agencies write of circles, until they are numbered: a row may refer to another that has no number yet."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from concerted.synthetic.agencies import Agency
from concerted.synthetic.circles.sides import Side
from concerted.synthetic.columns import Numbers
from concerted.synthetic.district import District
from concerted.synthetic.mentions import File

_FILES: Final = {"nominals": File.NOMINALS, "people": File.PEOPLE}


@dataclass(frozen=True, slots=True)
class Subject:
    """A time that somebody is written down. file: for how such a file is written, wherever it lies."""

    person: int
    file: File
    day: int
    agency: Agency


@dataclass(eq=False, slots=True)
class Row:
    """One row. fields: in the words of `recorded`, another row for a reference to it. parts: the number of a subject.

    circle: of which it is a trace, None for an entry in a list. ref: its number, when it has one.
    """

    agency: Agency
    key: str
    day: int
    fields: "dict[str, str | Row | None]"
    parts: dict[str, int]
    circle: str | None
    ref: int = 0


@dataclass
class Paper:
    """All rows of a district's circles. related: children with adults of whom a council wrote what they are to them."""

    district: District
    rows: list[Row] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    related: set[tuple[int, int]] = field(default_factory=set)
    _listed: dict[tuple[str, str, int], str | Row] = field(default_factory=dict)

    def add(
        self, agency: Agency, key: str, day: int, fields: dict[str, str | Row | None], *, circle: str | None,
        parts: dict[str, Subject] | None = None,
    ) -> Row:  # fmt: skip
        """Write a row."""
        numbered = {part: self._number(subject) for part, subject in (parts or {}).items()}
        row = Row(agency, key, day, fields, numbered, circle)
        self.rows.append(row)
        return row

    def _number(self, subject: Subject) -> int:
        self.subjects.append(subject)
        return len(self.subjects) - 1

    def listed(self, side: Side, key: str, person: int, day: int) -> str | Row:
        """Somebody's entry in the list of a force or a council, made on that day when there is none."""
        agency = side.agencies[_FILES[key]]
        at = (agency.slug, key, person)
        if at not in self._listed:
            self._listed[at] = self._in_the_list(side.listed[key], person) or self.add(
                agency, key, day, {}, circle=None, parts={"": Subject(person, _FILES[key], day, agency)}
            )
        return self._listed[at]

    def _in_the_list(self, file: File, person: int) -> str | None:
        mentions = self.district.mentions
        low, high = np.searchsorted(mentions.person, [person, person + 1])
        here: Numbers = low + np.flatnonzero(mentions.file[low:high] == file)
        return str(self.district.reference[here[0]]) if len(here) else None
