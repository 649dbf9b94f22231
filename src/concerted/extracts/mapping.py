"""A profile laid on a file: for each person of a row, what is read from which columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.cells import FieldReader, TextReader
from concerted.extracts.columns import places_of, unread
from concerted.extracts.fields import PERSON_FIELDS
from concerted.extracts.profile import FieldSpec, Profile
from concerted.extracts.readers import Table


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people that a row holds. part: None when it holds one. required: names of fields it must have."""

    part: str | None
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
    columns: tuple[str, ...]
    record_id: int
    source: int | None
    constant_source: str | None
    people: tuple[Person, ...]
    evidence: tuple[tuple[str, int], ...]
    content: tuple[int, ...]
    truth: FieldReader | None
    unread: tuple[str, ...]

    def fields(self) -> Iterator[FieldReader]:
        """Every field of every person."""
        for person in self.people:
            yield from person.fields


def map_columns(profile: Profile, table: Table, file: str, as_of: date) -> Mapping:
    """The profile laid on an open file. Raises UsedWronglyError when they do not fit."""
    places = places_of(profile, table, file)
    people = tuple(_person(profile, part, places, as_of) for part in profile.people)
    carried = {profile.record_id, *profile.evidence}
    carried.update([profile.source.column] if profile.source.column else [])
    carried.update(column for person in people for reader in person.fields for column in reader.spec.columns)
    return Mapping(
        profile=profile,
        file=file,
        columns=tuple(table.columns),
        record_id=places[profile.record_id],
        source=places[profile.source.column] if profile.source.column else None,
        constant_source=None if profile.source.column else _constant_source(profile, file),
        people=people,
        evidence=tuple((name, places[name]) for name in profile.evidence),
        content=tuple(places[name] for name in sorted(carried)),
        truth=_field(profile, "truth_id", profile.truth, places, as_of) if profile.truth else None,
        unread=unread(profile, table.columns),
    )


def _person(profile: Profile, part: str | None, places: dict[str, int], as_of: date) -> Person:
    made = profile.people[part].all_specs()
    fields = tuple(_field(profile, name, spec, places, as_of) for name, spec in made)
    before = "" if part is None else f"{part}."
    required = (name.removeprefix(before) for name in profile.required if name.startswith(before))
    return Person(part, fields, frozenset(required))


def _field(profile: Profile, name: str, spec: FieldSpec, places: dict[str, int], as_of: date) -> FieldReader:
    rule = PERSON_FIELDS.get(name)
    reader = TextReader(spec, rule, profile.missing, as_of)
    return FieldReader(name, spec, [places[column] for column in spec.columns], reader, standard=rule is not None)


def _constant_source(profile: Profile, file: str) -> str:
    """The source that is the same for the whole file."""
    if profile.source.constant is not None:
        return profile.source.constant
    name = PurePath(file).stem.strip()
    if not name or ":" in name:
        raise UsedWronglyError(
            f"the file's name cannot be its source: {name!r}",
            where=Place(file=file),
            why="a source is a word or more without a colon",
            mend="rename the file, or write source: {constant: NAME} in the profile",
        )
    return name
