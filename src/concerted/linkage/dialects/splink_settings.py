"""A release as Splink's settings, so that anyone can have the same pairs weighed by Splink on DuckDB.

Splink gives `splink_weight` of each pair, and with the prior its own match weight. What Concerted adds (the terms), and
how it proposes and partitions, is not in it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from concerted.linkage.compare import Comparer
from concerted.linkage.dialects.duckdb_sql import sql
from concerted.linkage.levels import Comparison, Level


def settings(comparisons: Sequence[Comparison], prior: float) -> dict[str, Any]:
    """Settings for `splink.Linker` over the standard table, with a blocking rule that proposes no pair."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "probability_two_random_records_match": prior,
        "comparisons": [_comparison(comparison) for comparison in comparisons],
        "blocking_rules_to_generate_predictions": ["l.n = r.n"],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    missing = {"sql_condition": sql(comparison.missing), "label_for_charts": "missing", "is_null_level": True}
    return {
        "output_column_name": comparison.name,
        "comparison_levels": [missing, *map(_level, comparison.levels)],
    }


def _level(level: Level) -> dict[str, Any]:
    made: dict[str, Any] = {
        "sql_condition": sql(level.when) if level.when else "ELSE",
        "label_for_charts": level.words,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    return made | ({"tf_adjustment_column": level.rarity} if level.rarity else {})


def term_frequencies(comparer: Comparer) -> dict[str, pa.Table]:
    """For each column whose values have a rarity a table of `column` and `tf_column`, as Splink takes them."""
    found = {}
    for level in (level for comparison in comparer.comparisons for level in comparison.levels if level.rarity):
        column = level.rarity
        texts = comparer.coded[column].texts[1:]
        shares = np.exp2(comparer.frequencies.of(column, level.u)[1:])
        found[column] = pa.table({column: pa.array(texts, pa.string()), f"tf_{column}": shares})
    return found
