"""The file that reading is measured on is what it is said to be, and invented throughout."""

import csv
import json
import random
import re
from pathlib import Path

import pytest

from benchmarks import reading
from concerted.extracts import Quarantined, load_profile, take
from concerted.values import NHS_NUMBER, POSTCODE, TELEPHONE
from tests.extracts.files import AS_OF


def rows_of(count: int) -> list[list[str]]:
    return list(csv.reader(reading.rows(count)))


def test_the_same_count_gives_the_same_file() -> None:
    assert list(reading.rows(300)) == list(reading.rows(300))


def test_fourteen_columns_of_which_one_row_in_a_hundred_is_faulty() -> None:
    assert len(reading.COLUMNS) == 14
    lines = list(reading.rows(1000))
    faulty = [number for number, line in enumerate(lines) if line.count(",") != 13 or '"' in line]
    assert faulty == [0, 100, 500, 600], "two faults of five put a row aside"


def test_what_is_invented_is_never_issued() -> None:
    for row in [row for row in rows_of(300) if len(row) == 14 and not row[0].endswith("00")]:
        cells = dict(zip(reading.COLUMNS, row, strict=True))
        assert "fictional" in TELEPHONE.clean(cells["mobile"]).notes
        assert "fictional" in NHS_NUMBER.clean(cells["nhs"]).notes
        assert cells["email"].endswith(".example")
        assert re.fullmatch(r"QQ\d+ \d[CIKMOV]{2}", cells["postcode"])
        assert POSTCODE.validate(cells["postcode"])


def test_numbers_are_mostly_different() -> None:
    column = [row[6] for row in rows_of(5000) if len(row) == 14]
    assert len(set(column)) > 0.9 * len(column)
    assert reading.nhs_number(5) != reading.nhs_number(99_999)
    assert len(reading.names(random.Random(1), 50)) == 50


def test_it_is_taken_as_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    reading.write(path, 1000)
    found: list[Quarantined] = []
    profile = load_profile(path.with_suffix(".yaml"))
    taken = take(path, profile, tmp_path / "r.parquet", found.extend, as_of=AS_OF)
    assert (taken.counts.rows, taken.counts.quarantined, taken.counts.values_quarantined) == (1000, 4, 6)
    assert {one.field for one in found if one.kind == "value"} == {"date_of_birth", "sex", "nhs_number"}


@pytest.mark.parametrize("what", ["concerted", "duckdb"])
def test_one_measurement(tmp_path: Path, what: str) -> None:
    path = tmp_path / "people.csv"
    reading.write(path, 200)
    found = reading._child(what, path)
    assert found["read"] >= 196
    assert found["peak_mb"] > 10
    assert json.loads(json.dumps(found)) == found


def test_the_table_says_what_it_measured() -> None:
    table = reading.run(100)
    rows = table["rows"]
    assert isinstance(rows, list)
    assert [(row["rows"], row["what"]) for row in rows] == [(100, "concerted"), (100, "duckdb")]
    assert all(row["seconds"] >= 0 for row in rows)
    assert json.dumps(table)
