"""Drafting a profile from a file: what can be told is written down, what cannot is asked in a comment."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from concerted.extracts.fields import PERSON_FIELDS, SEVERAL_JOINED
from concerted.extracts.profile import FileSettings
from concerted.extracts.profile_columns import SEX_CODES, Column, column_of
from concerted.extracts.profile_plan import Plan, plan_of
from concerted.extracts.profile_sample import Sample, read_sample
from concerted.extracts.protected import judge_name
from concerted.values import SEX
from concerted.values.text import tidy

ROWS_LOOKED_AT: Final = 50_000
_BARE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*")  # what YAML takes as it is, in braces too
_CODED_SHARE: Final = 0.02  # of values that are no known word for a sex, from which codes are drafted
_MOST_CODES: Final = 12


def draft_profile(file: Path) -> str:
    """The YAML of a profile for that file. Raises UsedWronglyError when the file cannot be read as a table."""
    return draft_of(read_sample(file, FileSettings(), ROWS_LOOKED_AT), file.stem)


def draft_of(sample: Sample, name: str) -> str:
    """The YAML of a profile for a file of that name (without its ending) from a sample of its rows."""
    columns = [column_of(column, sample.cells[column]) for column in sample.columns]
    return "\n".join(_lines(plan_of(columns), sample, name)) + "\n"


def _lines(plan: Plan, sample: Sample, name: str) -> Iterator[str]:
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "extract"
    yield f"# A draft from {_looked_at(sample)} of the file. Read it through,"
    yield "# answer what begins with ASK, then try it: concerted profile check PROFILE FILE"
    yield from (f"# ASK: {tidy(question)}" for question in plan.questions)
    yield from (f"profile: {plain}", "version: 1", "kind: person", f"file: {_file(sample.found)}")
    yield f"record_id: {quoted(plan.record_id)}"
    yield f"source: {{constant: {plain}}}   # whose records these are: a short name of the organisation"
    yield "fields:"
    yield from _fields(plan)
    if plan.other:
        yield f"  other: [{', '.join(map(quoted, plan.other))}]"
    yield from ["drop:"] if plan.drop else []
    yield from (f"  {quoted(column)}: {quoted(reason)}" for column, reason in plan.drop.items())
    if plan.unused:
        yield f"# Not used: {', '.join(map(quoted, plan.unused))}"
    if plan.truth:
        cut = f", pattern: '{plan.truth_pattern}'" if plan.truth_pattern else ""
        truth = f"{{column: {quoted(plan.truth)}{cut}}}" if cut else quoted(plan.truth)
        yield "# This looks like the number of the person whom several records share. If it is known truth, to measure"
        yield "# by, take the mark away; if it is a number that your system gives, list it under `evidence`."
        yield f"# truth: {truth}"


def _looked_at(sample: Sample) -> str:
    if sample.is_whole and sample.rows < 2:
        return "the only row" if sample.rows else "the header alone"
    return f"{'all' if sample.is_whole else 'the first'} {sample.rows:,} rows"


def _file(settings: FileSettings) -> str:
    said = [f"{key}: {quoted(str(value))}" for key, value in settings.model_dump().items() if value is not None]
    return "{" + ", ".join(text for text in said if text != "header_row: 1") + "}"


def _fields(plan: Plan) -> Iterator[str]:
    for name, columns in plan.fields.items():
        joined = ", ".join(quoted(column.name) for column in columns)
        join = f', join: "{SEVERAL_JOINED}"' if PERSON_FIELDS[name].several else ""
        many = len(columns) > 1
        made = f"columns: [{joined}]{join}" if many else f"column: {joined}"
        how, ask = _how(name, columns[0])
        yield f"  {name}: {f'{{{made}{how}}}' if many or how else joined}{f'   # {ask}' if ask else ''}"
    if not plan.fields:
        column = next(iter([*(name for name in plan.unused if judge_name(name).verdict != "refused"), plan.record_id]))
        yield f"  full_name: {quoted(column)}   # ASK: no column was recognised; which is the name?"


def _how(name: str, column: Column) -> tuple[str, str]:
    """What follows the column of a field (`date` or `codes`), and what is to be asked about it."""
    if name == "date_of_birth":
        return _date(column)
    return _sex(column) if name == "sex" else ("", "")


def _date(column: Column) -> tuple[str, str]:
    found = column.dates()
    if found is None:
        return "", "ASK: how are these dates written? Add date: and the format"
    formats = ", ".join(f'"{given}"' for given in found.formats)
    ask = f'ASK: day first or month first? "{found.unsure}" fits as well' if found.unsure else ""
    return f", date: {formats}" if len(found.formats) == 1 else f", date: [{formats}]", ask


def _sex(column: Column) -> tuple[str, str]:
    """Codes for a column of a few that are not words for a sex."""
    strange = sum(count for text, count in column.counts.items() if not SEX.validate(text))
    if strange <= _CODED_SHARE * column.filled or len(column.counts) > _MOST_CODES:
        return "", ""
    codes = {text: SEX_CODES.get(text.lower()) for text in sorted(column.counts)}
    written = ", ".join(f"{quoted(text)}: {meaning or '~'}" for text, meaning in codes.items())
    return f", codes: {{{written}}}", "ASK: is this what the codes mean? ~ is a missing value"


def quoted(text: str) -> str:
    """The text as YAML, in quotes when YAML could take it for something else."""
    bare = _BARE.fullmatch(text) and text.lower() not in {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    if bare or re.fullmatch(r"0|[1-9][0-9]*", text):
        return text
    safe = (char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text)
    return f'"{"".join(safe)}"'
