"""Deciding what each column of a file is, for the draft of a profile: by its name first, then by its values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from concerted.common.errors import UsedWronglyError
from concerted.extracts.fields import PERSON_FIELDS
from concerted.extracts.profile_columns import Column, field_by_name, field_by_values, names_of, plain
from concerted.extracts.protected import judge_name
from concerted.extracts.readers.headers import ADD_NAMES, looks_like_a_record
from concerted.reference.loader import load_table

_ID_PART: Final = re.compile(r"([A-Za-z_-]*)([0-9]+)([^0-9].*)")  # rec-12-dup-3
_BIRTHS: Final = frozenset({"date_of_birth", "year_of_birth"})
_NEARLY: Final = 0.9  # of the rows, with a value of their own
_GROUP_SIZE: Final = 20  # records of one person at most, for a part of the record id to look like a person's number


@dataclass(slots=True)
class Plan:
    """What a draft will say. fields: standard field to its columns. questions: for the person who finishes it.

    truth: a column; truth_pattern: what cuts the number of the person out of it, when that is a part of the record id.
    """

    record_id: str = ""
    fields: dict[str, list[Column]] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)
    drop: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    truth: str = ""
    truth_pattern: str = ""
    questions: list[str] = field(default_factory=list)


def plan_of(columns: Sequence[Column]) -> Plan:
    """The plan for a file with these columns. Raises UsedWronglyError when there is none that may name a record."""
    plan = Plan()
    open_ones = [column for column in columns if judge_name(column.name).verdict != "refused"]
    if not open_ones:
        what = "the file has no column that may name a record: ethnicity, religion and nationality never do"
        raise UsedWronglyError(what, mend="have the file written with the number of each record in it")
    if looks_like_a_record([column.name for column in columns]):
        plan.questions.append(f"The row of names seems to be a record. If so, {ADD_NAMES}.")
    plan.record_id = _record_id(open_ones, plan)
    _truth(columns, plan)
    rest = [column for column in columns if column.name != plan.record_id and not _is_set_aside(column, plan)]
    rest = _address(rest, plan)
    _by_name(rest, plan)
    _by_values(_left(rest, plan), plan)
    others = names_of("other")
    plan.other = [column.name for column in _left(rest, plan) if plain(column.name) in others]
    plan.unused = [column.name for column in _left(rest, plan) if column.name not in plan.other]
    plan.fields = {name: plan.fields[name] for name in PERSON_FIELDS if name in plan.fields}
    return plan


def _record_id(columns: Sequence[Column], plan: Plan) -> str:
    """The column that names each record: unique and called so, else nearly unique and called so, else unique."""
    names = names_of("record_id")
    ranked = sorted(columns, key=lambda one: names.get(plain(one.name), 999))
    unique = [column for column in ranked if column.is_unique]
    called = [column for column in ranked if plain(column.name) in names and _is_nearly_unique(column)]
    if unique and (plain(unique[0].name) in names or not called):
        return unique[0].name
    chosen = [*called, *ranked][0].name
    other = f"{unique[0].name} has a different value in each row, {chosen} has not" if unique else ""
    plan.questions.append(f"{other or 'No column has a different value in each row'}. Is {chosen} what names a record?")
    return chosen


def _is_nearly_unique(column: Column) -> bool:
    """A few rows lack a value, or repeat one: those would go to quarantine."""
    return len(column.counts) >= _NEARLY * column.rows > 0


def _truth(columns: Sequence[Column], plan: Plan) -> None:
    """A column, or a part of the record id, that looks like the number of the person whom several records share."""
    names = names_of("truth")
    for column in columns:
        if column.name != plan.record_id and plain(column.name) in names and column.repeats:
            plan.truth = column.name
            return
    ids = next(column for column in columns if column.name == plan.record_id)
    parts = [_ID_PART.fullmatch(value) for value in ids.counts]
    fronts = {part.group(1) for part in parts if part}
    people = {part.group(2) for part in parts if part}
    shared = ids.rows / _GROUP_SIZE < len(people) < 0.8 * ids.rows
    if parts and all(parts) and len(fronts) == 1 and shared:
        plan.truth, plan.truth_pattern = plan.record_id, f"^{fronts.pop()}([0-9]+)"


def _is_set_aside(column: Column, plan: Plan) -> bool:
    """A column that is not to be compared: protected, the truth, or empty."""
    if column.name == plan.truth and not plan.truth_pattern:
        return True
    known = field_by_name(column.name)
    found = column.protected(known[0] if known else None)
    if found.verdict == "refused":
        plan.drop[column.name] = f"{found.reason}, and {found.about} is never compared"
        return True
    if found.verdict == "warned" and not known:
        plan.questions.append(f"{column.name}: {found.reason}. If so, drop it.")
        return True
    return False


def _address(columns: list[Column], plan: Plan) -> list[Column]:
    """Take the parts of an address out, when there are two or more, in the order in which they are written."""
    parts: list[Column] = []
    for names in load_table("field_names").data["address_parts"]:
        wanted = {plain(name): rank for rank, name in enumerate(names)}
        found = sorted(
            (column for column in columns if plain(column.name) in wanted), key=lambda one: wanted[plain(one.name)]
        )
        parts += [column for column in found[:1] if column not in parts]
    if len(parts) < 2:
        return columns
    plan.fields["address"] = parts
    return [column for column in columns if column not in parts]


def _by_name(columns: Iterable[Column], plan: Plan) -> None:
    """Give each field the column that is best named for it; a field that may hold several takes all of its columns."""
    found: dict[str, list[tuple[int, Column]]] = {}
    for column in columns:
        known = field_by_name(column.name)
        if known and known[0] not in plan.fields and column.filled:
            found.setdefault(known[0], []).append((known[1], column))
    for name, ranked in found.items():
        ranked.sort(key=lambda one: one[0])
        chosen = [column for _, column in ranked]
        kept = chosen if PERSON_FIELDS[name].several else chosen[:1]
        plan.fields[name] = kept
        plan.questions += [
            f"{column.name} may be {name} too; {kept[0].name} was taken." for column in chosen if column not in kept
        ]


def _by_values(columns: Iterable[Column], plan: Plan) -> None:
    """Fields that no column was named for, from values of an unmistakable shape; and dates to be asked about."""
    for column in columns:
        name = field_by_values(column)
        if name and name not in plan.fields:
            plan.fields[name] = [column]
        elif not name and column.dates() and not _BIRTHS & set(plan.fields):
            plan.questions.append(f"{column.name} holds dates. Is it the date of birth?")


def _left(columns: Iterable[Column], plan: Plan) -> list[Column]:
    used = {column.name for taken in plan.fields.values() for column in taken}
    return [column for column in columns if column.name not in used]
