"""The weight of a pair: what Splink gives for the release's comparisons, plus the terms that look at several of them.

All weights are in bits: log2 of the odds. A part is one comparison's share of the weight, its rarity adjustment
included; prior, parts and terms sum to the weight.
"""

import logging
import math
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from splink import DuckDBAPI, Linker

from concerted.linkage import engine as db
from concerted.linkage import terms
from concerted.linkage.levels import Comparison, Level
from concerted.linkage.release import Release

logging.getLogger("splink").setLevel(logging.ERROR)

FLOOR: Final = 20  # records: a value held by fewer is not called rarer than this says
CHUNK: Final = 400_000  # pairs scored at once: Splink lays both records of each pair side by side in memory
MOST_LIKELY: Final = 0.1  # the highest prior there can be


def present(engine: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """The comparisons for which some record of the table `standard` has a value."""
    needs = sorted({column for comparison in comparisons for column in comparison.needs} & _columns(engine, "standard"))
    filled = db.one(
        engine, "select " + ", ".join(f"bool_or({column} is not null)" for column in needs) + " from standard"
    )
    have = {column for column, some in zip(needs, filled, strict=True) if some}
    return tuple(comparison for comparison in comparisons if have & set(comparison.needs))


def _columns(engine: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {str(row[0]) for row in engine.execute(f"describe {table}").fetchall()}


def linker_for(
    engine: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...], prior: float
) -> tuple[Linker, Any]:
    """Splink over the table `standard` with these comparisons, and its connection to the engine."""
    settings = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "probability_two_random_records_match": prior,
        "comparisons": [_splink(comparison) for comparison in comparisons],
        "blocking_rules_to_generate_predictions": ["l.n = r.n"],  # never used: the pairs are our own
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }
    api = DuckDBAPI(engine)
    table = api.register("standard", dataset_display_name="standard")
    return Linker(table, settings, log_level=None), api


def _splink(comparison: Comparison) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing, "label_for_charts": "missing", "is_null_level": True}
    return {
        "output_column_name": comparison.name,
        "comparison_levels": [missing, *(_splink_level(level) for level in comparison.levels)],
    }


def _splink_level(level: Level) -> dict[str, Any]:
    made: dict[str, Any] = {"sql_condition": level.condition or "ELSE", "label_for_charts": level.words}
    made |= {"m_probability": level.m, "u_probability": level.u}
    if level.rarity:
        made["tf_adjustment_column"] = level.rarity
    return made


def register_rarities(
    engine: duckdb.DuckDBPyConnection, linker: Linker, api: Any, comparisons: tuple[Comparison, ...]
) -> None:
    """Hand Splink the share of records that hold each value, no rarer than FLOOR records; in a small file, where even
    the floor would make every value look common, a value has no share and agreement keeps its usual worth."""
    records = db.one(engine, "select greatest(count(*), 1) from standard")[0]
    for comparison in comparisons:
        for level in comparison.levels:
            if level.rarity and level.condition == f"{level.rarity}_l = {level.rarity}_r":
                table = f"rarity_{level.rarity}"
                engine.execute(
                    f"""create or replace table {table} as
                    select {level.rarity}, greatest(count(*), {FLOOR}) / {records} as tf_{level.rarity}
                    from standard where {level.rarity} is not null group by 1
                    having count(*) >= {FLOOR} or {FLOOR} / {records} < {level.u}"""
                )
                linker.table_management.register_term_frequency_lookup(api.register(table), level.rarity)


class Scored(NamedTuple):
    """Scored pairs. evidence: `left`, `right`, `evidence` (bits, the sum of the parts). parts: the same for the pairs
    with enough of it, and for each comparison `level_NAME` (-1 missing, else Splink's number) and `part_NAME`
    (bits), and one `part_TERM` for each term."""

    evidence: pa.Table
    parts: pa.Table


