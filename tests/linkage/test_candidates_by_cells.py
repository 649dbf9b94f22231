"""Whether a pair is proposed is told by the records of its two cells alone, however common a key is elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage.candidates import propose
from concerted.linkage.keys import FAMILIES, NEIGHBOURS, Family
from tests.linkage.records import FAMILY, GIVEN, Row, coded_with, write

Pair = tuple[int, int]
NAMED = {one.name: one for one in FAMILIES}
FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
RECORDS = st.fixed_dictionaries(
    {
        "given_name": st.none() | st.sampled_from([GIVEN[0], "Hana Hanae"]),
        "family_name": st.none() | st.sampled_from(FAMILY[:2]),
        "date_of_birth": st.none() | st.sampled_from(["1984-03-05", "1984-05-03", "1990"]),
        "postcode": st.none() | st.sampled_from(["QQ1 1CC", "QQ2 1CK"]),
        "occupation": st.none() | st.sampled_from(["baker", "smith", "potter", "weaver"]),
        "phone": st.none() | st.sampled_from(["+447700900001", "+447700900001; +447700900002"]),
    }
)


def _pairs(
    path: Path, rows: Sequence[Row], families: Sequence[Family], cells: Sequence[int] | None = None
) -> set[Pair]:
    named: list[Row] = [{"source": "force", "record_id": "9", **row} for row in rows]
    of = None if cells is None else np.array(cells, np.int32)
    found = propose(coded_with(write(path / "records.parquet", named)), families, of)
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def _cell_by_cell(path: Path, rows: Sequence[Row], families: Sequence[Family], cells: Sequence[int]) -> set[Pair]:
    """The same by plainly looking at every two cells as if there were no others."""
    found: set[Pair] = set()
    for both in combinations_with_replacement(sorted(set(cells)), 2):
        here = [at for at, cell in enumerate(cells) if cell in both]
        pairs = {(here[one], here[other]) for one, other in _pairs(path, [rows[at] for at in here], families)}
        found |= {(one, other) for one, other in pairs if {cells[one], cells[other]} == set(both)}
    return found


@FILES
@given(
    st.lists(st.tuples(RECORDS, st.integers(0, 3)), max_size=24),
    st.integers(1, 12),
    st.none() | st.integers(1, 12),
)
def test_pairs_are_those_of_every_two_cells_by_themselves(
    tmp_path: Path, drawn: list[tuple[Row, int]], cap: int, again: int | None
) -> None:
    rows, cells = [{**row, "record_id": str(at)} for at, (row, _) in enumerate(drawn)], [cell for _, cell in drawn]
    families = [replace(one, cap=cap, cap_refined=again) for one in FAMILIES]
    assert _pairs(tmp_path, rows, families, cells) == _cell_by_cell(tmp_path, rows, families, cells)


def test_a_key_that_another_cell_makes_common_still_proposes_pairs_where_it_is_rare(tmp_path: Path) -> None:
    rows: list[Row] = [{"address": "1 Low Lane"}] * 9
    few = [replace(NAMED["address"], cap=4)]
    assert _pairs(tmp_path, rows, few) == set()
    of_two = {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}
    assert _pairs(tmp_path, rows, few, [0, 0, 1, 1, 2, 2, 2, 2, 2]) == of_two


@pytest.mark.parametrize("hidden", [0, 30])
def test_neighbours_are_found_past_those_of_other_cells(tmp_path: Path, hidden: int) -> None:
    """In the order of a strong key's holders two stand beside each other, and others of a cell unseen between them."""
    births = ["1984-03-05", *["1984-03-06"] * hidden, "1984-03-07"]
    rows: list[Row] = [
        {"phone": "+447700900001", "date_of_birth": birth, "record_id": str(at)} for at, birth in enumerate(births)
    ]
    strong = [replace(NAMED["telephone"], cap=1)]
    assert (0, hidden + 1) in _pairs(tmp_path, rows, strong, [0, *[1] * hidden, 0])
    assert ((0, hidden + 1) in _pairs(tmp_path, rows, strong)) == (hidden < NEIGHBOURS)
