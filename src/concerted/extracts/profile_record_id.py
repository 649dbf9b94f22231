"""Which column names each record, and which looks like the number of the person whom several records share."""

import re
from collections.abc import Sequence
from typing import Final

from concerted.extracts.profile_columns import Column, field_by_name, names_of, plain
from concerted.extracts.profile_words import looks_like_an_id, refers_to

_ID_PART: Final = re.compile(r"([A-Za-z_-]*)([0-9]+)([^0-9].*)")  # rec-12-dup-3
_NEARLY: Final = 0.9  # of the rows, with a value of their own
_GROUP_SIZE: Final = 20  # records of one person at most, for a part of the record id to look like a person's number
_LOOKS_SO: Final = 500
_NEITHER: Final = 999


def record_id_of(columns: Sequence[Column], questions: list[str]) -> str:
    """The column that names each record: unique and called so, else nearly unique and called so, else unique."""
    ranks = {column.name: _rank(column, is_first=column is columns[0]) for column in columns}
    ranked = sorted(columns, key=lambda column: ranks[column.name])
    unique = [column for column in ranked if column.is_unique]
    called = [column for column in ranked if ranks[column.name] < _NEITHER and _is_nearly_unique(column)]
    if unique and (ranks[unique[0].name] < _NEITHER or not called):
        return unique[0].name
    chosen = [*called, *ranked][0].name
    other = f"{unique[0].name} has a different value in each row, {chosen} has not" if unique else ""
    questions.append(f"{other or 'No column has a different value in each row'}. Is {chosen} what names a record?")
    return chosen


def _rank(column: Column, *, is_first: bool) -> int:
    """A name for any record's number comes first; then one that looks like a number of something, by its place in the
    file; then any other."""
    name = plain(column.name)
    names = names_of("record_id")
    if name in names and refers_to(column.name) is None:
        return names[name]
    known = field_by_name(column.name)
    looks_so = looks_like_an_id(column.name) or (is_first and column.is_unique and _numbered(column))
    return _LOOKS_SO if name in names or (looks_so and known is None) else _NEITHER


def _numbered(column: Column) -> bool:
    """Each value has a figure in it and no blank, as numbers of records have."""
    return all(re.search(r"\d", text) and " " not in text for text in column.counts)


def _is_nearly_unique(column: Column) -> bool:
    """A few rows lack a value, or repeat one: those would go to quarantine."""
    return len(column.counts) >= _NEARLY * column.rows > 0


def truth_of(columns: Sequence[Column], record_id: str) -> tuple[str, str]:
    """A column, or a part of the record id, that looks like the number of the person whom several records share, and
    the pattern that cuts it out; both empty when there is none."""
    names = names_of("truth")
    for column in columns:
        if column.name != record_id and plain(column.name) in names and column.repeats:
            return column.name, ""
    ids = next(column for column in columns if column.name == record_id)
    parts = [_ID_PART.fullmatch(value) for value in ids.counts]
    fronts = {part.group(1) for part in parts if part}
    people = {part.group(2) for part in parts if part}
    shared = ids.rows / _GROUP_SIZE < len(people) < 0.8 * ids.rows
    if parts and all(parts) and len(fronts) == 1 and shared:
        return record_id, f"^{fronts.pop()}([0-9]+)"
    return "", ""
