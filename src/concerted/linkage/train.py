"""Training a release on a folder's own records, when they are enough to say how often each level occurs.

u is counted over pairs taken at random, less the true pairs among them; m comes from Splink's expectation and
maximisation over pairs that agree on one strong field, once for each such field. Two runs over the same records give
the same release: the pairs are drawn by a fixed seed and every figure is rounded.
"""

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from splink import block_on

from concerted.common.errors import UsedWronglyError
from concerted.linkage import engine as db
from concerted.linkage.levels import Comparison, Level
from concerted.linkage.release import Release
from concerted.linkage.score import linker_for, present

ENOUGH: Final = 5_000  # records from which training is tried
RANDOM_PAIRS: Final = 1_000_000
TRAINING_PAIRS: Final = 2_000_000  # the most one session looks at
FEWEST_PAIRS: Final = 500  # that a session needs
LEAST_SEEN: Final = 3  # random pairs at a level below which the sample has not seen it
U_KEPT: Final = 0.1  # the least share of a sampled u that is kept when true pairs are taken out of it

_SIDE: Final = re.compile(r"_[lr]\b")
_SESSIONS: Final = (("given", "family"), ("dob",), ("postcode",), ("address",), ("nhs_number",), ("year", "family"))


class NotTrainedError(Exception):
    """Why the records cannot train a release, as a clause; the shipped release is used then."""


def train(engine: duckdb.DuckDBPyConnection, start: Release) -> Release:
    """A release like `start`, with m and u of its trained comparisons estimated from the table `standard`.

    Raises NotTrainedError when a level is never seen or no session has enough pairs.
    """
    compared = present(engine, start.comparisons)
    to_train = tuple(comparison for comparison in compared if comparison.trained)
    if not to_train:
        raise NotTrainedError("no field that can be trained has values")
    records = int(db.one(engine, "select count(*) from standard")[0])
    prior = min(0.1, 2 / max(records, 2))
    with _quiet():
        sampled = _sampled_u(engine, to_train, records, prior)
        estimated = _sessions(engine, compared, sampled, prior)
    trained = {comparison.name: comparison for comparison in map(_checked, estimated)}
    return replace(
        start,
        name="trained",
        trained=True,
        training=f"Trained on {records:,} records; identifiers, telephones and e-mail keep the shipped figures.",
        comparisons=tuple(trained.get(comparison.name, comparison) for comparison in start.comparisons),
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Splink reports to standard output as it trains; a command's output is its own."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def _sampled_u(
    engine: duckdb.DuckDBPyConnection, compared: tuple[Comparison, ...], records: int, prior: float
) -> dict[str, list[float]]:
    """For each comparison, the share of random pairs at each of its levels, among those that can be compared."""
    linker, api = linker_for(engine, compared, prior)
    db.put(engine, "blocked", _random_pairs(records))
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    _no_rarities(engine, linker, api, compared)
    found = linker.inference.predict(warning_mode="never")
    shares = {comparison.name: _shares(engine, comparison, found.physical_name) for comparison in compared}
    found.drop_table_from_database_and_remove_from_cache()
    return shares


def _shares(engine: duckdb.DuckDBPyConnection, comparison: Comparison, pairs: str) -> list[float]:
    counts = dict(engine.execute(f"select gamma_{comparison.name}, count(*) from {pairs} group by 1").fetchall())
    last = len(comparison.levels) - 1
    seen = [int(counts.get(last - at, 0)) for at in range(last + 1)]
    possible = possible_levels(engine, comparison)
    for level, count in zip(comparison.levels, seen, strict=True):
        if count < LEAST_SEEN and level in possible:
            raise NotTrainedError(f"{level.words!r} was met {count} times in {RANDOM_PAIRS:,} random pairs")
    compared = max(sum(seen), 1)
    return [
        count / compared if level in possible else level.u for level, count in zip(comparison.levels, seen, strict=True)
    ]


def possible_levels(engine: duckdb.DuckDBPyConnection, comparison: Comparison) -> set[Level]:
    """The levels that could hold between two of these records: those that hold between some record and itself.

    A level whose columns are empty here (an address in a file without addresses) can be neither seen nor missed.
    """
    itself = [_SIDE.sub("", level.condition) or "true" for level in comparison.levels]
    answer = db.one(engine, "select " + ", ".join(f"bool_or({condition})" for condition in itself) + " from standard")
    return {level for level, holds in zip(comparison.levels, answer, strict=True) if holds}


