"""Template workbooks for tests: filled through the writer itself, and read by the profiles that are shipped."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from concerted.extracts import Profile, Quarantined, load_profile, match_profiles, take_many
from concerted.extracts.shipped import shipped
from concerted.extracts.taken import beside
from concerted.extracts.template.layout import Sheet, layout
from concerted.extracts.template.writer import write_template

DAY: Final = date(2026, 3, 2)
SHEETS: Final = {sheet.name: sheet for sheet in layout().sheets}
COLUMNS: Final = [(sheet, column) for sheet in layout().sheets for column in sheet.columns]
CODED: Final = [(sheet, column) for sheet, column in COLUMNS if column.choices]
Rows = Mapping[str, Sequence[Mapping[str, str]]]


def profile_of(sheet: Sheet) -> Profile:
    """The shipped profile for a sheet."""
    return load_profile(shipped(f"template/{sheet.name.lower().replace(' ', '-')}"))


PROFILES: Final = [profile_of(sheet) for sheet in layout().sheets]


def filled(folder: Path, rows: Rows) -> Path:
    """A workbook with these rows, in a folder with the organisation's name."""
    path = folder / "open-wicket" / "concerted-template.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    write_template(path, rows)
    return path


def read(path: Path, out: Path) -> tuple[dict[str, list[dict[str, Any]]], list[Quarantined]]:
    """The records of each kind that the shipped profiles make of a workbook, and what could not be read."""
    aside: list[Quarantined] = []
    taken = take_many(match_profiles([path], PROFILES), out, aside.extend, as_of=DAY)
    records: dict[str, list[dict[str, Any]]] = {}
    for one in taken:
        for kind in one.by_kind:
            records.setdefault(kind, []).extend(pq.read_table(beside(one.records, kind)).to_pylist())
    return records, aside


def examples() -> Rows:
    """A row a sheet of what its columns give as examples, and the second person and account that some refer to."""
    rows = {
        sheet.name: [{column.heading: column.example for column in sheet.columns if column.example}]
        for sheet in layout().sheets
    }
    rows["People"].append({"Person reference": "P2", "Full name": "Corin Ridge"})
    return rows
