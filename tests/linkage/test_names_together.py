"""Middle names beside the names that are shared with them: by hand, either way round, and in a question as in batch."""

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.linkage.compare import Comparer
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.frequencies import BLENDED
from concerted.linkage.levels import Comparison
from concerted.linkage.release import Release
from concerted.linkage.standing.few_names import Name, Shares, beyond_one_by_one
from concerted.linkage.tables import Table, Tables, same
from tests.linkage.records import Row, coded_with, write

BESIDE_GIVEN, BESIDE_FAMILY = same("middle", "given"), same("middle", "family")
OWN: Final[Tables] = {
    "given": Table(100_000, 1.0, {"mei": 400, "jon": 900}),
    "family": Table(100_000, 1.0, {"tran": 500}),
    "middle": Table(50_000, 1.0, {"lin": 100, "ann": 400}),
    BESIDE_GIVEN: Table(40_000, 800.0, {"lin": 20_000, "ann": 20}),
    BESIDE_FAMILY: Table(40_000, 400.0, {"lin": 4_000}),
}
U_OF_MIDDLE: Final = next(one for one in STANDARD if one.name == "middle").levels[0].u
SAME_GIVEN: Final = {"given_name": "Mei", "family_name": "Tran", "middle_names": "Lin"}
OTHERS: Final[dict[str, Row]] = {
    "same given name": {**SAME_GIVEN, "family_name": "Okonjo"},
    "near given name": {**SAME_GIVEN, "given_name": "Meii", "family_name": "Okonjo"},
    "same family name": {**SAME_GIVEN, "given_name": "Efosa"},
    "neither": {**SAME_GIVEN, "given_name": "Efosa", "family_name": "Okonjo"},
    "no given name": {"family_name": "Tran", "middle_names": "Lin"},
    "another middle name": {**SAME_GIVEN, "family_name": "Okonjo", "middle_names": "Rose"},
}


def _comparer(folder: Path, rows: Sequence[Row], tables: Tables = OWN, names: Tables | None = None) -> Comparer:
    numbered = [{"source": "force", "record_id": str(at), **row} for at, row in enumerate(rows)]
    coded = coded_with(write(folder / "records.parquet", numbered))
    release = Release("by hand", False, "", STANDARD, frequencies=tables, names=names or {})
    return Comparer(coded, STANDARD, release.shares(coded))


def _tokens(comparer: Comparer, one: int = 0, other: int = 1) -> float:
    left, right = np.array([one], np.int32), np.array([other], np.int32)
    return float(comparer.compare(left, right).tokens[0])


def _share(table: str, name: str) -> float:
    count = OWN[table].held.get(name, OWN[table].unnamed)
    return count / (OWN[table].records + BLENDED)


def _chance(name: str) -> float:
    return (OWN["middle"].held[name] + BLENDED * U_OF_MIDDLE) / (OWN["middle"].records + BLENDED)


@pytest.mark.parametrize(
    ("other", "table"),
    [
        ("same given name", BESIDE_GIVEN),
        ("near given name", BESIDE_GIVEN),
        ("same family name", BESIDE_FAMILY),
        ("no given name", BESIDE_FAMILY),
    ],
)
def test_a_middle_name_is_as_common_as_among_those_who_share_the_name_beside_it(
    tmp_path: Path, other: str, table: str
) -> None:
    comparer = _comparer(tmp_path, [SAME_GIVEN, OTHERS[other]])
    assert _tokens(comparer) == pytest.approx(np.log2(_chance("lin") / _share(table, "lin")), abs=1e-6)


@pytest.mark.parametrize("other", ["neither", "another middle name"])
def test_where_no_other_name_is_shared_or_no_middle_name_nothing_is_taken(tmp_path: Path, other: str) -> None:
    assert _tokens(_comparer(tmp_path, [SAME_GIVEN, OTHERS[other]])) == 0


def test_a_middle_name_is_never_rarer_for_its_company(tmp_path: Path) -> None:
    jon = {"given_name": "Jon", "middle_names": "Ann"}
    assert _share(BESIDE_GIVEN, "ann") < _chance("ann")
    rows = [{**jon, "family_name": "Tran"}, {**jon, "family_name": "Okonjo"}]
    assert _tokens(_comparer(tmp_path, rows)) == 0


