"""The example's extracts, read: what its README says of faulty rows and values is what becomes of them."""

from pathlib import Path

import pytest

from concerted.extracts.quarantine import Quarantined
from concerted.extracts.take import take
from tests.examples.two_agencies import FOLDER, SOURCES, profile, truth

# row, column, a part of what stands there; no column for a whole row
EXPECTED = {
    "force": [
        (25, "SEX", "7"),
        (37, "TEL", "NOT ON PHONE"),
        (38, None, "HARGREAVES"),
        (55, "DOB", "81/01/2008"),
        (62, None, "N0209117,PILKINGTON-ROWE"),
    ],
    "council": [
        (21, None, "Toby"),
        (59, None, "610523"),
        (79, "date_of_birth", "2008-04-31"),
        (81, "nhs_number", "9992776049"),
    ],
    "charity": [
        (16, None, "OD-134,Kim (no surname)"),
        (26, "Born", "Year 10"),
        (39, "Email", "rania at post.example"),
        (41, None, "Jamie"),
        (47, "Phone", "ask mum"),
        (49, "Born", "01/09/2010"),
    ],
}
COUNTS = {"force": (85, 83, 2, 0, 1), "council": (82, 79, 2, 1, 0), "charity": (63, 61, 2, 0, 0)}


@pytest.mark.parametrize("source", SOURCES)
def test_faults_go_to_quarantine_and_nothing_else_does(source: str, tmp_path: Path) -> None:
    quarantined: list[Quarantined] = []
    taken = take(FOLDER / f"{source}.csv", profile(source), tmp_path / "records.parquet", quarantined.extend)
    found = sorted((one.row or 0, one.column if one.kind == "value" else None, one.raw) for one in quarantined)
    assert [(row, column) for row, column, _ in found] == [(row, column) for row, column, _ in EXPECTED[source]]
    for (_, _, raw), (_, _, part) in zip(found, EXPECTED[source], strict=True):
        assert part in raw
    assert all(one.reason and one.mend for one in quarantined)
    counts = taken.counts
    assert (counts.rows, counts.read, counts.quarantined, counts.blank, counts.repeated) == COUNTS[source]
    assert counts.records == len([row for row in truth() if row["source"] == source])
    assert taken.dropped == tuple(profile(source).drop)
