"""A full name's own rarity: names that go together are worth what the whole name is worth."""

from pathlib import Path

import numpy as np
import pytest

from concerted.linkage.release import shipped
from tests.linkage.records import FAMILY, GIVEN, Row, coded_with, comparer_of, write


def _tokens(folder: Path, names: list[tuple[str | None, str | None]], *pair: int) -> float:
    rows: list[Row] = [
        {"source": "force", "record_id": str(at), "given_name": one, "family_name": two}
        for at, (one, two) in enumerate(names)
    ]
    comparer = comparer_of(coded_with(write(folder / "records.parquet", rows)), shipped().comparisons)
    left, right = (np.array([at], np.int32) for at in pair)
    return float(comparer.compare(left, right).tokens[0])


CROWD: list[tuple[str | None, str | None]] = [(GIVEN[at % 10], FAMILY[at // 10 % 10]) for at in range(900)]


def test_names_that_go_together_are_worth_less_than_their_parts(tmp_path: Path) -> None:
    """Thirty have each name of the pair, and all have both: by chance one in nine hundred would."""
    together: list[tuple[str | None, str | None]] = [("Hana", "Varga")] * 30
    others: list[tuple[str | None, str | None]] = [("Efosa", f"Rudd{at}") for at in range(870)]
    assert _tokens(tmp_path, together + others, 0, 1) < -3


def test_names_that_meet_by_chance_keep_what_they_are_worth_one_by_one(tmp_path: Path) -> None:
    """Ninety have the one and ninety the other, and nine of nine hundred both."""
    assert -1 < _tokens(tmp_path, CROWD, 77, 177) <= 0


@pytest.mark.parametrize(
    "other", [("Hana", "Rudd"), ("Efosa", "Varga"), ("Hana", None), (None, None), ("Efosa", "Rudd")]
)
def test_names_of_which_not_both_agree_are_left_as_they_are(
    tmp_path: Path, other: tuple[str | None, str | None]
) -> None:
    assert _tokens(tmp_path, [("Hana", "Varga"), other, *CROWD], 0, 1) == 0


def test_names_the_other_way_round_are_worth_what_both_are_worth(tmp_path: Path) -> None:
    crowd: list[tuple[str | None, str | None]] = [("Hana", "Varga"), ("Varga", "Hana"), *CROWD]
    rare: list[tuple[str | None, str | None]] = [("Hana", "Varga"), ("Varga", "Hana")]
    common, alone = (_tokens(tmp_path, names, 0, 1) for names in (crowd, rare))
    assert common < alone
    assert common == _tokens(tmp_path, crowd, 1, 0)


def test_a_file_without_family_names_has_no_full_names(tmp_path: Path) -> None:
    assert _tokens(tmp_path, [("Hana", None), ("Hana", None)], 0, 1) == 0
