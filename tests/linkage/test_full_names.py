"""A full name's own rarity: names that go together are worth what the whole name is worth."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from concerted.linkage.release import shipped
from concerted.linkage.tables import BOTH_NAMES, EXPECTED, Table
from tests.linkage.records import FAMILY, GIVEN, Row, coded_with, comparer_of, write


def _tokens(folder: Path, names: Sequence[tuple[str | None, str | None]], *pair: int) -> float:
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


def _of_a_kind(at: int) -> tuple[str, str]:
    """Given and family names of three kinds that do not mix, three of each: every full name of a kind is held."""
    of, one, other = at % 3, at // 3 % 3, at // 9 % 3
    return (GIVEN[of * 3 + one], FAMILY[of * 3 + other])


KINDS: Final = [_of_a_kind(at) for at in range(27 * 18)]


def test_a_full_name_that_few_hold_is_as_common_as_its_names_other_owners_say(tmp_path: Path) -> None:
    """Eighteen records hold each, too few for it to be named, and three times what chance has."""
    table = _expected(tmp_path, KINDS)
    assert len(table.held) == 27
    assert set(table.held.values()) == {18}


def test_what_is_expected_of_a_full_name_tells_nothing_of_who_bears_it(tmp_path: Path) -> None:
    """Where nobody has it, each of its two names has thirty-six owners left, of whom a third would."""
    gone = (GIVEN[0], FAMILY[0])
    table = _expected(tmp_path, [name for name in KINDS if name != gone])
    assert table.held["+".join(gone).lower()] == 12


def test_names_that_meet_by_chance_are_expected_nowhere(tmp_path: Path) -> None:
    assert not _expected(tmp_path, CROWD).held


def test_what_is_expected_follows_from_no_order(tmp_path: Path) -> None:
    assert _expected(tmp_path, KINDS) == _expected(tmp_path, KINDS[::-1])


def test_where_one_name_is_near_the_commoner_full_name_counts(tmp_path: Path) -> None:
    crowd = [("Hana", "Varga")] * 30 + [("Efosa", f"Rudd{at}") for at in range(870)]
    slip = [("Hana", "Vargga"), *crowd]
    assert _tokens(tmp_path, slip, 0, 1) < -3
    assert _tokens(tmp_path, slip, 0, 1) == _tokens(tmp_path, [*crowd, ("Hana", "Vargga")], 0, 900)


def test_where_one_name_is_near_and_nothing_says_the_other_is_common_nothing_is_taken(tmp_path: Path) -> None:
    assert _tokens(tmp_path, [("Hana", "Vargasz"), ("Hana", "Varggasz"), *CROWD], 0, 1) == 0


def _expected(folder: Path, names: Sequence[tuple[str | None, str | None]]) -> Table:
    rows: list[Row] = [
        {"source": "force", "record_id": str(at), "given_name": one, "family_name": two}
        for at, (one, two) in enumerate(names)
    ]
    return shipped().counted(coded_with(write(folder / "records.parquet", rows))).frequencies[EXPECTED]


def test_nobodys_name_is_common_for_being_met_often(tmp_path: Path) -> None:
    def rows(born: Sequence[str]) -> list[Row]:
        return [
            {
                "source": "force",
                "record_id": str(at),
                "given_name": "Hana",
                "family_name": "Varga",
                "date_of_birth": day,
            }
            for at, day in enumerate(born)
        ]

    days = [f"2001-01-{day:02d}" for day in range(2, 27)]
    one, many = (
        shipped().counted(coded_with(write(tmp_path / "records.parquet", rows(born)))).frequencies[BOTH_NAMES]
        for born in (days[:1] * 25, days)
    )
    assert (one.records, one.held) == (1, {})
    assert (many.records, many.held) == (25, {"hana+varga": 25})


def test_who_asks_while_it_is_worked_out_is_never_given_half_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads compare pairs: what one has begun the other may ask for."""
    rows: list[Row] = [
        {"source": "force", "record_id": str(at), "given_name": given, "family_name": family}
        for at, (given, family) in enumerate(KINDS)
    ]
    coded = coded_with(write(tmp_path / "records.parquet", rows))
    shares = shipped().counted(coded).shares(coded)
    whole, bits, met = shipped().counted(coded).shares(coded).of_both_names(), shares._bits, list[Any]()

    def asked_meanwhile(column: str, *how: Any) -> Any:
        if column == EXPECTED and not met:
            met.append(None)
            met.append(shares.of_both_names())
        return bits(column, *how)

    monkeypatch.setattr(shares, "_bits", asked_meanwhile)
    assert np.array_equal(shares.of_both_names(), whole)
    assert np.array_equal(met[1], whole)
