"""Splink on FEBRL 3, set up as its documentation does for this data set ("Deduplicating the febrl3 dataset").

Runs in the yardstick's environment and knows nothing of Concerted: splink_febrl3.py DATA.csv ENTITIES.csv. Writes
record_id,source,entity_id and prints seconds and versions as JSON. Its documentation names no threshold to cluster at:
even odds is where it does best of 0, 4.25 and 6.63 bits (even odds, 95 and 99 in 100).
"""

import csv
import json
import logging
import sys
import time
from importlib.metadata import version
from typing import Any, Final

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD: Final = 0.0
_PAIRS: Final = 1e6
_COLUMNS: Final = ("given_name", "surname", "street_number", "postcode", "date_of_birth", "soc_sec_id")


def _settings() -> Any:
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


def _train(linker: Any) -> None:
    training = linker.training
    names_exchanged = "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth"
    training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"), names_exchanged], recall=0.9
    )
    training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))


def _clusters(data: str) -> list[tuple[str, str]]:
    connection = duckdb.connect()
    columns = ", ".join(f"nullif(trim({column}), '') as {column}" for column in _COLUMNS)
    connection.execute(
        f"create table people as select trim(rec_id) as rec_id, {columns} "
        "from read_csv(?, all_varchar=true, normalize_names=true)",
        [data],
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("people", dataset_display_name="people"), _settings())
    _train(linker)
    pairs = linker.inference.predict(threshold_match_weight=THRESHOLD)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=THRESHOLD)
    rows: list[tuple[str, str]] = connection.execute(
        f"select rec_id, cluster_id from {found.physical_name} order by all"
    ).fetchall()
    return rows


def main(data: str, entities: str) -> None:
    """Link, write the entities, print what it took."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    began = time.perf_counter()
    found = _clusters(data)
    seconds = round(time.perf_counter() - began, 2)
    with open(entities, "w", encoding="utf-8", newline="") as handle:  # noqa: PTH123 (a plain script, as it would be)
        writer = csv.writer(handle)
        writer.writerow(["record_id", "source", "entity_id"])
        writer.writerows([record, "febrl", entity] for record, entity in found)
    print(json.dumps({"seconds": seconds, "splink": version("splink"), "duckdb": version("duckdb")}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
