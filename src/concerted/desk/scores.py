"""How far a result folder agrees with a known truth."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from concerted.common.spreadsheets import write_rows
from concerted.desk.candidates import candidates_of
from concerted.desk.results import entities
from concerted.desk.store import Store
from concerted.linkage import evaluate as evaluate_entities
from concerted.linkage import read_truth

Figures = dict[str, float | int]
TRUTH_COLUMNS = ("record_id", "source", "truth_id")


def evaluate(store: Store, truth_file: Path) -> Figures:
    """The figures of a folder against a truth file with the columns record_id, source, truth_id."""
    truth, entity = read_truth(truth_file), entities(store)
    return evaluate_entities(entity, truth, candidates_of(store, truth))


def write_truth(path: Path, parts: list[Path]) -> int:
    """Write the truth that readers took from extracts as one CSV file, and give its rows."""

    def rows() -> Iterator[list[str]]:
        for part in parts:
            table = pq.read_table(part, columns=list(TRUTH_COLUMNS))
            yield from map(list, zip(*(table[name].to_pylist() for name in TRUTH_COLUMNS), strict=True))

    return write_rows(path, TRUTH_COLUMNS, rows())


def add_truth(path: Path, parts: list[Path]) -> None:
    """Add the truth of what was mended; a record that is there already keeps what was said of it first."""
    there = read_truth(path)
    new = path.with_suffix(".new")
    write_truth(new, parts)
    there |= {key: person for key, person in read_truth(new).items() if key not in there}
    new.unlink()
    path.unlink()
    write_rows(path, TRUTH_COLUMNS, ((key.record_id, key.source, person) for key, person in there.items()))
