"""Splink, run on the same records under the same figures, is the oracle: every level, every weight.

Ten thousand pairs in `make test`, a million in `make deep`.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
from splink import DuckDBAPI, Linker

from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.compare import Compared, Comparer
from concerted.linkage.dialects.splink_settings import settings, term_frequencies
from concerted.linkage.levels import Comparison
from tests.linkage import engine as db
from tests.linkage.records import Row, comparer_of
from tests.linkage.slips import EVERY, drawn, numbered, standard_of

logging.getLogger("splink").setLevel(logging.ERROR)

FEW, MANY, AT_ONCE = 142, 1_415, 100_000  # records of ten thousand pairs, of a million; pairs that Splink takes at once
NEAR: Final = 1e-9  # bits


def trained() -> list[Comparison]:
    """Every comparison with figures of its own at each level, as training leaves them."""
    draw = np.random.default_rng(3)
    made = []
    for comparison in EVERY:
        m, u, kin = draw.dirichlet(np.ones(len(comparison.levels)), 3).round(6) + 1e-6
        figures = zip(comparison.levels, m.tolist(), u.tolist(), kin.tolist(), strict=True)
        made.append(replace(comparison, levels=tuple(replace(one, m=m, u=u, kin=kin) for one, m, u, kin in figures)))
    return made


class Oracle:
    """Splink over these records, with a model's settings and its shares of values."""

    def __init__(self, table: pa.Table, comparer: Comparer, shares: dict[str, pa.Table]) -> None:
        self.names = [comparison.name for comparison in comparer.comparisons]
        self._engine = db.connect()
        db.put(self._engine, "standard", table)
        self._api = DuckDBAPI(self._engine)
        records = self._api.register("standard", dataset_display_name="standard")
        self._linker = Linker(records, settings(comparer.comparisons, 0.01), log_level=None)
        for column, values in shares.items():
            db.put(self._engine, f"shares_{column}", values)
            registered = self._api.register(f"shares_{column}")
            self._linker.table_management.register_term_frequency_lookup(registered, column)

    def of(self, left: Numbers, right: Numbers) -> pa.Table:
        """For each pair, in their order, Splink's number of the level of each comparison and the bits that it adds."""
        pairs = pa.table({"join_key_l": left, "join_key_r": right, "match_key": ["0"] * len(left)})
        db.put(self._engine, "pairs", pairs.append_column("place", pa.array(range(len(left)))))
        self._engine.execute("create or replace view blocked as select * exclude (place) from pairs")
        self._linker.table_management.register_blocked_pairs_for_predict(self._api.register("blocked"))
        found = self._linker.inference.predict(warning_mode="never")
        have = set(db.arrow(self._engine, f"select * from {found.physical_name} limit 0").column_names)
        asked = ", ".join(f"gamma_{name}, {_bits(name, have)} as bits_{name}" for name in self.names)
        weighed = f"{found.physical_name} join pairs on (n_l, n_r) = (join_key_l, join_key_r)"
        answer = db.arrow(self._engine, f"select {asked}, match_weight from {weighed} order by place")
        found.drop_table_from_database_and_remove_from_cache()
        return answer


def _bits(name: str, columns: set[str]) -> str:
    return " + ".join(column for column in (f"mw_{name}", f"mw_tf_adj_{name}") if column in columns)


def assert_splinks_own(comparer: Comparer, compared: Compared, found: pa.Table) -> None:
    """Each level is Splink's, each comparison speaks for as much, and so do all together."""
    assert found.num_rows == len(compared)
    total = np.zeros(len(compared))
    for comparison in comparer.comparisons:
        level, gamma = compared.levels[comparison.name], found[f"gamma_{comparison.name}"].to_numpy()
        assert np.array_equal(np.where(level < 0, -1, len(comparison.levels) - 1 - level), gamma), comparison.name
        bits = found[f"bits_{comparison.name}"].to_numpy()
        assert np.abs(comparer.part(comparison, compared.levels, compared.left) - bits).max() < NEAR, comparison.name
        total += bits
    assert np.abs(compared.splink - total).max() < NEAR
    start = np.log2(0.01 / 0.99)
    assert np.abs(start + compared.splink - found["match_weight"].to_numpy()).max() < NEAR


