"""Drafting a profile from a file: what can be told is written down, what cannot is asked in a comment."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from concerted.extracts.profile import FileSettings
from concerted.extracts.profile_check import ROWS_LOOKED_AT as ROWS_CHECKED
from concerted.extracts.profile_check import faults_in
from concerted.extracts.profile_columns import column_of
from concerted.extracts.profile_lines import quoted, records
from concerted.extracts.profile_load import parse_profile
from concerted.extracts.profile_plan import Plan, plan_of, take_out
from concerted.extracts.profile_sample import Sample, read_sample
from concerted.extracts.readers.headers import likely_header
from concerted.extracts.readers.packed import only_file
from concerted.values.text import tidy

ROWS_LOOKED_AT: Final = 50_000
_MOST_LISTED: Final = 500  # columns that are not used, which are listed


def draft_profile(file: Path, sheet: str | None = None) -> str:
    """The YAML of a profile for that file, or for one sheet of it. Raises UsedWronglyError when it is no table."""
    path = only_file(file)
    settings = FileSettings(sheet=sheet)
    sample = read_sample(path, settings, ROWS_LOOKED_AT)
    row, rows = likely_header(sample.top)
    if (row, rows) != (1, 1):
        settings = settings.model_copy(update={"header_row": row, "header_rows": rows})
        sample = read_sample(path, settings, ROWS_LOOKED_AT)
    return draft_of(sample, path.name.removesuffix(".gz").rpartition(".")[0] or path.name)


def draft_of(sample: Sample, name: str) -> str:
    """The YAML of a profile for a file of that name (without its ending) from a sample of its rows.

    It is sound, and a check of it against these rows finds no fault: a field that would be one is taken out again.
    """
    plan = plan_of([column_of(column, sample.cells[column]) for column in sample.columns], name)
    first = _first_rows(sample)
    while True:
        text = "\n".join(_lines(plan, sample, name)) + "\n"
        profile = parse_profile(text).profile
        faults = faults_in(profile, first) if profile else ()
        if not [fault for fault in faults if take_out(plan, fault)]:
            return text


def _first_rows(sample: Sample) -> Sample:
    """So many as a check looks at."""
    cells = {name: texts[:ROWS_CHECKED] for name, texts in sample.cells.items()}
    return replace(sample, cells=cells, rows=min(sample.rows, ROWS_CHECKED))


def _lines(plan: Plan, sample: Sample, name: str) -> Iterator[str]:
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "extract"
    yield f"# A draft from {_looked_at(sample)} of the file. Read it through,"
    yield "# answer what begins with ASK, then try it: concerted profile try PROFILE FILE"
    yield from (f"# ASK: {tidy(question)}" for question in plan.questions)
    yield from (f"profile: {plain}", "version: 1", f"kind: {plan.kind}", f"file: {_file(sample.found)}")
    yield "# delivers: snapshot   # once it comes every week: snapshot (all there is), changes, or additions"
    yield f"record_id: {quoted(plan.record_id)}"
    yield f"source: {{constant: {plain}}}   # whose records these are: a short name of the organisation"
    yield from records(plan)
    yield from ["drop:"] if plan.drop else []
    yield from (f"  {quoted(column)}: {quoted(reason)}" for column, reason in plan.drop.items())
    if plan.unused:
        more = f" and {len(plan.unused) - _MOST_LISTED:,} more" if len(plan.unused) > _MOST_LISTED else ""
        yield f"# Not used: {', '.join(map(quoted, plan.unused[:_MOST_LISTED]))}{more}"
    yield from _truth(plan)


def _truth(plan: Plan) -> Iterator[str]:
    if not plan.truth:
        return
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
    return "{" + ", ".join(text for text in said if text not in {"header_row: 1", "header_rows: 1"}) + "}"
