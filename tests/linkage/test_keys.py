"""The families of keys as data: each a kind of its own, of columns that there are."""

from itertools import chain
from pathlib import Path

import pytest

from concerted.linkage.coded import LISTS, PARTS_OF_BIRTH
from concerted.linkage.keys import CAP, FAMILIES, WEAK_CAP, Family, others
from concerted.linkage.standard import standardise
from tests.linkage.records import person, write

NAMES = [one.name for one in FAMILIES]


def _column(piece: str) -> str:
    return piece.partition(":")[0]


def test_every_family_has_a_name_and_pieces_of_its_own() -> None:
    assert len(set(NAMES)) == len(FAMILIES)
    assert len({(one.pieces, one.every) for one in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES, ids=NAMES)
def test_a_family_asks_for_columns_that_there_are(tmp_path: Path, family: Family) -> None:
    path = write(tmp_path / "records.parquet", [{"source": "force", "record_id": "1", **person(1)}])
    asked = {*map(_column, family.pieces), *chain(*family.refined)}
    assert asked <= {*standardise([path]).column_names, *PARTS_OF_BIRTH}


@pytest.mark.parametrize("family", FAMILIES, ids=NAMES)
def test_a_key_has_one_list_at_most_and_is_refined_by_single_values(family: Family) -> None:
    lists = [piece for piece in family.pieces if _column(piece) in LISTS]
    assert len(lists) <= 1
    assert not LISTS & {*chain(*family.refined)}
    assert not family.every or lists == list(family.pieces)
    assert not {*chain(*family.refined)} & {*family.pieces}


def test_one_piece_that_says_little_is_cut_soon_and_an_identifier_never() -> None:
    alone = {one.name: one for one in FAMILIES if len(one.pieces) == 1 and not one.every}
    weak = {"name", "date of birth", "postcode"}
    assert {name for name, one in alone.items() if one.cap == WEAK_CAP} == weak
    assert {name for name, one in alone.items() if not one.strong} == {*weak, "address"}
    assert all(one.cap == CAP for name, one in alone.items() if name not in weak)


def test_columns_of_the_profiles_own_naming_are_each_a_family() -> None:
    assert others(()) == ()
    assert others(("other_school", "other_gang")) == (
        Family("other_school", ("other_school",)),
        Family("other_gang", ("other_gang",)),
    )
