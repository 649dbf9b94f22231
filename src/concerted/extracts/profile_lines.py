"""The lines of a draft: the records of a row as the YAML of a profile, with what is to be asked about beside each."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from concerted.extracts.fields import DATE_FIELDS, KIND_FIELDS, PERSON, SEVERAL_JOINED, STANDARD_FIELDS
from concerted.extracts.profile_codes import codes_of
from concerted.extracts.profile_columns import Column
from concerted.extracts.profile_counted import counted_field
from concerted.extracts.profile_dates import DateFormats
from concerted.extracts.profile_fill import PartPlan
from concerted.extracts.profile_fit import NEARLY_ALL, share_read
from concerted.extracts.profile_plan import Plan
from concerted.values import TEXT

_BARE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*")  # what YAML takes as it is, in braces too
_NOT_A_DATE: Final = "ASK: how are these dates written? Add date: and the format"
_TIME: Final = "[T ]([0-9]{1,2}:[0-9]{2})"  # in a date with a time of day
_CODES_ASKED: Final = "ASK: is this what the codes mean? ~ is a missing value"


def records(plan: Plan) -> Iterator[str]:
    """The kind of the rows, and under `fields` or `parts` what each gives."""
    if len(plan.parts) > 1:
        yield "parts:"
        for part in plan.parts:
            yield f"  {part.name}:"
            yield f"    kind: {part.kind}"
            yield from (f"    {line}" for line in _part(part))
        return
    yield "fields:"
    yield from (f"  {line}" for line in _part(plan.parts[0]))
    if plan.parts[0].is_empty:
        yield f"  {_unknown(plan)}"


def _unknown(plan: Plan) -> str:
    """A draft for a file of which nothing is recognised."""
    name = plan.perhaps_a_name
    name = quoted(name) if name else "{constant: unknown}"
    return f"full_name: {name}   # ASK: no column was recognised; which is the name?"


def _part(part: PartPlan) -> Iterator[str]:
    for name, columns in part.fields.items():
        yield _field(name, columns, part.asks.get(name, ""))
        if f"{name}_time" in KIND_FIELDS[part.kind] and f"{name}_time" not in part.fields and _is_timed(columns[0]):
            yield f"{name}_time: {{column: {quoted(columns[0].name)}, pattern: '{_TIME}'}}"
    for name, said in part.said.items():
        yield f"{name}: {said}{_asked(part.asks.get(name, ''))}"
    for name, ask in part.asks.items():
        if name not in part.fields and name not in part.said:
            yield f"# {name}:{_asked(ask)}"
    if part.other and part.kind == PERSON:
        yield f"other: [{', '.join(map(quoted, part.other))}]"


def _is_timed(column: Column) -> bool:
    """Whether nearly all of its dates say a time of day too, by 24 hours, and not midnight alone."""
    formats = column.dates.formats if column.dates else ()
    timed = {text: count for text, count in column.counts.items() if re.search(_TIME, text)}
    told = any("00:00" not in text for text in timed) and not any("%p" in given for given in formats)
    return bool(formats) and told and sum(timed.values()) >= NEARLY_ALL * column.filled


def _asked(ask: str) -> str:
    return f"   # {ask}" if ask else ""


def _field(name: str, columns: list[Column], ask: str) -> str:
    joined = ", ".join(quoted(column.name) for column in columns)
    join = f', join: "{SEVERAL_JOINED}"' if STANDARD_FIELDS[name].several else ""
    many = len(columns) > 1
    made = f"columns: [{joined}]{join}" if many else f"column: {joined}"
    how, asked = how_read(name, columns[0])
    asked = ask or asked
    return f"{name}: {f'{{{made}{how}}}' if many or how else joined}{_asked(asked)}"


def how_read(name: str, column: Column) -> tuple[str, str]:
    """What follows the column of a field (`date` or `codes`), and what is to be asked about it."""
    if name in DATE_FIELDS and name != "year_of_birth":
        return _date(column)
    counted = counted_field(column)
    codes = counted[1] if counted else None if STANDARD_FIELDS[name].value_type is TEXT else codes_of(name, column)
    return _codes(codes) if codes else ("", "")


def _date(column: Column) -> tuple[str, str]:
    found = column.dates
    if found is None:
        return "", "" if share_read(column, "from") >= NEARLY_ALL else _NOT_A_DATE
    formats = ", ".join(f'"{given}"' for given in found.formats)
    return f", date: {formats if len(found.formats) == 1 else f'[{formats}]'}", _doubt(column, found)


def _doubt(column: Column, found: DateFormats) -> str:
    """The first thing that the formats of a column leave open."""
    if found.unsure:
        return f'ASK: day first or month first? "{found.unsure}" fits as well'
    if any("%z" in given for given in found.formats):
        return "ASK: in which zone are these times? Near midnight the day here may be another"
    counted = column.filled - sum(column.without_day_counts.values())
    if counted:
        return (
            f"ASK: {counted:,} of them are a spreadsheet's counts of days, which no format can say: write them as dates"
        )
    return ""


def _codes(codes: Mapping[str, str | None]) -> tuple[str, str]:
    written = ", ".join(f"{quoted(text)}: {quoted(meaning) if meaning else '~'}" for text, meaning in codes.items())
    return f", codes: {{{written}}}", _CODES_ASKED


def quoted(text: str) -> str:
    """The text as YAML, in quotes when YAML could take it for something else."""
    bare = _BARE.fullmatch(text) and text.lower() not in {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    if bare or re.fullmatch(r"0|[1-9][0-9]*", text):
        return text
    safe = (char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text)
    return f'"{"".join(safe)}"'
