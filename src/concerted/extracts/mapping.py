"""A profile laid on a file: for each record of a row, what is read from which columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from concerted.extracts.cells import FieldReader, TextReader
from concerted.extracts.columns import places_of, unread
from concerted.extracts.fields import STANDARD_FIELDS, Kind
from concerted.extracts.profile import FieldSpec, Profile
from concerted.extracts.readers import Table
from concerted.extracts.sources import constant_source


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the records that a row gives. part: None when it gives one. required: names of fields it must have."""

    part: str | None
    kind: Kind
    fields: tuple[FieldReader, ...]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where everything of a record comes from. Numbers are places of columns.

    constant_source: the source, unless it stands in a column. content: the columns that make two rows with the same
    record id identical or not: all that the profile reads but the truth. unread: columns that are not taken.
    """

    profile: Profile
    file: str
    sheet: str | None
    columns: tuple[str, ...]
    record_id: int
    source: int | None
    constant_source: str | None
    subjects: tuple[Subject, ...]
    evidence: tuple[tuple[str, int], ...]
    content: tuple[int, ...]
    truth: FieldReader | None
    unread: tuple[str, ...]

    def fields(self) -> Iterator[FieldReader]:
        """Every field of every record of a row."""
        for subject in self.subjects:
            yield from subject.fields

    def of_kind(self, kind: Kind) -> tuple[Subject, ...]:
        """Those of the records of a row that are of this kind."""
        return tuple(subject for subject in self.subjects if subject.kind == kind)


def map_columns(profile: Profile, table: Table, file: str, as_of: date) -> Mapping:
    """The profile laid on an open file. Raises UsedWronglyError when they do not fit."""
    places = places_of(profile, table, file)
    subjects = tuple(_subject(profile, part, places, as_of) for part in profile.subjects)
    carried = {profile.record_id, *profile.evidence}
    carried.update([profile.source.column] if profile.source.column else [])
    carried.update(column for subject in subjects for reader in subject.fields for column in reader.spec.columns)
    return Mapping(
        profile=profile,
        file=file,
        sheet=table.sheet,
        columns=tuple(table.columns),
        record_id=places[profile.record_id],
        source=places[profile.source.column] if profile.source.column else None,
        constant_source=None if profile.source.column else constant_source(profile, file),
        subjects=subjects,
        evidence=tuple((name, places[name]) for name in profile.evidence),
        content=tuple(places[name] for name in sorted(carried)),
        truth=_field(profile, "truth_id", profile.truth, places, as_of) if profile.truth else None,
        unread=unread(profile, table.columns),
    )


def _subject(profile: Profile, part: str | None, places: dict[str, int], as_of: date) -> Subject:
    made = profile.subjects[part].all_specs()
    fields = tuple(_field(profile, name, spec, places, as_of) for name, spec in made)
    before = "" if part is None else f"{part}."
    required = (name.removeprefix(before) for name in profile.required if name.startswith(before))
    return Subject(part, profile.kind_of(part), fields, frozenset(required))


def _field(profile: Profile, name: str, spec: FieldSpec, places: dict[str, int], as_of: date) -> FieldReader:
    rule = STANDARD_FIELDS.get(name)
    reader = TextReader(spec, rule, profile.missing, as_of)
    return FieldReader(name, spec, [places[column] for column in spec.columns], reader, standard=rule is not None)