def checked(folder: Path, records: int) -> Iterator[tuple[Comparer, Compared]]:
    """Every pair of so many records, compared here and by Splink, a part at a time."""
    table = standard_of(folder, drawn(records))
    comparer = comparer_of(Coded(table), trained())
    oracle = Oracle(table, comparer, term_frequencies(comparer))
    left, right = (side.astype(np.int32) for side in np.triu_indices(records, 1))
    for at in range(0, len(left), AT_ONCE):
        compared = comparer.compare(left[at : at + AT_ONCE], right[at : at + AT_ONCE])
        assert_splinks_own(comparer, compared, oracle.of(compared.left, compared.right))
        yield comparer, compared


def test_ten_thousand_pairs_weigh_what_splink_gives_them_at_every_level(tmp_path: Path) -> None:
    ((comparer, compared),) = checked(tmp_path, FEW)
    assert len(compared) > 10_000
    assert [comparison.name for comparison in comparer.comparisons] == [comparison.name for comparison in EVERY]
    for comparison in comparer.comparisons:
        every_place = {-1, *range(len(comparison.levels))}
        assert set(compared.levels[comparison.name].tolist()) == every_place, comparison.name


@pytest.mark.deep
def test_a_million_pairs_weigh_what_splink_gives_them(tmp_path: Path) -> None:
    assert sum(len(compared) for _, compared in checked(tmp_path, MANY)) > 1_000_000


TWO: Final[list[Row]] = numbered([{"given_name": "Hana", "family_name": "Varga"}] * 2)


def _parts_of_two(folder: Path, shares: dict[str, Any]) -> tuple[float, float, Comparer]:
    """What Splink gives to the same given and family name under these shares."""
    table = standard_of(folder, TWO)
    comparer = comparer_of(Coded(table), EVERY)
    given = term_frequencies(comparer) | {name: pa.table(values) for name, values in shares.items()}
    (row,) = Oracle(table, comparer, given).of(np.array([0], np.int32), np.array([1], np.int32)).to_pylist()
    return row["bits_given"], row["bits_family"], comparer


def test_a_value_that_splinks_table_of_shares_does_not_hold_is_worth_what_its_level_is(tmp_path: Path) -> None:
    lacking = {"given": {"given": ["danuta"], "tf_given": [0.5]}}
    given, family, comparer = _parts_of_two(tmp_path, lacking)
    same = comparer.comparisons[0].levels[0]
    assert given == pytest.approx(np.log2(same.m / same.u), abs=NEAR)
    compared = comparer.compare(np.array([0], np.int32), np.array([1], np.int32))
    ours = comparer.part(comparer.comparisons[1], compared.levels, compared.left)
    assert family == pytest.approx(ours[0], abs=NEAR)


def test_a_share_of_a_value_counts_as_splink_counts_it(tmp_path: Path) -> None:
    given, _, comparer = _parts_of_two(tmp_path, {"given": {"given": ["hana"], "tf_given": [0.25]}})
    assert given == pytest.approx(np.log2(comparer.comparisons[0].levels[0].m / 0.25), abs=NEAR)


def test_every_value_that_a_record_holds_has_a_share_in_splinks_table(tmp_path: Path) -> None:
    table = standard_of(tmp_path, drawn(30))
    comparer = comparer_of(Coded(table), EVERY)
    for column, shares in term_frequencies(comparer).items():
        assert set(shares[column].to_pylist()) == set(table[column].to_pylist()) - {None}, column
        assert all(0 < share <= 1 for share in shares[f"tf_{column}"].to_pylist())
