"""What checking a profile found: what is wrong, and what would be read, field by field."""

from dataclasses import dataclass

from concerted.extracts.profile_yaml import Fault


@dataclass(frozen=True, slots=True)
class Example:
    """One value of the file and what would be read of it. value: None when it is missing or cannot be read."""

    raw: str
    value: str | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FieldReport:
    """One field. part: the person of the row, when a row holds several. Counts are of the rows looked at."""

    field: str
    part: str | None
    columns: tuple[str, ...]
    read: int
    missing: int
    unreadable: int
    examples: tuple[Example, ...]
    problems: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What the file's first rows gave. rows: how many were looked at; whole: the file has no more.

    unsplit: rows among them that could not be split into columns. without_id, repeated_ids: rows whose record id is
    missing, and whose record id stood in an earlier row. not_named: columns that the profile says nothing about.
    """

    file: str
    rows: int
    whole: bool
    unsplit: int
    without_id: int
    repeated_ids: int
    fields: tuple[FieldReport, ...]
    not_named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """The whole of it. A profile with faults is not used; warnings are for a person to judge."""

    profile: str
    version: int | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    drop: tuple[tuple[str, str], ...] = ()
    file: FileReport | None = None
