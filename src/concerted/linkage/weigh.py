"""The weights of all pairs that matter, and the prior that binds a release to these records."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.linkage import engine as db
from concerted.linkage.partition import Link, partition
from concerted.linkage.release import Release
from concerted.linkage.score import Scored, Scorer, estimate_prior, prior_weight

SILENT: Final = 1e-6  # bits: evidence that comes to nothing, but for rounding
LARGEST_COMPLETED: Final = 300  # records of a component above which its missing pairs are not scored


def weigh(
    engine: duckdb.DuckDBPyConnection, release: Release, decided: Iterable[tuple[int, int]], records: int
) -> tuple[Scored, Release]:
    """Every pair that matters, with its `weight` and whether it was a `candidate`; and the release bound to them.

    Scores the table `candidate`, the decided pairs whatever they weigh, and what is missing inside components.
    """
    scorer = Scorer(engine, release)
    _put_pairs(engine, "settled", list(decided))
    found = [(scorer.score(db.arrow(engine, _ONLY_PROPOSED)), True)]
    found.append((scorer.score(db.arrow(engine, _PROPOSED_AND_SETTLED), every=True), True))
    found.append((scorer.score(db.arrow(engine, _ONLY_SETTLED), every=True), False))
    if release.prior is None:
        evidence = np.concatenate([part.evidence["evidence"].to_numpy() for part, proposed in found if proposed])
        release = release.bound(estimate_prior(evidence, records))
    assert release.prior is not None
    start = prior_weight(release.prior)
    scored = [_with_weight(part, start, candidate=proposed) for part, proposed in found]
    missing = _missing_within_components(engine, _together(scored).evidence, records, release.join)
    scored.append(_with_weight(scorer.score(missing), start, candidate=False))
    return _together(scored), release


_ONLY_PROPOSED: Final = 'select "left", "right" from candidate anti join settled using ("left", "right") order by all'
_PROPOSED_AND_SETTLED: Final = (
    'select "left", "right" from candidate semi join settled using ("left", "right") order by all'
)
_ONLY_SETTLED: Final = 'select "left", "right" from settled anti join candidate using ("left", "right") order by all'


def _put_pairs(engine: duckdb.DuckDBPyConnection, name: str, pairs: Sequence[tuple[int, int]]) -> None:
    """Hand record numbers to the engine as a table of `left` and `right`."""
    left, right = zip(*pairs, strict=True) if pairs else ((), ())
    db.put(engine, name, pa.table({"left": pa.array(left, pa.int32()), "right": pa.array(right, pa.int32())}))


def _together(scored: Sequence[Scored]) -> Scored:
    return Scored(*(pa.concat_tables(tables) for tables in zip(*scored, strict=True)))


def _with_weight(scored: Scored, start: float, *, candidate: bool) -> Scored:
    return Scored(
        *(
            table.append_column("weight", pc.add(table["evidence"], start)).append_column(
                "candidate", pa.array(np.full(table.num_rows, candidate))
            )
            for table in scored
        )
    )


def components(scored: pa.Table, records: int, join: float, same: Sequence[tuple[int, int]] = ()) -> list[int]:
    """For each record the first of those that chains of links at or above `join`, or decisions, connect it with."""
    strong = scored.filter(pc.greater_equal(scored["weight"], join))
    return partition(records, links_of(strong), join=join, set_mean=-math.inf, same=same)[0]


def within_components(scored: pa.Table, records: int, join: float, same: Sequence[tuple[int, int]]) -> pa.Table:
    """The pairs that can matter to the partition: sets of different components never come to be compared."""
    first = np.asarray(components(scored, records, join, same))
    left, right = (scored[side].to_numpy() for side in ("left", "right"))
    return scored.filter(pa.array(first[left] == first[right]))


def _missing_within_components(
    engine: duckdb.DuckDBPyConnection, scored: pa.Table, records: int, join: float
) -> pa.Table:
    """The pairs that were never proposed between records that chains of links connect: a merge is judged on all."""
    first = components(scored, records, join)
    db.put(
        engine, "component", pa.table({"n": pa.array(range(records), pa.int32()), "first": pa.array(first, pa.int32())})
    )
    db.put(engine, "have", scored.select(["left", "right"]))
    return db.arrow(
        engine,
        f"""with sized as (select *, count(*) over (partition by "first") as size from component),
        inside as (select l.n as "left", r.n as "right" from sized l join sized r on l."first" = r."first" and l.n < r.n
            where l.size between 3 and {LARGEST_COMPLETED})
        select "left", "right" from inside anti join have using ("left", "right") order by all""",
    )


def links_of(scored: pa.Table) -> list[Link]:
    """The pairs of a table as the partition takes them.

    A pair of which nothing speaks for or against counts for nothing when sets are judged: a record without names says
    no more against the others of its person than for them.
    """
    silent = pc.less_equal(pc.abs(scored["evidence"]), SILENT)
    weights = pc.if_else(silent, 0.0, scored["weight"])
    return list(zip(scored["left"].to_pylist(), scored["right"].to_pylist(), weights.to_pylist(), strict=True))
