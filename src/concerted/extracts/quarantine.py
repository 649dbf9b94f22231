"""What could not be read: a row or a value, where it stands, why, and what would mend it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One row or value that was not taken.

    file: its name alone. row: as a spreadsheet counts, the header being row 1 (rows, not lines). column: the file's
    own name for it. field: the standard field, for values. source, record_id: when they are known. raw: for a value
    the text as given; for a row the original line(s) (`raw_form` "line"), or its cells as a JSON list ("cells").
    reason, mend: clauses in plain words.
    """

    kind: Literal["row", "value"]
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    source: str | None
    record_id: str | None
    raw: str
    raw_form: Literal["text", "line", "cells"]
    reason: str
    mend: str