class Scorer:
    """Scores pairs of the table `standard` under one release. Evidence leaves the prior out."""

    def __init__(self, engine: duckdb.DuckDBPyConnection, release: Release) -> None:
        """Prepare to score under the comparisons of this release for which there are values."""
        self.engine = engine
        self.comparisons = present(engine, release.comparisons)
        lowest = min(release.review, release.join)
        self._least = lowest - prior_weight(release.prior or MOST_LIKELY)
        self._common = terms.common(self.comparisons, lowest - prior_weight(max(release.prior or 0.0, MOST_LIKELY)))
        self._linker, self._api = linker_for(engine, self.comparisons, 0.5)
        register_rarities(engine, self._linker, self._api, self.comparisons)

    def score(self, pairs: pa.Table, *, every: bool = False) -> Scored:
        """The evidence of each pair (`left` < `right`), and the parts of those that a prior may bring to a threshold,
        or of `every` pair."""
        least = -math.inf if every else self._least
        chunks = [self._score(pairs.slice(at, CHUNK), least) for at in range(0, max(pairs.num_rows, 1), CHUNK)]
        evidence, parts = (pa.concat_tables(tables) for tables in zip(*chunks, strict=True))
        return Scored(evidence, parts)

    def explain(self, left: int, right: int) -> dict[str, Any]:
        """One pair with all its parts, however little they come to. left < right."""
        pair = pa.table({"left": pa.array([left], pa.int32()), "right": pa.array([right], pa.int32())})
        row: dict[str, Any] = self.score(pair, every=True).parts.to_pylist()[0]
        return row

    def _score(self, pairs: pa.Table, least: float) -> tuple[pa.Table, pa.Table]:
        if not self.comparisons:
            nothing = pa.array(np.zeros(pairs.num_rows))
            evidence = pairs.append_column("evidence", nothing)
            parts = evidence.slice(0, pairs.num_rows if least <= 0 else 0)
            for term in terms.WORDS:
                parts = parts.append_column(f"part_{term}", nothing.slice(0, parts.num_rows))
            return evidence, parts
        db.put(self.engine, "to_score", pairs)
        self.engine.execute(
            """create or replace table blocked as
            select "left" as join_key_l, "right" as join_key_r, '0' as match_key from to_score"""
        )
        self._linker.table_management.register_blocked_pairs_for_predict(self._api.register("blocked"))
        found = self._linker.inference.predict(warning_mode="never")
        self.engine.execute(f"create or replace temp table scored as {self._query(found.physical_name)}")
        found.drop_table_from_database_and_remove_from_cache()
        evidence = db.arrow(self.engine, 'select "left", "right", evidence from scored')
        return evidence, db.arrow(self.engine, "select * from scored where evidence >= ?", least)

    def _query(self, table: str) -> str:
        have = _columns(self.engine, table)
        names = [c.name for c in self.comparisons]
        made = ", ".join(f"gamma_{name}::tinyint as level_{name}, {_part(name, have)} as part_{name}" for name in names)
        kept = ", ".join(f"level_{name}, part_{name}" for name in names)
        total = " + ".join(f"part_{name}" for name in [*names, *terms.WORDS])
        given = "given_l, given_r, " if "given_l" in have else ""
        return f"""
            with scored as (select n_l as "left", n_r as "right", {given}{made} from {table}),
            housed as (select *, {terms.household(self.comparisons)} as part_{terms.HOUSEHOLD} from scored),
            whole as (select *, {self._common} as part_{terms.COMMON} from housed)
            select "left", "right", {total} as evidence, {kept}, part_{terms.HOUSEHOLD}, part_{terms.COMMON}
            from whole order by "left", "right" """


def _part(name: str, columns: set[str]) -> str:
    adjusted = f" + mw_tf_adj_{name}" if f"mw_tf_adj_{name}" in columns else ""
    return f"(mw_{name}{adjusted})"


def level_of(comparison: Comparison, number: int) -> Level | None:
    """The level of Splink's number; None when nothing could be compared."""
    return comparison.levels[len(comparison.levels) - 1 - number] if number >= 0 else None


def prior_weight(prior: float) -> float:
    """The prior in bits."""
    return math.log2(prior / (1 - prior))


def probability(weight: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The probability that goes with a weight."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0))))


def estimate_prior(evidence: np.ndarray[Any, np.dtype[np.float64]], records: int) -> float:
    """The share of all pairs that match, such that the scored pairs, weighed with it, give it back.

    Expectation and maximisation over this one number; pairs that were never proposed count as different people, so
    it errs low. Starts from one match a record and stays between one match in all and one in ten pairs.
    """
    everything = max(records * (records - 1) / 2, 1.0)
    prior = min(MOST_LIKELY, 1.0 / max(records, 2))
    for _ in range(100):
        found = float(probability(evidence + prior_weight(prior)).sum()) / everything
        new = min(MOST_LIKELY, max(found, 1.0 / everything / 2))
        if abs(new - prior) <= 1e-6 * prior:
            break
        prior = new
    return prior
