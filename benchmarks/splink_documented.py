"""Splink set up as its documentation does for two data sets, clustered at each of several thresholds.

Runs in the yardstick's environment and knows nothing of Concerted: splink_documented.py febrl3|fake1000 DATA.csv DIR.
Writes record_id,source,entity_id to one file for each threshold and prints seconds (of one threshold) and versions as
JSON. `febrl3` is the model of "Deduplicating the febrl3 dataset", `fake1000` that of the tutorial.
"""

import csv
import json
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLDS: Final = (
    -10.0,
    -5.0,
    -2.0,
    0.0,
    2.0,
    4.25,
    6.63,
    9.97,
    12.0,
    14.0,
)  # bits: even odds, 95, 99 and 99.9 in 100 among them
_PAIRS: Final = 1e6


@dataclass(frozen=True, slots=True)
class Model:
    """source, record_id: how the records are named. settings, train: what the documentation says."""

    source: str
    record_id: str
    columns: tuple[str, ...]
    settings: Callable[[], Any]
    train: Callable[[Any], None]


def _febrl3_settings() -> Any:
    return SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on(column) for column in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        ],
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
    )


def _febrl3_train(training: Any) -> None:
    names_exchanged = "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth"
    training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"), names_exchanged], recall=0.9
    )
    training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))


def _fake1000_settings() -> Any:
    return SettingsCreator(
        unique_id_column_name="unique_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname")],
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("dob", 1),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
    )


def _fake1000_train(training: Any) -> None:
    near = (
        "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
        "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
    )
    training.estimate_probability_two_random_records_match([*near, block_on("email")], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
    training.estimate_parameters_using_expectation_maximisation(block_on("dob"))


MODELS: Final = {
    "febrl3": Model(
        "febrl",
        "rec_id",
        ("given_name", "surname", "street_number", "postcode", "date_of_birth", "soc_sec_id"),
        _febrl3_settings,
        _febrl3_train,
    ),
    "fake1000": Model(
        "fake",
        "unique_id",
        ("first_name", "surname", "dob", "city", "email"),
        _fake1000_settings,
        _fake1000_train,
    ),
}


def _scored(model: Model, data: str, connection: duckdb.DuckDBPyConnection) -> tuple[Any, Any]:
    columns = ", ".join(f"nullif(trim({column}), '') as {column}" for column in model.columns)
    connection.execute(
        f"create table people as select trim({model.record_id}) as {model.record_id}, {columns} "
        "from read_csv(?, all_varchar=true, normalize_names=true)",
        [data],
    )
    linker = Linker(DuckDBAPI(connection).register("people", dataset_display_name="people"), model.settings())
    model.train(linker.training)
    return linker, linker.inference.predict(threshold_match_weight=min(THRESHOLDS))


def _write(found: list[tuple[str, str]], source: str, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["record_id", "source", "entity_id"])
        writer.writerows([record, source, entity] for record, entity in found)


def main(name: str, data: str, folder: str) -> None:
    """Link, write the entities at each threshold, print what the first took."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    model, connection = MODELS[name], duckdb.connect()
    began, seconds = time.perf_counter(), 0.0
    linker, pairs = _scored(model, data, connection)
    for threshold in THRESHOLDS:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=threshold)
        rows = connection.execute(
            f"select {model.record_id}, cluster_id from {found.physical_name} order by all"
        ).fetchall()
        seconds = seconds or round(time.perf_counter() - began, 2)
        _write(rows, model.source, Path(folder) / f"{threshold}.csv")
    print(json.dumps({"seconds": seconds, "splink": version("splink"), "duckdb": version("duckdb")}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
