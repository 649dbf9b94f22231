"""What is typed into the template workbook comes out as it was."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts import Quarantined, match_profiles, take_many
from concerted.extracts.fields import KIND_FIELDS, KINDS
from concerted.extracts.profile import DEFAULT_MISSING
from tests.extracts.templates import CODED, DAY, PROFILES, SHEETS, examples, filled, read


def test_every_choice_of_every_list_is_read_without_quarantine(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in SHEETS}
    for sheet, column in CODED:
        for one in column.choices:
            row = {sheet.columns[0].heading: f"{column.field}-{one}", column.heading: one}
            if sheet.kind in {"relation", "person_in_event"}:  # what ties two records needs both
                ties = [c.heading for c in sheet.columns if c.rule and c.rule.reference][:2]
                row |= dict.fromkeys(ties, "1")
            rows[sheet.name].append(row)
    records, aside = read(filled(tmp_path, rows), tmp_path / "out")

    assert aside == []
    for sheet, column in CODED:
        given_ = [row for row in records[sheet.kind] if row["record_id"].startswith(f"{column.field}-")]
        assert len(given_) == len(column.choices)
        assert None not in {row[str(column.field)] for row in given_}


def test_what_the_examples_say_is_read(tmp_path: Path) -> None:
    records, aside = read(filled(tmp_path, examples()), tmp_path / "out")
    child = next(row for row in records["person"] if row["record_id"] == "P1")

    assert aside == []
    assert {row["source"] for rows in records.values() for row in rows} == {"open-wicket"}
    assert (child["date_of_birth"], child["phone"], child["aliases"]) == ("2010-11-02", "+447700900411", "Bry; Birdie")
    assert (child["ethnicity_self_defined"], child["ethnicity_observed"]) == ("W1", None)
    assert child["ethnicity_observed_missing"] == "not applicable"
    assert {kind: len(rows) for kind, rows in records.items()} == dict.fromkeys(KINDS, 1) | {"person": 2}


def test_a_blank_workbook_gives_no_records_and_is_no_error(tmp_path: Path) -> None:
    path, aside = filled(tmp_path, {}), list[Quarantined]()
    taken = take_many(match_profiles([path], PROFILES), tmp_path / "out", aside.extend, as_of=DAY)

    assert aside == []
    assert [one.counts.rows for one in taken] == [0] * len(SHEETS)
    assert {one.notes for one in taken} == {("the file has column names and no rows",)}


# No letters that are a code of ethnicity: a column of those is refused.
TYPED: Final = st.text("xyz é0019=+-@'\"<&;/\u202eß", max_size=12).map(str.strip)
DATES: Final = st.dates(date(1950, 1, 1), date(2026, 3, 1))


@given(
    names=st.lists(TYPED, min_size=1, max_size=6),
    days=st.lists(DATES, min_size=6, max_size=6),
    leading=st.integers(0, 9_999),
)
def test_what_is_typed_comes_out_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], days: list[date], leading: int
) -> None:
    """Leading noughts, signs that begin a formula, and the day before the month."""
    folder = tmp_path_factory.mktemp("typed")
    rows = [
        {
            "Place reference": f"{leading + at:06}",
            "Name": name,
            "Address": name,
            "Recorded on": f"{day:%d/%m/%Y}",
        }
        for at, (name, day) in enumerate(zip(names, days, strict=False))
    ]
    records, aside = read(filled(folder, {"Places": rows}), folder / "out")
    text = KIND_FIELDS["location"]["name"].value_type

    assert aside == []
    assert [(row["record_id"], row["name"], row["recorded_on"]) for row in records["location"]] == [
        (f"{leading + at:06}", None if name in DEFAULT_MISSING else text.clean(name).value, day.isoformat())
        for at, (name, day) in enumerate(zip(names, days, strict=False))
    ]