def _random_pairs(records: int) -> pa.Table:
    draw = np.random.default_rng(20090314)
    left, right = draw.integers(0, records, (2, RANDOM_PAIRS))
    low, high = np.minimum(left, right)[left != right], np.maximum(left, right)[left != right]
    pairs = np.unique(np.stack([low, high], axis=1), axis=0)
    return pa.table({"join_key_l": pairs[:, 0], "join_key_r": pairs[:, 1], "match_key": ["0"] * len(pairs)})


def _no_rarities(engine: duckdb.DuckDBPyConnection, linker: Any, api: Any, compared: tuple[Comparison, ...]) -> None:
    """Levels alone are counted; without this Splink would count every value's frequency first."""
    for column in sorted({level.rarity for comparison in compared for level in comparison.levels if level.rarity}):
        table = f"no_rarity_{column}"
        engine.execute(
            f"create or replace table {table} as select {column}, 0.5 as tf_{column} from standard where false"
        )
        linker.table_management.register_term_frequency_lookup(api.register(table), column)


def _sessions(
    engine: duckdb.DuckDBPyConnection, compared: tuple[Comparison, ...], sampled: dict[str, list[float]], prior: float
) -> list[Comparison]:
    """The trained comparisons with m from the mean of the sessions, and u less the true pairs in the sample."""
    start = tuple(_with(comparison, u=sampled.get(comparison.name)) for comparison in compared)
    linker, api = linker_for(engine, start, prior)
    _no_rarities(engine, linker, api, start)
    reached: set[str] = set()
    for columns in _SESSIONS:
        left = {comparison.name for comparison in compared if set(columns).isdisjoint(comparison.columns)}
        if left and _enough_pairs(engine, columns):
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), estimate_without_term_frequencies=True, max_pairs=TRAINING_PAIRS
            )
            reached |= left
    if not reached:
        raise NotTrainedError("too few records agree on a name, a date of birth, a postcode or an address")
    _insist_on_all(compared, reached)
    made = linker.misc.save_model_to_json()["comparisons"]
    pairs = [(comparison, row) for comparison, row in zip(start, made, strict=True) if comparison.trained]
    return [_estimated(comparison, row, prior, possible_levels(engine, comparison)) for comparison, row in pairs]


def _insist_on_all(compared: tuple[Comparison, ...], reached: set[str]) -> None:
    """A session leaves out what is compared by its own columns, so one session alone cannot train everything."""
    for comparison in compared:
        if comparison.trained and comparison.name not in reached:
            raise NotTrainedError(f"too few records agree on anything but what {comparison.title!r} is compared by")


def _enough_pairs(engine: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> bool:
    held = " and ".join(f"{column} is not null" for column in columns)
    pairs = db.one(
        engine,
        f"select coalesce(sum(k * (k - 1) / 2), 0) from "
        f"(select count(*) as k from standard where {held} group by {', '.join(columns)})",
    )[0]
    return bool(pairs >= FEWEST_PAIRS)


def _with(comparison: Comparison, *, u: list[float] | None) -> Comparison:
    if u is None:
        return comparison
    levels = [replace(level, u=_figure(share)) for level, share in zip(comparison.levels, u, strict=True)]
    return replace(comparison, levels=tuple(levels))


def _estimated(comparison: Comparison, row: dict[str, Any], prior: float, possible: set[Level]) -> Comparison:
    trained = [level for level in row["comparison_levels"] if not level.get("is_null_level")]
    levels = []
    for level, found in zip(comparison.levels, trained, strict=True):
        if level not in possible:
            levels.append(level)
            continue
        if "m_probability" not in found:
            raise NotTrainedError(f"{level.words!r} was never met among likely pairs")
        m = _figure(found["m_probability"])
        levels.append(replace(level, m=m, u=_figure(max(level.u - prior * m, U_KEPT * level.u))))
    return replace(comparison, levels=tuple(levels))


def _figure(share: float) -> float:
    return float(f"{max(share, 1e-7):.4g}")


def _checked(comparison: Comparison) -> Comparison:
    """The same comparison, when its strongest level speaks for one person and its last against."""
    first, last = comparison.levels[0], comparison.levels[-1]
    if not _speaks_for(first) or _speaks_for(last):
        raise NotTrainedError(f"{comparison.title} did not come out as evidence: the training did not converge")
    return comparison


def _speaks_for(level: Level) -> bool:
    return level.m > level.u


def insist(reason: NotTrainedError) -> UsedWronglyError:
    """The error for someone who asked for training that the records do not bear."""
    return UsedWronglyError(f"no model can be trained on these records: {reason}", mend="use --model default")