def test_where_middle_names_are_near_the_commoner_one_counts(tmp_path: Path) -> None:
    near = {**SAME_GIVEN, "family_name": "Okonjo", "middle_names": "Lin Rong"}
    comparer = _comparer(tmp_path, [SAME_GIVEN, near])
    u = next(one for one in STANDARD if one.name == "middle").levels[1].u
    assert _tokens(comparer) == pytest.approx(np.log2(u / _share(BESIDE_GIVEN, "lin")), abs=1e-6)
    assert _tokens(comparer) == _tokens(_comparer(tmp_path, [near, SAME_GIVEN]))


def test_what_is_known_elsewhere_counts_where_nothing_was_counted(tmp_path: Path) -> None:
    names = {BESIDE_GIVEN: Table(1_000, 30.0, {"lin": 700})}
    rows = [SAME_GIVEN, OTHERS["same given name"]]
    known, unnamed = (_tokens(_comparer(tmp_path, _with(rows, middle), {}, names)) for middle in ("Lin", "Rose"))
    assert known - unnamed == pytest.approx(np.log2(0.03 / 0.7), abs=1e-6)


def _with(rows: list[Row], middle: str) -> list[Row]:
    return [{**row, "middle_names": middle} for row in rows]


def test_without_any_table_a_middle_name_counts_by_itself(tmp_path: Path) -> None:
    assert _tokens(_comparer(tmp_path, [SAME_GIVEN, OTHERS["same given name"]], {})) == 0


def test_family_names_may_be_wanting_in_all_records(tmp_path: Path) -> None:
    rows: list[Row] = [{"given_name": "Mei", "middle_names": "Lin"}] * 2
    assert _tokens(_comparer(tmp_path, rows)) == pytest.approx(np.log2(_chance("lin") / _share(BESIDE_GIVEN, "lin")))


VALUES: Final[Mapping[str, tuple[str | None, ...]]] = {
    "given": ("mei", "meii", "jon", "efosa", "tran", None),
    "middle": ("lin", "lin rong", "ann", "rose", None),
    "family": ("tran", "tram", "mei", "okonjo", None),
}
_COLUMNS: Final = {"given": "given_name", "middle": "middle_names", "family": "family_name"}


@pytest.mark.parametrize("by_letters", [False, True])
@settings(derandomize=True, deadline=None, max_examples=15)
@given(people=st.lists(st.tuples(*map(st.sampled_from, VALUES.values())), min_size=2, max_size=12, unique=True))
def test_one_pair_says_what_many_say_and_neither_side_comes_first(
    tmp_path_factory: pytest.TempPathFactory, by_letters: bool, people: list[tuple[str | None, ...]]
) -> None:
    rows = [{_COLUMNS[name]: value for name, value in zip(VALUES, one, strict=True)} for one in people]
    coded = _comparer(tmp_path_factory.mktemp("names"), rows).coded
    release = Release("by hand", False, "", STANDARD, frequencies=OWN, slips_by_letters=by_letters)
    comparer = Comparer(coded, STANDARD, release.shares(coded))
    left, right = (np.array(side, np.int32) for side in zip(*product(range(len(people)), repeat=2), strict=True))
    levels = comparer.levels(left, right)
    many = comparer.tokens(levels, left, right)
    assert many == pytest.approx(comparer.tokens(levels, right, left), abs=1e-9)
    compared = [one for one in comparer.comparisons if one.name in VALUES]
    text = {name: coded[name].texts for name in VALUES}
    texts = ["", *{one for of in text.values() for one in of if one}]
    place = {None: 0, **{one: at for at, one in enumerate(texts)}}
    for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        shares = Shares(release, texts.__getitem__, {})
        sides = [{name: place[text[name][coded.numbers(name)[row]]] for name in VALUES} for row in (one, other)]
        names = {
            of.name: Name(
                of,
                int(levels[of.name][at]),
                float(comparer.part(of, levels, left)[at] - _plain(of, levels[of.name][at])),
                1 if of.name == "given" else -1,
            )
            for of in compared
        }
        assert beyond_one_by_one(names, shares, (sides[0], sides[1])) == pytest.approx(many[at], abs=1e-9)


def _plain(comparison: Comparison, level: int) -> float:
    """What a level speaks for before any rarity."""
    of = comparison.levels[level]
    return float(np.log2(of.m / of.u)) if level >= 0 else 0.0
